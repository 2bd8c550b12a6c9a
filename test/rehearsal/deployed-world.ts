/** A world that `cdk deploy` made: the URLs that the stacks put out, clients in the real user pool. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CloudWatchLogsClient, paginateDescribeLogGroups, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { CognitoIdentityProviderClient, CreateUserPoolClientCommand } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { deals } from '@echelon/contracts/deals';
import { tiering as tieringContract } from '@echelon/contracts/tiering';
import { rightsTable } from '@echelon/lambda/rights';
import * as z from 'zod';
import { fill } from '../../infra/backfill.ts';
import { type Credentials, type Persona, personas, type World } from '../world.ts';
import { type Endpoint, REGION } from './emulator.ts';

const root = new URL('../..', import.meta.url).pathname;
const CDK_MS_MAX = 300_000;

const Outputs = z.object({
  'echelon-local-platform': z.object({ OutUrl: z.string(), OutTokenUrl: z.string(), OutUserPool: z.string(), OutIdentityTable: z.string() }),
  'echelon-local-billing': z.object({ OutQueue: z.string() }),
  'echelon-local-deals': z.object({ OutTable: z.string() }),
  'echelon-local-tiering': z.object({ OutQueue: z.string(), OutDeadLetters: z.string() }),
});

export interface DeployedWorld extends World {
  /** Puts a message on tiering's queue, as if a rule had. */
  sendToTiering(body: string): Promise<void>;
  /** Sends everything that deals has stored to tiering again. @returns how many events */
  backfill(): Promise<number>;
  /** What waits in tiering's dead-letter queue, with the reasons. */
  deadInTiering(): Promise<readonly { readonly body: string; readonly reason: string | undefined }[]>;
}

/** Bootstraps and deploys every stack into the endpoint, which must be empty: an update in place can empty a table there. */
export const deploy = async (endpoint: Endpoint): Promise<DeployedWorld> => {
  const folder = mkdtempSync(join(tmpdir(), 'rehearsal-out-'));
  const [out, file] = [join(folder, 'cdk.out'), join(folder, 'outputs.json')];
  const cdk = (...args: readonly string[]) =>
    promisify(execFile)('npx', ['--yes', process.env.ECHELON_PNPM ?? 'pnpm@10.34.9', 'exec', 'cdk', ...args], {
      cwd: root,
      env: { ...process.env, ...endpoint.env },
      timeout: CDK_MS_MAX,
      maxBuffer: 64_000_000,
    });
  try {
    await cdk('synth', '--quiet', '-c', 'stage=local', '--output', out);
    await cdk('bootstrap', '--app', out, `aws://000000000000/${REGION}`);
    await cdk('deploy', '--all', '--require-approval', 'never', '--app', out, '--outputs-file', file, '--concurrency', '3');
    return await worldOf(endpoint, Outputs.parse(JSON.parse(readFileSync(file, 'utf8'))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const worldOf = async (endpoint: Endpoint, outputs: z.output<typeof Outputs>): Promise<DeployedWorld> => {
  const sdk = { endpoint: endpoint.url, region: REGION, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  const { OutUrl: url, OutTokenUrl: tokenUrl, OutUserPool: pool, OutIdentityTable: identity } = outputs['echelon-local-platform'];
  const { OutQueue: tiering, OutDeadLetters: dead } = outputs['echelon-local-tiering'];
  const sqs = new SQSClient(sdk);
  const dynamodb = new DynamoDBClient(sdk);
  const logs = new CloudWatchLogsClient(sdk);
  const cast = await castIn(new CognitoIdentityProviderClient(sdk), pool, rightsTable(dynamodb, identity));
  const arrived: unknown[] = [];
  const token = (who: Persona | Credentials) => fetchToken(tokenUrl, typeof who === 'string' ? cast[who] : who);
  return {
    name: 'rehearsal',
    url,
    token,
    callersMax: 50,
    billed: async () => {
      arrived.push(
        ...(await drain(sqs, outputs['echelon-local-billing'].OutQueue)).map(
          ({ Body = '{}' }) => z.object({ detail: z.unknown() }).parse(JSON.parse(Body)).detail,
        ),
      );
      return arrived;
    },
    sweep: async (service, sweep) => {
      const headers = { authorization: `Bearer ${await token('operator')}`, 'idempotency-key': crypto.randomUUID() };
      const answer = await fetch(`${url}/v1/sweeps/${service}/${sweep}`, { method: 'POST', headers });
      if (!answer.ok) throw new Error(await answer.text());
    },
    logFromNow: () => {
      const startTime = Date.now();
      return () => linesSince(logs, startTime);
    },
    sendToTiering: async (MessageBody) => void (await sqs.send(new SendMessageCommand({ QueueUrl: tiering, MessageBody }))),
    backfill: () =>
      fill({ producer: deals, consumer: tieringContract, table: outputs['echelon-local-deals'].OutTable, queueUrl: tiering, dynamodb, sqs }),
    deadInTiering: async () =>
      (await drain(sqs, dead)).map(({ Body = '', MessageAttributes }) => ({ body: Body, reason: MessageAttributes?.reason?.StringValue })),
    close: async () => endpoint.stop(),
  };
};

const castIn = async (
  cognito: CognitoIdentityProviderClient,
  UserPoolId: string,
  rights: ReturnType<typeof rightsTable>,
): Promise<Record<Persona, Credentials>> => {
  const made: [string, Credentials][] = [];
  for (const [ClientName, role] of Object.entries(personas)) {
    const oauth = { AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: ['client_credentials' as const], AllowedOAuthScopes: ['echelon/api'] };
    const { UserPoolClient } = await cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName, GenerateSecret: true, ...oauth }));
    const { ClientId: clientId = '', ClientSecret: clientSecret = '' } = UserPoolClient ?? {};
    await rights.grant(clientId, { role });
    made.push([ClientName, { clientId, clientSecret }]);
  }
  // One for each of the personas, by their names.
  return Object.fromEntries(made) as Record<Persona, Credentials>;
};

const fetchToken = async (tokenUrl: string, { clientId, clientSecret }: Credentials): Promise<string> => {
  const answer = await fetch(tokenUrl, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials&scope=echelon/api',
  });
  if (!answer.ok) throw new Error(`no token for ${clientId}: ${answer.status} ${await answer.text()}`);
  return z.object({ access_token: z.string() }).parse(await answer.json()).access_token;
};

/** Of every function of the stage, as infra names their log groups. */
const linesSince = async (client: CloudWatchLogsClient, startTime: number): Promise<readonly string[]> => {
  const lines: string[] = [];
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, { logGroupNamePrefix: '/echelon/local/' }))
    for (const { logGroupName } of logGroups)
      for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName, startTime }))
        lines.push(...events.map(({ message = '' }) => message));
  return lines;
};

const READS_MAX = 20;

/** Everything visible in a queue; it stays there, unseen for the visibility timeout. */
const drain = async (sqs: SQSClient, QueueUrl: string) => {
  const messages = [];
  for (let read = 0; read < READS_MAX; read++) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'], VisibilityTimeout: 600 }),
    );
    if (Messages.length === 0) break;
    messages.push(...Messages);
  }
  return messages;
};

/** What a stage stands on: its disk, its DynamoDB with tables, its two servers. Each part says how it is taken down again. */
import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientOf, dropTable, ensureTable, startDynamo } from './dynamo.ts';
import { type Folder, takeFolder } from './folder.ts';
import { close, listen } from './ports.ts';

export interface GroundOptions {
  readonly name?: string;
  /** Where everything is kept, the log lines of workers too; without one all is in memory and gone at the end. One stage at a time. */
  readonly folder?: string;
  /** Begins anew: what a stage made in the folder is deleted first. */
  readonly fresh?: boolean;
  /** Where the API listens; any free port unless told. */
  readonly port?: number;
  /** A DynamoDB Local that runs already; also by the variable DYNAMODB_ENDPOINT. */
  readonly dynamodb?: string;
}

/** What there is to undo, the last first. */
export type Undo = (() => unknown)[];

export interface Ground {
  readonly name: string;
  readonly disk: DatabaseSync;
  readonly dynamodb: DynamoDBClient;
  readonly dynamodbUrl: string;
  /** By service, and `identity`. */
  readonly tables: Readonly<Record<string, string>>;
  /** The stream of each service's table. */
  readonly streams: ReadonlyMap<string, string>;
  readonly folder?: Folder;
  readonly http: Opened;
  readonly aws: Opened;
}
interface Opened {
  readonly url: string;
  /** Answers from now on; until then whoever asks is told to come again. */
  serve(listener: RequestListener): void;
}

export const openGround = async (options: GroundOptions, services: readonly string[], undo: Undo): Promise<Ground> => {
  const folder = options.folder === undefined ? undefined : takeFolder(options.folder);
  if (folder) undo.push(folder.release);
  const name = options.name ?? (folder === undefined ? `run-${randomBytes(4).toString('hex')}` : 'local');
  const [http, aws] = [await opened(undo, options.port), await opened(undo)];
  folder?.servesAt(http.url);
  if (options.fresh) folder?.clear();
  const disk = openDisk(folder?.disk);
  undo.push(() => disk.close());
  const given = options.dynamodb ?? process.env.DYNAMODB_ENDPOINT;
  const dynamo = given ? { endpoint: given, stop: async () => {} } : await startDynamo(folder?.dynamodb);
  undo.push(dynamo.stop);
  const dynamodb = clientOf(dynamo.endpoint);
  undo.push(() => dynamodb.destroy());

  const tables = Object.fromEntries([...services, 'identity'].map((owner) => [owner, `echelon-${name}-${owner}`]));
  const drop = () => Promise.all(Object.values(tables).map((table) => dropTable(dynamodb, table)));
  if (options.fresh) await drop();
  // A DynamoDB of our own in memory takes its tables with it.
  if (folder === undefined && given) undo.push(drop);
  const streams = new Map<string, string>();
  for (const [owner, table] of Object.entries(tables)) {
    const stream = await ensureTable(dynamodb, table, owner === 'identity' ? 'identity' : 'service');
    if (stream !== undefined) streams.set(owner, stream);
  }
  return { name, disk, dynamodb, dynamodbUrl: dynamo.endpoint, tables, streams, http, aws, ...(folder && { folder }) };
};

const opened = async (undo: Undo, port?: number): Promise<Opened> => {
  let answer = starting;
  const server = createServer((request, response) => answer(request, response));
  const url = `http://127.0.0.1:${await listen(server, port)}`;
  undo.push(() => close(server));
  return {
    url,
    serve: (listener) => {
      answer = listener;
    },
  };
};

/** Who asks before there is anybody to answer is told so, and does not wait for ever. */
const starting: RequestListener = (_, response) => void response.writeHead(503, { 'retry-after': '1' }).end('The stage is starting.\n');

/**
 * Queues, stream positions, clients and keys. What a statement wrote survives our own death (the system has it), and that of the
 * machine is none of a local stage's business: so no write waits for the disk.
 */
const openDisk = (path = ':memory:'): DatabaseSync => {
  const disk = new DatabaseSync(path);
  disk.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF');
  return disk;
};

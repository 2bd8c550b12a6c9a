/** DynamoDB's real streams, read as Lambda's event source mapping reads them. */
import type { DatabaseSync } from 'node:sqlite';
import { commitsOnly, publishing } from '@echelon/contracts/wiring';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Chance } from './chance.ts';
import type { Source } from './delivery.ts';
import { matches } from './pattern.ts';

/** Where a function has got to in a table's stream. */
interface Position {
  readonly shard: string;
  /** The last record that was done with; sequence numbers are DynamoDB Local's one counter for all tables, so each table keeps its own. */
  readonly sequence?: string;
}
export interface Positions {
  get(stream: string): Position | undefined;
  set(stream: string, position: Position): void;
}

export const openPositions = (disk: DatabaseSync): Positions => {
  disk.exec('CREATE TABLE IF NOT EXISTS positions (stream TEXT PRIMARY KEY, shard TEXT NOT NULL, sequence TEXT)');
  const get = disk.prepare('SELECT shard, sequence FROM positions WHERE stream = ?');
  const set = disk.prepare('INSERT OR REPLACE INTO positions VALUES (?, ?, ?)');
  return {
    get: (stream) => {
      const row = get.get(stream);
      return row && { shard: String(row.shard), ...(row.sequence !== null && { sequence: String(row.sequence) }) };
    },
    set: (stream, { shard, sequence }) => void set.run(stream, shard, sequence ?? null),
  };
};

/** The protocol itself, since a stream's record on the wire is to the letter what Lambda hands to a function. */
const ask = async <Answer>(endpoint: string, operation: string, input: object): Promise<Answer> => {
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': `DynamoDBStreams_20120810.${operation}`,
    authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
  };
  const response = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(input) });
  if (!response.ok) throw new Error(`${operation}: ${await response.text()}`);
  // What DynamoDB answers is its contract; this room is no place to doubt it.
  return (await response.json()) as Answer;
};

export interface Reader {
  readonly name: string;
  readonly endpoint: string;
  readonly stream: string;
  readonly positions: Positions;
  readonly publish: (event: DynamoDBStreamEvent) => Promise<unknown>;
  readonly chance?: Chance | undefined;
  readonly duplicates?: boolean | undefined;
}

/** A record in eight batches is read again in a stepped stage with duplicates, as after a function that died on its last line. */
const AGAIN_ONE_IN = 8;

export const streamReader = ({ name, endpoint, stream, positions, publish, chance, duplicates }: Reader): Source => {
  const StreamArn = stream;
  let iterator: string | undefined;

  const shards = async (): Promise<readonly string[]> => {
    const { StreamDescription } = await ask<{ StreamDescription: { Shards: { ShardId: string }[] } }>(endpoint, 'DescribeStream', { StreamArn });
    return StreamDescription.Shards.map(({ ShardId }) => ShardId);
  };
  const startOf = async (): Promise<Position | undefined> => {
    const known = positions.get(stream);
    if (known) return known;
    const [shard] = await shards();
    return shard === undefined ? undefined : { shard };
  };
  const fresh = async ({ shard, sequence }: Position): Promise<string> => {
    const place =
      sequence === undefined ? { ShardIteratorType: 'TRIM_HORIZON' } : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: sequence };
    return (await ask<{ ShardIterator: string }>(endpoint, 'GetShardIterator', { StreamArn, ShardId: shard, ...place })).ShardIterator;
  };
  const advance = async (shard: string): Promise<void> => {
    const all = await shards();
    const next = all[all.indexOf(shard) + 1];
    if (next !== undefined) positions.set(stream, { shard: next });
  };

  /** Where to go on; undefined where all of it is done with. */
  const hand = async (records: readonly DynamoDBRecord[]): Promise<string | undefined> => {
    const Records = records.filter((record) => matches(commitsOnly, record));
    if (Records.length === 0) return undefined;
    const answer = await publish({ Records }).catch(() => ({ batchItemFailures: [{ itemIdentifier: '' }] }));
    const { batchItemFailures = [] } = (answer ?? {}) as Partial<DynamoDBBatchResponse>;
    // Of several failures the lowest counts; one that names no record of the batch means the whole of it.
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).sort()[0];
  };

  const deliver = async () => {
    const position = await startOf();
    if (position === undefined) return 'nothing';
    const { shard } = position;
    const Limit = chance ? 1 + chance.below(publishing.batchSize) : publishing.batchSize;
    const ShardIterator = iterator ?? (await fresh(position));
    iterator = undefined;
    const { Records, NextShardIterator } = await ask<{ Records: DynamoDBRecord[]; NextShardIterator?: string }>(endpoint, 'GetRecords', {
      ShardIterator,
      Limit,
    });
    const resumeAt = await hand(Records);
    const failedAt = Records.findIndex((record) => record.dynamodb?.SequenceNumber === resumeAt);
    const done = resumeAt === undefined ? Records : Records.slice(0, Math.max(0, failedAt));
    if (duplicates && Records.length > 0 && chance?.oneIn(AGAIN_ONE_IN)) return 'moved';
    const last = done.at(-1)?.dynamodb?.SequenceNumber;
    if (last !== undefined) positions.set(stream, { shard, sequence: last });
    if (resumeAt !== undefined) return 'failed';
    if (NextShardIterator === undefined) await advance(shard);
    // An iterator that was taken before the first record goes stale as soon as another table writes.
    else if (position.sequence !== undefined) iterator = NextShardIterator;
    return Records.length > 0 ? 'moved' : 'nothing';
  };
  // A stale iterator (TrimmedDataAccessException, an expired one after a restart) was dropped above; the next call takes a fresh one.
  return { name: `stream ${name}`, deliver: () => deliver().catch((error: unknown) => failed(error)) };
};

const failed = (error: unknown): 'failed' => {
  if (!(error instanceof Error) || !/TrimmedData|ExpiredIterator/.test(error.message)) throw error;
  return 'failed';
};

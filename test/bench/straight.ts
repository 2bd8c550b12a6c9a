/**
 * DynamoDB Local without Echelon before it: the very requests that an operation made, sent again with fresh ids and nothing
 * between them, and the stream read beside them. By the wire alone, or by the AWS SDK as any program would.
 */
import { Agent, request } from 'node:http';
import { createRequire } from 'node:module';
import type { Stage } from '@echelon/local-stage';
import type { Recorded } from './recorder.ts';

/** A request as it is sent. */
export type Sent = Pick<Recorded, 'target' | 'body'>;
export type Steps = readonly (readonly Sent[])[];
export type Send = (request: Sent) => Promise<unknown>;
export type Table = Record<string, Record<string, unknown>>;

const TABLES = 'DynamoDB_20120810';
const STREAMS = 'DynamoDBStreams_20120810';
const AUTHORIZATION = 'AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0';
const SOCKETS_MAX = 256;

export const byWire = (dynamodbUrl: string): Send => {
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS_MAX });
  return ({ target, body }) =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target, authorization: AUTHORIZATION };
      const asked = request(dynamodbUrl, { method: 'POST', agent, headers: { ...headers, 'content-length': Buffer.byteLength(body) } }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          if (answer.statusCode === 200) resolve(JSON.parse(text));
          else reject(new Error(`${target}: ${text}`));
        });
      });
      asked.on('error', (error) => reject(new Error(`${target} was not answered`, { cause: error })));
      asked.end(body);
    });
};

/** The SDK that the services use, found where they find it. */
const sdk = createRequire(new URL('../../packages/store/src/table.ts', import.meta.url))('@aws-sdk/client-dynamodb') as Readonly<
  Record<string, new (input: object) => Parameters<Stage['dynamodb']['send']>[0]>
>;
export const bySdk =
  (client: Stage['dynamodb']): Send =>
  ({ target, body }) => {
    const Command = sdk[`${target.slice(target.indexOf('.') + 1)}Command`];
    if (Command === undefined) throw new Error(`the SDK has no command for ${target}`);
    return client.send(new Command(JSON.parse(body) as object));
  };

/** Step after step, as they were recorded. */
export const replay = async (send: Send, steps: Steps): Promise<void> => {
  for (const step of steps) await Promise.all(step.map(send));
};

const digits = (length: number): string => Array.from({ length }, () => Math.floor(Math.random() * 10)).join('');

/** The same requests to another stage's tables, with something else of the same length in place of what must not come twice. */
export const freshOf = (steps: Steps, varying: readonly string[], tables: readonly (readonly [from: string, to: string])[]): (() => Steps) => {
  const moved = steps.map((step) =>
    step.map(({ target, body }) => ({ target, body: tables.reduce((text, [from, to]) => text.replaceAll(from, to), body) })),
  );
  return () => {
    const swaps = varying.map((text) => [text, digits(text.length)] as const);
    return moved.map((step) =>
      step.map(({ target, body }) => ({ target, body: swaps.reduce((text, [from, to]) => text.replaceAll(from, to), body) })),
    );
  };
};

/** What the requests must find: of each item that is replaced, an item of the version that was read. */
export const precedingPuts = (steps: Steps): Sent[] =>
  steps.flat().flatMap(({ target, body }) => {
    if (!target.endsWith('.TransactWriteItems')) return [];
    const { TransactItems } = JSON.parse(body) as { TransactItems: { Put: { TableName: string; Item: Table; ExpressionAttributeValues?: Table } }[] };
    return TransactItems.flatMap(({ Put: { TableName, Item, ExpressionAttributeValues } }) => {
      const version = ExpressionAttributeValues?.[':read'];
      if (version === undefined) return [];
      return [{ target: `${TABLES}.PutItem`, body: JSON.stringify({ TableName, Item: { ...Item, version } }) }];
    });
  });

/** Everything that stands in one table put into another. */
export const copyTable = async (send: Send, from: string, to: string): Promise<void> => {
  const { Items, LastEvaluatedKey } = (await send({ target: `${TABLES}.Scan`, body: JSON.stringify({ TableName: from }) })) as {
    Items: Table[];
    LastEvaluatedKey?: Table;
  };
  if (LastEvaluatedKey !== undefined) throw new Error(`${from} is too large for one page`);
  for (const Item of Items) await send({ target: `${TABLES}.PutItem`, body: JSON.stringify({ TableName: to, Item }) });
};

export interface StreamReading {
  /** The keys of the new records, as many as one answer holds. */
  next(): Promise<readonly { pk: string; sk: string }[]>;
}

const BATCH = 100;

export const readStream = async (send: Send, table: string): Promise<StreamReading> => {
  const ask = (target: string, input: object) => send({ target, body: JSON.stringify(input) });
  const { Table } = (await ask(`${TABLES}.DescribeTable`, { TableName: table })) as { Table: { LatestStreamArn: string } };
  const StreamArn = Table.LatestStreamArn;
  let ShardId: string | undefined;
  let ShardIterator: string | undefined;
  /** A shard ends now and then; the one behind it goes on. */
  const enterNext = async (): Promise<void> => {
    const { StreamDescription } = (await ask(`${STREAMS}.DescribeStream`, { StreamArn })) as {
      StreamDescription: { Shards: { ShardId: string }[] };
    };
    const shards = StreamDescription.Shards.map((shard) => shard.ShardId);
    ShardId = shards[ShardId === undefined ? 0 : shards.indexOf(ShardId) + 1];
    if (ShardId === undefined) throw new Error(`the last shard of ${table} has ended`);
    ({ ShardIterator } = (await ask(`${STREAMS}.GetShardIterator`, { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' })) as {
      ShardIterator?: string;
    });
  };
  return {
    next: async () => {
      if (ShardIterator === undefined) await enterNext();
      const { Records, NextShardIterator } = (await ask(`${STREAMS}.GetRecords`, { ShardIterator, Limit: BATCH })) as {
        Records: { dynamodb: { Keys: { pk: { S: string }; sk: { S: string } } } }[];
        NextShardIterator?: string;
      };
      ShardIterator = NextShardIterator;
      return Records.map(({ dynamodb: { Keys } }) => ({ pk: Keys.pk.S, sk: Keys.sk.S }));
    },
  };
};

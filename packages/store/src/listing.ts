import { type AttributeValue, QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type IndexName, integer, type Table, text } from './table.ts';

export interface Listed<State> {
  readonly items: readonly { readonly state: State; readonly version: number }[];
  /** Opaque; where the next page starts. */
  readonly next?: string;
}

export interface Wanted {
  readonly index: IndexName;
  readonly partition: string;
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** Only states of this status. */
  readonly status?: string | undefined;
  readonly newestFirst?: boolean;
  /** Only those whose place sorts before this. */
  readonly before?: string;
}

/** A cursor of another list, or of no list at all. */
export class BadCursor extends Error {
  override readonly name = 'BadCursor';
}

/** How many pages of the index one list reads to fill itself: a filter that matches little ends short, with a cursor. */
const READS_MAX = 4;

/** Lists aggregates by an index, as they stand a moment ago (indexes follow the table). */
export const listing = <Schema extends z.ZodType>({ client, name: TableName }: Table, schema: Schema) => {
  return async ({ index, partition, limit, cursor, status, newestFirst = false, before }: Wanted): Promise<Listed<z.output<Schema>>> => {
    const [pk, sk] = [`${index}pk`, `${index}sk`];
    const items: { state: z.output<Schema>; version: number }[] = [];
    let start = cursor === undefined ? undefined : startOf(cursor, { pk, sk, partition });
    for (let reads = 0; reads < READS_MAX; reads++) {
      const page = await client.send(
        new QueryCommand({
          TableName,
          IndexName: index,
          KeyConditionExpression: before === undefined ? `${pk} = :partition` : `${pk} = :partition AND ${sk} < :before`,
          ExpressionAttributeValues: {
            ':partition': { S: partition },
            ...(before !== undefined && { ':before': { S: before } }),
            ...(status !== undefined && { ':status': { S: status } }),
          },
          ...(status !== undefined && { FilterExpression: '#status = :status', ExpressionAttributeNames: { '#status': 'status' } }),
          Limit: limit - items.length,
          ScanIndexForward: !newestFirst,
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      items.push(
        ...(page.Items ?? []).map((item) => ({ state: z.decode(schema, JSON.parse(text(item, 'body'))), version: integer(item, 'version') })),
      );
      start = page.LastEvaluatedKey;
      if (start === undefined || items.length >= limit) break;
    }
    return start === undefined ? { items } : { items, next: cursorOf(start) };
  };
};

const cursorOf = (start: Record<string, AttributeValue>): string =>
  Buffer.from(JSON.stringify(Object.entries(start).map(([name, value]) => [name, value.S]))).toString('base64url');

/** DynamoDB takes no empty key, and none longer than 1,024 bytes; ours are ids and times, in ASCII. */
const KeyText = z.string().regex(/^[\x20-\x7e]{1,1024}$/);
const Start = z.array(z.tuple([z.string(), KeyText])).length(4);

/** A cursor names a place in the caller's own list only: whatever partition it was made for, it is read in this one. */
const startOf = (cursor: string, { pk, sk, partition }: { pk: string; sk: string; partition: string }): Record<string, AttributeValue> => {
  try {
    const start = new Map(Start.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString())));
    const [id, state, place] = [start.get('pk'), start.get('sk'), start.get(sk)];
    if (id === undefined || state === undefined || place === undefined || start.get(pk) !== partition) throw new Error('of another list');
    return { pk: { S: id }, sk: { S: state }, [pk]: { S: partition }, [sk]: { S: place } };
  } catch (error) {
    throw new BadCursor('The cursor is not one that this list gave.', { cause: error });
  }
};

/**
 * What an aggregate has too many of for its state, a ledger’s lines: written by its decisions, in their transaction, each in place
 * of the one of its key; read one by its key, or all in pages, the last keys first.
 */
import { type AttributeValue, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { BadCursor } from './listing.ts';
import { ENTRY_PREFIX, entryKey, keyOf, type Table, text } from './table.ts';

export interface Entries<Value> {
  read(id: string, key: string): Promise<Value | undefined>;
  page(id: string, wanted: EntriesWanted<Value>): Promise<EntriesPage<Value>>;
}
export interface EntriesWanted<Value> {
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** All, unless told. What is left out takes no place on the page: it is read past, as far as `READS_MAX` reads. */
  readonly shows?: (value: Value) => boolean;
}
export interface EntriesPage<Value> {
  readonly items: readonly Value[];
  /** Opaque; where the next page starts. */
  readonly next?: string;
}

/** Where a page leaves some out, so many are read at once, and so often at the most: a page that is not full then says where it goes on. */
const READ_AT_ONCE = 100;
const READS_MAX = 10;

export const entries = <Schema extends z.ZodType>({ client, name: TableName }: Table, schema: Schema): Entries<z.output<Schema>> => ({
  read: async (id, key) => {
    const { Item } = await client.send(new GetItemCommand({ TableName, Key: keyOf(id, entryKey(key)), ConsistentRead: true }));
    return Item && z.decode(schema, JSON.parse(text(Item, 'body')));
  },

  page: async (id, { limit, cursor, shows }) => {
    const items: z.output<Schema>[] = [];
    let start = cursor === undefined ? undefined : startOf(id, cursor);
    for (let reads = 0; reads < READS_MAX; reads++) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :id AND begins_with(sk, :entries)',
          ExpressionAttributeValues: { ':id': { S: id }, ':entries': { S: ENTRY_PREFIX } },
          Limit: shows ? READ_AT_ONCE : limit,
          ScanIndexForward: false,
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      for (const [at, item] of Items.entries()) {
        const value = z.decode(schema, JSON.parse(text(item, 'body')));
        if (shows && !shows(value)) continue;
        items.push(value);
        const isLast = at === Items.length - 1 && LastEvaluatedKey === undefined;
        if (items.length === limit) return isLast ? { items } : { items, next: cursorAt(item) };
      }
      if (LastEvaluatedKey === undefined) return { items };
      start = LastEvaluatedKey;
    }
    return start ? { items, next: cursorAt(start) } : { items };
  },
});

const cursorAt = (key: Record<string, AttributeValue>): string => Buffer.from(text(key, 'sk')).toString('base64url');

const Place = z.string().regex(/^ENTRY#[\x20-\x7e]{1,500}$/);

/** A cursor names a place among the entries of the aggregate that is asked for, whichever it was made for. */
const startOf = (id: string, cursor: string): Record<string, AttributeValue> => {
  const place = Place.safeParse(Buffer.from(cursor, 'base64url').toString());
  if (!place.success) throw new BadCursor('The cursor is not one that this list gave.');
  return keyOf(id, place.data);
};

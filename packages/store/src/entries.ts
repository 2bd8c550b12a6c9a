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
  page(id: string, wanted: { readonly limit: number; readonly cursor?: string | undefined }): Promise<EntriesPage<Value>>;
}
export interface EntriesPage<Value> {
  readonly items: readonly Value[];
  /** Opaque; where the next page starts. */
  readonly next?: string;
}

export const entries = <Schema extends z.ZodType>({ client, name: TableName }: Table, schema: Schema): Entries<z.output<Schema>> => ({
  read: async (id, key) => {
    const { Item } = await client.send(new GetItemCommand({ TableName, Key: keyOf(id, entryKey(key)), ConsistentRead: true }));
    return Item && z.decode(schema, JSON.parse(text(Item, 'body')));
  },

  page: async (id, { limit, cursor }) => {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :id AND begins_with(sk, :entries)',
        ExpressionAttributeValues: { ':id': { S: id }, ':entries': { S: ENTRY_PREFIX } },
        Limit: limit,
        ScanIndexForward: false,
        ...(cursor !== undefined && { ExclusiveStartKey: startOf(id, cursor) }),
      }),
    );
    const items = Items.map((item) => z.decode(schema, JSON.parse(text(item, 'body'))));
    return LastEvaluatedKey?.sk?.S === undefined ? { items } : { items, next: Buffer.from(LastEvaluatedKey.sk.S).toString('base64url') };
  },
});

const Place = z.string().regex(/^ENTRY#[\x20-\x7e]{1,500}$/);

/** A cursor names a place among the entries of the aggregate that is asked for, whichever it was made for. */
const startOf = (id: string, cursor: string): Record<string, AttributeValue> => {
  const place = Place.safeParse(Buffer.from(cursor, 'base64url').toString());
  if (!place.success) throw new BadCursor('The cursor is not one that this list gave.');
  return keyOf(id, place.data);
};

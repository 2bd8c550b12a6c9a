import { QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { putAsSaid } from './projection.ts';
import { type Item, integer, keyOf, type Table, text } from './table.ts';

/**
 * What another service last said of several things, kept under the keys by which they are looked for and read together. Under
 * each of its keys a thing stands once, and a lower version replaces nothing.
 */
export interface Shelf<Value> {
  put(keys: readonly string[], id: string, said: { readonly version: number; readonly value: Value }): Promise<void>;
  /** Each thing that stands under any of the keys, once, as it was last said a moment ago. */
  read(keys: readonly string[]): Promise<readonly Value[]>;
}

/** Of up to 1 MB each, for one key. Beyond that a read fails: an answer that left something out would be taken for all there is. */
const PAGES_MAX = 10;

export const shelf = <Schema extends z.ZodType>(table: Table, kind: string, schema: Schema): Shelf<z.output<Schema>> => {
  const partition = (key: string): string => `${kind}#${key}`;

  const under = async (key: string) => {
    const { client, name: TableName } = table;
    const condition = { KeyConditionExpression: 'pk = :key', ExpressionAttributeValues: { ':key': { S: partition(key) } } };
    const items: Item[] = [];
    let ExclusiveStartKey: Item | undefined;
    for (let pages = 0; pages < PAGES_MAX; pages++) {
      const page = await client.send(new QueryCommand({ TableName, ...condition, ...(ExclusiveStartKey && { ExclusiveStartKey }) }));
      items.push(...(page.Items ?? []));
      ExclusiveStartKey = page.LastEvaluatedKey;
      if (ExclusiveStartKey === undefined)
        return items.map((item) => ({ id: text(item, 'sk'), version: integer(item, 'version'), body: text(item, 'body') }));
    }
    throw new Error(`more than ${PAGES_MAX} pages stand under ${partition(key)}`);
  };

  return {
    put: async (keys, id, { version, value }) => {
      const body = { S: JSON.stringify(z.encode(schema, value)) };
      await Promise.all(keys.map((key) => putAsSaid(table, version, { ...keyOf(partition(key), id), body })));
    },
    read: async (keys) => {
      const found = (await Promise.all(keys.map(under))).flat().toSorted((a, b) => a.version - b.version);
      const latest = new Map(found.map(({ id, body }) => [id, body]));
      return Array.from(latest.values(), (body) => z.decode(schema, JSON.parse(body)));
    },
  };
};

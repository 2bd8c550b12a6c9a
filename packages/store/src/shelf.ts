import { QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { putAsSaid } from './projection.ts';
import { integer, keyOf, type Table, text } from './table.ts';

/**
 * What another service last said of several things, kept under the keys by which they are looked for and read together. Under
 * each of its keys a thing stands once, and a lower version replaces nothing.
 */
export interface Shelf<Value> {
  put(keys: readonly string[], id: string, said: { readonly version: number; readonly value: Value }): Promise<void>;
  /** Each thing that stands under any of the keys, once, as it was last said a moment ago. */
  read(keys: readonly string[]): Promise<readonly Value[]>;
}

/** Things under one key that are read, or as many as make a megabyte: whoever needs more asks otherwise. */
const READ_MAX = 1_000;

export const shelf = <Schema extends z.ZodType>(table: Table, kind: string, schema: Schema): Shelf<z.output<Schema>> => {
  const partition = (key: string): string => `${kind}#${key}`;

  const under = async (key: string) => {
    const { client, name: TableName } = table;
    const condition = { KeyConditionExpression: 'pk = :key', ExpressionAttributeValues: { ':key': { S: partition(key) } } };
    const { Items = [] } = await client.send(new QueryCommand({ TableName, ...condition, Limit: READ_MAX }));
    return Items.map((item) => ({ id: text(item, 'sk'), version: integer(item, 'version'), body: text(item, 'body') }));
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

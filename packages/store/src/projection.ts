import { ConditionalCheckFailedException, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type IndexName, type Item, keyOf, type Table, text } from './table.ts';

/** What another service last said of something. Events come late, twice and out of order: a lower version replaces nothing. */
export interface Projection<Value> {
  get(key: string): Promise<Value | undefined>;
  put(key: string, version: number, value: Value): Promise<void>;
}

/** Where an item stands in the indexes: of each the partition, and the place in it. */
export type Places = Partial<Record<IndexName, readonly [string, string]>>;

/** As attributes of the item. */
export const placed = (places: Places): Item =>
  Object.fromEntries(
    Object.entries(places).flatMap(([index, [pk, sk]]) => [
      [`${index}pk`, { S: pk }],
      [`${index}sk`, { S: sk }],
    ]),
  );

/** @param indexed the lists that what is known stands in, where there are any */
export const projection = <Schema extends z.ZodType>(
  table: Table,
  kind: string,
  schema: Schema,
  indexed: (value: z.output<Schema>) => Places = () => ({}),
): Projection<z.output<Schema>> => ({
  get: async (key) => {
    const { client, name: TableName } = table;
    const { Item } = await client.send(new GetItemCommand({ TableName, Key: keyOf(`${kind}#${key}`, kind), ConsistentRead: true }));
    return Item && z.decode(schema, JSON.parse(text(Item, 'body')));
  },
  put: (key, version, value) => {
    const body = { S: JSON.stringify(z.encode(schema, value)) };
    return putAsSaid(table, version, { ...keyOf(`${kind}#${key}`, kind), body, ...placed(indexed(value)) });
  },
});

/** Writes an item as of that version, unless one as high is there. */
export const putAsSaid = async ({ client, name: TableName }: Table, version: number, item: Item): Promise<void> => {
  const said = { N: String(version) };
  const condition = { ConditionExpression: 'attribute_not_exists(pk) OR version < :said', ExpressionAttributeValues: { ':said': said } };
  try {
    await client.send(new PutItemCommand({ TableName, Item: { ...item, version: said }, ...condition }));
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
};

import { ConditionalCheckFailedException, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { keyOf, type Table, text } from './table.ts';

/** What another service last said of something. Events come late, twice and out of order: a lower version replaces nothing. */
export interface Projection<Value> {
  get(key: string): Promise<Value | undefined>;
  put(key: string, version: number, value: Value): Promise<void>;
}

export const projection = <Schema extends z.ZodType>(
  { client, name: TableName }: Table,
  kind: string,
  schema: Schema,
): Projection<z.output<Schema>> => ({
  get: async (key) => {
    const { Item } = await client.send(new GetItemCommand({ TableName, Key: keyOf(`${kind}#${key}`, kind), ConsistentRead: true }));
    return Item && z.decode(schema, JSON.parse(text(Item, 'body')));
  },
  put: async (key, version, value) => {
    const Item = { ...keyOf(`${kind}#${key}`, kind), version: { N: String(version) }, body: { S: JSON.stringify(z.encode(schema, value)) } };
    const condition = {
      ConditionExpression: 'attribute_not_exists(pk) OR version < :said',
      ExpressionAttributeValues: { ':said': { N: String(version) } },
    };
    try {
      await client.send(new PutItemCommand({ TableName, Item, ...condition }));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  },
});

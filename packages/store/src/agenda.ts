import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type Listed, listing } from './listing.ts';
import { placed, putAsSaid } from './projection.ts';
import { keyOf, type Table } from './table.ts';

/**
 * What a sweep has to look at until it is settled, the longest due first: it stands in the index `due` as aggregates do. It is
 * looked at again when a higher version is said of it.
 */
export interface Agenda {
  put(id: string, said: { readonly version: number; readonly dueAt: string }): Promise<void>;
  /** A page, from the start or from where the last one ended. */
  read(limit: number, cursor?: string): Promise<Listed<string>>;
  /** As of that version: what was said meanwhile stays to be looked at. */
  settle(id: string, version: number): Promise<void>;
}

export const agenda = (table: Table, name: string): Agenda => {
  const list = listing(table, z.string());
  const key = (id: string) => keyOf(`AGENDA#${name}#${id}`, 'AGENDA');
  return {
    put: (id, { version, dueAt }) =>
      putAsSaid(table, version, { ...key(id), body: { S: JSON.stringify(id) }, ...placed({ due: [name, `${dueAt}#${id}`] }) }),
    read: (limit, cursor) => list({ index: 'due', partition: name, limit, cursor }),
    settle: async (id, version) => {
      try {
        await table.client.send(
          new UpdateItemCommand({
            TableName: table.name,
            Key: key(id),
            UpdateExpression: 'REMOVE duepk, duesk',
            ConditionExpression: 'version = :read',
            ExpressionAttributeValues: { ':read': { N: String(version) } },
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
  };
};

import { BatchGetItemCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Claim } from '@echelon/decider';
import * as z from 'zod';
import { claimKey, integer, keyOf, type Table, text } from './table.ts';

const Line = z.array(z.object({ id: z.string(), by: z.string(), until: z.string().exactOptional(), says: z.string().exactOptional() }));

/** Reads claims as they stand, for a decision to change; the commit is refused if one has moved on since. */
export interface Claims {
  read(keys: readonly string[]): Promise<readonly Claim[]>;
}

const KEYS_MAX = 90;
const ROUNDS_MAX = 5;

export const claims = ({ client, name }: Table): Claims => ({
  read: async (keys) => {
    if (keys.length > KEYS_MAX) throw new Error(`${keys.length} keys are more than a decision may claim`);
    const found = new Map<string, Claim>();
    let Keys = keys.map((key) => keyOf(claimKey(key), 'CLAIM'));
    for (let round = 0; Keys.length > 0; round++) {
      if (round === ROUNDS_MAX) throw new Error(`claims stayed unread after ${ROUNDS_MAX} rounds`);
      const answer = await client.send(new BatchGetItemCommand({ RequestItems: { [name]: { Keys, ConsistentRead: true } } }));
      for (const item of answer.Responses?.[name] ?? []) {
        const key = text(item, 'pk');
        found.set(key, { key: key.slice(claimKey('').length), version: integer(item, 'version'), line: Line.parse(JSON.parse(text(item, 'body'))) });
      }
      const left = answer.UnprocessedKeys?.[name]?.Keys ?? [];
      Keys = Keys.filter(({ pk }) => left.some((key) => key.pk?.S === pk.S));
    }
    return keys.map((key) => found.get(claimKey(key)) ?? { key, version: 0, line: [] });
  },
});

export const putClaim = ({ name: TableName }: Table, { key, version, line }: Claim): TransactWriteItem => ({
  Put: {
    TableName,
    Item: { ...keyOf(claimKey(key), 'CLAIM'), version: { N: String(version + 1) }, body: { S: JSON.stringify(line) } },
    ...(version === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'version = :read', ExpressionAttributeValues: { ':read': { N: String(version) } } }),
  },
});

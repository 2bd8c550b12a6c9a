import { GetItemCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Tally, TallyChange } from '@echelon/decider';
import { keyOf, type Table, tallyKey } from './table.ts';

/** Reads a tally as it stands, for a decision to judge by; a change whose condition no longer holds refuses the commit. */
export interface Tallies {
  read(key: string): Promise<Tally>;
}

const TALLY = 'TALLY';

export const tallies = ({ client, name: TableName }: Table): Tallies => ({
  read: async (key) => {
    const { Item } = await client.send(new GetItemCommand({ TableName, Key: keyOf(tallyKey(key), TALLY), ConsistentRead: true }));
    return { key, sum: BigInt(Item?.tallied?.N ?? 0), closed: Item?.closed?.BOOL ?? false };
  },
});

/** In DynamoDB's words, what `tallied` in the decider says. */
export const changeTally = ({ name: TableName }: Table, change: TallyChange): TransactWriteItem => {
  const Key = keyOf(tallyKey(change.key), TALLY);
  if ('close' in change) {
    const condition = { ConditionExpression: 'attribute_not_exists(tallied) OR tallied = :none', UpdateExpression: 'SET closed = :closed' };
    return { Update: { TableName, Key, ...condition, ExpressionAttributeValues: { ':closed': { BOOL: true }, ':none': { N: '0' } } } };
  }
  const isOpen = 'attribute_not_exists(closed)';
  const takes = change.add < 0n;
  return {
    Update: {
      TableName,
      Key,
      UpdateExpression: 'ADD tallied :add',
      ConditionExpression: takes ? `${isOpen} AND tallied >= :taken` : isOpen,
      ExpressionAttributeValues: { ':add': { N: String(change.add) }, ...(takes && { ':taken': { N: String(-change.add) } }) },
    },
  };
};

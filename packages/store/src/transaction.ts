/** What one decision writes, item by item, all or nothing. */
import { type CancellationReason, TransactionCanceledException, type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { Accepted, Cause } from '@echelon/decider';
import { putClaim } from './claims.ts';
import { type Places, placed } from './projection.ts';
import { causeKey, commitKey, entryKey, type Item, keyOf, RECORD, STATE, type Table } from './table.ts';
import { changeTally } from './tallies.ts';

/** An aggregate's decision, encoded: nothing here knows of whom. */
export interface Writing {
  readonly id: string;
  /** The version it leads to. */
  readonly version: number;
  readonly cause: Cause;
  readonly state: { readonly status: string; readonly body: string; readonly places: Places };
  /** Events, who and why, the state after them: the commit's row. */
  readonly commit: string;
  /** The private record as it is to stand, `null` to erase it; undefined leaves it as it is. */
  readonly record: string | null | undefined;
  readonly entries: readonly { readonly key: string; readonly body: string }[];
  readonly effects: Pick<Accepted<unknown>, 'claims' | 'tallies'>;
}

/** Causes of requests may be forgotten after 30 days; those that are events never. */
const CAUSE_SECONDS = 30 * 24 * 3_600;
/** DynamoDB's own bound on the items of a transaction. */
const ITEMS_MAX = 100;

/** @returns whether it was written; not where another writer was in between, or the cause is already recorded. */
export const transact = async (table: Table, writing: Writing): Promise<boolean> => {
  const TransactItems = itemsOf(table, writing);
  if (TransactItems.length > ITEMS_MAX) throw new Error(`${writing.id}: ${TransactItems.length} items are more than one transaction holds`);
  try {
    await table.client.send(new TransactWriteItemsCommand({ TransactItems }));
    return true;
  } catch (error) {
    if (error instanceof TransactionCanceledException && error.CancellationReasons?.every(passes)) return false;
    throw error;
  }
};

const itemsOf = (table: Table, writing: Writing): TransactWriteItem[] => {
  const { id, version, cause, commit, record, entries, effects } = writing;
  const number = { N: String(version) };
  const { claims = [], tallies = [] } = effects;
  return [
    putState(table, writing),
    putOnce(table, { ...keyOf(id, commitKey(version)), version: number, body: { S: commit } }),
    putOnce(table, {
      ...keyOf(id, causeKey(cause.id)),
      version: number,
      hash: { S: cause.hash },
      ...(cause.forgettable && { expires: { N: String(Math.floor(Date.now() / 1_000) + CAUSE_SECONDS) } }),
    }),
    // Erased by writing over it: no function has the right to delete.
    ...(record === undefined
      ? []
      : [{ Put: { TableName: table.name, Item: { ...keyOf(id, RECORD), version: number, ...(record !== null && { body: { S: record } }) } } }]),
    ...entries.map(({ key, body }) => ({
      Put: { TableName: table.name, Item: { ...keyOf(id, entryKey(key)), version: number, body: { S: body } } },
    })),
    ...claims.map((claim) => putClaim(table, claim)),
    ...tallies.map((change) => changeTally(table, change)),
  ];
};

/** With its places in the indexes, on the condition that it is as it was read. */
const putState = ({ name: TableName }: Table, { id, version, state: { status, body, places } }: Writing): TransactWriteItem => ({
  Put: {
    TableName,
    Item: {
      ...keyOf(id, STATE),
      version: { N: String(version) },
      status: { S: status },
      body: { S: body },
      ...placed(places),
    },
    ...(version === 1
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'version = :read', ExpressionAttributeValues: { ':read': { N: String(version - 1) } } }),
  },
});

const putOnce = ({ name: TableName }: Table, Item: Item): TransactWriteItem => ({
  Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' },
});

/** Reasons for which another attempt may succeed, or find that it already has. Any other is a fault of ours. */
const contention = new Set(['None', 'ConditionalCheckFailed', 'TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);
const passes = ({ Code = 'None' }: CancellationReason): boolean => contention.has(Code);

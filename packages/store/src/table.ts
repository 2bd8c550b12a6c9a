import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';

export type Item = Record<string, AttributeValue>;

/** A service's table. All its rooms share one client and one name. */
export interface Table {
  readonly client: DynamoDBClient;
  readonly name: string;
}
export const openTable = (client: DynamoDBClient, name: string): Table => ({ client, name });

/**
 * The indexes that every service's table has, each on `<name>pk` and `<name>sk`: `all` lists what the vendor sees, `own` what
 * one partner sees, `party` (sparse) what one is a party to without being its partner, `due` (sparse) what a sweep has to do and when.
 */
export const indexes = ['all', 'own', 'party', 'due'] as const;
export type IndexName = (typeof indexes)[number];

export const keyOf = (pk: string, sk: string): { pk: AttributeValue.SMember; sk: AttributeValue.SMember } => ({ pk: { S: pk }, sk: { S: sk } });

export const STATE = 'STATE';
export const COMMIT_PREFIX = 'COMMIT#';
/** Twelve digits sort as text as they sort as numbers. */
export const commitKey = (version: number): string => `${COMMIT_PREFIX}${String(version).padStart(12, '0')}`;
export const causeKey = (causeId: string): string => `CAUSE#${causeId}`;
/** The aggregate's one private record. */
export const RECORD = 'RECORD';
export const ENTRY_PREFIX = 'ENTRY#';
/** One of many that an aggregate has beside its state. */
export const entryKey = (key: string): string => `${ENTRY_PREFIX}${key}`;
export const tallyKey = (key: string): string => `TALLY#${key}`;
export const claimKey = (key: string): string => `CLAIM#${key}`;

/** The text of an attribute that the item must have. */
export const text = (item: Item, name: string): string => {
  const value = item[name]?.S;
  if (value === undefined) throw new Error(`item ${item.pk?.S} ${item.sk?.S} has no text "${name}"`);
  return value;
};

export const integer = (item: Item, name: string): number => {
  const value = Number(item[name]?.N);
  if (!Number.isSafeInteger(value)) throw new Error(`item ${item.pk?.S} ${item.sk?.S} has no integer "${name}"`);
  return value;
};

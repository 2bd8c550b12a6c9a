/** What the functions' SDK calls cost: for the bench. */
import type { Invocation } from './invocation.ts';

export interface Metered {
  /** `deals.api#3` */
  readonly name: string;
  readonly operations: Readonly<Record<string, number>>;
  /** Calls that had to wait for the one before: what latency is made of. */
  readonly steps: number;
  /** DynamoDB's units; without the option `meter` they stay at zero. */
  readonly capacity: { readonly read: number; readonly write: number };
  readonly ms: number;
}
export interface Meter {
  /** Every invocation since the last reset, in the order in which they ended. */
  invocations(): readonly Metered[];
  total(): Omit<Metered, 'name'>;
  reset(): void;
}
export interface OpenMeter extends Meter {
  ended(invocation: Invocation, ms: number): void;
}

const KEPT_MAX = 100_000;

export const openMeter = (): OpenMeter => {
  let kept: Metered[] = [];
  return {
    ended: ({ name, calls, steps, capacity }, ms) => {
      if (kept.length < KEPT_MAX) kept.push({ name, operations: Object.fromEntries(calls), steps, capacity: { ...capacity }, ms });
    },
    invocations: () => kept,
    total: () => kept.reduce<Omit<Metered, 'name'>>(add, { operations: {}, steps: 0, capacity: { read: 0, write: 0 }, ms: 0 }),
    reset: () => {
      kept = [];
    },
  };
};

const add = (sum: Omit<Metered, 'name'>, one: Metered): Omit<Metered, 'name'> => ({
  operations: Object.fromEntries(
    Object.keys({ ...sum.operations, ...one.operations }).map((name) => [name, (sum.operations[name] ?? 0) + (one.operations[name] ?? 0)]),
  ),
  steps: sum.steps + one.steps,
  capacity: { read: sum.capacity.read + one.capacity.read, write: sum.capacity.write + one.capacity.write },
  ms: sum.ms + one.ms,
});

interface Consumed {
  readonly ConsumedCapacity?: { readonly CapacityUnits?: number } | readonly { readonly CapacityUnits?: number }[];
}
const reads = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan', 'TransactGetItems']);

/** What a DynamoDB answer says it consumed; of a write transaction DynamoDB Local says one item's, so that is worked out here. */
export const consumed = (operation: string, input: unknown, answer: unknown): { read: number; write: number } => {
  if (operation === 'TransactWriteItems') return { read: 0, write: transactionUnits(input) };
  const { ConsumedCapacity = [] } = (answer ?? {}) as Consumed;
  const units = [ConsumedCapacity].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
  return reads.has(operation) ? { read: units, write: 0 } : { read: 0, write: units };
};

/** Two units per started KB of each item, and one more per index that the item stands in. What an Update leaves is taken as what it brings. */
const transactionUnits = (input: unknown): number => {
  const { TransactItems = [] } = input as {
    TransactItems?: readonly Readonly<Record<string, { readonly Item?: Item; readonly Key?: Item; readonly ExpressionAttributeValues?: Item }>>[];
  };
  return TransactItems.flatMap((one) => Object.values(one)).reduce((sum, { Item, Key, ExpressionAttributeValues }) => {
    const item = Item ?? { ...Key, ...ExpressionAttributeValues };
    const kilobytes = Math.max(1, Math.ceil(sizeOf(item) / 1_024));
    const indexes = Object.keys(Item ?? {}).filter((name) => name !== 'pk' && name.endsWith('pk')).length;
    return sum + kilobytes * (2 + indexes);
  }, 0);
};

type Item = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const sizeOf = (item: Item): number => Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueSize(value), 0);
/** Text counts its UTF-8, a number about half its digits, binary its bytes, anything nested its JSON. */
const valueSize = (value: Readonly<Record<string, unknown>>): number => {
  const [[type, content] = ['NULL', true]] = Object.entries(value);
  if (type === 'S') return Buffer.byteLength(String(content));
  if (type === 'N') return Math.ceil(String(content).length / 2) + 1;
  if (type === 'B') return Buffer.byteLength(String(content), 'base64');
  return type === 'BOOL' || type === 'NULL' ? 1 : Buffer.byteLength(JSON.stringify(content));
};

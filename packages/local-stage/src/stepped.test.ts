/** Proofs: nothing moves unless told, in an order by seed, with faults at named points. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Stage } from './stage.ts';
import { type Dynamo, startDynamo, startStage } from './stage.ts';
import { counted, numbered, place, placeAll } from './toy/running.ts';
import { orderEvents, shop } from './toy/shop.ts';

let dynamo: Dynamo;
let stage: Stage;
beforeAll(async () => {
  dynamo = await startDynamo();
}, 30_000);
afterAll(() => dynamo.stop());

const open = async (seed = 1): Promise<Stage> =>
  startStage({ services: shop, dynamodb: dynamo.endpoint, delivery: { seed, duplicates: true, disorder: true } });
beforeEach(async () => {
  stage = await open();
  return () => stage.stop();
});

const arrivals = async (seed: number): Promise<string[]> => {
  const one = await open(seed);
  const billing = one.listen('billing', [orderEvents.OrderPlaced]);
  await placeAll(one, numbered('pear', 12));
  await one.settle();
  expect(await counted(one, 'pear')).toBe(12);
  const ids = billing.received().map(({ detail }) => (detail as { id: string }).id);
  await one.stop();
  return ids;
};

test('nothing moves unless told, and each step says what moved', async () => {
  await place(stage, 'plum-1');
  expect(await counted(stage, 'plum')).toBe(0);
  expect(await stage.step()).toBe('stream orders');
  expect(await counted(stage, 'plum')).toBe(0);
  await stage.settle();
  expect(await counted(stage, 'plum')).toBe(1);
  expect(await stage.step()).toBeUndefined();
});

test('with duplicates every event arrives, some twice, and is counted once; the same seed brings the same', async () => {
  const first = await arrivals(7);
  expect(new Set(first).size).toBe(12);
  expect(first.length).toBeGreaterThan(12);
  expect(await arrivals(7)).toEqual(first);
  expect(await arrivals(8)).not.toEqual(first);
});

test('with disorder a queue gives its messages in another order than they came', async () => {
  const orders: string[] = [];
  const create = () => ({
    react: async ({ Records }: { Records: { body: string }[] }) => void orders.push(...Records.map(({ body }) => JSON.parse(body).detail.id)),
  });
  const [sells, counts] = shop;
  if (sells === undefined || counts === undefined) throw new Error('the shop has two services');
  const other = await startStage({ services: [sells, { ...counts, create }], dynamodb: dynamo.endpoint, delivery: { seed: 3, disorder: true } });
  const placed = numbered('fig', 12);
  await placeAll(other, placed);
  await other.settle();
  await other.stop();
  expect(orders).not.toEqual(placed);
  expect([...orders].sort()).toEqual([...placed].sort());
});

test('A table’s stream reaches the publish function in order, and publishing resumes at the record that failed.', async () => {
  const plain = await startStage({ services: shop, dynamodb: dynamo.endpoint, delivery: { seed: 5 } });
  const billing = plain.listen('billing', [orderEvents.OrderPlaced]);
  const placed = numbered('kiwi', 6);
  await placeAll(plain, placed);
  for (const fault of ['1:PutEvents:entry', '2:PutEvents/2:entry', '3:PutEvents/2:before']) plain.faults.inject(`orders.publish#${fault}`);
  await plain.settle();
  expect(plain.faults.struck().length).toBeGreaterThan(1);
  const arrived = billing.received().map(({ detail }) => (detail as { id: string }).id);
  // After a kill the whole batch is published again; after a named failure only what lies behind it.
  expect([...new Set(arrived)]).toEqual(placed);
  expect(await counted(plain, 'kiwi')).toBe(6);
  await plain.stop();
});

test('killed before a TransactWriteItems nothing is written, killed after it all is, and the caller gets 500 both times', async () => {
  stage.faults.inject('orders.api#1:TransactWriteItems:before');
  stage.faults.inject('orders.api#2:TransactWriteItems:after');
  expect((await place(stage, 'lime-1')).status).toBe(500);
  expect((await place(stage, 'lime-2')).status).toBe(500);
  await stage.settle();
  expect(await counted(stage, 'lime')).toBe(1);
  expect([(await place(stage, 'lime-1')).status, (await place(stage, 'lime-2')).status]).toEqual([201, 409]);
  expect(stage.faults.struck()).toEqual(['orders.api#1:TransactWriteItems:before', 'orders.api#2:TransactWriteItems:after']);
});

test('a killed reaction is retried by its queue, whichever side of its commit it died on', async () => {
  stage.faults.inject('stock.react#1:TransactWriteItems:before');
  stage.faults.inject('stock.react#2:TransactWriteItems:after');
  await placeAll(stage, numbered('date', 5));
  await stage.settle();
  expect(stage.faults.struck()).toHaveLength(2);
  expect(await counted(stage, 'date')).toBe(5);
});

test('a lost answer, a throttle and a conflict reach the function as the SDK tells them', async () => {
  stage.faults.inject('orders.api#1:TransactWriteItems:lost');
  stage.faults.inject('orders.api#2:TransactWriteItems:throttle');
  stage.faults.inject('orders.api#3:TransactWriteItems:conflict');
  const told = async (id: string) => {
    const answer = await place(stage, id);
    return [answer.status, await answer.json()];
  };
  expect(await told('nut-1')).toEqual([201, { id: 'nut-1' }]);
  expect(await told('nut-2')).toMatchObject([503, { name: 'ThrottlingException' }]);
  expect(await told('nut-3')).toMatchObject([409, { name: 'TransactionCanceledException', message: expect.stringContaining('TransactionConflict') }]);
});

test('a run without faults names every point where one could strike, and a reset counts anew', async () => {
  await place(stage, 'fig-1');
  expect(stage.faults.points()).toEqual(['orders.api#1:TransactWriteItems']);
  stage.faults.reset();
  expect(stage.faults.points()).toEqual([]);
  stage.faults.inject('orders.api#*:TransactWriteItems:before');
  expect((await place(stage, 'fig-2')).status).toBe(500);
  expect((await place(stage, 'fig-3')).status).toBe(500);
});

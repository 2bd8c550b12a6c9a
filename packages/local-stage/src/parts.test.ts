/** The small parts by themselves. */
import { DatabaseSync } from 'node:sqlite';
import type { SQSEvent } from 'aws-lambda';
import { afterEach, expect, test, vi } from 'vitest';
import { openBus } from './bus.ts';
import { chanceOf } from './chance.ts';
import { faultPlan } from './faults.ts';
import { matches } from './pattern.ts';
import { consumer, deadOf, openQueues } from './queues.ts';
import { schedule } from './schedule.ts';
import { orderEvents, stock } from './toy/shop.ts';

afterEach(() => vi.useRealTimers());

const queuesWith = (...bodies: string[]) => {
  const queues = openQueues(new DatabaseSync(':memory:'));
  for (const body of bodies) queues.send('q', body);
  return queues;
};
const consuming = (queues: ReturnType<typeof openQueues>, react: (event: SQSEvent) => Promise<unknown>) =>
  consumer({ queues, queue: 'q', arn: 'arn:aws:sqs:r:a:q', react, retryAfterMs: 0 });
const waiting = (queues: ReturnType<typeof openQueues>) => queues.all('q').map(({ body }) => body);

test('A queue hands over at most ten messages at a time, each with the count of its receives.', async () => {
  const seen: SQSEvent[] = [];
  const source = consuming(queuesWith(...'abcdefghijkl'), async (event) => void seen.push(event));
  expect([await source.deliver(), await source.deliver(), await source.deliver()]).toEqual(['moved', 'moved', 'nothing']);
  expect(seen.map(({ Records }) => Records.map(({ body }) => body).join(''))).toEqual(['abcdefghij', 'kl']);
  expect(seen[0]?.Records[0]).toMatchObject({
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:r:a:q',
    attributes: { ApproximateReceiveCount: '1' },
  });
});

test('Of a batch that failed in part only the failed messages come back.', async () => {
  const queues = queuesWith('a', 'b', 'c');
  const fails = async ({ Records }: SQSEvent) => ({ batchItemFailures: [{ itemIdentifier: Records[1]?.messageId }] });
  await consuming(queues, fails).deliver();
  expect(waiting(queues)).toEqual(['b']);
});

test('A batch whose function failed, or named no message, comes back whole.', async () => {
  const queues = queuesWith('a', 'b');
  await consuming(queues, async () => Promise.reject(new Error('no'))).deliver();
  await consuming(queues, async () => ({ batchItemFailures: [{ itemIdentifier: '' }] })).deliver();
  expect(queues.all('q').map(({ body, receives }) => [body, receives])).toEqual([['a', 2], ['b', 2]]); // biome-ignore format: pairs
});

test('A message that failed as often as SQS allows goes to the dead-letter queue.', async () => {
  const queues = queuesWith('a');
  const source = consuming(queues, async () => Promise.reject(new Error('no')));
  for (let n = 0; n < 6; n++) await source.deliver();
  expect(await source.deliver()).toBe('nothing');
  expect(queues.all(deadOf('q'))).toMatchObject([{ body: 'a', reason: 'received 6 times' }]);
});

test('What is in flight nobody else receives.', async () => {
  const queues = queuesWith('a');
  let inside = 0;
  const outer = consuming(queues, async () => {
    inside = queues.receive('q', Date.now(), 1_000).length;
    expect(queues.status('q')).toMatchObject({ visible: 0, inFlight: 1 });
  });
  await outer.deliver();
  expect(inside).toBe(0);
});

test('A rule puts an event on the queue of every service that reacts to it, and on no other.', () => {
  const sent: [string, string][] = [];
  const bus = openBus('r', (queue, body) => sent.push([queue, body]));
  bus.rule('one', [orderEvents.OrderPlaced]);
  bus.rule('two', [orderEvents.OrderPlaced, orderEvents.OrderSeen]);
  bus.put({ Source: 'echelon.orders', DetailType: 'OrderPlaced', Detail: '{"a":1}' });
  bus.put({ Source: 'echelon.orders', DetailType: 'OrderSeen', Detail: '{}' });
  bus.put({ Source: 'another', DetailType: 'OrderSeen', Detail: '{}' });
  expect(sent.map(([queue]) => queue)).toEqual(['one', 'two', 'two']);
  const event = {
    version: '0',
    source: 'echelon.orders',
    'detail-type': 'OrderPlaced',
    account: '000000000000',
    region: 'r',
    resources: [],
    detail: { a: 1 },
  };
  expect(JSON.parse(sent[0]?.[1] ?? '')).toMatchObject(event);
});

test('A sweep runs every so often, as its contract says.', () => {
  vi.useFakeTimers();
  const runs: string[] = [];
  const stop = schedule([stock], (service, sweep) => runs.push(`${service}.${sweep}`));
  vi.advanceTimersByTime(2 * 3_600_000);
  stop();
  vi.advanceTimersByTime(3_600_000);
  expect(runs).toEqual(['stock.count', 'stock.count']);
});

test('Of a stream only new commits are shown to the publish function.', () => {
  const filter = { eventName: ['INSERT'], dynamodb: { Keys: { sk: { S: [{ prefix: 'COMMIT#' }] } } } };
  const record = (eventName: string, sk: string) => ({ eventName, dynamodb: { Keys: { sk: { S: sk } } } });
  expect(matches(filter, record('INSERT', 'COMMIT#1'))).toBe(true);
  expect(matches(filter, record('REMOVE', 'COMMIT#1'))).toBe(false);
  expect(matches(filter, record('INSERT', 'STATE'))).toBe(false);
  expect(matches(filter, {})).toBe(false);
});

test('a seed gives the same order each time, another seed another', () => {
  const order = (seed: number) =>
    chanceOf(seed)
      .shuffle([...'abcdefgh'])
      .join('');
  expect(order(1)).toBe(order(1));
  expect(new Set([1, 2, 3, 4].map(order)).size).toBeGreaterThan(1);
});

test('a fault that is none is refused', () => {
  expect(() => faultPlan().inject('deals.api:PutItem:before')).toThrow('is no fault');
  expect(() => faultPlan().inject('deals.api#1:PutItem:sometimes')).toThrow('is no fault');
});

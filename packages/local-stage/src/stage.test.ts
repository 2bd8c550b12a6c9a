/** The whole, flowing: from a request to the reaction of another service. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freePort } from './ports.ts';
import type { Stage } from './stage.ts';
import { startStage } from './stage.ts';
import { counted, numbered, place, placeAll } from './toy/running.ts';
import { shop } from './toy/shop.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ services: shop, retryAfterMs: 20, meter: true });
}, 30_000);
afterAll(() => stage.stop());

const deadOfStock = () => stage.queues().find(({ name }) => name === 'stock')?.dead ?? [];

test('what was committed is counted by the other service soon, and by settle at the latest', async () => {
  await place(stage, 'soon-1');
  await vi.waitFor(async () => expect(await counted(stage, 'soon')).toBe(1), { timeout: 2_000, interval: 5 });
  await placeAll(stage, numbered('apple', 25));
  await stage.settle();
  expect(await counted(stage, 'apple')).toBe(25);
});

test('who asks while a stage starts is told to come again, and never left without an answer', async () => {
  const port = await freePort();
  const begun = startStage({ services: shop, port });
  const statuses: number[] = [];
  const ask = async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/v1/orders/x`, { signal: AbortSignal.timeout(5_000) }).catch((error: Error) => error);
    if (answer instanceof Response) statuses.push(answer.status);
    // Refused before it listens; but an answer that does not come is the fault that this is about.
    else if (answer.name === 'TimeoutError') throw answer;
    await new Promise((resolve) => setTimeout(resolve, 5));
  };
  while (statuses.at(-1) !== 200) await ask();
  await (await begun).stop();
  expect(new Set(statuses)).toEqual(new Set([503, 200]));
}, 30_000);

test('Between a function and its caller is JSON, and a function learns its remaining time from its context.', async () => {
  const { event, remaining } = (await (await fetch(`${stage.url}/v1/orders/x`)).json()) as { event: APIGatewayProxyEventV2; remaining: number };
  expect(event.requestContext.http.method).toBe('GET');
  expect(remaining).toBeGreaterThan(29_000);
  expect(remaining).toBeLessThanOrEqual(30_000);
});

test('A message that a function buries stands in the dead-letter queue with its reason.', async () => {
  await placeAll(stage, ['cursed-1', 'cursed2-1']);
  await stage.settle();
  expect(deadOfStock().map(({ reason }) => reason)).toEqual(['It is cursed.']);
});

test('A redrive puts dead messages back on their queue, as if never received.', async () => {
  await placeAll(stage, ['poison-1', 'flaky-1']);
  await stage.settle();
  expect(
    deadOfStock()
      .map(({ reason }) => reason)
      .sort(),
  ).toEqual(['It is cursed.', 'received 6 times']);
  expect(await counted(stage, 'flaky')).toBe(1);
  expect(stage.redrive('stock')).toBe(2);
  await stage.settle();
  expect(deadOfStock()).toHaveLength(2);
});

test('a request that no route takes gets the platform’s own answer', async () => {
  const answer = await fetch(`${stage.url}/v2/unicorns`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
});

test('the meter counts calls, sequential steps and capacity', async () => {
  stage.meter.reset();
  await place(stage, 'metered-1');
  const [api] = stage.meter.invocations();
  expect(api).toMatchObject({ operations: { TransactWriteItems: 1 }, steps: 1, capacity: { read: 0, write: 4 } });
  await stage.settle();
  await counted(stage, 'metered');
  expect(stage.meter.total()).toMatchObject({ operations: { TransactWriteItems: 2, PutEvents: 1, GetItem: 1 }, capacity: { read: 0.5, write: 8 } });
});

test('a sweep can be run by hand', async () => {
  await stage.invoke('stock', 'sweep', { sweep: 'count' });
  expect(await counted(stage, 'sweeps')).toBe(1);
});

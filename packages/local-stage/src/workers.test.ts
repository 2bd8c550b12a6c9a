import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Stage } from './stage.ts';
import { startStage } from './stage.ts';
import { counted, numbered, place, placeAll } from './toy/running.ts';
import { shop } from './toy/shop.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ services: shop, mode: 'workers', retryAfterMs: 20 });
}, 30_000);
afterAll(() => stage.stop());

test('Each service’s lambda.ts runs in a thread with an environment of its own.', async () => {
  await placeAll(stage, numbered('apple', 10));
  await placeAll(stage, ['cursed-1', 'flaky-1']);
  await stage.settle();
  expect([await counted(stage, 'apple'), await counted(stage, 'flaky')]).toEqual([10, 1]);
  expect(stage.queues()[0]?.dead).toMatchObject([{ reason: 'It is cursed.' }]);
});

test('a function that a service does not have fails its caller alone', async () => {
  await expect(stage.invoke('orders', 'react', {})).rejects.toThrow('no function "react"');
  expect((await place(stage, 'apple-again')).status).toBe(201);
});

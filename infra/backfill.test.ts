import { expect, it } from 'vitest';
import { batchesOf } from './backfill.ts';

const body = (bytes: number): string => 'x'.repeat(bytes);

it('sends in order, ten messages or 262,144 bytes at once', () => {
  const bodies = [...Array.from({ length: 23 }, (_, n) => String(n)), body(200_000), body(200_000), body(62_144), body(1)];
  const batches = batchesOf(bodies);
  expect(batches.flat()).toEqual(bodies);
  expect(batches.map((batch) => batch.length)).toEqual([10, 10, 4, 2, 1]);
  for (const batch of batches) expect(Buffer.byteLength(batch.join(''))).toBeLessThanOrEqual(262_144);
});

it('counts bytes, not characters', () => {
  expect(batchesOf(['é'.repeat(100_000), 'é'.repeat(100_000)]).length).toBe(2);
});

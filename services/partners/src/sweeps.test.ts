import { instant } from '@echelon/calendar';
import { roundsOn } from '@echelon/lambda/rounds';
import { expect, it } from 'vitest';
import type { Deps } from './deps.ts';
import { sweeps } from './sweeps.ts';

it('a look at every partner that a run has no time to end is taken up by the next, and not begun anew while the day lasts', async () => {
  const looked: (string | undefined)[] = [];
  const kept = new Map();
  const deps = {
    rounds: roundsOn({ get: async (key) => kept.get(key), put: async (key, _, round) => void kept.set(key, round) }),
    listPartners: async ({ cursor = 'page 1' }: { cursor?: string }) => {
      looked.push(cursor);
      return { items: [], ...(cursor === 'page 1' && { next: 'page 2' }) };
    },
  };
  const run = (now: string, pages: number) => {
    let left = pages;
    const swept = { now: instant(now), timeLeft: () => left--, causeFor: () => ({}) };
    return sweeps.inactivity(swept as unknown as Parameters<typeof sweeps.inactivity>[0], deps as unknown as Deps);
  };
  await run('2026-03-02T22:00:00Z', 1);
  await run('2026-03-02T23:00:00Z', 9);
  await run('2026-03-02T23:59:59Z', 9);
  expect(looked).toEqual(['page 1', 'page 2']);
  await run('2026-03-03T00:00:00Z', 9);
  expect(looked).toEqual(['page 1', 'page 2', 'page 1', 'page 2']);
});

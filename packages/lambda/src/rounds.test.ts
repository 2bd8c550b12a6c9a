import type { Projection } from '@echelon/store';
import { describe, expect, it } from 'vitest';
import { roundsOn } from './rounds.ts';

type Round = Parameters<typeof roundsOn>[0] extends Projection<infer Value> ? Value : never;

const inMemory = () => {
  const said = new Map<string, Round>();
  return roundsOn({
    get: async (key) => said.get(key),
    put: async (key, version, round) => void ((said.get(key)?.version ?? 0) < version && said.set(key, round)),
  });
};

describe('a round', () => {
  it('goes on where it was left, and is over once', async () => {
    const rounds = inMemory();
    const first = await rounds.open('partners', 'Monday');
    expect(first?.from).toBeUndefined();
    await first?.reached('page 2');
    await first?.reached('page 3');
    const second = await rounds.open('partners', 'Monday');
    expect(second?.from).toBe('page 3');
    await second?.reached(undefined);
    expect(await rounds.open('partners', 'Monday')).toBeUndefined();
    expect((await rounds.open('partners', 'Tuesday'))?.from).toBeUndefined();
    expect((await rounds.open('others', 'Monday'))?.from).toBeUndefined();
  });

  it('that its day was too short for is finished before the next begins, so that the last of the list are never left out', async () => {
    const rounds = inMemory();
    await (await rounds.open('partners', 'Monday'))?.reached('page 2');
    const late = await rounds.open('partners', 'Tuesday');
    expect(late?.from).toBe('page 2');
    await late?.reached(undefined);
    const next = await rounds.open('partners', 'Tuesday');
    expect(next?.from).toBeUndefined();
    await next?.reached(undefined);
    expect(await rounds.open('partners', 'Tuesday')).toBeUndefined();
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alteredWire, anyWire } from './arbitraries.ts';
import { changesBetween } from './changes.ts';

const before = alteredWire('pure-2023', {});

describe('the changes from one document to another', () => {
  it('are none from it to itself', () => {
    expect(changesBetween(before, before)).toEqual([]);
  });
  it('name the place, and what was and is there', () => {
    const after = alteredWire('pure-2023', {
      '/inactivityDays': 180,
      '/admission': { fee: { amount: '500.00', currency: 'USD' } },
      '/upfrontMargin': undefined,
    });
    expect(changesBetween(before, after).map(({ change, pointer }) => [change, pointer])).toEqual([
      ['changed', '/inactivityDays'],
      ['removed', '/upfrontMargin'],
      ['added', '/admission'],
    ]);
    expect(changesBetween(before, after)[0]).toEqual({ change: 'changed', pointer: '/inactivityDays', before: 365, after: 180 });
  });
  it('know a part by its key, wherever it stands', () => {
    const { benefits } = before as { benefits: object[] };
    const moved = alteredWire('pure-2023', { '/benefits': [{ key: 'portal', name: 'Portal' }, ...benefits.slice(1)] });
    expect(changesBetween(before, moved).map(({ change, pointer }) => [change, pointer])).toEqual([
      ['removed', '/benefits/0'],
      ['added', '/benefits/0'],
    ]);
  });
  it('say the order of parts that swapped their places, once, beside what changed of them: of tiers it is their rank', () => {
    const [ladder] = (before as { ladders: { tiers: { key: string; name: string }[] }[] }).ladders;
    const [lowest, next, ...rest] = ladder?.tiers ?? [];
    const tiers = [{ ...next, name: 'First' }, lowest, ...rest, { key: 'top', name: 'Top' }];
    const was = [lowest, next, ...rest].map((tier) => tier?.key);
    expect(changesBetween(before, alteredWire('pure-2023', { '/ladders/0/tiers': tiers }))).toEqual([
      { change: 'changed', pointer: '/ladders/0/tiers', before: was, after: tiers.map((tier) => tier?.key) },
      { change: 'changed', pointer: '/ladders/0/tiers/0/name', before: next?.name, after: 'First' },
      { change: 'added', pointer: `/ladders/0/tiers/${tiers.length - 1}`, after: { key: 'top', name: 'Top' } },
    ]);
  });
  it('know a key in a list of keys, wherever it stands', () => {
    expect(changesBetween({ benefits: ['training', 'mdf'] }, { benefits: ['upfront', 'mdf', 'training'] })).toEqual([
      { change: 'added', pointer: '/benefits/0', after: 'upfront' },
    ]);
    expect(changesBetween(['a', 'a'], ['a'])).toEqual([{ change: 'removed', pointer: '/1', before: 'a' }]);
  });
  it('are as many on the way back: what was added is removed', () => {
    fc.assert(
      fc.property(anyWire, anyWire, (one, other) => {
        const [there, back] = [changesBetween(one, other), changesBetween(other, one)];
        expect(there.filter(({ change }) => change === 'added').length).toBe(back.filter(({ change }) => change === 'removed').length);
        expect(there.length).toBe(back.length);
      }),
      { numRuns: 50, seed: 7 },
    );
  });
});

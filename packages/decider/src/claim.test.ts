import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Claim, type Claimant, holder, holdUntil, isFull, join, LINE_MAX, leave, live } from './claim.ts';

const at = (minute: number): string => `2026-03-02T15:${String(minute).padStart(2, '0')}:00.000Z`;
const claimants: fc.Arbitrary<Claimant> = fc
  .record({ n: fc.integer({ min: 0, max: 99 }), until: fc.option(fc.integer({ min: 0, max: 59 }), { nil: undefined }) })
  .map(({ n, until }) => ({ id: `d${n}`, by: `p${n}`, ...(until !== undefined && { until: at(until) }) }));
const claims: fc.Arbitrary<Claim> = fc.record({
  key: fc.constant('k'),
  version: fc.nat(),
  line: fc.uniqueArray(claimants, { selector: ({ id }) => id, maxLength: 12 }),
});
const times = fc.integer({ min: 0, max: 59 }).map(at);
const newcomer: Claimant = { id: 'new', by: 'new' };

describe('of every line, at any time', () => {
  const law = (sentence: string, look: (claim: Claim, now: string) => void) =>
    it(sentence, () => fc.assert(fc.property(claims, times, (claim, now) => look(claim, now))));

  law('who joins stands last, and nobody before loses their place', (claim, now) => {
    expect(live(join(claim, newcomer, now), now)).toEqual([...live(claim, now), newcomer]);
  });
  law('who joins an empty line holds it, and no other', (claim, now) => {
    expect(holder(join(claim, newcomer, now), now)?.id === 'new').toBe(live(claim, now).length === 0);
  });
  law('who leaves is gone, the others keep their order, and leaving twice is leaving once', (claim, now) => {
    const first = claim.line[0]?.id ?? 'nobody';
    const left = leave(claim, first);
    expect(live(left, now)).toEqual(live(claim, now).filter(({ id }) => id !== first));
    expect(leave(left, first)).toEqual(left);
  });
  law('a place that is held until then is live before it and not from then on', (claim, now) => {
    const held = holdUntil(join(claim, newcomer, at(0)), 'new', now);
    expect(live(held, '2026-03-02T14:59:59.999Z').some(({ id }) => id === 'new')).toBe(true);
    expect(live(held, now).some(({ id }) => id === 'new')).toBe(false);
  });
  law('the version stays as it was read, whatever is done', (claim, now) => {
    for (const done of [join(claim, newcomer, now), leave(claim, 'd1'), holdUntil(claim, 'd1', now)]) expect(done.version).toBe(claim.version);
  });
});

it('a line is full at its bound, and those who are no longer live do not count', () => {
  const line = (n: number, until?: string): Claimant[] =>
    Array.from({ length: n }, (_, i) => ({ id: `d${i}`, by: `p${i}`, ...(until && { until }) }));
  const claim = (line: Claimant[]): Claim => ({ key: 'k', version: 1, line });
  expect([isFull(claim(line(LINE_MAX)), at(1)), isFull(claim(line(LINE_MAX - 1)), at(1)), isFull(claim(line(LINE_MAX, at(1))), at(1))]).toEqual([
    true,
    false,
    false,
  ]);
});

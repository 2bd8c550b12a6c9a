/** Notices and ends over random terms and random runs of the sweep: late, doubled, or as planned. */
import { addDays, type Day, day, dayOf, endOfDay, Instant, instant, isBefore, type TimeZone, TimeZone as Zone } from '@echelon/calendar';
import { NOTICE_DAYS } from '@echelon/program';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { dueAt, dueOf, earliest, type Held, lastDay, revoked } from './held.ts';

const zones: fc.Arbitrary<TimeZone> = fc.constantFrom('UTC', 'America/New_York', 'Pacific/Auckland', 'Europe/Berlin').map((zone) => Zone.parse(zone));
const terms: fc.Arbitrary<Held> = fc
  .record({ timeZone: zones, start: fc.integer({ min: 0, max: 700 }), days: fc.integer({ min: 1, max: 400 }) })
  .map(({ timeZone, start, days }) => {
    const from = addDays(day('2026-01-01'), start);
    return { from, until: lastDay(from, days), timeZone };
  });
/** Hours between one run of a sweep and the next. */
const runs = fc.array(fc.integer({ min: 0, max: 2_400 }), { minLength: 1, maxLength: 40 });

interface Told {
  readonly what: number | 'expired';
  readonly on: Day;
}
/** What the runs tell of one thing; each run twice, since a sweep may be doubled. */
const tell = (start: Held, gaps: readonly number[]): { readonly told: readonly Told[]; readonly last: Instant; readonly held: Held } => {
  let held = start;
  let now = instant('2025-12-01T00:00:00Z');
  const told: Told[] = [];
  for (const hours of gaps.flatMap((gap) => [gap, 0])) {
    now = now.add({ hours });
    const due = dueOf(held, now);
    if (due === undefined) continue;
    const what = due.kind === 'expired' ? due.kind : due.daysBefore;
    told.push({ what, on: dayOf(now, held.timeZone) });
    held = due.kind === 'expired' ? { ...held, ended: 'expired' } : { ...held, noticed: due.daysBefore };
  }
  return { told, last: now, held };
};

const law = (sentence: string, look: (held: Held, gaps: readonly number[]) => void) =>
  it(sentence, () => fc.assert(fc.property(terms, runs, look), { numRuns: 400 }));

describe('whenever the sweep runs', () => {
  law('each notice is given once at the most, in order, none before its day and none after the end; then the end, once', (held, gaps) => {
    const { told } = tell(held, gaps);
    const notices = told.flatMap(({ what }) => (what === 'expired' ? [] : [what]));
    expect(notices).toEqual([...new Set(notices)].toSorted((a, b) => b - a));
    for (const { what, on } of told) {
      if (what === 'expired') expect(isBefore(held.until, on)).toBe(true);
      else expect([isBefore(on, addDays(held.until, -what)), isBefore(held.until, on)]).toEqual([false, false]);
    }
    expect(told.findIndex(({ what }) => what === 'expired')).toBe(told.some(({ what }) => what === 'expired') ? told.length - 1 : -1);
  });

  law('after a run nothing is due until the time that is named for it, and then something is', (held, gaps) => {
    const { held: after, last } = tell(held, gaps);
    const next = dueAt(after);
    if (next === undefined) {
      expect([after.ended, dueOf(after, last)]).toEqual(['expired', undefined]);
      return;
    }
    expect(isBefore(last, next)).toBe(true);
    expect(dueOf(after, next.subtract({ milliseconds: 1 }))).toBeUndefined();
    expect(dueOf(after, next)).toBeDefined();
  });

  law('the end is dated when it came, however late it is recorded', (held, gaps) => {
    const now = endOfDay(held.until, held.timeZone).add({ hours: gaps[0] ?? 0 });
    expect(dueOf(held, now)).toEqual({ kind: 'expired', at: endOfDay(held.until, held.timeZone) });
  });
});

it('as planned there are four notices, on their days', () => {
  const held: Held = { from: day('2026-01-01'), until: day('2026-12-31'), timeZone: Zone.parse('Europe/Berlin') };
  const { told } = tell(held, Array<number>(500).fill(24));
  expect(told.map(({ what }) => what)).toEqual([...NOTICE_DAYS, 'expired']);
  expect(told.map(({ on }) => `${on}`)).toEqual(['2026-10-02', '2026-11-01', '2026-12-01', '2026-12-26', '2027-01-01']);
});

describe('revoked', () => {
  const held: Held = { from: day('2026-01-01'), until: day('2026-12-31'), timeZone: Zone.parse('America/New_York') };
  // In New York it is still the first of March.
  const now = instant('2026-03-02T03:00:00Z');
  it('it counts through yesterday, or the day that is said, and is told of no more', () => {
    expect(revoked(held, now)).toEqual({ ...held, until: day('2026-02-28'), ended: 'revoked' });
    const never = revoked(held, now, day('2025-12-31'));
    expect(never && isBefore(never.until, never.from)).toBe(true);
    expect(never && [dueAt(never), dueOf(never, now)]).toEqual([undefined, undefined]);
  });
  it('it never ends later by it', () => {
    for (const until of ['2026-12-31', '2027-01-01']) expect(revoked(held, now, day(until))).toBeUndefined();
  });
});

it('the earliest of what is due is due first, and of nothing nothing is', () => {
  const [a, b] = [instant('2026-03-02T03:00:00Z'), instant('2026-03-02T03:00:01Z')];
  expect(
    [[b, a], [undefined, b, a], [b, undefined], [undefined], []].map((all) => earliest(all)).map((one) => one && z.encode(Instant, one)),
  ).toEqual(['2026-03-02T03:00:00.000Z', '2026-03-02T03:00:00.000Z', '2026-03-02T03:00:01.000Z', undefined, undefined]);
});

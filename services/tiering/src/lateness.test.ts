/** What comes late, facts or looks, ends where it would have ended; and nothing counts before its day. */
import { addDays, day } from '@echelon/calendar';
import type { Ladder, Requirement } from '@echelon/program';
import { describe, expect, it } from 'vitest';
import { usd } from '../../../test/given.ts';
import { changed, facts, type Life, life, reseller, told, version, withLadders } from '../../../test/standing.ts';
import { override } from './decisions.ts';

const { enrolled, certified, booked } = facts;
const start = day('2026-01-05');
const engineers = (atLeast: number): Requirement => ({ kind: 'certified-people', certification: 'systems-engineer', atLeast, strictness: 'hard' });
const revenue = (dollars: number): Requirement => ({
  ...{ kind: 'revenue', measure: 'bookings', window: 'trailing-four-quarters', atLeast: usd(dollars), strictness: 'hard' },
});
const tiers = (of: (rank: number) => Requirement): Ladder['tiers'] =>
  reseller.tiers.map((tier, rank) => ({ ...tier, requirements: rank === 0 ? [] : [of(rank)] }));
const byEngineers = version(
  1,
  '2025-01-01',
  changed((one) => ({ ...one, tiers: tiers(engineers) })),
);
const eachDay = (from: string, to: string, then: (on: ReturnType<typeof day>) => void): void => {
  for (let on = day(from); on.until(day(to)).sign >= 0; on = addDays(on, 1)) then(on);
};

it('a ladder joined years later is begun at its lowest tier, not at what lapsed long before', () => {
  const other: Ladder = { ...reseller, key: 'services', routes: [], tiers: tiers(engineers) };
  const partner = life(version(1, '2025-01-01', withLadders(reseller, other)));
  partner.hear(start, enrolled(start, ['reseller']), certified(1, { from: start, until: day('2026-06-30') }));
  const on = day('2028-03-01');
  partner.hear(on, enrolled(start, ['reseller', 'services'], { saidOn: on, said: 2, joined: [{ ladder: 'services', on }] }));
  expect(partner.position('services')).toMatchObject({ attained: 'authorized', tier: 'authorized', since: on });
  expect(partner.position('reseller').since).toEqual(start);
});

it('the day of the review follows from the day of the enrolment, whenever that is heard', () => {
  const [once, late] = [life(byEngineers), life(byEngineers)];
  const on = day('2026-12-20');
  once.hear(on, enrolled(on));
  // Redriven from the dead letters, or filled by a backfill, in the new fiscal year.
  late.hear(day('2027-01-10'), enrolled(on));
  expect(late.position().reviewOn).toEqual(once.position().reviewOn);
});

describe('grace', () => {
  const quarterly = version(
    1,
    '2024-01-01',
    changed((one) => ({ ...one, tiers: tiers((rank) => revenue(rank === 1 ? 100 : 100_000)), review: { every: 'fiscal-quarter', graceDays: 90 } })),
  );
  /** An order of the second quarter, reported at once or after the first quarter of the next year. */
  const lived = (reported: 'at once' | 'late'): Life => {
    const partner = life(quarterly);
    const [begun, ordered] = [day('2025-01-10'), day('2025-05-10')];
    partner.hear(begun, enrolled(begun), booked(begun, 100));
    if (reported === 'at once') partner.hear(ordered, booked(ordered, 100));
    eachDay('2025-01-10', '2026-04-02', (on) => {
      if (reported === 'late' && on.equals(day('2026-04-02'))) partner.hear(on, booked(ordered, 100));
      partner.judge(on);
    });
    return partner;
  };

  it('counts from the first day of the shortfall, by the facts as they stand: one that was heard late begins it anew', () => {
    const [once, late] = [lived('at once').position(), lived('late').position()];
    expect(once.grace).toMatchObject({ since: day('2026-04-01') });
    expect(late.grace).toEqual(once.grace);
    expect(late.review?.proposed).toBe(once.review?.proposed);
  });
});

describe('an override', () => {
  const act = { tier: 'elite', ladder: 'reseller', reason: 'So.' } as const;
  const overridden = (): Life => {
    const partner = life(byEngineers);
    partner.hear(start, enrolled(start));
    partner.decide(start, (by) => override({ ...by, ...act, until: day('2026-01-31') }));
    return partner;
  };

  it('ends on its day, however late the look', () => {
    const [daily, late] = [overridden(), overridden()];
    eachDay('2026-01-05', '2026-02-09', (on) => daily.judge(on));
    late.judge(day('2026-02-09'));
    expect(late.position()).toEqual(daily.position());
    expect(late.position().since).toEqual(day('2026-02-01'));
  });

  it('that has ended says so, though another follows before anybody looked', () => {
    const events = overridden().decide(day('2026-02-09'), (by) => override({ ...by, ...act, until: day('2026-03-31') }));
    expect(told(events)).toEqual([
      'OverrideEnded',
      'elite → authorized: override-ended',
      'OverrideSet',
      'AttainmentChanged',
      'authorized → elite: override',
    ]);
  });
});

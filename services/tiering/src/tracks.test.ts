/** Tracks: chosen and confirmed, not climbed; hard for one and advisory for another; a review takes one away, and nothing else does. */
import { addDays, type Day, day } from '@echelon/calendar';
import { rate } from '@echelon/money';
import type { Requirement } from '@echelon/program';
import { describe, expect, it } from 'vitest';
import { refusalOf, usd } from '../../../test/given.ts';
import { changed, facts, type Life, life, told, version } from '../../../test/standing.ts';
import { agreeTarget, proposeTarget, signOff } from './decisions.ts';

const { booked, enrolled, track } = facts;
const start = day('2026-01-05');
const ladder = 'reseller';
const milestone = (strictness: Requirement['strictness']): Requirement => ({
  ...{ kind: 'milestone', measure: 'bookings', window: 'fiscal-quarter', atLeastShare: rate('1'), strictness },
});
/** Each quarter's milestone is hard for elite, and advisory for preferred. */
const document = changed((one) => ({
  ...one,
  promotion: 'by-choice',
  tiers: one.tiers.map((tier, rank) => ({ ...tier, requirements: rank === 0 ? [] : [milestone(rank === 2 ? 'hard' : 'advisory')] })),
}));
const partner = (): Life => {
  const one = life(version(1, '2025-01-01', document));
  one.hear(start, enrolled(start));
  return one;
};
/** A target of 1,000 that both sides have agreed for the quarter of a day. */
const targetOf = (one: Life, on: Day, quarter: 'FY2026-Q1' | 'FY2026-Q2' | 'FY2026-Q3'): void => {
  const target = { measure: 'bookings', quarter, amount: usd(1_000) } as const;
  one.decide(on, (act) => proposeTarget({ ...act, ...target, side: 'vendor' }));
  one.decide(on, (act) => agreeTarget({ ...act, ...target, side: 'partner' }));
};
const lived = (one: Life, from: string, to: string): Record<string, readonly string[]> => {
  const days: Record<string, readonly string[]> = {};
  for (let on = day(from); on.until(day(to)).sign >= 0; on = addDays(on, 1)) {
    const events = told(one.judge(on)).filter((event) => event !== 'AttainmentChanged');
    if (events.length > 0) days[on.toString()] = events;
  }
  return days;
};
const signed = (one: Life, on: Day, tier: string, reason?: string) =>
  told(one.decide(on, (act) => signOff({ ...act, ladder, tier, ...(reason !== undefined && { reason }) })));

describe('a track', () => {
  it('is the official one from the day on which it is confirmed, up or down, whatever the facts give', () => {
    const one = partner();
    one.hear(start, booked(start, 1_000_000));
    expect(one.position().tier).toBe('authorized');
    expect(told(one.hear(day('2026-02-01'), track(day('2026-02-01'), 'elite')))).toContain('authorized → elite: chosen');
    expect(told(one.hear(day('2026-02-10'), track(day('2026-02-10'), 'preferred', { said: 2 })))).toContain('elite → preferred: chosen');
    // What was said before comes late, and changes nothing.
    expect(one.hear(day('2026-02-11'), track(day('2026-02-01'), 'elite'))).toEqual([]);
  });

  it('is the same whether the enrolment or the choice is heard first, and lowest where the program has no such track', () => {
    const other = life(version(1, '2025-01-01', document));
    other.hear(start, track(start, 'elite'), enrolled(start));
    expect(other.position()).toMatchObject({ tier: 'elite', settled: { tier: 'authorized', on: start } });
    const none = partner();
    none.hear(start, track(start, 'platinum'));
    expect(none.position().tier).toBe('authorized');
  });

  it('gives what is left of its quarter to fulfil it; then a hard milestone that was missed goes by grace, notices and the yearly review', () => {
    const one = partner();
    targetOf(one, start, 'FY2026-Q1');
    targetOf(one, start, 'FY2026-Q2');
    one.hear(start, track(start, 'elite'), booked(day('2026-03-10'), 1_000));
    // Reached in the first quarter, and not in the second.
    expect(lived(one, '2026-01-06', '2026-12-31')).toEqual({
      '2026-07-01': ['GracePeriodBegun'],
      '2026-10-02': ['notice 90 before 2026-12-31'],
      '2026-11-01': ['notice 60 before 2026-12-31'],
      '2026-12-01': ['notice 30 before 2026-12-31'],
      '2026-12-26': ['notice 5 before 2026-12-31'],
    });
    expect(lived(one, '2027-01-01', '2027-01-02')).toEqual({ '2027-01-01': ['TierReviewOpened'] });
    // Preferred asks for nothing that is hard.
    expect(one.position().review).toMatchObject({ proposed: 'preferred' });
    expect(signed(one, day('2027-01-10'), 'preferred')).toEqual(['TierReviewSignedOff', 'elite → preferred: review']);
    // The choice was before the review, which holds; a new one is a choice again.
    expect(told(one.judge(day('2027-01-11')))).toEqual([]);
    expect(told(one.hear(day('2027-01-10'), track(day('2027-01-10'), 'elite', { said: 3 })))).toContain('preferred → elite: chosen');
  });

  it('ends its grace where the next quarter reaches its target', () => {
    const one = partner();
    targetOf(one, start, 'FY2026-Q1');
    one.hear(start, track(start, 'elite'));
    expect(lived(one, '2026-01-06', '2026-04-02')).toEqual({ '2026-04-01': ['GracePeriodBegun'] });
    targetOf(one, day('2026-04-02'), 'FY2026-Q2');
    one.hear(day('2026-05-01'), booked(day('2026-05-01'), 1_000));
    expect(lived(one, '2026-05-01', '2026-09-30')).toEqual({ '2026-05-01': ['GracePeriodEnded'] });
  });

  it('that asks for nothing hard is kept: what is advisory is only shown', () => {
    const one = partner();
    targetOf(one, start, 'FY2026-Q1');
    one.hear(start, track(start, 'preferred'));
    expect(lived(one, '2026-01-06', '2027-01-05')).toEqual({ '2027-01-01': ['TierReviewOpened'] });
    expect(one.position().review).toMatchObject({
      proposed: 'preferred',
      evidence: expect.arrayContaining([expect.objectContaining({ met: false })]),
    });
    expect(refusalOf(one.tried(day('2027-01-05'), (act) => signOff({ ...act, ladder, tier: 'authorized', reason: 'No.' })))).toBe('demotion-not-due');
    expect(signed(one, day('2027-01-05'), 'preferred')).toEqual(['TierReviewSignedOff']);
    expect(one.position().tier).toBe('preferred');
  });
});

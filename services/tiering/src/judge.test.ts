/** Grace, notices, reviews: how a tier is lost, and how not. */
import { addDays, type Day, day } from '@echelon/calendar';
import type { Ladder, ProgramDocument, Requirement } from '@echelon/program';
import { describe, expect, it } from 'vitest';
import { refusalOf, usd } from '../../../test/given.ts';
import { changed, facts, type Life, life, told, version } from '../../../test/standing.ts';
import { signOff } from './decisions.ts';

const { enrolled, certified, booked } = facts;
const start = day('2026-01-05');
const ladder = 'reseller';

const engineers = (atLeast: number): Requirement => ({ kind: 'certified-people', certification: 'systems-engineer', atLeast, strictness: 'hard' });
/** Preferred asks for one engineer, elite for two. */
const document = (policy: Partial<Ladder> = {}): ProgramDocument =>
  changed((one) => ({
    ...one,
    tiers: one.tiers.map((tier, rank) => ({ ...tier, requirements: rank === 0 ? [] : [engineers(rank)] })),
    ...policy,
  }));
const yearly = version(1, '2025-01-01', document());
const quarterly = version(1, '2025-01-01', document({ review: { every: 'fiscal-quarter', graceDays: 30 } }));

/** A preferred partner whose one certificate has that last day. */
const preferred = (until: string, of = yearly): Life => {
  const partner = life(of);
  partner.hear(start, enrolled(start), certified(1, { from: start, until: day(until) }));
  expect(partner.position().tier).toBe('preferred');
  return partner;
};
/** What each day's look brought, on the days on which it brought anything. */
const lived = (partner: Life, from: string, to: string): Record<string, readonly string[]> => {
  const days: Record<string, readonly string[]> = {};
  for (let on = day(from); on.until(day(to)).sign >= 0; on = addDays(on, 1)) {
    const events = told(partner.judge(on));
    expect(partner.judge(on)).toEqual([]);
    if (events.length > 0) days[on.toString()] = events;
  }
  return days;
};
const signing = (partner: Life, on: Day, tier: string, reason?: string) =>
  partner.tried(on, (act) => signOff({ ...act, ladder, tier, ...(reason !== undefined && { reason }) }));
const signed = (partner: Life, on: Day, tier: string, reason?: string) =>
  told(partner.decide(on, (act) => signOff({ ...act, ladder, tier, ...(reason !== undefined && { reason }) })));

describe('a lapse', () => {
  it('warns 90, 60, 30 and 5 days before the review that may demote, and only its sign-off demotes', () => {
    const partner = preferred('2026-06-30');
    expect(lived(partner, '2026-06-01', '2027-01-20')).toEqual({
      '2026-07-01': ['AttainmentChanged', 'GracePeriodBegun'],
      '2026-10-02': ['notice 90 before 2026-12-31'],
      '2026-11-01': ['notice 60 before 2026-12-31'],
      '2026-12-01': ['notice 30 before 2026-12-31'],
      '2026-12-26': ['notice 5 before 2026-12-31'],
      '2027-01-01': ['TierReviewOpened'],
    });
    expect(partner.position()).toMatchObject({ tier: 'preferred', review: { proposed: 'authorized', dueOn: day('2027-01-01') } });
    expect(partner.position().review?.evidence).toEqual([
      expect.objectContaining({ rule: '/ladders/0/tiers/1/requirements/0', have: '0', need: '1', met: false }),
      expect.objectContaining({ rule: '/ladders/0/tiers/2/requirements/0', have: '0', need: '2', met: false }),
    ]);
    expect(signed(partner, day('2027-01-20'), 'authorized')).toEqual(['TierReviewSignedOff', 'preferred → authorized: review']);
    const { grace, review, ...position } = partner.position();
    expect([grace, review]).toEqual([undefined, undefined]);
    expect(position).toMatchObject({ tier: 'authorized', settled: { tier: 'authorized', on: day('2027-01-20') }, reviewOn: day('2028-01-01') });
    expect(partner.judge(day('2027-01-21'))).toEqual([]);
  });

  it('is forgotten when the facts suffice again, until the day of the sign-off', () => {
    const partner = preferred('2026-06-30');
    lived(partner, '2026-06-30', '2027-01-05');
    partner.hear(day('2027-01-10'), certified(2, { from: day('2027-01-10'), until: day('2028-01-09'), person: 2 }));
    expect(refusalOf(signing(partner, day('2027-01-10'), 'authorized', 'As proposed on New Year’s Day.'))).toBe('demotion-not-due');
    expect(told(partner.judge(day('2027-01-11')))).toEqual(['GracePeriodEnded', 'TierReviewRevised']);
    expect(signed(partner, day('2027-01-12'), 'preferred')).toEqual(['TierReviewSignedOff']);
  });

  it('shortly before a review is kept by it, with grace until the policy’s days are over', () => {
    const partner = preferred('2026-12-15');
    expect(lived(partner, '2026-12-15', '2027-01-10')).toEqual({
      '2026-12-16': ['AttainmentChanged', 'GracePeriodBegun', 'notice 90 before 2027-03-16'],
      '2027-01-01': ['TierReviewOpened'],
    });
    expect(partner.position().review?.proposed).toBe('preferred');
    expect(signed(partner, day('2027-01-10'), 'preferred')).toEqual(['TierReviewSignedOff']);
    // What is kept though it falls short is given notice anew, from the sign-off to the next review.
    partner.judge(day('2027-01-11'));
    expect(partner.position().grace).toMatchObject({ since: day('2027-01-10'), until: day('2027-12-31'), noticed: [] });
  });

  it('is proposed by a review that stays open until grace is over', () => {
    const partner = preferred('2026-12-15');
    const days = lived(partner, '2026-12-15', '2027-03-31');
    expect(days['2027-03-17']).toEqual(['TierReviewRevised']);
    expect(partner.position().review).toMatchObject({ openedOn: day('2027-01-01'), proposed: 'authorized' });
  });

  it('demotes no further than the notices said', () => {
    const partner = life(quarterly);
    partner.hear(start, enrolled(start), certified(1, { from: start, until: day('2026-04-30'), person: 1 }));
    partner.hear(start, certified(2, { from: start, until: day('2026-06-29'), person: 2 }));
    expect(partner.position().tier).toBe('elite');
    lived(partner, '2026-04-01', '2026-04-01');
    signed(partner, day('2026-04-01'), 'elite');
    lived(partner, '2026-04-30', '2026-07-01');
    expect(partner.position()).toMatchObject({ attained: 'authorized', grace: { to: 'preferred' }, review: { proposed: 'preferred' } });
    signed(partner, day('2026-07-01'), 'preferred');
    partner.judge(day('2026-07-02'));
    expect(partner.position()).toMatchObject({ tier: 'preferred', grace: { to: 'authorized', since: day('2026-07-01'), until: day('2026-09-30') } });
  });
});

describe('a look that comes late', () => {
  it('gives the latest notice that applies, and moves the end to five days after the last one', () => {
    const partner = preferred('2026-06-30');
    expect(told(partner.judge(day('2026-11-15')))).toEqual(['AttainmentChanged', 'GracePeriodBegun', 'notice 60 before 2026-12-31']);
    expect(told(partner.judge(day('2027-01-03')))).toEqual(['notice 5 before 2027-01-08', 'TierReviewOpened']);
    expect(partner.position().review?.proposed).toBe('preferred');
    expect(partner.judge(day('2027-01-08'))).toEqual([]);
    expect(told(partner.judge(day('2027-01-09')))).toEqual(['TierReviewRevised']);
    expect(partner.position().review?.proposed).toBe('authorized');
  });

  it('counts grace from the first day of the shortfall all the same', () => {
    const partner = preferred('2026-06-30');
    partner.hear(day('2026-07-10'), booked(day('2026-07-10'), 5));
    partner.judge(day('2026-07-20'));
    expect(partner.position().grace?.since).toEqual(day('2026-07-01'));
  });

  it('gives a shortfall of its own grace and notices, where the facts sufficed in between', () => {
    const partner = preferred('2026-03-31', quarterly);
    lived(partner, '2026-04-01', '2026-06-30');
    expect(partner.position()).toMatchObject({ grace: { since: day('2026-04-01'), noticed: [30, 5] }, review: { proposed: 'authorized' } });
    // They are found to have sufficed until the day before: on time there would have been no grace yet.
    partner.hear(day('2026-07-01'), certified(2, { from: day('2026-03-20'), until: day('2026-06-30'), person: 1 }));
    const begun = ['GracePeriodEnded', 'GracePeriodBegun', 'notice 30 before 2026-07-31', 'TierReviewRevised'];
    expect(told(partner.judge(day('2026-07-01')))).toEqual(begun);
    const { grace, review } = partner.position();
    expect(grace).toEqual({ to: 'authorized', since: day('2026-07-01'), until: day('2026-07-31'), noticed: [30] });
    expect(review?.proposed).toBe('preferred');
    expect(refusalOf(signing(partner, day('2026-07-01'), 'authorized', 'It was short.'))).toBe('demotion-not-due');
  });

  it('ends the grace of a shortfall that healed and begins that of the next, which nobody saw in between', () => {
    const partner = preferred('2026-06-30');
    partner.judge(day('2026-07-01'));
    partner.hear(day('2026-07-10'), certified(2, { from: day('2026-07-10'), until: day('2026-07-19') }));
    expect(told(partner.judge(day('2026-07-25')))).toEqual(['AttainmentChanged', 'GracePeriodEnded', 'GracePeriodBegun']);
    expect(partner.position().grace?.since).toEqual(day('2026-07-20'));
  });

  it('proposes what it would have proposed on time, by a fact that is reported after the quarter in which it stood', () => {
    const revenue = (dollars: number): Requirement => ({
      ...{ kind: 'revenue', measure: 'bookings', window: 'trailing-four-quarters', atLeast: usd(dollars), strictness: 'hard' },
    });
    const tiers = document().ladders.flatMap((one) =>
      one.tiers.map((tier, rank) => ({ ...tier, requirements: rank === 1 ? [revenue(100)] : tier.requirements })),
    );
    const of = version(1, '2024-01-01', document({ tiers, review: { every: 'fiscal-quarter', graceDays: 90 } }));
    const [begun, ordered, reported] = [day('2025-01-10'), day('2025-05-10'), day('2026-04-02')];
    const heard = (on: Day): Life => {
      const partner = life(of);
      partner.hear(begun, enrolled(begun), booked(begun, 100));
      for (let look = begun; look.until(reported).sign >= 0; look = addDays(look, 1)) {
        if (look.equals(on)) partner.hear(on, booked(ordered, 100));
        partner.judge(look);
      }
      return partner;
    };
    const [once, late] = [heard(ordered), heard(reported)];
    expect(once.position().grace).toMatchObject({ since: day('2026-04-01') });
    expect(late.position().grace).toMatchObject({ since: day('2026-04-01') });
    expect(late.position().review?.proposed).toBe(once.position().review?.proposed);
  });

  it('counts grace from an earlier day, where a reversal shows that the facts fell short before; with notices of its own', () => {
    const partner = preferred('2026-04-30');
    partner.hear(start, certified(2, { from: start, until: day('2026-08-31'), person: 1 }));
    partner.judge(day('2026-09-01'));
    expect(partner.position().grace?.since).toEqual(day('2026-09-01'));
    partner.hear(day('2026-09-10'), certified(2, { from: start, until: addDays(start, -1), person: 1, said: 2 }));
    expect(told(partner.judge(day('2026-09-10')))).toEqual(['GracePeriodBegun']);
    expect(partner.position().grace).toMatchObject({ since: day('2026-05-01'), until: day('2026-12-31'), noticed: [] });
  });

  it('does not see what fell short and recovered in between', () => {
    const partner = preferred('2026-06-30');
    partner.hear(day('2026-07-10'), certified(2, { from: day('2026-07-10'), until: day('2027-07-09') }));
    expect(told(partner.judge(day('2026-07-20')))).toEqual([]);
  });
});

describe('a review', () => {
  it('waits for its day, and is signed off on it even where nobody has looked yet', () => {
    const partner = preferred('2027-06-30');
    expect(refusalOf(signing(partner, day('2026-12-31'), 'preferred'))).toBe('no-open-review');
    expect(signed(partner, day('2027-01-01'), 'preferred')).toEqual(['TierReviewOpened', 'TierReviewSignedOff']);
    expect(refusalOf(signing(partner, day('2027-01-01'), 'preferred'))).toBe('no-open-review');
  });

  it('comes every quarter where the policy says so', () => {
    const partner = preferred('2027-06-30', quarterly);
    expect(lived(partner, '2026-03-25', '2026-04-05')).toEqual({ '2026-04-01': ['TierReviewOpened'] });
    signed(partner, day('2026-04-05'), 'preferred');
    expect(partner.position().reviewOn).toEqual(day('2026-07-01'));
  });

  it('takes a reason for another tier than the proposed one, and goes below it for none', () => {
    const partner = preferred('2027-06-30');
    const on = day('2027-01-01');
    expect(refusalOf(signing(partner, on, 'elite'))).toBe('reason-missing');
    expect(refusalOf(signing(partner, on, 'authorized', 'We do not like them.'))).toBe('demotion-not-due');
    expect(refusalOf(signing(partner, on, 'platinum', 'We like them.'))).toBe('unknown-tier');
    expect(refusalOf(partner.tried(on, (act) => signOff({ ...act, ladder: 'services', tier: 'elite' })))).toBe('not-on-ladder');
    expect(signed(partner, on, 'elite', 'A strategic account.')).toEqual(['TierReviewOpened', 'TierReviewSignedOff', 'preferred → elite: review']);
  });

  it('is what promotes where the policy says so; and may decline to, with a reason', () => {
    const atReview = version(1, '2025-01-01', document({ promotion: 'at-review' }));
    const partner = (): Life => {
      const one = life(atReview);
      expect(told(one.hear(start, enrolled(start), certified(1, { from: start, until: day('2027-06-30') })))).toContain('AttainmentChanged');
      expect(one.position()).toMatchObject({ tier: 'authorized', attained: 'preferred' });
      one.judge(day('2027-01-01'));
      expect(one.position().review?.proposed).toBe('preferred');
      return one;
    };
    expect(signed(partner(), day('2027-01-02'), 'preferred')).toEqual(['TierReviewSignedOff', 'authorized → preferred: review']);
    expect(signed(partner(), day('2027-01-02'), 'authorized', 'Not yet.')).toEqual(['TierReviewSignedOff']);
  });
});

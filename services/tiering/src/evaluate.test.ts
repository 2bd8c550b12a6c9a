import { day, type Quarter } from '@echelon/calendar';
import type { Facts } from '@echelon/contracts/tiering';
import { rate } from '@echelon/money';
import type { Ladder, Requirement } from '@echelon/program';
import { describe, expect, it } from 'vitest';
import { certificationId, personId, specializationId, usd } from '../../../test/given.ts';
import { reseller, withLadders } from '../../../test/standing.ts';
import { evidenceFor, given } from './evaluate.ts';
import { noFacts } from './facts.ts';

/** The second quarter of a fiscal year that starts in January. */
const on = day('2026-05-15');
const hard = { strictness: 'hard' } as const;

/** What one requirement finds, as it is shown. */
const found = (requirement: Requirement, facts: Partial<Facts>, { fiscalCalendar = { startMonth: 1 }, asOf = on } = {}) => {
  const [base, middle] = reseller.tiers;
  if (!base || !middle) throw new Error('the example has two tiers');
  const ladder: Ladder = { ...reseller, tiers: [base, { ...middle, requirements: [requirement] }] };
  const program = { ...withLadders(ladder), fiscalCalendar };
  const [finding] = evidenceFor(ladder, middle.key, { document: program, facts: { ...noFacts, ...facts }, on: asOf });
  return finding && [finding.have, finding.need, finding.met, ...(finding.until ? [finding.until.toString()] : [])];
};

const revenue: Facts['revenue'] = (['2025-06', '2025-07', '2025-12', '2026-01', '2026-06', '2026-07'] as const).map((month, n) => ({
  measure: 'bookings',
  month,
  amount: usd(10 ** n),
  orders: n + 1,
}));
const windows = [
  ['trailing-four-quarters', '11110.00'],
  ['fiscal-year', '11000.00'],
  ['fiscal-quarter', '10000.00'],
  ['lifetime', '11111.00'],
] as const;

describe('a requirement finds', () => {
  it.each(windows)('revenue in its window, never what comes after the day: %s', (window, have) => {
    const asked = (cents: bigint): Requirement => ({
      kind: 'revenue',
      measure: 'bookings',
      window,
      atLeast: { amount: cents, currency: 'USD' },
      ...hard,
    });
    const exact = BigInt(have.replace('.', ''));
    expect(found(asked(exact), { revenue })).toEqual([have, have, true]);
    expect(found(asked(exact + 1n), { revenue })?.at(2)).toBe(false);
  });

  it('revenue in the quarters of the calendar that judges, whichever held when it was booked', () => {
    const asked: Requirement = { kind: 'revenue', measure: 'bookings', window: 'fiscal-quarter', atLeast: usd(1), ...hard };
    const booked = (['2026-02', '2026-03', '2026-04', '2026-05', '2026-06'] as const).map((month, n) => ({
      ...{ measure: 'bookings' as const, month, amount: usd(10 ** n), orders: 1 },
    }));
    const have = (startMonth: number) => found(asked, { revenue: booked }, { fiscalCalendar: { startMonth }, asOf: day('2026-04-15') })?.[0];
    expect([1, 2, 3].map(have)).toEqual(['11100.00', '111.00', '1110.00']);
  });

  it('no other measure’s revenue, and no other currency’s', () => {
    const asked: Requirement = { kind: 'revenue', measure: 'sell-through', window: 'lifetime', atLeast: usd(1), ...hard };
    expect(found(asked, { revenue })).toEqual(['0.00', '1.00', false]);
    const euros = revenue.map((bucket) => ({ ...bucket, measure: 'sell-through' as const, amount: { amount: 100n, currency: 'EUR' as const } }));
    expect(found(asked, { revenue: euros })).toEqual(['0.00', '1.00', false]);
  });

  const held = (n: number, from: string, until: string, person = n) => ({
    ...{ id: certificationId(n), personId: personId(person), certification: 'systems-engineer', version: 1 },
    ...{ from: day(from), until: day(until) },
  });

  it('people whose certificate holds on the day, and until when they suffice', () => {
    const asked: Requirement = { kind: 'certified-people', certification: 'systems-engineer', atLeast: 2, ...hard };
    const certifications = [
      held(1, '2026-01-01', '2026-05-14'),
      held(2, '2026-05-15', '2026-08-31'),
      held(3, '2026-01-01', '2026-05-15'),
      // The same person again: kept up without a gap.
      held(4, '2026-05-16', '2026-07-31', 3),
      held(5, '2026-05-16', '2027-12-31'),
      { ...held(6, '2026-01-01', '2027-12-31'), certification: 'sales-professional' },
      { ...held(7, '2026-05-15', '2026-05-14') },
    ];
    expect(found(asked, { certifications })).toEqual(['2', '2', true, '2026-08-31']);
    expect(found({ ...asked, atLeast: 3 }, { certifications })).toEqual(['2', '3', false]);
  });

  it('a specialization from its first day to its last', () => {
    const asked: Requirement = { kind: 'specialization', specialization: 'data-protection', ...hard };
    const specializations = [{ id: specializationId(1), specialization: 'data-protection', from: on, until: on, version: 1 }];
    expect(found(asked, { specializations })).toEqual(['1', '1', true, '2026-05-15']);
    expect(found(asked, { specializations }, { asOf: day('2026-05-16') })).toEqual(['0', '1', false]);
    expect(found(asked, { specializations }, { asOf: day('2026-05-14') })).toEqual(['0', '1', false]);
  });

  it('a nomination for its own tier', () => {
    const nomination = { from: on, until: day('2026-06-30'), reason: 'Strategic.', nominatedBy: 'manager' };
    const asked: Requirement = { kind: 'nomination', ...hard };
    expect(found(asked, { nominations: [{ ...nomination, tier: 'preferred' }] })).toEqual(['1', '1', true, '2026-06-30']);
    expect(found(asked, { nominations: [{ ...nomination, tier: 'elite' }] })).toEqual(['0', '1', false]);
  });

  it.each([
    ['trailing-four-quarters', '15'],
    ['fiscal-year', '12'],
    ['fiscal-quarter', '8'],
    ['lifetime', '15'],
  ] as const)('engagements of its kind in its window: %s', (window, have) => {
    const months = ['2025-07', '2025-12', '2026-01', '2026-06', '2026-07'] as const;
    const engagements = months.flatMap((month, n) => [
      { engagement: 'campaign' as const, month, count: 2 ** n },
      { engagement: 'event' as const, month, count: 100 },
    ]);
    expect(found({ kind: 'engagement', engagement: 'campaign', window, atLeast: 13, ...hard }, { engagements })).toEqual([
      have,
      '13',
      Number(have) >= 13,
    ]);
  });

  it('the share that was reached of the targets agreed for its window, exactly', () => {
    const target = { measure: 'bookings', proposedBy: 'vendor', agreed: true } as const;
    const asked: Requirement = { kind: 'milestone', measure: 'bookings', window: 'fiscal-year', atLeastShare: rate('0.5'), ...hard };
    const targets = (second: number) => [
      { ...target, quarter: 'FY2026-Q1' as const, amount: usd(4_000) },
      { ...target, quarter: 'FY2026-Q2' as const, amount: usd(second) },
      { ...target, quarter: 'FY2026-Q3' as const, amount: usd(1) },
      { ...target, quarter: 'FY2026-Q2' as const, amount: usd(1), measure: 'consumption' as const },
      // Agreed under a version with another currency.
      { ...target, quarter: 'FY2026-Q1' as const, amount: { amount: 100n, currency: 'EUR' as const } },
    ];
    expect(found(asked, { revenue, targets: targets(18_000) })).toEqual(['0.5', '0.5', true]);
    expect(found(asked, { revenue, targets: targets(18_001) })).toEqual(['0.49997727376', '0.5', false]);
    expect(found(asked, { revenue, targets: targets(18_000).map((one) => ({ ...one, agreed: false })) })).toEqual(['0', '0.5', false]);
  });

  it('a milestone that was reached until the next one is due: a quarter is missed once it is over', () => {
    const asked: Requirement = { kind: 'milestone', measure: 'bookings', window: 'fiscal-quarter', atLeastShare: rate('0.5'), ...hard };
    const target = (quarter: Quarter): Facts['targets'][number] => ({
      ...{ measure: 'bookings', quarter, amount: usd(2_000), proposedBy: 'vendor', agreed: true },
    });
    const inFirst: Facts['revenue'] = [{ measure: 'bookings', month: '2026-02', amount: usd(1_500), orders: 1 }];
    const have = (asOf: string) => found(asked, { revenue: inFirst, targets: [target('FY2026-Q1'), target('FY2026-Q2')] }, { asOf: day(asOf) })?.[0];
    expect([have('2026-02-01'), have('2026-04-01'), have('2026-06-30'), have('2026-07-01')]).toEqual(['0.75', '0.75', '0.75', '0']);
  });

  it('of a target only what was measured in its own quarter', () => {
    const asked: Requirement = { kind: 'milestone', measure: 'bookings', window: 'fiscal-year', atLeastShare: rate('0.5'), ...hard };
    const target = (quarter: Quarter, agreed = true): Facts['targets'][number] => ({
      ...{ measure: 'bookings', quarter, amount: usd(2_000), proposedBy: 'vendor', agreed },
    });
    expect(found(asked, { revenue, targets: [target('FY2026-Q1')] })?.[0]).toBe('0.5');
    expect(found(asked, { revenue, targets: [target('FY2026-Q1'), target('FY2026-Q2', false)] })?.[0]).toBe('0.5');
    expect(found(asked, { revenue: revenue.slice(-2), targets: [target('FY2026-Q1')] })?.[0]).toBe('0');
  });
});

describe('the tier that the facts give', () => {
  const rank = (ladder: Ladder, facts: Partial<Facts> = {}) =>
    given(ladder, { document: withLadders(ladder), facts: { ...noFacts, ...facts }, on }).lastIndexOf(true);
  const asking = (strictness: Requirement['strictness'], dollars: readonly number[]): Ladder => ({
    ...reseller,
    tiers: reseller.tiers.map((tier, at) => ({
      ...tier,
      requirements: at === 0 ? [] : [{ kind: 'revenue', measure: 'bookings', window: 'lifetime', atLeast: usd(dollars[at - 1] ?? 0), strictness }],
    })),
  });

  it('meets every hard requirement, and those of all tiers below; what is advisory decides nothing', () => {
    expect(rank(asking('hard', [1, 2]))).toBe(0);
    expect(rank(asking('hard', [11_111, 11_112]), { revenue })).toBe(1);
    expect(rank(asking('hard', [11_112, 1]), { revenue })).toBe(0);
    expect(rank(asking('hard', [1, 1]), { revenue })).toBe(2);
    expect(rank(asking('advisory', [1, 2]))).toBe(2);
  });

  it('is shown with what is missed below, what it asks for itself, and what the next one does', () => {
    const ladder = asking('hard', [11_112, 1]);
    const rules = (tier: string) =>
      evidenceFor(ladder, tier, { document: withLadders(ladder), facts: { ...noFacts, revenue }, on }).map(({ rule, met }) => [rule, met]);
    const [second, third] = ['/ladders/0/tiers/1/requirements/0', '/ladders/0/tiers/2/requirements/0'];
    expect(rules('elite')).toEqual([
      [second, false],
      [third, true],
    ]);
    expect(rules('preferred')).toEqual([
      [second, false],
      [third, true],
    ]);
    expect(rules('authorized')).toEqual([[second, false]]);
    const reached = asking('hard', [1, 2]);
    const kept = evidenceFor(reached, 'elite', { document: withLadders(reached), facts: { ...noFacts, revenue }, on });
    expect(kept.map(({ rule }) => rule)).toEqual([third]);
  });
});

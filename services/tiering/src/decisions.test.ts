import { addDays, day } from '@echelon/calendar';
import { REASON_KEPT_MAX } from '@echelon/contracts/tiering';
import { rate } from '@echelon/money';
import type { Ladder, Requirement } from '@echelon/program';
import { describe, expect, it } from 'vitest';
import { refusalOf, usd } from '../../../test/given.ts';
import { facts, life, noon, reseller, told, version, withLadders } from '../../../test/standing.ts';
import { agreeTarget, endNomination, liftOverride, nominate, override, proposeTarget } from './decisions.ts';

const { enrolled, booked } = facts;
const [start, today] = [day('2026-01-05'), day('2026-06-15')];
const ladder = 'reseller';
const [quarter, measure] = ['FY2026-Q2', 'bookings'] as const;

/** Preferred asks for half of what was agreed, elite for a nomination. */
const asking: Readonly<Record<string, readonly Requirement[]>> = {
  preferred: [{ kind: 'milestone', measure, window: 'fiscal-quarter', atLeastShare: rate('0.5'), strictness: 'hard' }],
  elite: [{ kind: 'nomination', strictness: 'hard' }],
};
const byPeople: Ladder = { ...reseller, tiers: reseller.tiers.map((tier) => ({ ...tier, requirements: [...(asking[tier.key] ?? [])] })) };

const partner = (...ladders: Ladder[]) => {
  const one = life(version(1, '2025-01-01', withLadders(...(ladders.length > 0 ? ladders : [reseller]))));
  one.hear(start, enrolled(start));
  return one;
};
const setting = { ladder, tier: 'elite', until: day('2026-09-30'), reason: 'A strategic account.' };

describe('an override', () => {
  it('sets another tier, with person, reason and end, and leaves what is earned as it is', () => {
    const one = partner();
    expect(told(one.decide(today, (act) => override({ ...act, ...setting })))).toEqual([
      'OverrideSet',
      'AttainmentChanged',
      'authorized → elite: override',
    ]);
    expect(one.position()).toMatchObject({
      ...{ tier: 'elite', attained: 'authorized', settled: { tier: 'authorized' } },
      override: { tier: 'elite', from: today, until: setting.until, reason: setting.reason, setBy: 'manager', setAt: noon(today) },
    });
    one.hear(today, booked(today, 300_000));
    expect(one.position()).toMatchObject({ tier: 'elite', attained: 'preferred' });
  });

  it('carries what is earned beneath it, as that changes, until it has ended', () => {
    const one = partner();
    expect(one.position()).not.toHaveProperty('earned');
    one.decide(today, (act) => override({ ...act, ...setting }));
    expect(one.position().earned).toBe('authorized');
    expect(told(one.hear(today, booked(today, 300_000)))).toEqual(['RevenueCounted', 'AttainmentChanged']);
    expect(one.position()).toMatchObject({ tier: 'elite', earned: 'preferred' });
    expect(told(one.hear(today, booked(today, -300_000, -1)))).toContain('AttainmentChanged');
    expect(one.position().earned).toBe('authorized');
    one.decide(today, (act) => liftOverride({ ...act, ladder }));
    expect(one.position()).not.toHaveProperty('earned');
  });

  it('ends after its last day, whoever looks first, and then what was earned holds', () => {
    const one = partner();
    one.decide(today, (act) => override({ ...act, ...setting }));
    one.hear(today, booked(today, 300_000));
    expect(one.judge(day('2026-09-30'))).toEqual([]);
    expect(told(one.judge(day('2026-10-01')))).toEqual(['OverrideEnded', 'elite → preferred: override-ended']);
    const other = partner();
    other.decide(today, (act) => override({ ...act, ...setting }));
    expect(told(other.hear(day('2026-10-01'), booked(today, 300_000)))).toEqual([
      'RevenueCounted',
      'AttainmentChanged',
      'OverrideEnded',
      'elite → preferred: override-ended',
    ]);
  });

  it('ends on the day after its last, however late the look', () => {
    const [daily, late] = [partner(), partner()];
    for (const one of [daily, late]) one.decide(today, (act) => override({ ...act, ...setting }));
    for (let on = today; on.until(day('2026-10-09')).sign >= 0; on = addDays(on, 1)) daily.judge(on);
    const ended = late.judge(day('2026-10-09'));
    expect(ended).toMatchObject([
      { type: 'OverrideEnded', data: { reason: 'its-end', on: day('2026-10-01') } },
      { type: 'TierChanged', data: { from: 'elite', to: 'authorized', on: day('2026-10-01') } },
    ]);
    expect(late.position()).toEqual(daily.position());
  });

  it('that has ended gives way to what was earned beneath it, and that to what is heard on the day of the look', () => {
    const one = partner();
    one.decide(today, (act) => override({ ...act, ...setting }));
    const [, , ...changes] = one.hear(day('2026-10-09'), booked(day('2026-10-08'), 300_000));
    expect(changes).toMatchObject([
      { type: 'OverrideEnded', data: { on: day('2026-10-01') } },
      { type: 'TierChanged', data: { from: 'elite', to: 'authorized', reason: 'override-ended', on: day('2026-10-01') } },
      { type: 'TierChanged', data: { from: 'authorized', to: 'preferred', reason: 'attained', on: day('2026-10-09') } },
    ]);
    expect(one.position()).toMatchObject({ tier: 'preferred', since: day('2026-10-09') });
  });

  it('that has ended says so before another is set, though nobody looked in between', () => {
    const one = partner();
    one.decide(today, (act) => override({ ...act, ...setting }));
    const again = { ...setting, until: day('2026-12-31') };
    expect(told(one.decide(day('2026-10-09'), (act) => override({ ...act, ...again })))).toEqual([
      ...['OverrideEnded', 'elite → authorized: override-ended'],
      ...['OverrideSet', 'AttainmentChanged', 'authorized → elite: override'],
    ]);
  });

  it('holds a tier down too, and can be lifted', () => {
    const one = partner();
    one.hear(start, booked(start, 300_000));
    expect(told(one.decide(today, (act) => override({ ...act, ...setting, tier: 'authorized' })))).toContain('preferred → authorized: override');
    expect(told(one.decide(today, (act) => liftOverride({ ...act, ladder })))).toEqual(['OverrideEnded', 'authorized → preferred: override-ended']);
    expect(refusalOf(one.tried(today, (act) => liftOverride({ ...act, ladder })))).toBe('not-overridden');
  });

  it('is void under a version without its tier', () => {
    const one = life(
      version(1, '2025-01-01'),
      version(2, '2026-07-01', withLadders({ ...reseller, tiers: reseller.tiers.filter(({ key }) => key !== 'elite') })),
    );
    one.hear(start, enrolled(start));
    one.decide(today, (act) => override({ ...act, ...setting }));
    expect(told(one.judge(day('2026-07-05')))).toEqual(['OverrideEnded', 'elite → authorized: override-ended']);
    expect(one.position().since).toEqual(day('2026-07-01'));
  });

  it('is refused where it could not be', () => {
    const one = partner();
    const setTo = (changes: Partial<typeof setting>) => refusalOf(one.tried(today, (act) => override({ ...act, ...setting, ...changes })));
    expect(setTo({ ladder: 'services' })).toBe('not-on-ladder');
    expect(setTo({ tier: 'platinum' })).toBe('unknown-tier');
    expect(setTo({ until: day('2026-06-14') })).toBe('end-past');
    expect(setTo({ until: today })).toBeUndefined();
    one.decide(today, (act) => override({ ...act, ...setting }));
    expect(setTo({ tier: 'preferred' })).toBe('already-overridden');
    expect(refusalOf(one.tried(day('2026-10-01'), (act) => override({ ...act, ...setting, until: day('2026-12-31') })))).toBeUndefined();
  });
});

describe('a nomination', () => {
  const half = { measure, quarter, amount: usd(100_000) };
  const reached = () => {
    const one = partner(byPeople);
    one.decide(start, (act) => proposeTarget({ ...act, ...half, side: 'vendor' }));
    one.decide(start, (act) => agreeTarget({ ...act, ...half, side: 'partner' }));
    one.hear(today, booked(today, 50_000));
    return one;
  };

  it('is what the tier asks for, as long as it lasts', () => {
    const one = reached();
    expect(told(one.decide(today, (act) => nominate({ ...act, ...setting })))).toContain('preferred → elite: attained');
    expect(refusalOf(one.tried(today, (act) => nominate({ ...act, ...setting })))).toBe('already-nominated');
    expect(told(one.decide(today, (act) => endNomination({ ...act, ...setting })))).toEqual(['NominationEnded']);
    expect(one.standing().facts.nominations).toMatchObject([{ tier: 'elite', until: today }]);
    expect(refusalOf(one.tried(today, (act) => endNomination({ ...act, ...setting })))).toBe('not-nominated');
    one.judge(day('2026-06-16'));
    expect(one.position()).toMatchObject({ tier: 'elite', attained: 'preferred' });
  });

  it('that was ended today is given again today; one for no longer than there is is not', () => {
    const one = reached();
    one.decide(today, (act) => nominate({ ...act, ...setting }));
    one.decide(today, (act) => endNomination({ ...act, ...setting }));
    expect(refusalOf(one.tried(today, (act) => nominate({ ...act, ...setting, until: today })))).toBe('already-nominated');
    one.decide(today, (act) => nominate({ ...act, ...setting }));
    one.judge(day('2026-06-16'));
    expect(one.position()).toMatchObject({ tier: 'elite', attained: 'elite' });
    expect(refusalOf(one.tried(today, (act) => nominate({ ...act, ...setting, until: day('2026-12-31') })))).toBe('already-nominated');
  });

  it('keeps the beginning of a long reason; the event has it whole', () => {
    const one = partner(byPeople);
    const reason = 'Because. '.repeat(220).trim();
    const [nominated] = one.decide(today, (act) => nominate({ ...act, ...setting, reason }));
    const [set] = one.decide(today, (act) => override({ ...act, ...setting, reason }));
    expect([nominated, set]).toMatchObject([{ data: { nomination: { reason } } }, { data: { override: { reason } } }]);
    const kept = { reason: reason.slice(0, REASON_KEPT_MAX) };
    expect(one.standing()).toMatchObject({ facts: { nominations: [kept] }, positions: [{ override: kept }] });
  });

  it('among the holders of a tier is none for whoever held it by an override that has ended', () => {
    const tiers = reseller.tiers.map((tier): Ladder['tiers'][number] =>
      tier.key === 'elite' ? { ...tier, requirements: [{ kind: 'nomination', among: 'preferred', strictness: 'hard' }] } : tier,
    );
    const one = partner({ ...reseller, tiers });
    one.decide(today, (act) => override({ ...act, ...setting, tier: 'preferred' }));
    const until = day('2026-12-31');
    expect(refusalOf(one.tried(day('2026-09-30'), (act) => nominate({ ...act, ...setting, until })))).toBeUndefined();
    expect(refusalOf(one.tried(day('2026-10-01'), (act) => nominate({ ...act, ...setting, until })))).toBe('not-among');
  });

  it('among the holders of a tier is only for who holds it, or one above it; of tracks, that one', () => {
    const among = (one: Ladder): Ladder => ({
      ...one,
      tiers: one.tiers.map((tier) =>
        tier.key === 'elite' ? { ...tier, requirements: [{ kind: 'nomination', among: 'preferred', strictness: 'hard' }] } : tier,
      ),
    });
    const one = partner(among(reseller));
    expect(refusalOf(one.tried(today, (act) => nominate({ ...act, ...setting })))).toBe('not-among');
    one.hear(today, booked(today, 300_000));
    expect(told(one.decide(today, (act) => nominate({ ...act, ...setting })))).toContain('preferred → elite: attained');
    const chosen = partner(among({ ...reseller, promotion: 'by-choice' }));
    chosen.hear(today, booked(today, 300_000));
    expect(refusalOf(chosen.tried(today, (act) => nominate({ ...act, ...setting })))).toBe('not-among');
    chosen.hear(today, facts.track(today, 'preferred'));
    expect(refusalOf(chosen.tried(today, (act) => nominate({ ...act, ...setting })))).toBeUndefined();
  });

  it('among the holders of a tier that is advisory is for anybody', () => {
    const among: Requirement = { kind: 'nomination', among: 'preferred', strictness: 'advisory' };
    const one = partner({ ...reseller, tiers: reseller.tiers.map((tier) => (tier.key === 'elite' ? { ...tier, requirements: [among] } : tier)) });
    expect(refusalOf(one.tried(today, (act) => nominate({ ...act, ...setting })))).toBeUndefined();
  });

  it('is for a tier of the program that asks for one, and for days to come', () => {
    const one = partner(byPeople);
    expect(refusalOf(one.tried(today, (act) => nominate({ ...act, ...setting, tier: 'preferred' })))).toBe('not-by-nomination');
    expect(refusalOf(one.tried(today, (act) => nominate({ ...act, ...setting, tier: 'platinum' })))).toBe('unknown-tier');
    expect(refusalOf(one.tried(today, (act) => nominate({ ...act, ...setting, until: start })))).toBe('end-past');
  });
});

describe('a target', () => {
  const terms = { measure, quarter, amount: usd(100_000) };
  const proposing =
    (changes: Partial<Parameters<typeof proposeTarget>[0]> = {}) =>
    (act: { by: string; now: ReturnType<typeof noon> }) =>
      proposeTarget({ ...act, ...terms, side: 'partner', ...changes });
  const agreeing =
    (changes: Partial<Parameters<typeof agreeTarget>[0]> = {}) =>
    (act: { by: string; now: ReturnType<typeof noon> }) =>
      agreeTarget({ ...act, ...terms, side: 'vendor', ...changes });

  it('counts once the other side has agreed to its very amount', () => {
    const one = partner(byPeople);
    one.hear(today, booked(today, 50_000));
    expect(told(one.decide(today, proposing()))).toEqual(['TargetProposed']);
    expect(refusalOf(one.tried(today, agreeing({ side: 'partner' })))).toBe('own-proposal');
    expect(told(one.decide(today, proposing({ side: 'vendor', amount: usd(120_000) })))).toEqual(['TargetProposed']);
    expect(refusalOf(one.tried(today, agreeing({ side: 'partner' })))).toBe('other-amount');
    expect(told(one.decide(today, proposing()))).toEqual(['TargetProposed']);
    expect(told(one.decide(today, agreeing()))).toEqual(['TargetAgreed', 'AttainmentChanged', 'authorized → preferred: attained']);
    expect(refusalOf(one.tried(today, proposing({ amount: usd(1) })))).toBe('already-agreed');
    expect(refusalOf(one.tried(today, agreeing()))).toBe('nothing-proposed');
  });

  it('is agreed to until the last day of its quarter, and not once its outcome is known', () => {
    const one = partner(byPeople);
    one.decide(today, proposing());
    expect(refusalOf(one.tried(day('2026-07-01'), agreeing()))).toBe('quarter-out-of-range');
    expect(told(one.decide(day('2026-06-30'), agreeing()))).toEqual(['TargetAgreed']);
  });

  it('is for this quarter or one of the eight after it, in the program’s currency', () => {
    const one = partner(byPeople);
    for (const [wanted, refusal] of [
      ['FY2026-Q1', 'quarter-out-of-range'],
      ['FY2026-Q2', undefined],
      ['FY2028-Q2', undefined],
      ['FY2028-Q3', 'quarter-out-of-range'],
    ] as const)
      expect(refusalOf(one.tried(today, proposing({ quarter: wanted })))).toBe(refusal);
    expect(refusalOf(one.tried(today, proposing({ amount: { amount: 1n, currency: 'EUR' } })))).toBe('other-currency');
    expect(refusalOf(one.tried(today, agreeing()))).toBe('nothing-proposed');
  });
});

/** The ledger of points: what each activity gives, what is taken back, and whose it is. */
import { day, plusMonths } from '@echelon/calendar';
import { POINTS_MONTHS_MAX, POINTS_SERIES_MAX, type PointsSeries } from '@echelon/contracts/tiering';
import { money, rate } from '@echelon/money';
import type { PointsRule, ProgramDocument, Requirement } from '@echelon/program';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dealId, usd } from '../../../test/given.ts';
import { facts, life, reseller, version, withLadders } from '../../../test/standing.ts';
import { measured } from './measure.ts';
import { withPoints } from './points.ts';

const [start, today] = [day('2026-01-05'), day('2026-06-15')];
const rule = (key: string, points: number, activity: PointsRule['activity'], more: Partial<PointsRule> = {}): PointsRule => ({
  ...{ key, name: key, category: 'sale', activity, points },
  ...more,
});
const sale: PointsRule['activity'] = { kind: 'deal-won' };
const program = (pointsRules: readonly PointsRule[], changes: Partial<ProgramDocument> = {}): ProgramDocument => ({
  ...withLadders(reseller),
  pointsRules: [...pointsRules],
  ...changes,
});
const asked = (more: Partial<Extract<Requirement, { kind: 'points' }>> = {}): Requirement => ({
  ...{ kind: 'points', window: 'lifetime', atLeast: 1, strictness: 'hard' },
  ...more,
});

/** A partner with these business models, of whom these facts are heard. */
const partnerWith = (document: ProgramDocument, models: readonly string[], ...heard: Parameters<ReturnType<typeof life>['hear']>[1][]) => {
  const partner = life(version(1, '2025-01-01', document));
  partner.hear(today, facts.enrolled(start, ['reseller'], { models: [...models] }), ...heard);
  const have = (requirement: Requirement = asked(), on = today) =>
    Number(measured(requirement, reseller.tiers[1] ?? reseller.tiers[0] ?? never(), { document, facts: partner.standing().facts, on }).have);
  return { ...partner, have };
};
const never = (): never => {
  throw new Error('the example has tiers');
};
const spell = { from: start, until: day('2026-12-31') };

describe('an activity gives points', () => {
  it('before the sale, at it, after it, and for what the partner can; each by the rule that says so', () => {
    const rules = [
      rule('registration', 1, { kind: 'deal-approved' }, { category: 'pre-sale' }),
      rule('order', 10, sale),
      rule('consumption', 100, { kind: 'measured', measure: 'consumption', per: usd(500) }, { category: 'post-sale' }),
      rule('adoption', 1_000, { kind: 'engagement', engagement: 'customer-adoption' }, { category: 'post-sale' }),
      rule('engineer', 10_000, { kind: 'certification', certification: 'systems-engineer' }, { category: 'capability' }),
      rule('practice', 100_000, { kind: 'specialization', specialization: 'data-protection' }, { category: 'capability' }),
    ];
    const heard = [
      facts.approved(1, today),
      facts.won(1, today, 700),
      facts.reported(1, today, 1_200, 'consumption'),
      facts.reported(2, today, 1_200, 'sell-through'),
      facts.engaged(today, 'customer-adoption'),
      facts.engaged(today, 'event', 1, 2),
      facts.certified(1, spell),
      facts.certified(2, { ...spell, certification: 'sales-professional' }),
      facts.specialized(1, spell),
    ];
    const partner = partnerWith(program(rules), ['reseller'], ...heard);
    expect(partner.have()).toBe(111_211);
    expect(partner.ledger().map(({ kind, on, entries }) => [kind, String(on), entries.map(({ points, rule }) => [points, rule])])).toEqual([
      ['certification', '2026-01-05', [[10_000, '/pointsRules/4']]],
      ['specialization', '2026-01-05', [[100_000, '/pointsRules/5']]],
      ['deal-approved', '2026-06-15', [[1, '/pointsRules/0']]],
      ['deal-won', '2026-06-15', [[10, '/pointsRules/1']]],
      ['engagement', '2026-06-15', [[1_000, '/pointsRules/3']]],
      ['measured', '2026-06-15', [[200, '/pointsRules/2']]],
    ]);
  });

  it('for each whole amount in the order, of the deal types that the rule names; none for an amount in another currency', () => {
    const rules = [
      rule('each', 7, { kind: 'deal-won', per: usd(600) }),
      rule('new', 100, { kind: 'deal-won', dealTypes: ['net-new-logo'] }),
      rule('euros', 1_000, { kind: 'deal-won', per: money(1n, 'EUR') }),
    ];
    const partner = partnerWith(program(rules), ['reseller'], facts.won(1, start, 1_199), facts.won(2, start, 1_200, { dealType: 'net-new-logo' }));
    expect(partner.have()).toBe(7 + 14 + 100);
  });

  it('for the business models that the partner has, summed, or one by itself; weighted by category, rounded down for each activity', () => {
    const businessModels = [
      { key: 'reseller', name: 'Reseller', weights: [{ category: 'sale' as const, weight: rate('1.5') }] },
      { key: 'builder', name: 'Builder' },
    ];
    const rules = [
      rule('any', 1_000, sale),
      rule('reseller', 3, sale, { businessModel: 'reseller' }),
      rule('before', 10, { kind: 'deal-approved' }, { businessModel: 'reseller', category: 'pre-sale' }),
      rule('builder', 100, sale, { businessModel: 'builder' }),
    ];
    const heard = [facts.won(1, start, 1), facts.won(2, start, 1), facts.approved(1, start)];
    const document = program(rules, { businessModels });
    const one = partnerWith(document, ['reseller'], ...heard);
    expect([one.have(), one.have(asked({ businessModel: 'reseller' })), one.have(asked({ businessModel: 'builder' }))]).toEqual([2_018, 18, 0]);
    const both = partnerWith(document, ['reseller', 'builder'], ...heard);
    expect([both.have(), both.have(asked({ businessModel: 'builder' }))]).toEqual([2_218, 200]);
  });

  it('by the version that held on its day: a new one changes what is to come, and nothing that was earned', () => {
    const partner = life(version(1, '2025-01-01', program([rule('order', 10, sale)])), version(2, '2026-04-01', program([rule('order', 25, sale)])));
    partner.hear(today, facts.enrolled(start), facts.won(1, day('2026-03-31'), 1), facts.won(2, day('2026-04-01'), 1));
    expect(partner.ledger().map(({ entries }) => entries.map(({ points, versionId }) => [points, versionId.at(-1)]))).toEqual([
      [[10, '1']],
      [[25, '2']],
    ]);
  });
});

describe('what is taken back', () => {
  it('nets off in the window in which it stood, whichever of the two is heard first', () => {
    const document = program([rule('order', 10, sale)]);
    const [won, cancelled] = [facts.won(1, start, 500), facts.won(1, start, 500, { takenBack: true })];
    const other = facts.won(2, today, 500);
    for (const heard of [
      [won, cancelled, other],
      [cancelled, other, won],
    ]) {
      const partner = partnerWith(document, ['reseller'], ...heard);
      const windows = [asked({ window: 'fiscal-quarter' }), asked({ window: 'fiscal-year' })];
      expect([partner.have(windows[0]), partner.have(windows[0], day('2026-02-01')), partner.have(windows[1])]).toEqual([10, 0, 10]);
      expect(partner.ledger()).toMatchObject([
        { id: dealId(1), takenBack: true, entries: [{ points: 0 }] },
        { id: dealId(2), entries: [{ points: 10 }] },
      ]);
    }
  });

  it('gives what it gives now, where an order is amended', () => {
    const document = program([rule('each', 1, { kind: 'deal-won', per: usd(100) })]);
    const partner = partnerWith(document, ['reseller'], facts.won(1, start, 1_000));
    partner.hear(today, { ...facts.won(1, start, 450), said: () => ({ ...amended, activity: { ...amended.activity, version: 2 } }) });
    expect(partner.have()).toBe(4);
  });
  const { activity, ...less } = facts.won(1, start, 450).said([version(1, '2025-01-01')]);
  const amended = { ...less, activity: activity ?? never() };

  it('is posted where points are: not before enrolment’s models are known, and an activity without a rule leaves no line', () => {
    const partner = partnerWith(program([rule('order', 10, sale)]), ['reseller'], facts.engaged(start, 'event'), facts.approved(1, start));
    expect([partner.have(), partner.ledger(), partner.standing().facts.points]).toEqual([0, [], undefined]);
  });
});

it('a lifetime’s sum stays whole beyond the months that are kept', () => {
  const months = POINTS_MONTHS_MAX + 13;
  const heard = Array.from({ length: months }, (_, n) => facts.won(n, day('2021-06-01').add({ months: n }), 1));
  const partner = partnerWith(program([rule('order', 10, sale)]), ['reseller'], ...heard);
  expect(partner.standing().facts.points?.map(({ points }) => points.length)).toEqual([POINTS_MONTHS_MAX]);
  expect([partner.have(), partner.have(asked({ window: 'trailing-four-quarters' }))]).toEqual([10 * months, 120]);
});

it('the sums by month are what a plain sum of all changes gives, in whatever order they come', () => {
  const changes = fc.array(fc.record({ after: fc.integer({ min: 0, max: POINTS_MONTHS_MAX - 1 }), by: fc.integer({ min: -3, max: 9 }) }), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(changes, (list) => {
      const [series] = list.reduce<PointsSeries[]>((all, { after, by }) => withPoints(all, plusMonths('2024-05', after), [{ points: by }]), []);
      const naive = Array.from({ length: POINTS_MONTHS_MAX }, (_, n) => list.filter(({ after }) => after === n).reduce((sum, { by }) => sum + by, 0));
      const [first, last] = [naive.findIndex((sum) => sum !== 0), naive.findLastIndex((sum) => sum !== 0)];
      expect(series).toEqual(first === -1 ? undefined : { since: plusMonths('2024-05', first), points: naive.slice(first, last + 1) });
    }),
  );
});

it('of business models that no version has any more, those last heard of longest ago are forgotten first', () => {
  const models = Array.from({ length: POINTS_SERIES_MAX + 1 }, (_, n) => `model-${n}`);
  const all = models.reduce<PointsSeries[]>(
    (before, businessModel, n) => withPoints(before, plusMonths('2024-05', n), [{ businessModel, points: 1 }]),
    [],
  );
  expect(all).toHaveLength(POINTS_SERIES_MAX);
  expect(all.some(({ businessModel }) => businessModel === 'model-0')).toBe(false);
});

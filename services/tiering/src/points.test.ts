/** The ledger of points: what each activity gives, what is taken back, and whose it is. */
import { day, plusMonths } from '@echelon/calendar';
import { POINTS_MONTHS_MAX, POINTS_SERIES_MAX, type PointsSeries } from '@echelon/contracts/tiering';
import { money, rate } from '@echelon/money';
import type { PointsRule, ProgramDocument, Requirement } from '@echelon/program';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dealId, usd } from '../../../test/given.ts';
import { facts, life, reseller, version, withLadders } from '../../../test/standing.ts';
import type { Telling } from './facts-heard.ts';
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
/** What is said of an activity at a later version of it. */
const saidOf = ({ said, ...telling }: Telling, later: { readonly version: number; readonly takenBack?: boolean }): Telling => ({
  ...telling,
  said: (versions) => {
    const { activity = never(), ...rest } = said(versions);
    return { ...rest, activity: { ...activity, ...later } };
  },
});
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
    partner.hear(today, saidOf(facts.won(1, start, 450), { version: 2 }));
    expect(partner.have()).toBe(4);
  });

  it('gives what it gives now, in whatever order the words about it come, also where by one of them it gives nothing', () => {
    const rules = [rule('order', 5, { kind: 'deal-won', per: usd(1_000) })];
    const won = facts.won(1, today, 400_000);
    const less = saidOf(facts.won(1, today, 900), { version: 2 });
    const gone = saidOf(facts.won(1, today, 900), { version: 3, takenBack: true });
    for (const heard of [
      [won, less],
      [less, won],
      [won, less, gone],
      [gone, less, won],
      [less, gone, won],
    ])
      expect(partnerWith(program(rules), ['reseller'], ...heard).have()).toBe(0);
    expect(partnerWith(program(rules), ['reseller'], less, saidOf(facts.won(1, today, 2_000), { version: 3 })).have()).toBe(10);
  });

  it('of a business model counts while the partner has it: who gives it up falls short from then on, and was not short before', () => {
    const rules = [rule('order', 60, sale, { businessModel: 'services' })];
    const document = program(rules, {
      ...withLadders({
        ...reseller,
        tiers: reseller.tiers.map((tier, rank) => ({ ...tier, requirements: rank === 1 ? [asked({ atLeast: 60 })] : [] })).slice(0, 2),
      }),
      pointsRules: rules,
      businessModels: [...withLadders().businessModels, { key: 'services', name: 'Services' }],
    });
    const partner = partnerWith(document, ['reseller', 'services'], facts.won(1, today, 100));
    expect(partner.position()).toMatchObject({ tier: 'preferred', attained: 'preferred' });
    const on = day('2026-07-15');
    const said = {
      saidOn: on,
      said: 2,
      models: ['reseller'],
      modelsHeld: [
        { businessModel: 'reseller', from: start },
        { businessModel: 'services', from: start, until: day('2026-07-14') },
      ],
    };
    partner.hear(on, facts.enrolled(start, ['reseller'], said));
    partner.judge(day('2026-07-20'));
    expect(partner.position()).toMatchObject({ tier: 'preferred', attained: 'authorized', grace: { since: on } });
    expect([partner.have(asked(), day('2026-07-14')), partner.have(asked(), on)]).toEqual([60, 0]);
  });

  it('of a business model that is taken up later counts from then on, and promotes for no day before', () => {
    const rules = [rule('order', 60, sale, { businessModel: 'services' })];
    const tiers = reseller.tiers.map((tier, rank) => ({
      ...tier,
      requirements: rank === 1 ? [asked({ atLeast: 60, window: 'fiscal-quarter' })] : [],
    }));
    const document = program(rules, {
      ...withLadders({ ...reseller, tiers: tiers.slice(0, 2) }),
      pointsRules: rules,
      businessModels: [...withLadders().businessModels, { key: 'services', name: 'Services' }],
    });
    const partner = partnerWith(document, ['reseller'], facts.won(1, start, 100));
    const on = day('2026-08-02');
    const modelsHeld = [
      { businessModel: 'reseller', from: start },
      { businessModel: 'services', from: on },
    ];
    partner.hear(on, facts.enrolled(start, ['reseller'], { saidOn: on, said: 2, models: ['reseller', 'services'], modelsHeld }));
    expect(partner.position()).toMatchObject({ tier: 'authorized', attained: 'authorized' });
    partner.hear(on, facts.won(2, on, 100));
    expect(partner.position()).toMatchObject({ tier: 'preferred', since: on });
  });

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

/** Random programs that pass the checks, and partners of whom random facts are heard. */
import { addDays, quarterOf, Window } from '@echelon/calendar';
import type { Act } from '@echelon/contracts';
import { rate } from '@echelon/money';
import { EngagementKind, type Key, type Ladder, PointsCategory, type PointsRule, type ProgramDocument, type Requirement } from '@echelon/program';
import { check, refused } from '@echelon/program/check';
import * as fc from 'fast-check';
import { usd } from '../../../test/given.ts';
import { facts, type Life, life, reseller, version, withLadders } from '../../../test/standing.ts';
import { days, known, spells, start, today } from './arbitraries.ts';
import { agreeTarget, liftOverride, nominate, override, proposeTarget } from './decisions.ts';

const strictness = fc.constantFrom('hard' as const, 'hard' as const, 'advisory' as const);
const level = fc.constantFrom(undefined, undefined, 'group' as const);
const window = fc.constantFrom(...Window.options);
const certification = fc.constantFrom('systems-engineer', 'sales-professional');
const measure = fc.constantFrom('bookings' as const, 'sell-through' as const);
const models = ['reseller', 'services'] as const;
const model = fc.constantFrom(undefined, ...models);

/** What a tier of a rank may ask for: the higher, the more of it. */
const requirement = (rank: number): fc.Arbitrary<Requirement> =>
  fc
    .oneof(
      fc.record({ kind: fc.constant('revenue' as const), measure, window, atLeast: fc.constant(usd(150 * rank)), level }),
      fc.record({ kind: fc.constant('points' as const), window, atLeast: fc.constant(17 * rank), businessModel: model, level }),
      fc.record({ kind: fc.constant('certified-people' as const), certification, atLeast: fc.constant(rank), level }),
      fc.record({ kind: fc.constant('specialization' as const), specialization: fc.constant('data-protection'), level }),
      fc.record({
        kind: fc.constant('engagement' as const),
        engagement: fc.constantFrom(...EngagementKind.options.slice(3)),
        window,
        atLeast: fc.constant(rank),
        level,
      }),
      fc.record({ kind: fc.constant('milestone' as const), measure, window, atLeastShare: fc.constant(rate(`0.${3 * rank}`)) }),
      fc.record({ kind: fc.constant('nomination' as const), among: fc.constantFrom(undefined, undefined, 'authorized', 'preferred', 'services-1') }),
    )
    .chain((asked) => strictness.map((one): Requirement => ({ ...asked, strictness: one })));

/** A partner is nominated for a tier once, whatever else that asks for. */
const requirements = (rank: number): fc.Arbitrary<Requirement[]> =>
  fc
    .array(requirement(rank), { minLength: 1, maxLength: 4 })
    .map((all) => all.filter((one) => one.kind !== 'nomination' || one === all.find(({ kind }) => kind === 'nomination')));

const ladder = (key: string, routes: Ladder['routes']): fc.Arbitrary<Ladder> =>
  fc
    .record({
      promotion: fc.constantFrom('on-attainment' as const, 'at-review' as const, 'by-choice' as const),
      every: fc.constantFrom('fiscal-year' as const, 'fiscal-quarter' as const),
      graceDays: fc.integer({ min: 0, max: 120 }),
      second: requirements(1),
      third: requirements(2),
    })
    .map(({ promotion, every, graceDays, second, third }) => ({
      ...{ ...reseller, key, routes, promotion, review: { every, graceDays } },
      tiers: reseller.tiers.map((tier, rank) => ({
        ...{ ...tier, key: key === 'reseller' ? tier.key : `${key}-${rank}` },
        requirements: [[], second, third][rank] ?? [],
      })),
    }));

const activity: fc.Arbitrary<PointsRule['activity']> = fc.oneof(
  fc.constant<PointsRule['activity']>({ kind: 'deal-approved' }),
  fc.record({ kind: fc.constant('deal-won' as const), per: fc.constantFrom(undefined, usd(40)) }),
  fc.constant<PointsRule['activity']>({ kind: 'deal-won', dealTypes: ['renewal'] }),
  fc.record({ kind: fc.constant('measured' as const), measure: fc.constant('sell-through' as const), per: fc.constant(usd(30)) }),
  fc.record({ kind: fc.constant('certification' as const), certification }),
  fc.record({ kind: fc.constant('specialization' as const), specialization: fc.constant('data-protection') }),
  fc.record({ kind: fc.constant('engagement' as const), engagement: fc.constantFrom(...EngagementKind.options) }),
);
const rules = fc
  .array(
    fc.record({ category: fc.constantFrom(...PointsCategory.options), businessModel: model, activity, points: fc.integer({ min: 1, max: 9 }) }),
    {
      maxLength: 4,
    },
  )
  .map((list) => list.map((rule, n): PointsRule => ({ key: `rule-${n}`, name: `Rule ${n}`, ...rule })));
const weights = fc.uniqueArray(
  fc.record({ category: fc.constantFrom(...PointsCategory.options), weight: fc.constantFrom(rate('1.5'), rate('0.4'), rate('0')) }),
  {
    selector: ({ category }) => category,
  },
);

export const programs: fc.Arbitrary<ProgramDocument> = fc
  .record({ first: ladder('reseller', reseller.routes), second: ladder('services', []), rules, weights, startMonth: fc.integer({ min: 1, max: 12 }) })
  .map(({ first, second, rules: pointsRules, weights: weighed, startMonth }) => {
    const example = withLadders(first, second);
    return {
      ...{ ...example, pointsRules, fiscalCalendar: { startMonth } },
      businessModels: models.map((key) => ({ key, name: key, weights: weighed })),
    };
  })
  .filter((document) => refused(check(document)).length === 0);

/** What people decide, where it is not refused. */
const decisions = fc.record({
  agreed: fc.boolean(),
  nominated: fc.boolean(),
  chosen: fc.constantFrom('authorized', 'preferred', 'elite', undefined),
});

/** A partner on both ladders of a program, and another of its group, if it has one. */
export interface InProgram {
  readonly partner: Life;
  readonly other: Life | undefined;
}
const always = fc.constant({ from: start, until: addDays(today, 1_000) });
const held = fc.subarray([...models], { minLength: 1 });

export const partnersOf = (document: ProgramDocument): fc.Arbitrary<InProgram> =>
  fc
    .record({
      heard: known,
      others: fc.option(known),
      held: fc.tuple(held, held),
      decided: decisions,
      reported: fc.array(fc.tuple(days, fc.integer({ min: 1, max: 300 })), { maxLength: 3 }),
      spell: fc.oneof(spells, always),
    })
    .map(({ heard, others, held: [own, theirs], decided, reported, spell }) => {
      const [partner, other] = [life(version(1, '2020-01-01', document)), others ? life(version(1, '2020-01-01', document)) : undefined];
      if (other) {
        other.hear(today, enrolledAs(theirs), ...(others ?? []).map(({ fact }) => fact));
        partner.join([{ facts: other.standing().facts, spells: [spell] }]);
      }
      partner.hear(today, enrolledAs(own), ...heard.map(({ fact }) => fact));
      partner.hear(today, ...reported.map(([on, dollars], n) => facts.reported(n, on, dollars)));
      if (decided.chosen) partner.hear(today, facts.track(addDays(today, -30), decided.chosen));
      if (decided.agreed) agree(partner, 'bookings');
      if (decided.nominated && !('refused' in partner.tried(today, nominating('elite')))) nominateFor(partner, 'elite');
      return { partner, other };
    });

/** On both ladders, with these business models, as last said. */
export const enrolledAs = (businessModels: readonly Key[], said = 1) =>
  facts.enrolled(start, ['reseller', 'services'], { saidOn: said === 1 ? start : today, said, models: businessModels });

/** A target for the quarter of today that both sides have agreed. */
export const agree = (partner: Life, of: 'bookings' | 'sell-through' | 'consumption'): void => {
  const { versions } = partner.known(today);
  const quarter = quarterOf(today, versions[0].document.fiscalCalendar);
  const target = { measure: of, quarter, amount: usd(1_000) };
  partner.decide(today, (act) => proposeTarget({ ...act, ...target, side: 'vendor' }));
  partner.decide(today, (act) => agreeTarget({ ...act, ...target, side: 'partner' }));
};
const nominating =
  (tier: Key) =>
  (act: Act): ReturnType<typeof nominate> =>
    nominate({ ...act, tier, until: addDays(today, 90), reason: 'Strategic.' });
/** While it holds the tier among whose holders one is nominated, if there is one: as the vendor may decide. */
export const nominateFor = (partner: Life, tier: Key, among?: Key): void => {
  const ladder = partner.known(today).versions[0].document.ladders.find(({ tiers }) => tiers.some(({ key }) => key === among))?.key;
  if (ladder !== undefined && among !== undefined)
    partner.decide(today, (act) => override({ ...act, ladder, tier: among, until: today, reason: 'A pilot.' }));
  partner.decide(today, nominating(tier));
  if (ladder !== undefined) partner.decide(today, (act) => liftOverride({ ...act, ladder }));
};

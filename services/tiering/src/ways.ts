/** How the points that a requirement lacks can be earned: by whom of those that it counts, and as what. */
import { type Day, isUpTo } from '@echelon/calendar';
import { type Facts, type PointsWay, SOLD_MAX } from '@echelon/contracts/tiering';
import { type Money, money } from '@echelon/money';
import { DealType, type Key, type PointsRule, type ProgramDocument, type Requirement } from '@echelon/program';
import { isOfGroup } from './evaluate.ts';
import { othersOn } from './group.ts';
import { type AsOf, isOwnModel } from './measure.ts';
import { type Done, pointsFor } from './points.ts';

type ForPoints = Extract<Requirement, { kind: 'points' }>;

/** For each rule what it is for, as often as it takes: with all that any rule gives for that, as an order of renewal does by two of them. */
export const waysTo = (points: number, requirement: ForPoints, asOf: AsOf): PointsWay[] =>
  rulesFor(requirement, asOf)
    .flatMap(({ rule, at, givenFor, timesMax }): PointsWay[] => {
      const times = fewest(givenFor, { points, timesMax });
      if (times === undefined) return [];
      const amount = amountOf(rule, times);
      return [{ rule: `/pointsRules/${at}`, name: rule.name, times, ...(amount && { amount }) }];
    })
    .toSorted((a, b) => a.times - b.times);

/** The business model without which no rule gives any of the points; undefined where some can be earned as things are. */
export const modelToTakeUp = (requirement: ForPoints, asOf: AsOf): Key | undefined => {
  const rules = rulesFor(requirement, asOf);
  return rules.some(({ timesMax }) => timesMax > 0) ? undefined : rules.find(({ isOpen }) => !isOpen)?.rule.businessModel;
};

interface Earnable {
  readonly rule: PointsRule;
  readonly at: number;
  /** The points of so many times, or of so many of its amounts in one order or report. */
  readonly givenFor: (times: number) => number;
  /** Does anybody have its business model? */
  readonly isOpen: boolean;
  readonly timesMax: number;
}

/** The rules whose points the requirement counts. Of a group whoever has the business model can earn them. */
const rulesFor = (requirement: ForPoints, { document, facts, group, on }: AsOf): readonly Earnable[] => {
  const { businessModel: asked } = requirement;
  const counted = [facts, ...(isOfGroup(requirement) ? othersOn(group, on) : [])];
  return document.pointsRules.flatMap((rule, at): Earnable[] => {
    if (asked !== undefined && rule.businessModel !== asked) return [];
    const earners = counted.filter((one) => isOwnModel(rule.businessModel, one));
    const counts = (model: Key | undefined): boolean =>
      model === rule.businessModel ||
      ((asked === undefined || model === asked) && earners.length > 0 && earners.every((one) => isOwnModel(model, one)));
    const givenFor = (times: number): number => leastOf(rule, { times, document, counts });
    if (givenFor(largest(rule)) === 0) return [];
    return [{ rule, at, givenFor, isOpen: earners.length > 0, timesMax: Math.min(timesMaxOf(rule, earners, on), largest(rule)) }];
  });
};

/** Of what is done by itself more than anybody does; of amounts as many as one order or report can be of. */
const TIMES_MAX = 1_000_000;
const largest = ({ activity }: PointsRule): number => ('per' in activity && activity.per ? Number(SOLD_MAX / activity.per.amount) : TIMES_MAX);

/** The smallest number that suffices: more of the same never gives less. */
const fewest = (givenFor: Earnable['givenFor'], { points, timesMax }: { readonly points: number; readonly timesMax: number }): number | undefined => {
  let [low, high] = [1, timesMax];
  if (high < low || givenFor(high) < points) return undefined;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (givenFor(middle) >= points) high = middle;
    else low = middle + 1;
  }
  return low;
};

interface Giving {
  readonly times: number;
  readonly document: ProgramDocument;
  /** Do points of a business model count? */
  readonly counts: (model: Key | undefined) => boolean;
}

/** What is given at least: a deal may be of any type that the rule is for. */
const leastOf = (rule: PointsRule, { times, document, counts }: Giving): number => {
  const amount = amountOf(rule, times);
  const each = doneFor(rule.activity, amount ?? money(0n, document.currency)).map((done) =>
    pointsFor(done, document).reduce((total, one) => total + (counts(one.rule.businessModel) ? one.points : 0), 0),
  );
  return Math.min(...each) * (amount === undefined ? times : 1);
};

/** Of what is counted by amounts, all of them together. */
const amountOf = ({ activity }: PointsRule, times: number): Money | undefined =>
  'per' in activity && activity.per ? money(activity.per.amount * BigInt(times), activity.per.currency) : undefined;

const doneFor = (activity: PointsRule['activity'], amount: Money): readonly Done[] => {
  switch (activity.kind) {
    case 'deal-approved':
      return (activity.dealTypes ?? DealType.options).map((dealType) => ({ kind: activity.kind, dealType }));
    case 'deal-won':
      return (activity.dealTypes ?? DealType.options).map((dealType) => ({ kind: activity.kind, dealType, amount }));
    case 'measured':
      return [{ kind: activity.kind, measure: activity.measure, amount }];
    case 'certification':
    case 'specialization':
    case 'engagement':
      return [activity];
  }
};

/** A specialization is gained once by each that does not hold it; anything else again and again, other people being certified. */
const timesMaxOf = ({ activity }: PointsRule, earners: readonly Facts[], on: Day): number => {
  if (activity.kind !== 'specialization') return earners.length > 0 ? Number.POSITIVE_INFINITY : 0;
  const holds = ({ specializations }: Facts): boolean =>
    specializations.some((one) => one.specialization === activity.specialization && isUpTo(one.from, one.until) && isUpTo(on, one.until));
  return earners.filter((one) => !holds(one)).length;
};

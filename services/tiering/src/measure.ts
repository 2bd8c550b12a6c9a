/** How much there is of what a requirement asks for, as of a day by one version. */
import {
  type Day,
  firstMonth,
  type Month,
  monthStart,
  monthsUntil,
  plusQuarters,
  type Quarter,
  quarterEnd,
  quarterOf,
  quartersIn,
  type Window,
} from '@echelon/calendar';
import type { Facts, PointsSeries } from '@echelon/contracts/tiering';
import { type Money, rateOf, sum } from '@echelon/money';
import { holdsOn, type Key, type Measure, type ProgramDocument, type Requirement, type Tier } from '@echelon/program';
import { type Group, othersOn } from './group.ts';

export interface AsOf {
  readonly document: ProgramDocument;
  readonly facts: Facts;
  readonly on: Day;
  readonly group?: Group | undefined;
}

/** What there is and what is asked for, in one unit: minor units of money, points, people, times, or trillionths of a share. */
export interface Measured {
  readonly have: bigint;
  readonly need: bigint;
}

/** Of the partner by itself; of what is asked of the group, summed over it: nobody's people are another partner's too. */
export const measured = (requirement: Requirement, tier: Tier, asOf: AsOf): Measured => {
  const own = measuredOf(requirement, tier, asOf);
  if (!('level' in requirement) || requirement.level !== 'group') return own;
  const others = othersOn(asOf.group, asOf.on).map((facts) => measuredOf(requirement, tier, { ...asOf, facts }).have);
  return { ...own, have: others.reduce((have, other) => have + other, own.have) };
};

const measuredOf = (requirement: Requirement, { key }: Tier, asOf: AsOf): Measured => {
  const { facts, on } = asOf;
  switch (requirement.kind) {
    case 'revenue':
      return { have: revenueIn(asOf, requirement).amount, need: requirement.atLeast.amount };
    case 'points':
      return { have: pointsIn(asOf, requirement), need: BigInt(requirement.atLeast) };
    case 'certified-people':
      return { have: BigInt(peopleHolding(requirement.certification, facts, on)), need: BigInt(requirement.atLeast) };
    case 'specialization':
      return heldOrNot(facts.specializations.some((one) => one.specialization === requirement.specialization && holdsOn(one, on)));
    case 'engagement':
      return { have: engagementsIn(asOf, requirement), need: BigInt(requirement.atLeast) };
    case 'milestone':
      return { have: milestone(asOf, requirement), need: requirement.atLeastShare.trillionths };
    case 'nomination':
      return heldOrNot(facts.nominations.some((one) => one.tier === key && holdsOn(one, on)));
  }
};

const heldOrNot = (held: boolean): Measured => ({ have: held ? 1n : 0n, need: 1n });

const peopleHolding = (certification: Key, { certifications }: Facts, on: Day): number => {
  const day = ordinalOf(on);
  const people = new Set<string>();
  for (const { personId, from, until } of spellsIn(certifications).get(certification) ?? []) if (from <= day && day <= until) people.add(personId);
  return people.size;
};

/**
 * The certifications by what they are, their days as numbers: a look asks on a hundred days of a hundred people, and Temporal takes 0.3 µs to
 * compare two days. Facts never change, so that they are reckoned once.
 */
const spellsIn = (certifications: Facts['certifications']) => {
  const found = reckoned.get(certifications);
  if (found) return found;
  const spells = certifications.map((one) => ({ ...one, from: ordinalOf(one.from), until: ordinalOf(one.until) }));
  const byName = Map.groupBy(spells, ({ certification }) => certification);
  reckoned.set(certifications, byName);
  return byName;
};
interface SpellOfPerson {
  readonly personId: string;
  readonly from: number;
  readonly until: number;
}
const reckoned = new WeakMap<Facts['certifications'], ReadonlyMap<Key, readonly SpellOfPerson[]>>();
/** Days as numbers in their order, not how many there are between them. */
export const ordinalOf = ({ year, month, day }: Day): number => (year * 12 + month) * 31 + day;

/** The months that a window holds as of a day, of a lifetime from the first there is: by the version's calendar whole quarters, the day's own the last. */
const monthsOf = ({ document: { fiscalCalendar }, on }: AsOf, window: Window): { readonly first?: Month; readonly after: Month } => {
  const quarters = quartersIn(window, on, fiscalCalendar);
  const now = quarterOf(on, fiscalCalendar);
  const after = firstMonth(plusQuarters(now, 1), fiscalCalendar);
  return quarters === 'all' ? { after } : { first: firstMonth(quarters[0] ?? now, fiscalCalendar), after };
};
const windowOf = (asOf: AsOf, window: Window): ((month: Month) => boolean) => {
  const { first, after } = monthsOf(asOf, window);
  return (month) => (first === undefined || first <= month) && month < after;
};

const quarterFor = ({ document: { fiscalCalendar } }: AsOf, month: Month): Quarter => quarterOf(monthStart(month), fiscalCalendar);

interface Measuring {
  readonly measure: Measure;
  readonly window: Window;
}

/** Those of a measure. A version may have changed the currency; amounts of another one are not its measure. */
const ofMeasure = <One extends { readonly measure: Measure; readonly amount: Money }>(
  amounts: readonly One[],
  measure: Measure,
  { document }: AsOf,
) => amounts.filter((one) => one.measure === measure && one.amount.currency === document.currency);

const bucketsIn = (asOf: AsOf, { measure, window }: Measuring) => {
  const counts = windowOf(asOf, window);
  return ofMeasure(asOf.facts.revenue, measure, asOf).filter(({ month }) => counts(month));
};

const revenueIn = (asOf: AsOf, measuring: Measuring): Money => {
  const amounts: Money[] = bucketsIn(asOf, measuring).map(({ amount }) => amount);
  return sum<Money['currency']>(asOf.document.currency, amounts);
};

const engagementsIn = (asOf: AsOf, { engagement, window }: { readonly engagement: string; readonly window: Window }): bigint => {
  const counts = windowOf(asOf, window);
  const counted = asOf.facts.engagements.filter((bucket) => bucket.engagement === engagement && counts(bucket.month));
  return BigInt(counted.reduce((total, { count }) => total + count, 0));
};

/**
 * A milestone that was reached holds until the next one is due: what a quarter is to bring is missed once it is over, not while it lasts. So it is
 * the share as of the day, or as of the end of the quarter before, whichever is more.
 */
const milestone = (asOf: AsOf, measuring: Measuring): bigint => {
  const { fiscalCalendar } = asOf.document;
  const before = quarterEnd(plusQuarters(quarterOf(asOf.on, fiscalCalendar), -1), fiscalCalendar);
  const [now, then] = [shareOfTargets(asOf, measuring), shareOfTargets({ ...asOf, on: before }, measuring)];
  if (then > now) return then;
  return now;
};

/** The targets agreed for a window's quarters, summed, and what these quarters brought. */
export const targetsIn = (asOf: AsOf, { measure, window }: Measuring) => {
  const counts = windowOf(asOf, window);
  const { fiscalCalendar } = asOf.document;
  const agreed = ofMeasure(asOf.facts.targets, measure, asOf).filter(({ agreed, quarter }) => agreed && counts(firstMonth(quarter, fiscalCalendar)));
  const quarters: ReadonlySet<Quarter> = new Set(agreed.map(({ quarter }) => quarter));
  const reached = bucketsIn(asOf, { measure, window }).filter(({ month }) => quarters.has(quarterFor(asOf, month)));
  return {
    whole: agreed.reduce((total, { amount }) => total + amount.amount, 0n),
    part: reached.reduce((total, { amount }) => total + amount.amount, 0n),
    quarters,
  };
};

/** What was reached of the targets, in trillionths; nothing where none is agreed. */
const shareOfTargets = (asOf: AsOf, measuring: Measuring): bigint => {
  const { whole, part } = targetsIn(asOf, measuring);
  // Rounded down, a share reaches what is asked for exactly where the amounts do: what is asked for has no finer decimals.
  return whole === 0n ? 0n : rateOf({ part, whole }, 'down').trillionths;
};

/** The points of a window: of the partner's business models and of none, summed; or of one business model only. */
const pointsIn = (asOf: AsOf, { window, businessModel }: { readonly window: Window; readonly businessModel?: Key | undefined }): bigint => {
  const { first, after } = monthsOf(asOf, window);
  const inWindow = ({ since, points }: PointsSeries): readonly number[] =>
    points.slice(first === undefined ? 0 : Math.max(0, monthsUntil(since, first)), Math.max(0, monthsUntil(since, after)));
  return pointsOf(asOf)
    .filter((series) => businessModel === undefined || series.businessModel === businessModel)
    .flatMap(inWindow)
    .reduce((total, points) => total + BigInt(points), 0n);
};

/** Is it of a business model that the partner has, or of none? And had it on a day gone by? */
export const isOwnModel = (businessModel: Key | undefined, { enrollment }: Facts, on?: Day): boolean => {
  if (businessModel === undefined) return true;
  const { businessModels = [], modelsHeld } = enrollment ?? {};
  if (on === undefined || modelsHeld === undefined) return businessModels.includes(businessModel);
  return modelsHeld.some((one) => one.businessModel === businessModel && holdsOn(one, on));
};
const pointsOf = ({ facts, on }: AsOf) => (facts.points ?? []).filter(({ businessModel }) => isOwnModel(businessModel, facts, on));

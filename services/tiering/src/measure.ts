/** How much there is of what a requirement asks for, as of a day by one version. */
import {
  type Day,
  firstMonth,
  isUpTo,
  type Month,
  monthOf,
  monthStart,
  plusQuarters,
  type Quarter,
  quarterOf,
  quartersIn,
  type Window,
} from '@echelon/calendar';
import type { Facts } from '@echelon/contracts/tiering';
import { type Money, rateOf, sum } from '@echelon/money';
import type { Key, Measure, PointsRule, ProgramDocument, Requirement, Tier } from '@echelon/program';

export interface AsOf {
  readonly document: ProgramDocument;
  readonly facts: Facts;
  readonly on: Day;
}

/** What there is and what is asked for, in one unit: minor units of money, points, people, times, or trillionths of a share. */
export interface Measured {
  readonly have: bigint;
  readonly need: bigint;
}

export const measured = (requirement: Requirement, { key }: Tier, asOf: AsOf): Measured => {
  const { facts, on } = asOf;
  switch (requirement.kind) {
    case 'revenue':
      return { have: revenueIn(asOf, requirement).amount, need: requirement.atLeast.amount };
    case 'points':
      return { have: pointsIn(asOf, requirement), need: BigInt(requirement.atLeast) };
    case 'certified-people': {
      const holding = facts.certifications.filter((one) => one.certification === requirement.certification && holds(one, on));
      return { have: BigInt(new Set(holding.map(({ personId }) => personId)).size), need: BigInt(requirement.atLeast) };
    }
    case 'specialization':
      return heldOrNot(facts.specializations.some((one) => one.specialization === requirement.specialization && holds(one, on)));
    case 'engagement':
      return { have: engagementsIn(asOf, requirement), need: BigInt(requirement.atLeast) };
    case 'milestone':
      return { have: shareOfTargets(asOf, requirement), need: requirement.atLeastShare.trillionths };
    case 'nomination':
      return heldOrNot(facts.nominations.some((one) => one.tier === key && holds(one, on)));
  }
};

const heldOrNot = (held: boolean): Measured => ({ have: held ? 1n : 0n, need: 1n });

/** From its first day to its last, both included. */
const holds = ({ from, until }: { readonly from: Day; readonly until: Day }, on: Day): boolean => isUpTo(from, on) && isUpTo(on, until);

/** Does a month count in the window as of the day? By the version's calendar a window is whole quarters, the day's own the last of them. */
const windowOf = ({ document: { fiscalCalendar }, on }: AsOf, window: Window): ((month: Month) => boolean) => {
  const quarters = quartersIn(window, on, fiscalCalendar);
  const now = quarterOf(on, fiscalCalendar);
  const after = firstMonth(plusQuarters(now, 1), fiscalCalendar);
  if (quarters === 'all') return (month) => month < after;
  const first = firstMonth(quarters[0] ?? now, fiscalCalendar);
  return (month) => first <= month && month < after;
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

/** What was reached of the targets agreed for the window's quarters, by what these quarters brought, in trillionths; nothing where none is agreed. */
const shareOfTargets = (asOf: AsOf, { measure, window }: Measuring): bigint => {
  const counts = windowOf(asOf, window);
  const { fiscalCalendar } = asOf.document;
  const agreed = ofMeasure(asOf.facts.targets, measure, asOf).filter(({ agreed, quarter }) => agreed && counts(firstMonth(quarter, fiscalCalendar)));
  const whole = agreed.reduce((total, { amount }) => total + amount.amount, 0n);
  const quarters = new Set(agreed.map(({ quarter }) => quarter));
  const reached = bucketsIn(asOf, { measure, window }).filter(({ month }) => quarters.has(quarterFor(asOf, month)));
  const part = reached.reduce((total, { amount }) => total + amount.amount, 0n);
  // Rounded down, a share reaches what is asked for exactly where the amounts do: what is asked for has no finer decimals.
  return whole === 0n ? 0n : rateOf({ part, whole }, 'down').trillionths;
};

/** The points of a window: every rule of the partner's business models, summed; or of one business model only. */
const pointsIn = (asOf: AsOf, { window, businessModel }: { readonly window: Window; readonly businessModel?: Key | undefined }): bigint => {
  const models = asOf.facts.enrollment?.businessModels ?? [];
  const rules = asOf.document.pointsRules.filter(
    (rule) =>
      (businessModel === undefined || rule.businessModel === businessModel) &&
      (rule.businessModel === undefined || models.includes(rule.businessModel)),
  );
  return rules.reduce((total, rule) => total + BigInt(rule.points) * timesIn(asOf, rule, window), 0n);
};

/** How often a rule gives its points: per whole amount of a quarter's net bookings, or per order, certification or engagement. */
const timesIn = (asOf: AsOf, { activity }: PointsRule, window: Window): bigint => {
  switch (activity.kind) {
    case 'deal-won': {
      const { per } = activity;
      const buckets = bucketsIn(asOf, { measure: 'bookings', window });
      if (per === undefined) return buckets.reduce((times, { orders }) => times + BigInt(orders), 0n);
      const quarters = Map.groupBy(buckets, ({ month }) => quarterFor(asOf, month));
      return [...quarters.values()].reduce((times, own) => times + own.reduce((net, { amount }) => net + amount.amount, 0n) / per.amount, 0n);
    }
    case 'certification': {
      const isIn = windowOf(asOf, window);
      const counts = (one: Facts['certifications'][number]): boolean =>
        window === 'lifetime' ? holds(one, asOf.on) : isUpTo(one.from, asOf.on) && isUpTo(one.from, one.until) && isIn(monthOf(one.from));
      return BigInt(asOf.facts.certifications.filter((one) => one.certification === activity.certification && counts(one)).length);
    }
    case 'engagement':
      return engagementsIn(asOf, { ...activity, window });
    case 'specialization':
    case 'measured':
    case 'deal-approved':
      // Counted once the ledger of points is here.
      return 0n;
  }
};

/** How the points that a requirement lacks can be earned: by whom of those that it counts, and as what. */
import { type Day, isUpTo } from '@echelon/calendar';
import type { Facts, PointsWay } from '@echelon/contracts/tiering';
import { money, TRILLION } from '@echelon/money';
import type { Key, PointsRule, ProgramDocument, Requirement } from '@echelon/program';
import { isOfGroup } from './evaluate.ts';
import { othersOn } from './group.ts';
import { type AsOf, isOwnModel } from './measure.ts';
import { weightOf } from './points.ts';

type ForPoints = Extract<Requirement, { kind: 'points' }>;

/** Each rule that gives the points alone, as often as it takes. */
export const waysTo = (points: number, requirement: ForPoints, asOf: AsOf): PointsWay[] =>
  rulesFor(requirement, asOf)
    .flatMap(({ rule, at, each, timesMax }): PointsWay[] => {
      const times = Number((BigInt(points) * TRILLION + each - 1n) / each);
      if (times > timesMax) return [];
      const per = 'per' in rule.activity ? rule.activity.per : undefined;
      const amount = per && money(per.amount * BigInt(times), per.currency);
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
  /** Points in trillionths for once, or for each whole amount. */
  readonly each: bigint;
  /** Does anybody have its business model? */
  readonly isOpen: boolean;
  readonly timesMax: number;
}

/** The rules whose points the requirement counts. Of a group whoever has the business model can earn them. */
const rulesFor = (requirement: ForPoints, { document, facts, group, on }: AsOf): readonly Earnable[] => {
  const { businessModel } = requirement;
  const counted = [facts, ...(isOfGroup(requirement) ? othersOn(group, on) : [])];
  return document.pointsRules.flatMap((rule, at): Earnable[] => {
    const each = eachOf(rule, document);
    if (each === 0n || (businessModel !== undefined && rule.businessModel !== businessModel)) return [];
    const earners = counted.filter((one) => isOwnModel(rule.businessModel, one));
    return [{ rule, at, each, isOpen: earners.length > 0, timesMax: timesMaxOf(rule, earners, on) }];
  });
};

/** Points are rounded down once for each activity: of many amounts in one order together, of many activities each by itself. */
const eachOf = (rule: PointsRule, document: ProgramDocument): bigint => {
  const each = BigInt(rule.points) * weightOf(rule, document);
  return 'per' in rule.activity && rule.activity.per ? each : (each / TRILLION) * TRILLION;
};

/** A specialization is gained once by each that does not hold it; anything else again and again, other people being certified. */
const timesMaxOf = ({ activity }: PointsRule, earners: readonly Facts[], on: Day): number => {
  if (activity.kind !== 'specialization') return earners.length > 0 ? Number.POSITIVE_INFINITY : 0;
  const holds = ({ specializations }: Facts): boolean =>
    specializations.some(({ specialization, from, until }) => specialization === activity.specialization && isUpTo(from, until) && isUpTo(on, until));
  return earners.filter((one) => !holds(one)).length;
};

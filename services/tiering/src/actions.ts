/** What closes a gap, as data and as a sentence. */
import { type Day, quarterOf } from '@echelon/calendar';
import type { GapAction, PointsWay } from '@echelon/contracts/tiering';
import { decimalText, formatMoney, money, TRILLION } from '@echelon/money';
import type { EngagementKind, Key, Requirement, Tier } from '@echelon/program';
import { type AsOf, isOwnModel, targetsIn } from './measure.ts';
import { weightOf } from './points.ts';

/** A requirement that is not met: how much is lacking of what is needed, in the unit that it is measured in. */
export interface Missing {
  readonly requirement: Requirement;
  readonly tier: Tier;
  readonly rule: string;
  readonly lacking: bigint;
  readonly need: bigint;
}
type Asked<Kind extends Requirement['kind']> = Extract<Requirement, { kind: Kind }>;
type Acting = AsOf & { readonly by: Day | undefined };
/** Every action without what all of them have. */
type Doing = GapAction extends infer Action ? (Action extends GapAction ? Omit<Action, 'rule' | 'level' | 'by' | 'sentence'> : never) : never;

export const actionFor = (missing: Missing, asOf: Acting): GapAction => {
  const { doing, sentence } = told(missing, asOf);
  const { by } = asOf;
  const level = 'level' in missing.requirement ? missing.requirement.level : undefined;
  const said = `${sentence}${level === 'group' ? ' in the group' : ''}${by ? ` by ${dateOf(by)}` : ''}`;
  // Each of the union's members is one of these with what all of them have.
  return { ...doing, rule: missing.rule, ...(level === 'group' && { level }), ...(by && { by }), sentence: said } as GapAction;
};

interface Told {
  readonly doing: Doing;
  readonly sentence: string;
}
const told = ({ requirement, tier, lacking }: Missing, asOf: Acting): Told => {
  const { document } = asOf;
  switch (requirement.kind) {
    case 'certified-people': {
      const { certification } = requirement;
      const people = Number(lacking);
      const sentence = `${people} more ${people === 1 ? 'person' : 'people'} certified in ${nameOf(document.certifications, certification)}`;
      return { doing: { kind: 'certify-people', certification, people }, sentence };
    }
    case 'revenue': {
      const { measure, window, atLeast } = requirement;
      const amount = money(lacking, atLeast.currency);
      return { doing: { kind: 'bring-revenue', measure, window, amount }, sentence: `${formatMoney(amount)} more of ${measure}` };
    }
    case 'points':
      return earning(requirement, Number(lacking), asOf);
    case 'engagement': {
      const { engagement, window } = requirement;
      const times = Number(lacking);
      return {
        doing: { kind: 'engage', engagement, window, times },
        sentence: `${times} more ${times === 1 ? engagements[engagement][0] : engagements[engagement][1]} accepted`,
      };
    }
    case 'specialization': {
      const { specialization } = requirement;
      return {
        doing: { kind: 'gain-specialization', specialization },
        sentence: `The specialization ${nameOf(document.specializations, specialization)}`,
      };
    }
    case 'milestone':
      return reaching(requirement, asOf);
    case 'nomination': {
      const { among } = requirement;
      const from =
        among === undefined
          ? ''
          : ` among partners that hold ${nameOf(
              document.ladders.flatMap(({ tiers }) => tiers),
              among,
            )}`;
      return {
        doing: { kind: 'be-nominated', tier: tier.key, ...(among !== undefined && { among }) },
        sentence: `A nomination for ${tier.name}${from}`,
      };
    }
  }
};

const earning = ({ window, businessModel }: Asked<'points'>, points: number, asOf: Acting): Told => {
  const ways = waysTo(points, businessModel, asOf);
  const [first] = ways;
  const model = businessModel === undefined ? '' : ` as ${nameOf(asOf.document.businessModels, businessModel)}`;
  const such =
    first === undefined ? '' : `, such as ${first.amount ? `${formatMoney(first.amount)} by “${first.name}”` : `${first.times} × “${first.name}”`}`;
  const sentence = `${points} more ${points === 1 ? 'point' : 'points'}${model}${such}`;
  return { doing: { kind: 'earn-points', points, window, ...(businessModel !== undefined && { businessModel }), ways: [...ways] }, sentence };
};

/** Each rule that counts for the partner and the requirement, as often as it takes. */
const waysTo = (points: number, businessModel: Key | undefined, { document, facts }: Acting): readonly PointsWay[] =>
  document.pointsRules
    .flatMap((rule, at): PointsWay[] => {
      const counts =
        businessModel === undefined
          ? isOwnModel(rule.businessModel, facts)
          : rule.businessModel === businessModel && isOwnModel(businessModel, facts);
      if (!counts) return [];
      const per = 'per' in rule.activity ? rule.activity.per : undefined;
      const times = timesFor(BigInt(points), { each: BigInt(rule.points) * weightOf(rule, document), whole: per !== undefined });
      if (times === undefined) return [];
      const amount = per && money(per.amount * BigInt(times), per.currency);
      return [{ rule: `/pointsRules/${at}`, name: rule.name, times, ...(amount && { amount }) }];
    })
    .toSorted((a, b) => a.times - b.times);

/** Points are rounded down once for each activity: of many amounts in one order together, of many activities each by itself. */
const timesFor = (points: bigint, { each, whole }: { readonly each: bigint; readonly whole: boolean }): number | undefined => {
  const once = whole ? each : (each / TRILLION) * TRILLION;
  return once > 0n ? Number((points * TRILLION + once - 1n) / once) : undefined;
};

/** What the current quarter is still to bring; where nothing is agreed for it, a target is the first thing that is missing. */
const reaching = ({ measure, window, atLeastShare }: Asked<'milestone'>, asOf: Acting): Told => {
  const { document } = asOf;
  const quarter = quarterOf(asOf.on, document.fiscalCalendar);
  const share = `${decimalText({ trillionths: atLeastShare.trillionths * 100n })} %`;
  const { whole, part, quarters } = targetsIn(asOf, { measure, window });
  if (!quarters.has(quarter))
    return {
      doing: { kind: 'agree-target', measure, quarter },
      sentence: `A target for ${measure} in ${quarter} agreed, and ${share} of it reached`,
    };
  const amount = money((whole * atLeastShare.trillionths + TRILLION - 1n) / TRILLION - part, document.currency);
  return {
    doing: { kind: 'meet-target', measure, quarter, amount },
    sentence: `${formatMoney(amount)} more of ${measure} in ${quarter}, to ${share} of the target`,
  };
};

const nameOf = (parts: readonly { readonly key: Key; readonly name: string }[], key: Key): string =>
  parts.find((part) => part.key === key)?.name ?? key;

const engagements = {
  'business-plan': ['business plan', 'business plans'],
  'marketing-plan': ['marketing plan', 'marketing plans'],
  'quarterly-business-review': ['quarterly business review', 'quarterly business reviews'],
  campaign: ['campaign', 'campaigns'],
  event: ['event', 'events'],
  training: ['training', 'trainings'],
  'customer-adoption': ['customer adoption', 'customer adoptions'],
} as const satisfies Record<EngagementKind, readonly [string, string]>;

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const;
const dateOf = ({ day, month, year }: Day): string => `${day} ${months[month - 1]} ${year}`;

/** What closes a gap, as data and as a sentence. */
import { type Day, earlier, quarterEnd, quarterOf } from '@echelon/calendar';
import type { GapAction } from '@echelon/contracts/tiering';
import { decimalText, formatMoney, money, TRILLION } from '@echelon/money';
import type { EngagementKind, Key, Requirement } from '@echelon/program';
import { type Figure, isOfGroup } from './evaluate.ts';
import { type AsOf, type Measured, targetsIn } from './measure.ts';
import { modelToTakeUp, waysTo } from './ways.ts';

/** How much is lacking of what is needed, in the unit that it is measured in. */
export const lackingOf = ({ have, need }: Measured): bigint => (have < need ? need - have : 0n);

type Asked<Kind extends Requirement['kind']> = Extract<Requirement, { kind: Kind }>;
/** With the day by which a gap is to be closed, where that is known. */
type Acting = AsOf & { readonly by: Day | undefined };

/** What all actions have: the last day is an earlier one, where the action has one of its own. */
type Tell = (sentence: string, last?: Day) => Pick<GapAction, 'rule' | 'level' | 'by' | 'sentence'>;
const tellOf =
  ({ rule, requirement }: Figure, asked: Day | undefined): Tell =>
  (sentence, last) => {
    const by = last && asked ? earlier(last, asked) : (last ?? asked);
    const [whose, until] = [isOfGroup(requirement) ? ' in the group' : '', by ? ` by ${dateOf(by)}` : ''];
    return { rule, ...(isOfGroup(requirement) && { level: 'group' }), ...(by && { by }), sentence: `${sentence}${whose}${until}` };
  };

export const actionFor = (figure: Figure, acting: Acting): GapAction => {
  const { requirement, tier } = figure;
  const { document } = acting;
  const lacking = lackingOf(figure);
  const tell = tellOf(figure, acting.by);
  switch (requirement.kind) {
    case 'certified-people': {
      const { certification } = requirement;
      const people = Number(lacking);
      const sentence = `${people} more ${people === 1 ? 'person' : 'people'} certified in ${nameOf(document.certifications, certification)}`;
      return { kind: 'certify-people', certification, people, ...tell(sentence) };
    }
    case 'revenue': {
      const { measure, window, atLeast } = requirement;
      const amount = money(lacking, atLeast.currency);
      return { kind: 'bring-revenue', measure, window, amount, ...tell(`${formatMoney(amount)} more of ${measure}`) };
    }
    case 'points':
      return earning(requirement, Number(lacking), { ...acting, tell });
    case 'engagement': {
      const { engagement, window } = requirement;
      const times = Number(lacking);
      const [one, several] = engagements[engagement];
      return { kind: 'engage', engagement, window, times, ...tell(`${times} more ${times === 1 ? one : several} accepted`) };
    }
    case 'specialization': {
      const { specialization } = requirement;
      return {
        kind: 'gain-specialization',
        specialization,
        ...tell(`The specialization ${nameOf(document.specializations, specialization)} gained`),
      };
    }
    case 'milestone':
      return reaching(requirement, { ...acting, tell });
    case 'nomination': {
      const { among } = requirement;
      const tiers = document.ladders.flatMap((ladder) => ladder.tiers);
      const from = among === undefined ? '' : ` among partners that hold ${nameOf(tiers, among)}`;
      return { kind: 'be-nominated', tier: tier.key, ...(among !== undefined && { among }), ...tell(`A nomination for ${tier.name}${from}`) };
    }
  }
};

type Telling = Acting & { readonly tell: Tell };

/** As a business model that the partner does not have nothing counts: that model is the first thing that is missing, and the points come after it. */
const earning = (requirement: Asked<'points'>, points: number, { tell, ...asOf }: Telling): GapAction => {
  const { window, businessModel, atLeast } = requirement;
  const named = (model: Key): string => nameOf(asOf.document.businessModels, model);
  const lacking = `${points.toLocaleString('en-US')} more ${points === 1 ? 'point' : 'points'}`;
  const model = modelToTakeUp(requirement, asOf);
  if (model !== undefined) {
    const sentence = `The business model ${named(model)}, and ${businessModel === undefined ? lacking : `${atLeast.toLocaleString('en-US')} points`} as it`;
    return { kind: 'take-up-model', businessModel: model, points, window, ...tell(sentence) };
  }
  const ways = waysTo(points, requirement, asOf);
  const [first] = ways;
  const such =
    first === undefined ? '' : `, such as ${first.amount ? `${formatMoney(first.amount)} by “${first.name}”` : `${first.times} × “${first.name}”`}`;
  const sentence = `${lacking}${businessModel === undefined ? '' : ` as ${named(businessModel)}`}${such}`;
  return { kind: 'earn-points', points, window, ...(businessModel !== undefined && { businessModel }), ways, ...tell(sentence) };
};

/** What the current quarter is still to bring; where nothing is agreed for it, a target is the first thing that is missing. No later than it ends. */
const reaching = ({ measure, window, atLeastShare }: Asked<'milestone'>, { tell, ...asOf }: Telling): GapAction => {
  const { currency, fiscalCalendar } = asOf.document;
  const quarter = quarterOf(asOf.on, fiscalCalendar);
  const ends = quarterEnd(quarter, fiscalCalendar);
  const share = `${decimalText({ trillionths: atLeastShare.trillionths * 100n })} %`;
  const { whole, part, quarters } = targetsIn(asOf, { measure, window });
  if (!quarters.has(quarter))
    return { kind: 'agree-target', measure, quarter, ...tell(`A target for ${measure} in ${quarter} agreed, and ${share} of it reached`, ends) };
  const amount = money((whole * atLeastShare.trillionths + TRILLION - 1n) / TRILLION - part, currency);
  const sentence = `${formatMoney(amount)} more of ${measure} in ${quarter}, to ${share} of the target`;
  return { kind: 'meet-target', measure, quarter, amount, ...tell(sentence, ends) };
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

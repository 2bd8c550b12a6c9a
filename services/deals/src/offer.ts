/** What money a deal moves, each figure with the rule of the version that gave it. */
import { type Day, dayOf, type Instant, isBefore } from '@echelon/calendar';
import type { AccountTeamCredit, Offer, Order } from '@echelon/contracts/deals';
import type { InForce } from '@echelon/contracts/programs';
import type { Position, Standing } from '@echelon/contracts/tiering';
import { isZero, negate, type Rate, rate, scale, subtract, times } from '@echelon/money';
import { baseTier, type DealType, type Key, type Ladder, ladderFor, ladderOf, offeringFor, type Route, type Tier } from '@echelon/program';

/** The official tier of a day: an override ends with its last day, whether anybody has recorded it or not. */
const officialOn = ({ tier, earned = tier, override }: Position, on: Day): Key =>
  override !== undefined && isBefore(override.until, on) ? earned : tier;

/** The official tier of a day; the lowest for whoever has no standing on the ladder. Of one that is not settled nobody knows it. */
export const tierOn = (ladder: Ladder, standing: Standing | undefined, on: Day): Tier => {
  const position = standing?.positions.find((one) => one.ladder === ladder.key);
  return ladder.tiers.find(({ key }) => position && key === officialOn(position, on)) ?? baseTier(ladder);
};

/**
 * Does a standing name a ladder or a tier that the version has not? Then it is of another version: on the first day of one that calls them
 * otherwise tiering looks at every partner, and says where each stands from then on.
 */
export const isUnsettled = (standing: Standing | undefined, { document }: InForce, on: Day): boolean =>
  standing?.positions.some((position) => {
    const official = officialOn(position, on);
    return ladderOf(document, position.ladder)?.tiers.some(({ key }) => key === official) !== true;
  }) === true;

export const offerFor = (
  { route, dealType }: { readonly route: Route; readonly dealType: DealType },
  standing: Standing | undefined,
  { program: { versionId, document }, now }: { readonly program: InForce; readonly now: Instant },
): Offer | undefined => {
  const ladder = ladderFor(document, route);
  const found = ladder && offeringFor(document, { tier: tierOn(ladder, standing, dayOf(now, document.timeZone)).key, route, dealType });
  if (found === undefined) return undefined;
  const { tier, discount, margin } = found.offering;
  return { tier, dealType, discount, margin, versionId, rule: found.rule };
};

/** For whoever came second: a share of the discount that the deal would have had, and no margin. */
export const runnerUpOffer = (offer: Offer, { document }: InForce): Offer | undefined => {
  const { runnerUpShare } = document.dealRegistration;
  if (runnerUpShare.trillionths === 0n) return undefined;
  return { ...offer, discount: scale(offer.discount, runnerUpShare, ROUNDING), margin: rate('0'), rule: '/dealRegistration/runnerUpShare' };
};

const ROUNDING = 'half-even';

type Rule = Pick<AccountTeamCredit, 'share' | 'versionId' | 'rule'>;
type Terms = Pick<Order, 'amount' | 'committedTcv'>;

export const creditRule = ({ versionId, document }: InForce): Rule => {
  const share: Rate = document.dealRegistration.accountTeamCredit;
  return { share, versionId, rule: '/dealRegistration/accountTeamCredit' };
};

/** The same whichever route wins. */
export const creditFor = ({ amount, committedTcv = amount }: Terms, rule: Rule): AccountTeamCredit => ({
  ...rule,
  amount: times(committedTcv, rule.share, ROUNDING),
  committedTcv,
});

/** What is to be credited beside what was, so that the two add up to the credit for the terms of now, or to nothing, at the rule of then. */
export const creditChange = (credited: AccountTeamCredit, terms?: Terms): AccountTeamCredit | undefined => {
  const now = terms && creditFor(terms, credited);
  const change = (name: 'amount' | 'committedTcv') => (now ? subtract(now[name], credited[name]) : negate(credited[name]));
  const [amount, committedTcv] = [change('amount'), change('committedTcv')];
  return isZero(amount) && isZero(committedTcv) ? undefined : { ...credited, amount, committedTcv };
};

/** The order that wins a deal, what becomes of it, and who is credited for it. */
import { dayOf, isBefore, startOfDay, type TimeZone } from '@echelon/calendar';
import { type AccountTeamCredit, type DealRegistration, INFLUENCES_MAX, type Order, type OrderAmendment } from '@echelon/contracts/deals';
import type { PartnerId } from '@echelon/contracts/ids';
import type { Partner } from '@echelon/contracts/partners';
import type { InForce } from '@echelon/contracts/programs';
import { accept, type Claim, holder, join, refuse } from '@echelon/decider';
import { compare, formatMoney, sum } from '@echelon/money';
import type { Key } from '@echelon/program';
import { type Act, actsForIt, type DealEvent, type Decided, isSameInfluence, ONLY_ITS_PARTNER, winnable } from './deal.ts';
import { type Lines, leaveAll, textOf } from './lines.ts';
import { creditChange, creditFor, creditRule } from './offer.ts';
import { enrollmentIn, ordersEndAt } from './partner.ts';

type Terms = Omit<OrderAmendment, 'reason'>;
type OfTerms = 'other-currency' | 'unknown-product-family' | 'tcv-below-amount' | 'lines-do-not-add-up';

/** What an order may not say. The families for which the deal was registered are always good, though a later version has dropped them. */
const faultIn = ({ amount, lines = [], committedTcv }: Terms, deal: DealRegistration, { document }: InForce) => {
  const { currency } = deal.amount;
  const families = [...deal.productFamilies, ...document.productFamilies.map(({ key }) => key)];
  const amounts = [amount, ...(committedTcv ? [committedTcv] : []), ...lines.map((line) => line.amount)];
  const other = amounts.find((one) => one.currency !== currency);
  if (other) return refuse('other-currency', `The deal is in ${currency}; an amount is in ${other.currency}.`);
  const unknown = lines.find(({ productFamily }) => !families.includes(productFamily));
  if (unknown) return refuse('unknown-product-family', `The program has no product family "${unknown.productFamily}".`);
  if (committedTcv && compare(committedTcv, amount) < 0)
    return refuse('tcv-below-amount', `The order is ${formatMoney(amount)}; ${formatMoney(committedTcv)} is committed.`);
  const total = sum(
    currency,
    lines.map((line) => line.amount),
  );
  if (lines.length > 0 && compare(total, amount) !== 0)
    return refuse('lines-do-not-add-up', `The lines add up to ${formatMoney(total)}; the order says ${formatMoney(amount)}.`);
  return undefined;
};

/** An order of the day on which a partner stands down is still in time. */
const stoodDownBefore =
  ({ orderedOn }: Order, timeZone: TimeZone) =>
  (partner: Partner | undefined): boolean => {
    const end = ordersEndAt(partner);
    return end !== undefined && isBefore(end, startOfDay(orderedOn, timeZone));
  };

/** On the day of the order. */
const wasEnrolled = (partner: Partner | undefined, { programId }: DealRegistration, { orderedOn }: Order): boolean => {
  const enrollment = enrollmentIn(partner, programId);
  return enrollment !== undefined && !isBefore(orderedOn, enrollment.enrolledOn);
};

export interface OrderFacts {
  /** Of the version that fixed offer and protection. */
  readonly program: InForce;
  /** The version in force on the day of the order. */
  readonly onTheDay: InForce;
  readonly partner: Partner | undefined;
  readonly fulfiller: Partner | undefined;
  /** The line of its fulfiller's order number: an order wins one deal. */
  readonly line: Claim;
}

type WinRefusal =
  | ('forbidden' | 'not-approved' | 'order-in-future' | 'outside-protection' | 'partner-suspended')
  | ('fulfiller-not-enrolled' | 'order-taken');

/** The day of the order decides, as the program counts days: an order dated within protection wins, however late it is reported. */
export const win =
  ({ order, ...act }: Act & { readonly order: Order }) =>
  (deal: DealRegistration, { program, onTheDay, partner, fulfiller, line }: OrderFacts): Decided<WinRefusal | OfTerms> => {
    // A distributor reports what it fulfils itself.
    if (!actsForIt(deal, act) && act.party !== order.fulfilledBy) return refuse('forbidden', ONLY_ITS_PARTNER);
    const approved = winnable(deal);
    if (approved === undefined) return refuse('not-approved', `The deal is ${deal.status}.`);
    const { by, now } = act;
    const { timeZone } = program.document;
    if (isBefore(dayOf(now, timeZone), order.orderedOn)) return refuse('order-in-future');
    const fault = faultIn(order, deal, onTheDay);
    if (fault) return fault;
    const firstDay = dayOf(approved.decidedAt, timeZone);
    const lastDay = dayOf(approved.protectedUntil.subtract({ milliseconds: 1 }), timeZone);
    if (isBefore(order.orderedOn, firstDay) || isBefore(lastDay, order.orderedOn))
      return refuse('outside-protection', `Protection is from ${firstDay} to ${lastDay}.`);
    const tooLate = stoodDownBefore(order, timeZone);
    if (tooLate(partner)) return refuse('partner-suspended');
    if (!wasEnrolled(fulfiller, deal, order) || tooLate(fulfiller)) return refuse('fulfiller-not-enrolled');
    if (holder(line, textOf(now))) return refuse('order-taken');
    const won: DealEvent = { type: 'DealWon', at: now, data: { order, offer: approved.offer, by } };
    const claims = [join(line, { id: deal.id, by: deal.partnerId }, textOf(now))];
    return accept<DealEvent>([won, credited(deal, creditFor(order, creditRule(onTheDay)), act)], { claims });
  };

const credited = ({ route }: DealRegistration, credit: AccountTeamCredit, { now }: Pick<Act, 'now'>): DealEvent => ({
  type: 'AccountTeamCredited',
  at: now,
  data: { credit, route },
});

/** The difference to what was credited, at the rule of that day. */
const corrected = (deal: DealRegistration, act: Act, terms?: Terms): readonly DealEvent[] => {
  const change = deal.status === 'won' && deal.accountTeamCredit ? creditChange(deal.accountTeamCredit, terms) : undefined;
  return change ? [credited(deal, change, act)] : [];
};

/** New terms, whole; number, day and fulfiller stay what they were. */
export const amendOrder =
  ({ terms: { reason, ...terms }, ...act }: Act & { readonly terms: OrderAmendment }) =>
  (deal: DealRegistration, program: InForce): Decided<'not-won' | OfTerms> => {
    if (deal.status !== 'won') return refuse('not-won', `The deal is ${deal.status}.`);
    const fault = faultIn(terms, deal, program);
    if (fault) return fault;
    const { order: before } = deal;
    const { orderNumber, orderedOn, fulfilledBy } = before;
    const after: Order = { orderNumber, orderedOn, fulfilledBy, ...terms };
    const amended: DealEvent = { type: 'OrderAmended', at: act.now, data: { before, after, reason, by: act.by } };
    return accept<DealEvent>([amended, ...corrected(deal, act, terms)]);
  };

/** The order is no more; its number stays taken, and the opportunity is free for whoever is next. */
export const cancelOrder =
  ({ reason, ...act }: Act & { readonly reason: string }) =>
  (deal: DealRegistration, lines: Lines): Decided<'not-won'> => {
    if (deal.status !== 'won') return refuse('not-won', `The deal is ${deal.status}.`);
    const cancelled: DealEvent = { type: 'OrderCancelled', at: act.now, data: { order: deal.order, reason, by: act.by } };
    const { influences = [] } = deal;
    const reversed = influences.map((credit): DealEvent => ({ type: 'InfluenceReversed', at: act.now, data: { credit, reason, by: act.by } }));
    return accept<DealEvent>([cancelled, ...corrected(deal, act), ...reversed], { claims: leaveAll(lines, deal.id) });
  };

export interface InfluenceFacts {
  /** The version in force on the day of the order. */
  readonly program: InForce;
  readonly partner: Partner | undefined;
}

type InfluenceRefusal =
  | ('not-won' | 'own-deal' | 'unknown-sales-play')
  | ('not-enrolled' | 'partner-suspended' | 'already-credited' | 'too-many-influences');

/** Once per partner and sales play, of a partner that was at work on the day of the order. */
export const creditInfluence =
  ({ partnerId, salesPlay, reason, by, now }: Act & { readonly partnerId: PartnerId; readonly salesPlay: Key; readonly reason: string }) =>
  (deal: DealRegistration, { program, partner }: InfluenceFacts): Decided<InfluenceRefusal> => {
    if (deal.status !== 'won') return refuse('not-won', `The deal is ${deal.status}.`);
    if (deal.partnerId === partnerId) return refuse('own-deal');
    const { versionId, document } = program;
    const at = document.salesPlays.findIndex(({ key }) => key === salesPlay);
    if (at === -1) return refuse('unknown-sales-play', `The program has no sales play "${salesPlay}".`);
    if (!wasEnrolled(partner, deal, deal.order)) return refuse('not-enrolled');
    if (stoodDownBefore(deal.order, document.timeZone)(partner)) return refuse('partner-suspended');
    const { influences = [] } = deal;
    if (influences.some((one) => isSameInfluence(one, { partnerId, salesPlay }))) return refuse('already-credited');
    if (influences.length >= INFLUENCES_MAX) return refuse('too-many-influences');
    const credit = { partnerId, salesPlay, versionId, rule: `/salesPlays/${at}`, reason, creditedBy: by, creditedAt: now };
    return accept([{ type: 'InfluenceCredited', at: now, data: { credit } }]);
  };

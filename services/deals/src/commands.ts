import { afterBusinessHours, afterDays, businessHoursBetween, dayOf, Instant, isBefore } from '@echelon/calendar';
import type { DealConflict, DealRegistration, DealSubmission, Offer, Order } from '@echelon/contracts/deals';
import type { DealId, PartnerId } from '@echelon/contracts/ids';
import type { InForce } from '@echelon/contracts/programs';
import { accept, type Claim, type Decision, holder, holdUntil, isFull, join, leave, live, refuse } from '@echelon/decider';
import { compare, formatMoney } from '@echelon/money';
import { baseTier, type Key, offeringFor, type ProgramDocument } from '@echelon/program';
import * as z from 'zod';
import type { Deal, DealEvent } from './deal.ts';

type Decided<Reason extends string> = Decision<DealEvent, Reason>;

/** Who does it, and when. */
interface Act {
  readonly by: string;
  readonly now: Instant;
}

/** What a submission is judged by, read beside the deal. */
export interface SubmissionFacts {
  readonly program: InForce | undefined;
  readonly enrolled: boolean;
  /** The lines of all the opportunity's keys. */
  readonly claims: readonly Claim[];
}

const text = (at: Instant): string => z.encode(Instant, at);

type SubmitRefusal =
  | 'key-reused'
  | 'not-enrolled'
  | 'program-not-in-force'
  | 'other-currency'
  | 'below-minimum'
  | 'unknown-product-family'
  | 'route-not-offered'
  | 'already-registered'
  | 'line-full';

/** Stand in the line of every key. Whoever is first in all of them has the priority; the others learn that there is a conflict. */
export const submit =
  ({ submission, partnerId, by, now }: Act & { readonly submission: DealSubmission; readonly partnerId: PartnerId }) =>
  (deal: Deal, { program, enrolled, claims }: SubmissionFacts): Decided<SubmitRefusal> => {
    if (deal.status !== 'none') return refuse('key-reused');
    if (!enrolled) return refuse('not-enrolled');
    if (program === undefined) return refuse('program-not-in-force');
    const excluded = exclusionOf(submission, program.document);
    if (excluded) return excluded;
    const others = claims.flatMap((claim) => live(claim, text(now)).map((claimant) => ({ key: claim.key, ...claimant })));
    if (others.some((claimant) => claimant.by === partnerId)) return refuse('already-registered');
    if (claims.some((claim) => isFull(claim, text(now)))) return refuse('line-full');
    const conflict = conflictWith(claims, now);
    const { versionId, document } = program;
    const dueAt = afterBusinessHours(now, document.dealRegistration.approvalHours, hoursOf(document));
    return accept(
      [{ type: 'DealSubmitted', at: now, data: { partnerId, by, submission, versionId, dueAt, ...(conflict && { conflict }) } }],
      claims.map((claim) => join(claim, { id: deal.id, by: partnerId }, text(now))),
    );
  };

const hoursOf = ({ timeZone, businessHours }: ProgramDocument) => ({ zone: timeZone, ...businessHours });

/** Rules of the program's own that a submission does not pass, whoever else is in line. */
const exclusionOf = (
  { amount, productFamilies, route }: DealSubmission,
  { currency, productFamilies: families, dealRegistration }: ProgramDocument,
) => {
  if (amount.currency !== currency) return refuse('other-currency', `The program's currency is ${currency}.`);
  if (compare(amount, dealRegistration.minimumAmount) < 0)
    return refuse('below-minimum', `The minimum is ${formatMoney(dealRegistration.minimumAmount)}; this is ${formatMoney(amount)}.`);
  const unknown = productFamilies.find((family) => !families.some(({ key }) => key === family));
  if (unknown !== undefined) return refuse('unknown-product-family', `The program has no product family "${unknown}".`);
  if (!dealRegistration.offers.some((offer) => offer.route === route)) return refuse('route-not-offered');
  return undefined;
};

/** Those who hold a key now, as evidence for channel managers. */
const conflictWith = (claims: readonly Claim[], now: Instant): DealConflict | undefined => {
  const evidence = claims.flatMap((claim) => {
    const first = holder(claim, text(now));
    // Whoever stands in a line of deals is a deal, on behalf of a partner.
    return first ? [{ key: claim.key, dealId: first.id as DealId, partnerId: first.by as PartnerId }] : [];
  });
  return evidence.length > 0 ? { evidence } : undefined;
};

export const requestInformation =
  ({ question, by, now }: Act & { readonly question: string }) =>
  (deal: Deal): Decided<'not-found' | 'not-open'> => {
    if (deal.status === 'none') return refuse('not-found');
    if (deal.status !== 'submitted') return refuse('not-open', `The deal is ${deal.status}.`);
    return accept([{ type: 'DealInformationRequested', at: now, data: { question, by } }]);
  };

/** The hours for approval stood still since the question: what was left of them then is left now. */
export const supplyInformation =
  ({ answer, by, now }: Act & { readonly answer: string }) =>
  (deal: Deal, program: InForce): Decided<'not-found' | 'nothing-asked'> => {
    if (deal.status === 'none') return refuse('not-found');
    if (deal.status !== 'information-requested') return refuse('nothing-asked', `The deal is ${deal.status}.`);
    const hours = hoursOf(program.document);
    const dueAt = afterBusinessHours(now, businessHoursBetween(deal.askedAt, deal.dueAt, hours), hours);
    return accept([{ type: 'DealInformationSupplied', at: now, data: { answer, by, dueAt } }]);
  };

const isOpen = (deal: Deal): deal is Extract<Deal, { status: 'submitted' | 'information-requested' }> =>
  deal.status === 'submitted' || deal.status === 'information-requested';

export interface ApprovalFacts {
  readonly program: InForce | undefined;
  /** The partner's official tier; none is known before its standing opens. */
  readonly tier: Key | undefined;
  readonly claims: readonly Claim[];
}

/** Protection starts, and the offer is fixed. Judged by the lines as they stand: a deal that was second may be first by now. */
export const approve =
  ({ by, now }: Act) =>
  (
    deal: Deal,
    { program, tier, claims }: ApprovalFacts,
  ): Decided<'not-found' | 'not-open' | 'not-first' | 'same-person' | 'program-not-in-force' | 'no-offer'> => {
    if (deal.status === 'none') return refuse('not-found');
    if (!isOpen(deal)) return refuse('not-open', `The deal is ${deal.status}.`);
    if (deal.submittedBy === by) return refuse('same-person');
    const before = claims.find((claim) => holder(claim, text(now))?.id !== deal.id);
    if (before) return refuse('not-first', `${holder(before, text(now))?.id ?? 'Nobody'} holds ${before.key}.`);
    if (program === undefined) return refuse('program-not-in-force');
    const { versionId, document } = program;
    // A tier of another ladder, which a later version has left behind, gives what its lowest gives until a standing on this one opens.
    const onLadder = document.ladder.tiers.some(({ key }) => key === tier);
    const found = offeringFor(document, tier !== undefined && onLadder ? tier : baseTier(document).key, deal.route);
    if (found === undefined) return refuse('no-offer');
    const { tier: offeredTo, discount, margin } = found.offering;
    const offer: Offer = { tier: offeredTo, discount, margin, versionId, rule: found.rule };
    const protectedUntil = afterDays(now, document.dealRegistration.protectionDays, document.timeZone);
    return accept(
      [{ type: 'DealApproved', at: now, data: { by, offer, protectedUntil } }],
      claims.map((claim) => holdUntil(claim, deal.id, text(protectedUntil))),
    );
  };

export const reject =
  ({ reason, by, now }: Act & { readonly reason: string }) =>
  (deal: Deal, claims: readonly Claim[]): Decided<'not-found' | 'not-open'> => {
    if (deal.status === 'none') return refuse('not-found');
    if (!isOpen(deal)) return refuse('not-open', `The deal is ${deal.status}.`);
    return accept([{ type: 'DealRejected', at: now, data: { by, reason } }], leaveAll(claims, deal));
  };

export const withdraw =
  ({ by, now }: Act) =>
  (deal: Deal, claims: readonly Claim[]): Decided<'not-found' | 'not-live'> => {
    if (deal.status === 'none') return refuse('not-found');
    if (!isOpen(deal) && !(deal.status === 'approved' && isBefore(now, deal.protectedUntil)))
      return refuse('not-live', `The deal is ${deal.status}.`);
    return accept([{ type: 'DealWithdrawn', at: now, data: { by } }], leaveAll(claims, deal));
  };

const leaveAll = (claims: readonly Claim[], { id }: DealRegistration): readonly Claim[] => claims.map((claim) => leave(claim, id));

export interface OrderFacts {
  readonly program: InForce;
  /** Is the partner that fulfils the order enrolled in the program? */
  readonly fulfillerEnrolled: boolean;
  /** The line of the order's number: an order wins one deal. */
  readonly claim: Claim;
}

type WinRefusal =
  | 'not-found'
  | 'not-approved'
  | 'order-in-future'
  | 'other-currency'
  | 'outside-protection'
  | 'fulfiller-not-enrolled'
  | 'order-taken';

/** The day of the order decides, as the program counts days: an order dated within protection wins, however late it is reported. */
export const win =
  ({ order, by, now }: Act & { readonly order: Order }) =>
  (deal: Deal, { program, fulfillerEnrolled, claim }: OrderFacts): Decided<WinRefusal> => {
    if (deal.status === 'none') return refuse('not-found');
    if (deal.status !== 'approved' && deal.status !== 'expired') return refuse('not-approved', `The deal is ${deal.status}.`);
    const { timeZone } = program.document;
    if (isBefore(dayOf(now, timeZone), order.orderedOn)) return refuse('order-in-future');
    if (order.amount.currency !== deal.amount.currency) return refuse('other-currency', `The deal is in ${deal.amount.currency}.`);
    const firstDay = dayOf(deal.decidedAt, timeZone);
    const lastDay = dayOf(deal.protectedUntil.subtract({ milliseconds: 1 }), timeZone);
    if (isBefore(order.orderedOn, firstDay) || isBefore(lastDay, order.orderedOn))
      return refuse('outside-protection', `Protection is from ${firstDay} to ${lastDay}.`);
    if (!fulfillerEnrolled) return refuse('fulfiller-not-enrolled');
    if (holder(claim, text(now))) return refuse('order-taken');
    const claimed = join(claim, { id: deal.id, by: deal.partnerId }, text(now));
    return accept([{ type: 'DealWon', at: now, data: { order, offer: deal.offer, by } }], [claimed]);
  };

/** Protection ended when it was due to, whenever this comes to record it. */
export const expire =
  ({ now }: { readonly now: Instant }) =>
  (deal: Deal): Decided<never> =>
    deal.status === 'approved' && !isBefore(now, deal.protectedUntil)
      ? accept([{ type: 'DealExpired', at: deal.protectedUntil, data: {} }])
      : accept([]);

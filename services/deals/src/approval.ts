/** What decides an open deal: a person, or at once the policy. */
import { afterDays, type Instant, isBefore } from '@echelon/calendar';
import { type DealCandidate, type DealMatch, type DealRegistration, type DealSubmission, type LineKeys, MATCHES_MAX } from '@echelon/contracts/deals';
import type { DealId } from '@echelon/contracts/ids';
import type { InForce } from '@echelon/contracts/programs';
import type { Standing } from '@echelon/contracts/tiering';
import { accept, refuse } from '@echelon/decider';
import { compare } from '@echelon/money';
import type { DealType, ProgramDocument, Route } from '@echelon/program';
import { asDecided, keptOf, type Memory } from './alike.ts';
import { type Act, type DealEvent, type Decided, isOpen, isOwnDecision } from './deal.ts';
import { opportunityExclusion, partnerExclusion, type Registrant, unsettled } from './exclusion.ts';
import { allOf, heldByAnother, holdAllUntil, keysOf, type Lines, leaveAll, matchesIn, placesOf, spoken, standingNow } from './lines.ts';
import { shownOf } from './matching/candidates.ts';
import { offerFor, runnerUpOffer } from './offer.ts';
import { standsDown } from './partner.ts';

/** Is it one of those that need nobody's eyes? */
export const policyApproves = (
  { amount, segment, productFamilies }: DealSubmission,
  { dealRegistration: { autoApproval } }: ProgramDocument,
): boolean =>
  autoApproval !== undefined &&
  segment !== undefined &&
  compare(amount, autoApproval.amountMax) <= 0 &&
  autoApproval.segments.includes(segment) &&
  productFamilies.every((family) => autoApproval.productFamilies.includes(family));

/** Protection starts now, and the offer is that of today's version and tier; nothing where the version makes none. */
export const approvalBy = (
  deal: { readonly route: Route; readonly dealType: DealType },
  { standing, program }: { readonly standing: Standing | undefined; readonly program: InForce },
  { now, ...who }: { readonly by: string; readonly rule?: string; readonly keys?: LineKeys; readonly now: Instant },
): Extract<DealEvent, { type: 'DealApproved' }> | undefined => {
  const offer = offerFor(deal, standing, { program, now });
  if (offer === undefined) return undefined;
  const { dealRegistration, timeZone } = program.document;
  return { type: 'DealApproved', at: now, data: { ...who, offer, protectedUntil: afterDays(now, dealRegistration.protectionDays, timeZone) } };
};

export interface ApprovalFacts extends Registrant {
  readonly program: InForce | undefined;
  /** Of its keys, and of those by which its customer is known now. */
  readonly lines: Lines;
  /** Of those in its lines. */
  readonly memory: Memory;
}

type ApproveRefusal =
  | ('not-open' | 'same-person' | 'program-not-in-force' | 'no-offer' | 'standing-unsettled' | 'not-first' | 'match-undecided')
  | ('not-enrolled' | 'partner-suspended' | 'outside-territory' | 'not-authorised' | 'route-not-open')
  | ('other-currency' | 'below-minimum' | 'unknown-product-family' | 'rfp-published' | 'vendor-engaged' | 'named-account');

/**
 * Judged by what holds now: by the version and the partner's terms of today, by the lines as they stand, and by its customer as known now:
 * a deal that was second may be first, and one that could be registered may be excluded.
 */
export const approve =
  ({ by, now }: Act) =>
  (deal: DealRegistration, { program, lines: found, memory, ...registrant }: ApprovalFacts): Decided<ApproveRefusal> => {
    if (!isOpen(deal)) return refuse('not-open', `The deal is ${deal.status}.`);
    if (deal.submittedBy === by) return refuse('same-person');
    if (program === undefined) return refuse('program-not-in-force');
    const today = { program, now };
    const { standing } = registrant;
    const excluded = partnerExclusion(deal, registrant, today) ?? opportunityExclusion(deal, program) ?? unsettled(standing, today);
    if (excluded) return excluded;
    const lines = standingNow(found, deal, now);
    const matches = shownOf(matchesIn(lines, deal, now).map(asDecided(deal, memory)));
    const behind = whatComesBefore(deal, { lines, matches }, now);
    if (behind) return behind;
    const places = placesOf(lines, deal.id);
    const claimed = allOf(places).length > allOf(deal.keys).length ? keysOf(places) : undefined;
    const approved = approvalBy(deal, { standing, program }, { by, ...(claimed && { keys: claimed }), now });
    if (approved === undefined) return refuse('no-offer');
    // By whom it was found to be another customer's, also where that was decided of the same two before.
    const kept = matches.slice(0, MATCHES_MAX).map(keptOf);
    const event = kept.length > 0 || deal.matches !== undefined ? { ...approved, data: { ...approved.data, matches: kept } } : approved;
    return accept<DealEvent>([...overdueBy(now, deal), event], { claims: holdAllUntil(lines, deal.id, approved.data.protectedUntil) });
  };

/** Why a deal is not first: another holds a strong key, or was found to be for the same customer; or nobody knows yet. */
const whatComesBefore = (
  deal: DealRegistration,
  { lines, matches }: { readonly lines: Lines; readonly matches: readonly DealCandidate[] },
  now: Instant,
) => {
  const held = heldByAnother(lines, deal.id, now);
  if (held) return refuse('not-first', `${held.by} came before it: it holds ${spoken(held.key)}.`);
  const same = matches.find(({ decision }) => decision === 'same-customer');
  if (same) return refuse('not-first', `${same.dealId}, which is for the same customer, comes first.`);
  const undecided = matches.find(({ decision }) => decision === undefined);
  return undecided && refuse('match-undecided', `Is ${undecided.dealId} for the same customer?`);
};

export const reject =
  ({ reason, by, now }: Act & { readonly reason: string }) =>
  (deal: DealRegistration, { program, partner, standing, lines: found, memory }: ApprovalFacts): Decided<'not-open' | 'standing-unsettled'> => {
    if (!isOpen(deal)) return refuse('not-open', `The deal is ${deal.status}.`);
    const lines = standingNow(found, deal, now);
    const matches = shownOf(matchesIn(lines, deal, now).map(asDecided(deal, memory)));
    const second = whatComesBefore(deal, { lines, matches }, now)?.refused === 'not-first';
    // Who stands down is given nothing.
    const offer = second && program && standsDown(partner) === undefined ? offerFor(deal, standing, { program, now }) : undefined;
    const offered = offer && program && runnerUpOffer(offer, program);
    const unknown = offered && unsettled(standing, { program, now });
    if (unknown) return unknown;
    const data = { by, reason, ...(offered && { runnerUpOffer: offered }) };
    return accept<DealEvent>([...overdueBy(now, deal), { type: 'DealRejected', at: now, data }], { claims: leaveAll(lines, deal.id) });
  };

/** Whoever may want the same as an open deal, with what was decided, who is undecided first; of one that is decided, whom there was to look at. */
export const candidatesOf = (
  deal: DealRegistration,
  { lines, memory }: Pick<ApprovalFacts, 'lines' | 'memory'>,
  now: Instant,
): readonly DealCandidate[] =>
  isOpen(deal)
    ? shownOf(matchesIn(standingNow(lines, deal, now), deal, now).map(asDecided(deal, memory))).slice(0, MATCHES_MAX)
    : (deal.matches ?? []);

/** Remembered with the deal, and decided anew whenever it is decided again. */
export const decideMatch =
  ({
    other,
    decision,
    reason,
    by,
    now,
  }: Act & { readonly other: DealId; readonly decision: NonNullable<DealMatch['decision']>; readonly reason: string }) =>
  (deal: DealRegistration, lines: Lines): Decided<'not-open' | 'no-such-match' | 'too-many-matches'> => {
    if (!isOpen(deal)) return refuse('not-open', `The deal is ${deal.status}.`);
    const { matches: known = [] } = deal;
    const match: DealCandidate | undefined = [...matchesIn(standingNow(lines, deal, now), deal, now), ...known].find(
      ({ dealId }) => dealId === other,
    );
    if (match === undefined) return refuse('no-such-match');
    const own = known.filter(isOwnDecision);
    if (!own.some(({ dealId }) => dealId === other) && own.length >= MATCHES_MAX) return refuse('too-many-matches');
    const { dealId, partnerId, by: matchedBy, endCustomer } = match;
    const data = { dealId, partnerId, matchedBy, ...(endCustomer && { endCustomer }), decision, reason, by };
    return accept([{ type: 'DealMatchDecided', at: now, data }]);
  };

/** The hours were up when they were, whenever this comes to record it; while a question is open they stand still. */
export const overdueBy = (now: Instant, deal: DealRegistration): readonly DealEvent[] =>
  deal.status === 'submitted' && deal.overdue !== true && !isBefore(now, deal.dueAt)
    ? [{ type: 'DealDecisionOverdue', at: deal.dueAt, data: { dueAt: deal.dueAt } }]
    : [];

export const findOverdue =
  ({ now }: Pick<Act, 'now'>) =>
  (deal: DealRegistration): Decided<never> =>
    accept(overdueBy(now, deal));

/** What becomes of a deal while it is protected, and what ends it without an order. */
import { addDays, dayOf, endOfDay, isBefore } from '@echelon/calendar';
import { type DealRegistration, EXTENSIONS_MAX } from '@echelon/contracts/deals';
import type { PartnerId } from '@echelon/contracts/ids';
import type { Asset, Partner } from '@echelon/contracts/partners';
import type { InForce } from '@echelon/contracts/programs';
import { accept, refuse } from '@echelon/decider';
import type { DealRegistrationPolicy } from '@echelon/program';
import { type Act, actsForIt, type Decided, fulfillerOf, isLive, ONLY_ITS_PARTNER } from './deal.ts';
import { mayRenew } from './deal-type.ts';
import { partnerExclusion, type Registrant } from './exclusion.ts';
import { handAllTo, holdAllUntil, isPassedBy, type Lines, leaveAll, standsIn } from './lines.ts';
import { ordersEndAt, standsDown, suspendedAt } from './partner.ts';

export const withdraw =
  (act: Act) =>
  (deal: DealRegistration, lines: Lines): Decided<'not-live' | 'forbidden'> => {
    if (!actsForIt(deal, act)) return refuse('forbidden', ONLY_ITS_PARTNER);
    const { by, now } = act;
    if (!isLive(deal, now)) return refuse('not-live', `The deal is ${deal.status}.`);
    return accept([{ type: 'DealWithdrawn', at: now, data: { by } }], { claims: leaveAll(lines, deal.id) });
  };

type OfProtected = 'not-approved' | 'protection-ended' | 'forbidden';

/** The deal as approved, if its protection lasts: until the last instant before its end. */
const protectedDeal = (deal: DealRegistration, act: Act) => {
  if (!actsForIt(deal, act)) return refuse('forbidden', ONLY_ITS_PARTNER);
  if (deal.status !== 'approved') return refuse('not-approved', `The deal is ${deal.status}.`);
  return isBefore(act.now, deal.protectedUntil) ? deal : refuse('protection-ended', `It ended at ${deal.protectedUntil}.`);
};

export interface ExtensionFacts {
  /** Of the version that fixed the protection. */
  readonly program: InForce;
  readonly partner: Partner | undefined;
  readonly lines: Lines;
}

/** One that was under way when protection ended is decided by the lines: they say whether another was let past meanwhile. */
export const extend =
  (act: Act & { readonly reason: string }) =>
  (deal: DealRegistration, { program, partner, lines }: ExtensionFacts): Decided<OfProtected | 'partner-suspended' | 'no-extension-left'> => {
    const approved = protectedDeal(deal, act);
    if ('refused' in approved) return approved;
    if (isPassedBy(lines, deal.id)) return refuse('protection-ended', `It ended at ${approved.protectedUntil}.`);
    const down = standsDown(partner);
    if (down !== undefined) return refuse('partner-suspended', down);
    const { timeZone, dealRegistration } = program.document;
    const { days, timesMax } = dealRegistration.extension;
    const times = approved.extensions?.length ?? 0;
    if (times >= Math.min(timesMax, EXTENSIONS_MAX))
      return refuse(
        'no-extension-left',
        `It has been extended ${times} of ${timesMax} times (/dealRegistration/extension/timesMax of ${program.versionId}).`,
      );
    const { reason, by, now } = act;
    const lastDay = dayOf(approved.protectedUntil.subtract({ milliseconds: 1 }), timeZone);
    const protectedUntil = endOfDay(addDays(lastDay, days), timeZone);
    const claims = holdAllUntil(lines, deal.id, protectedUntil);
    return accept([{ type: 'DealExtended', at: now, data: { by, reason, protectedUntil } }], { claims });
  };

export interface TransferFacts extends Registrant {
  /** Of the customer, where the deal renews one. */
  readonly assets: readonly Asset[];
  readonly program: InForce | undefined;
  readonly lines: Lines;
}

type TransferRefusal =
  | ('not-live' | 'program-not-in-force' | 'same-partner' | 'fulfiller-is-partner' | 'already-registered')
  | ('not-enrolled' | 'partner-suspended' | 'outside-territory' | 'not-authorised' | 'route-not-open' | 'standing-unsettled' | 'not-of-record');

/** Its priority, protection and offer stay; the one whom it goes to must be one that could have registered it. */
export const transfer =
  ({ to, reason, by, now }: Act & { readonly to: PartnerId; readonly reason: string }) =>
  (deal: DealRegistration, { program, lines, assets, ...registrant }: TransferFacts): Decided<TransferRefusal> => {
    if (!isLive(deal, now)) return refuse('not-live', `The deal is ${deal.status}.`);
    if (deal.partnerId === to) return refuse('same-partner');
    if (fulfillerOf(deal) === to) return refuse('fulfiller-is-partner');
    if (program === undefined) return refuse('program-not-in-force');
    const excluded = partnerExclusion(deal, registrant, { program, now });
    if (excluded) return excluded;
    if (!mayRenew(deal, { assets, partnerId: to })) return refuse('not-of-record');
    // What it has of the same name only is for a person to judge, who transfers the deal.
    const own = standsIn(lines.strong, { id: deal.id, partnerId: to }, now);
    if (own !== undefined) return refuse('already-registered', `It is ${own}.`);
    const data = { from: deal.partnerId, to, reason, by };
    return accept([{ type: 'DealTransferred', at: now, data }], { claims: handAllTo(lines, deal.id, to) });
  };

export const lose =
  (act: Act & { readonly reason: string }) =>
  (deal: DealRegistration, lines: Lines): Decided<OfProtected> => {
    const { by, reason, now } = act;
    const approved = protectedDeal(deal, act);
    if ('refused' in approved) return approved;
    return accept([{ type: 'DealLost', at: now, data: { by, reason } }], { claims: leaveAll(lines, deal.id) });
  };

/** Protection ended when it was due to, whenever this comes to record it. */
export const expire =
  ({ now }: Pick<Act, 'now'>) =>
  (deal: DealRegistration): Decided<never> =>
    deal.status === 'approved' && !isBefore(now, deal.protectedUntil)
      ? accept([{ type: 'DealExpired', at: deal.protectedUntil, data: {} }])
      : accept([]);

/** Why the deals of a partner are to be closed, if its program says so of one that is suspended, or has left. */
export const closingReason = (partner: Partner | undefined, { suspension, leaving }: DealRegistrationPolicy) => {
  if (suspendedAt(partner) && suspension.openDeals === 'close') return 'partner-suspended';
  return partner?.status === 'left' && leaving.openDeals === 'close' ? 'partner-left' : undefined;
};

export interface ClosingFacts {
  readonly partner: Partner | undefined;
  /** Of the version in force when the partner stood down. */
  readonly policy: DealRegistrationPolicy;
  readonly lines: Lines;
}

/** Dated when it stood down, whenever this comes to record it. Closed are the deals of a partner that stands down still, whoever they were listed for: one may have been transferred meanwhile. */
export const close =
  ({ now }: Pick<Act, 'now'>) =>
  (deal: DealRegistration, { partner, policy, lines }: ClosingFacts): Decided<never> => {
    const reason = partner?.id === deal.partnerId ? closingReason(partner, policy) : undefined;
    if (reason === undefined || !isLive(deal, now)) return accept([]);
    const at = ordersEndAt(partner) ?? now;
    const cut = deal.status === 'approved' ? { protectedUntil: at } : {};
    return accept([{ type: 'DealClosed', at, data: { reason, ...cut } }], { claims: leaveAll(lines, deal.id) });
  };

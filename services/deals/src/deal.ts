import { type Instant, isBefore } from '@echelon/calendar';
import type { Act as Acting, Happened } from '@echelon/contracts';
import {
  type AccountTeamCredit,
  type DealMatch,
  type DealRegistration,
  type dealEvents,
  INFORMATION_MAX,
  type InfluenceCredit,
  MATCHES_MAX,
  Registered,
} from '@echelon/contracts/deals';
import { DealId, type PartnerId } from '@echelon/contracts/ids';
import { type Decision, was } from '@echelon/decider';
import { add } from '@echelon/money';
import { keptOf } from './alike.ts';

export type Deal = { readonly status: 'none'; readonly id: DealId } | DealRegistration;
export type DealEvent = Happened<typeof dealEvents>;

export type Decided<Reason extends string> = Decision<DealEvent, Reason>;

/** Who does it, when, and for which partner, if it is one's own people or system. */
export interface Act extends Acting {
  readonly party?: PartnerId | undefined;
}

export const none = (id: string): Deal => ({ status: 'none', id: DealId.parse(id) });

export type OpenDeal = Extract<Deal, { status: 'submitted' | 'information-requested' }>;
export const isOpen = (deal: DealRegistration): deal is OpenDeal => deal.status === 'submitted' || deal.status === 'information-requested';

/** Open, or approved and protected still. */
export const isLive = (deal: DealRegistration, now: Instant): boolean =>
  isOpen(deal) || (deal.status === 'approved' && isBefore(now, deal.protectedUntil));

/** Whoever only fulfils a deal sees it, and does nothing else in its partner's place. */
export const actsForIt = ({ partnerId }: DealRegistration, { party }: Act): boolean => party === undefined || party === partnerId;

export const ONLY_ITS_PARTNER = 'Whoever fulfils a deal may see it and report the order that it fulfils; the rest is for its partner.';

/** The partner that fulfils: as the submission says, until an order says it. */
export const fulfillerOf = (deal: DealRegistration): PartnerId | undefined => ('order' in deal ? deal.order.fulfilledBy : deal.fulfilledBy);

const open = ['submitted', 'information-requested'] as const;
const live = [...open, 'approved'] as const;

export const evolve = (deal: Deal, { type, at, data }: DealEvent): Deal => {
  switch (type) {
    case 'DealSubmitted': {
      const { submission, by, ...rest } = data;
      return { status: 'submitted', id: deal.id, ...submission, ...rest, submittedAt: at, submittedBy: by };
    }
    case 'DealInformationRequested':
      return { ...was(deal, type, 'submitted'), status: 'information-requested', question: data.question, askedAt: at };
    case 'DealInformationSupplied': {
      const { question, askedAt, information = [], ...asked } = was(deal, type, 'information-requested');
      const supplied = { question, askedAt, answer: data.answer, suppliedAt: at };
      return { ...asked, status: 'submitted', dueAt: data.dueAt, information: [...information, supplied].slice(-INFORMATION_MAX) };
    }
    case 'DealMatchDecided': {
      const matched = was(deal, type, ...open);
      const { by: decidedBy, matchedBy: by = 'name', endCustomer: _, ...decided } = data;
      return { ...matched, matches: withMatch(matched.matches ?? [], keptOf({ ...decided, by, decidedBy })) };
    }
    case 'DealDecisionOverdue':
      return { ...was(deal, type, ...open), overdue: true };
    case 'DealApproved': {
      const { conflict: _, matches: found, ...registered } = registrationOf(was(deal, type, ...open));
      const { by: decidedBy, offer, protectedUntil, keys = registered.keys, matches = found } = data;
      const decided = { decidedBy, decidedAt: at, offer, protectedUntil, keys };
      return { ...registered, status: 'approved', ...decided, ...(matches && matches.length > 0 && { matches }) };
    }
    case 'DealRejected': {
      const { by: decidedBy, ...why } = data;
      return { ...registrationOf(was(deal, type, ...open)), status: 'rejected', decidedBy, decidedAt: at, ...why };
    }
    case 'DealWithdrawn': {
      const before = was(deal, type, ...live);
      const approval = before.status === 'approved' ? { approvedAt: before.decidedAt } : {};
      return { ...registrationOf(before), status: 'withdrawn', withdrawnAt: at, ...approval };
    }
    case 'DealClosed': {
      const before = was(deal, type, ...live);
      const { reason, protectedUntil } = data;
      const approval = before.status === 'approved' && protectedUntil ? { approval: { ...approvalOf(before), protectedUntil } } : {};
      return { ...registrationOf(before), status: 'closed', closedAt: at, reason, ...approval };
    }
    case 'DealExtended': {
      const approved = was(deal, type, 'approved');
      const extension = { extendedAt: at, extendedBy: data.by, reason: data.reason };
      return { ...approved, protectedUntil: data.protectedUntil, extensions: [...(approved.extensions ?? []), extension] };
    }
    case 'DealTransferred':
      return { ...was(deal, type, ...live), partnerId: data.to, transferredAt: at };
    case 'DealLost':
      return { ...was(deal, type, 'approved'), status: 'lost', lostAt: at, reason: data.reason };
    case 'DealExpired':
      return { ...was(deal, type, 'approved'), status: 'expired' };
    case 'DealWon': {
      const before = was(deal, type, 'approved', 'expired', 'closed');
      const approval = winnable(before);
      if (approval === undefined) throw new Error(`${deal.id} was closed before it was approved, and can not have been won`);
      return { ...registrationOf(before), ...approval, status: 'won', order: data.order };
    }
    case 'OrderAmended':
      return { ...was(deal, type, 'won'), order: data.after };
    case 'OrderCancelled':
      return { ...was(deal, type, 'won'), status: 'cancelled', cancelledAt: at, reason: data.reason };
    case 'AccountTeamCredited': {
      const won = was(deal, type, 'won', 'cancelled');
      return { ...won, accountTeamCredit: won.accountTeamCredit ? withCredit(won.accountTeamCredit, data.credit) : data.credit };
    }
    case 'InfluenceCredited': {
      const won = was(deal, type, 'won');
      return { ...won, influences: [...(won.influences ?? []), data.credit] };
    }
    case 'InfluenceReversed': {
      const { influences, ...cancelled } = was(deal, type, 'cancelled');
      const left = influences?.filter((one) => !isSameInfluence(one, data.credit)) ?? [];
      return { ...cancelled, ...(left.length > 0 && { influences: left }) };
    }
  }
};

/** What approval gave a deal that an order may win still: its protection may have ended, or been cut when its partner stood down. */
export const winnable = (deal: DealRegistration): Approval | undefined => {
  if (deal.status === 'closed') return deal.approval;
  return deal.status === 'approved' || deal.status === 'expired' ? approvalOf(deal) : undefined;
};

export type Approval = NonNullable<Extract<Deal, { status: 'closed' }>['approval']>;
const approvalOf = ({ decidedBy, decidedAt, offer, protectedUntil, extensions }: Approval): Approval => ({
  ...{ decidedBy, decidedAt, offer, protectedUntil },
  ...(extensions && { extensions }),
});

/** The fields of its registration, without those of one status. */
const registrationOf = (deal: DealRegistration): Registered =>
  // What is left are exactly the names of that shape, which the deal, being registered, has.
  Object.fromEntries(Object.entries(deal).filter(([name]) => name in Registered.shape)) as Registered;

/** A match decided again is decided anew, in its place. */
/** Decided on this deal, and not remembered from another. */
export const isOwnDecision = ({ decision, remembered }: DealMatch): boolean => decision !== undefined && remembered !== true;

/** In its place; else at the end, for which one that was not decided here makes room. */
const withMatch = (matches: readonly DealMatch[], match: DealMatch): DealMatch[] => {
  if (matches.some(({ dealId }) => dealId === match.dealId)) return matches.map((one) => (one.dealId === match.dealId ? match : one));
  const spare = matches.length < MATCHES_MAX ? undefined : matches.findLast((one) => !isOwnDecision(one));
  return [...matches.filter((one) => one !== spare), match];
};

/** There is one per partner and sales play. */
export const isSameInfluence = (
  one: Pick<InfluenceCredit, 'partnerId' | 'salesPlay'>,
  other: Pick<InfluenceCredit, 'partnerId' | 'salesPlay'>,
): boolean => one.partnerId === other.partnerId && one.salesPlay === other.salesPlay;

const withCredit = (before: AccountTeamCredit, { amount, committedTcv }: AccountTeamCredit): AccountTeamCredit => ({
  ...before,
  amount: add(before.amount, amount),
  committedTcv: add(before.committedTcv, committedTcv),
});

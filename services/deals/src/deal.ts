import type { Happened } from '@echelon/contracts';
import type { DealRegistration, dealEvents } from '@echelon/contracts/deals';
import { DealId } from '@echelon/contracts/ids';
import { was } from '@echelon/decider';

export type Deal = { readonly status: 'none'; readonly id: DealId } | DealRegistration;
export type DealEvent = Happened<typeof dealEvents>;

export const none = (id: string): Deal => ({ status: 'none', id: DealId.parse(id) });

const open = ['submitted', 'information-requested'] as const;

export const evolve = (deal: Deal, { type, at, data }: DealEvent): Deal => {
  switch (type) {
    case 'DealSubmitted': {
      const { submission, by, ...rest } = data;
      return { status: 'submitted', id: deal.id, ...submission, ...rest, submittedAt: at, submittedBy: by };
    }
    case 'DealInformationRequested':
      return { ...was(deal, type, 'submitted'), status: 'information-requested', question: data.question, askedAt: at };
    case 'DealInformationSupplied': {
      const { question: _, askedAt: __, ...asked } = was(deal, type, 'information-requested');
      return { ...asked, status: 'submitted', dueAt: data.dueAt };
    }
    case 'DealApproved': {
      const { conflict: _, ...registered } = registrationOf(was(deal, type, ...open));
      return { ...registered, status: 'approved', decidedBy: data.by, decidedAt: at, offer: data.offer, protectedUntil: data.protectedUntil };
    }
    case 'DealRejected':
      return { ...registrationOf(was(deal, type, ...open)), status: 'rejected', decidedBy: data.by, decidedAt: at, reason: data.reason };
    case 'DealWithdrawn':
      return { ...registrationOf(was(deal, type, ...open, 'approved')), status: 'withdrawn', withdrawnAt: at };
    case 'DealExpired':
      return { ...was(deal, type, 'approved'), status: 'expired' };
    case 'DealWon':
      return { ...was(deal, type, 'approved', 'expired'), status: 'won', order: data.order };
  }
};

/** What a deal is, whatever became of it: the fields of its registration, without those of one status. */
const registrationOf = (deal: DealRegistration) => {
  const { id, partnerId, programId, endCustomer, productFamilies, amount, expectedCloseOn, route, versionId, submittedAt, submittedBy, conflict } =
    deal;
  return {
    ...{ id, partnerId, programId, endCustomer, productFamilies, amount, expectedCloseOn, route, versionId, submittedAt, submittedBy },
    ...(conflict && { conflict }),
  };
};

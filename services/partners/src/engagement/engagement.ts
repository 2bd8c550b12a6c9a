import type { Happened } from '@echelon/contracts';
import { EngagementId } from '@echelon/contracts/ids';
import type { Engagement, engagementEvents } from '@echelon/contracts/partners';
import { was } from '@echelon/decider';

export type EngagementState = { readonly status: 'none'; readonly id: EngagementId } | Engagement;
export type EngagementEvent = Happened<typeof engagementEvents>;

export const none = (id: string): EngagementState => ({ status: 'none', id: EngagementId.parse(id) });

export const evolve = (state: EngagementState, { type, at, data }: EngagementEvent): EngagementState => {
  switch (type) {
    case 'EngagementSubmitted':
      return { status: 'submitted', id: state.id, partnerId: data.partnerId, ...data.submission, submittedAt: at, submittedBy: data.by };
    case 'EngagementAccepted':
      return { ...was(state, type, 'submitted'), status: 'accepted', decidedBy: data.by, decidedAt: at };
    case 'EngagementDeclined':
      return { ...was(state, type, 'submitted'), status: 'declined', decidedBy: data.by, decidedAt: at, reason: data.reason };
    case 'EngagementRevoked':
      return { ...was(state, type, 'accepted'), status: 'revoked', revokedBy: data.by, revokedAt: at, reason: data.reason };
  }
};

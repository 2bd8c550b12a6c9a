import type { Happened } from '@echelon/contracts';
import { PartnerId } from '@echelon/contracts/ids';
import type { Partner, partnerEvents } from '@echelon/contracts/partners';
import { was } from '@echelon/decider';

export type PartnerState = { readonly status: 'none'; readonly id: PartnerId } | Partner;
export type PartnerEvent = Happened<typeof partnerEvents>;

export const none = (id: string): PartnerState => ({ status: 'none', id: PartnerId.parse(id) });

export const evolve = (state: PartnerState, { type, at, data }: PartnerEvent): PartnerState => {
  switch (type) {
    case 'PartnerApplied':
      return { status: 'applied', id: state.id, ...data.application, appliedBy: data.by, appliedAt: at };
    case 'PartnerVetted':
      return { ...was(state, type, 'applied'), status: 'vetted', vettedBy: data.by, vettedAt: at };
    case 'PartnerDeclined':
      return { ...was(state, type, 'applied'), status: 'declined', vettedBy: data.by, vettedAt: at, reason: data.reason };
    case 'PartnerAdmitted':
      return { ...was(state, type, 'vetted'), status: 'admitted', agreement: data.agreement, admittedAt: at, enrollments: [] };
    case 'PartnerEnrolled': {
      const admitted = was(state, type, 'admitted');
      return { ...admitted, enrollments: [...admitted.enrollments, data.enrollment] };
    }
  }
};

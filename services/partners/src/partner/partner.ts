import type { Happened } from '@echelon/contracts';
import { PartnerId } from '@echelon/contracts/ids';
import type { Enrollment, HeldSpecialization, Partner, partnerEvents } from '@echelon/contracts/partners';
import { was } from '@echelon/decider';
import { placed } from '../held.ts';
import { feeCharged, feeSettled, feeWaived, inProgram, trackChosen, trackConfirmed, trackDeclined } from './enrollments.ts';

export type PartnerState = { readonly status: 'none'; readonly id: PartnerId } | Partner;
export type PartnerEvent = Happened<typeof partnerEvents>;

export const none = (id: string): PartnerState => ({ status: 'none', id: PartnerId.parse(id) });

/** Statuses from admission to leaving, and from admission on. */
const present = ['admitted', 'suspended', 'offboarding'] as const;
const since = [...present, 'left'] as const;

export const evolve = (state: PartnerState, { type, at, data }: PartnerEvent): PartnerState => {
  switch (type) {
    case 'PartnerApplied':
      return { status: 'applied', id: state.id, ...data.application, appliedBy: data.by, appliedAt: at };
    case 'PartnerVetted':
      return { ...was(state, type, 'applied'), status: 'vetted', vettedBy: data.by, vettedAt: at };
    case 'PartnerDeclined':
      return { ...was(state, type, 'applied'), status: 'declined', vettedBy: data.by, vettedAt: at, reason: data.reason };
    case 'PartnerAdmitted': {
      const vetted = was(state, type, 'vetted');
      return { ...vetted, status: 'admitted', agreement: data.agreement, admittedAt: at, enrollments: [], specializations: [] };
    }
    case 'PartnerEnrolled':
    case 'PartnerEnrollmentChanged': {
      const admitted = was(state, type, 'admitted');
      return { ...admitted, enrollments: withEnrollment(admitted.enrollments, data.enrollment) };
    }
    case 'TrackChosen':
      return inProgram(was(state, type, 'admitted'), data, trackChosen(data, at));
    case 'TrackConfirmed':
      return inProgram(was(state, type, 'admitted'), data, trackConfirmed(data));
    case 'TrackDeclined':
      return inProgram(was(state, type, 'admitted'), data, trackDeclined(data, at));
    case 'AdmissionFeeCharged':
      return inProgram(was(state, type, 'admitted'), data, feeCharged(data, at));
    case 'AdmissionFeeSettled':
      return inProgram(was(state, type, ...since), data, feeSettled(data));
    case 'AdmissionFeeWaived':
      return inProgram(was(state, type, ...since), data, feeWaived(data, at));
    case 'PartnerGrouped': {
      const { parentId: _, ...partner } = was(state, type, ...present);
      return data.parentId === undefined ? partner : { ...partner, parentId: data.parentId };
    }
    case 'PartnerSuspended':
      return { ...was(state, type, 'admitted'), status: 'suspended', suspendedAt: at, reason: data.reason };
    case 'PartnerReinstated':
      return { ...admissionOf(was(state, type, 'suspended', 'offboarding')), status: 'admitted' };
    case 'PartnerOffboardingBegun': {
      const partner = was(state, type, 'admitted', 'suspended');
      return { ...admissionOf(partner), ...suspensionOf(partner), status: 'offboarding', offboardingSince: at, reason: data.reason };
    }
    case 'PartnerLeft': {
      const partner = was(state, type, 'offboarding');
      return { ...admissionOf(partner), ...suspensionOf(partner), status: 'left', leftAt: at };
    }
    case 'PartnerFoundInactive':
      return { ...was(state, type, 'admitted'), inactivity: { lastActiveOn: data.lastActiveOn, flaggedOn: data.on } };
    case 'PartnerRemovalProposed': {
      const admitted = was(state, type, 'admitted');
      const { flaggedOn = data.on } = admitted.inactivity ?? {};
      return { ...admitted, inactivity: { lastActiveOn: data.lastActiveOn, flaggedOn, removalProposedOn: data.on } };
    }
    case 'PartnerFoundActive':
      return withoutInactivity(was(state, type, 'admitted'));
    case 'PartnerKept':
      return { ...withoutInactivity(was(state, type, 'admitted')), keptOn: data.on };
    case 'SpecializationGranted':
    case 'SpecializationRevoked':
    case 'SpecializationExpiryNoticed':
    case 'SpecializationExpired': {
      const partner = was(state, type, ...since);
      return { ...partner, specializations: withSpecialization(partner.specializations, data.specialization) };
    }
  }
};

type Admitted = Extract<Partner, { status: 'admitted' }>;

/** What a partner is since its admission, without the fields of one status. */
const admissionOf = (partner: Extract<Partner, { status: 'admitted' | 'suspended' | 'offboarding' }>) => {
  switch (partner.status) {
    case 'admitted':
      return partner;
    case 'suspended': {
      const { suspendedAt: _, reason: __, ...admitted } = partner;
      return admitted;
    }
    case 'offboarding': {
      const { offboardingSince: _, reason: __, suspendedAt: ___, ...admitted } = partner;
      return admitted;
    }
  }
};

/** Leaving does not undo a suspension: when it began stays known. */
const suspensionOf = (partner: Extract<Partner, { status: 'admitted' | 'suspended' | 'offboarding' }>) =>
  'suspendedAt' in partner && partner.suspendedAt !== undefined ? { suspendedAt: partner.suspendedAt } : {};

const withoutInactivity = ({ inactivity: _, ...admitted }: Admitted): Admitted => admitted;

const withEnrollment = (enrollments: Enrollment[], one: Enrollment): Enrollment[] => placed(enrollments, one, ({ programId }) => programId);

const withSpecialization = (held: HeldSpecialization[], one: HeldSpecialization): HeldSpecialization[] => placed(held, one, ({ id }) => id);

/** What a partner may do here, by what was last said of it. */
import type { Instant } from '@echelon/calendar';
import type { ProgramId } from '@echelon/contracts/ids';
import type { Enrollment, Partner } from '@echelon/contracts/partners';

export const enrollmentIn = (partner: Partner | undefined, programId: ProgramId): Enrollment | undefined =>
  partner && 'enrollments' in partner ? partner.enrollments.find((enrollment) => enrollment.programId === programId) : undefined;

/** Why a partner neither registers nor is approved, extended or given anything. */
export const standsDown = (partner: Partner | undefined): string | undefined => {
  switch (partner?.status) {
    case 'suspended':
      return `The partner has been suspended since ${partner.suspendedAt}.`;
    case 'offboarding':
      return `The partner has been leaving since ${partner.offboardingSince}.`;
    case 'left':
      return `The partner left at ${partner.leftAt}.`;
    default:
      return undefined;
  }
};

/** Leaving does not lift a suspension. */
export const suspendedAt = (partner: Partner | undefined): Instant | undefined =>
  partner && 'suspendedAt' in partner ? partner.suspendedAt : undefined;

/** Its orders are taken up to that day: one that is leaving, and was not suspended, still wins what it has. */
export const ordersEndAt = (partner: Partner | undefined): Instant | undefined =>
  suspendedAt(partner) ?? (partner?.status === 'left' ? partner.leftAt : undefined);

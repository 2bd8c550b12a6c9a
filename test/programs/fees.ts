/** The one-off admission fee of a new partner. */
import { type AdmissionFee, partnerEvents } from '@echelon/contracts/partners';
import type { Enrolled, Vendor } from './vendor.ts';

/** What the partner's own system is told of its fee. */
export const feeOf = async ({ partnerId, programId, system }: Enrolled): Promise<AdmissionFee | undefined> => {
  const { value } = await system.partners.get({ params: { partnerId } });
  return 'enrollments' in value ? value.enrollments.find((one) => one.programId === programId)?.admissionFee : undefined;
};

export const settleFee = async (vendor: Vendor, { partnerId, programId }: Enrolled): Promise<void> => {
  const body = { settledOn: await vendor.today(), reference: 'Bank transfer 1' };
  await vendor.after(vendor.billing.partners.settleAdmissionFee({ params: { partnerId, programId }, body }));
};

export const waiveFee = async (vendor: Vendor, { partnerId, programId }: Enrolled, reason: string): Promise<void> => {
  await vendor.after(vendor.programManager.partners.waiveAdmissionFee({ params: { partnerId, programId }, body: { reason } }));
};

/** All fees that partners are charged from now on. */
export const feesCharged = (vendor: Vendor): (() => readonly unknown[]) => vendor.listen('fees', partnerEvents.AdmissionFeeCharged);

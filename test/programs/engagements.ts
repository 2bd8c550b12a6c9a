/** What a partner does beside deals, and what it is able to do. */
import type { Engagement, EngagementSubmission } from '@echelon/contracts/partners';
import type { EngagementKind, Key } from '@echelon/program';
import type { Enrolled, Vendor } from './vendor.ts';

const done: EngagementSubmission['evidence'] = [{ name: 'What was done', url: 'https://files.example/done.pdf', mediaType: 'application/pdf' }];
type Told = Pick<EngagementSubmission, 'kind'> & Partial<Pick<EngagementSubmission, 'evidence'>>;

/** The partner says what it did today, and shows it. */
export const submitEngagement = async (vendor: Vendor, { system, programId }: Enrolled, { kind, evidence = done }: Told): Promise<Engagement> => {
  const heldOn = await vendor.today();
  return vendor.after(system.partners.submitEngagement({ body: { programId, kind, title: `A ${kind}`, heldOn, evidence } }));
};

export const acceptEngagement = (vendor: Vendor, { id }: Engagement): Promise<Engagement> =>
  vendor.after(vendor.manager.partners.acceptEngagement({ params: { engagementId: id } }));

export const declineEngagement = (vendor: Vendor, { id }: Engagement, reason: string): Promise<Engagement> =>
  vendor.after(vendor.manager.partners.declineEngagement({ params: { engagementId: id }, body: { reason } }));

/** Each of them done today, and accepted. */
export const engage = async (vendor: Vendor, partner: Enrolled, ...kinds: readonly EngagementKind[]): Promise<void> => {
  for (const kind of kinds) await acceptEngagement(vendor, await submitEngagement(vendor, partner, { kind }));
};

export const specialize = async (
  vendor: Vendor,
  { partnerId, programId }: Enrolled,
  { specialization, way }: { readonly specialization: Key; readonly way?: Key | undefined },
): Promise<void> => {
  const body = { programId, specialization, from: await vendor.today(), ...(way !== undefined && { way }) };
  await vendor.after(vendor.manager.partners.grantSpecialization({ params: { partnerId }, body }));
};

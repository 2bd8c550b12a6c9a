/** What the two sides set together, and what the vendor alone says. */
import type { Day } from '@echelon/calendar';
import type { Target } from '@echelon/contracts/tiering';
import type { Key } from '@echelon/program';
import type { Enrolled, Vendor } from './vendor.ts';

export type TargetSet = Pick<Target, 'measure' | 'quarter' | 'amount'>;

/** By the vendor. */
export const proposeTarget = async (vendor: Vendor, partner: Enrolled, target: TargetSet): Promise<void> => {
  const { id } = await vendor.standing(partner);
  await vendor.after(vendor.manager.tiering.proposeTarget({ params: { standingId: id }, body: target }));
};

/** By the partner. */
export const agreeTarget = async (vendor: Vendor, partner: Enrolled, target: TargetSet): Promise<void> => {
  const { id } = await vendor.standing(partner);
  await vendor.after(partner.system.tiering.agreeTarget({ params: { standingId: id }, body: target }));
};

export const setTarget = async (vendor: Vendor, partner: Enrolled, target: TargetSet): Promise<void> => {
  await proposeTarget(vendor, partner, target);
  await agreeTarget(vendor, partner, target);
};

export const nominate = async (vendor: Vendor, partner: Enrolled, { tier, until }: { readonly tier: Key; readonly until: Day }): Promise<void> => {
  const { id } = await vendor.standing(partner);
  const body = { tier, until, reason: 'A most strategic partner.' };
  await vendor.after(vendor.programManager.tiering.nominate({ params: { standingId: id }, body }));
};

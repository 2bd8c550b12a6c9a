/** How a partner comes to its track, and to a parent. */
import type { Key } from '@echelon/program';
import type { Enrolled, Vendor } from './vendor.ts';

export interface OnLadder {
  readonly ladder: Key;
  readonly track: Key;
}

export const chooseTrack = async (vendor: Vendor, { partnerId, programId, system }: Enrolled, { ladder, track }: OnLadder): Promise<void> => {
  await vendor.after(system.partners.chooseTrack({ params: { partnerId, programId }, body: { ladder, track } }));
};

export const confirmTrack = async (vendor: Vendor, { partnerId, programId }: Enrolled, { ladder, track }: OnLadder): Promise<void> => {
  await vendor.after(vendor.manager.partners.confirmTrack({ params: { partnerId, programId, ladder }, body: { track } }));
};

export const declineTrack = async (vendor: Vendor, { partnerId, programId }: Enrolled, { ladder, track }: OnLadder): Promise<void> => {
  const body = { track, reason: 'Not this year.' };
  await vendor.after(vendor.manager.partners.declineTrack({ params: { partnerId, programId, ladder }, body }));
};

export const setParent = async (vendor: Vendor, { of: { partnerId }, to }: { readonly of: Enrolled; readonly to: Enrolled }): Promise<void> => {
  const body = { parentId: to.partnerId, reason: 'A national company of it.' };
  await vendor.after(vendor.manager.partners.group({ params: { partnerId }, body }));
};

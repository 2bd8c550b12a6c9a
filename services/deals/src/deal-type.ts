/** What kind of business a deal is, from the assets of record of the customer and its group on the day of submission. */
import { type Day, isBefore } from '@echelon/calendar';
import type { DealSubmission, EndCustomer } from '@echelon/contracts/deals';
import type { PartnerId } from '@echelon/contracts/ids';
import type { Asset } from '@echelon/contracts/partners';
import { type Refused, refuse } from '@echelon/decider';
import type { DealType } from '@echelon/program';
import { isSameCustomer } from './customer.ts';

export interface Installed {
  /** Of the customer and the others of its group, ended or not. */
  readonly assets: readonly Asset[];
  /** What ended before this day counts no more. */
  readonly since: Day;
  readonly partnerId: PartnerId;
}

export const dealTypeOf = (
  submission: Pick<DealSubmission, 'endCustomer' | 'productFamilies' | 'renews' | 'upgrades'>,
  { assets, since, partnerId }: Installed,
): { readonly dealType: DealType } | Refused<'not-of-record' | 'no-such-asset'> => {
  const { endCustomer, productFamilies, renews, upgrades } = submission;
  if (!mayRenew(submission, { assets, partnerId })) return refuse('not-of-record');
  if (upgrades !== undefined && !installedAt(endCustomer, assets).some(({ id }) => id === upgrades)) return refuse('no-such-asset');
  if (renews !== undefined) return { dealType: 'renewal' };
  if (upgrades !== undefined) return { dealType: 'upsell' };
  const counted = assets.filter((asset) => {
    const end = endOf(asset);
    return end === undefined || !isBefore(end, since);
  });
  if (counted.length === 0) return { dealType: 'net-new-logo' };
  return { dealType: counted.some(({ productFamily }) => productFamilies.includes(productFamily)) ? 'expansion' : 'cross-sell' };
};

const installedAt = (endCustomer: EndCustomer, assets: readonly Asset[]) =>
  assets.filter((asset) => asset.status === 'installed' && isSameCustomer(asset.endCustomer, endCustomer));

/** A renewal is the partner of record's. Another partner's asset answers as one that is not there. */
export const mayRenew = (
  { endCustomer, renews }: Pick<DealSubmission, 'endCustomer' | 'renews'>,
  { assets, partnerId }: Pick<Installed, 'assets' | 'partnerId'>,
): boolean =>
  renews === undefined || installedAt(endCustomer, assets).some(({ id, partnerOfRecord }) => id === renews && partnerOfRecord === partnerId);

/** Its last day: of its term, or the day on which it was retired before. */
const endOf = (asset: Asset): Day | undefined => {
  if (asset.status === 'installed') return asset.endsOn;
  return asset.endsOn !== undefined && isBefore(asset.endsOn, asset.retiredOn) ? asset.endsOn : asset.retiredOn;
};

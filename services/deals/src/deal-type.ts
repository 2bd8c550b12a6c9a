/** What kind of business a deal is, from the assets of record of the customer and its group on the day of submission. */
import { addDays, type Day, dayOf, type Instant, isBefore } from '@echelon/calendar';
import type { DealSubmission, EndCustomer } from '@echelon/contracts/deals';
import type { AssetId, PartnerId } from '@echelon/contracts/ids';
import type { Asset } from '@echelon/contracts/partners';
import type { InForce } from '@echelon/contracts/programs';
import { type Refused, refuse } from '@echelon/decider';
import type { DealType } from '@echelon/program';
import { groupKeys, isSameCustomer } from './customer.ts';
import { matchTo } from './matching/match.ts';

type Named = Pick<DealSubmission, 'endCustomer' | 'productFamilies' | 'renews' | 'upgrades'>;
export interface Installed {
  /** Of the customer, the others of its group, and whoever is called alike; ended or not. */
  readonly assets: readonly Asset[];
  readonly partnerId: PartnerId;
}

export const dealTypeOf = (
  submission: Named,
  { assets, partnerId, program, now }: Installed & { readonly program: InForce; readonly now: Instant },
): { readonly dealType: DealType } | Refused<'not-of-record' | 'no-such-asset' | 'other-family' | 'asset-ended'> => {
  const { endCustomer, productFamilies, renews, upgrades } = submission;
  const { document, versionId } = program;
  // What ended before this day counts no more.
  const since = addDays(dayOf(now, document.timeZone), -document.dealRegistration.lookbackDays);
  const counts = (asset: Asset): boolean => {
    const end = endOf(asset);
    return end === undefined || !isBefore(end, since);
  };
  if (!mayRenew(submission, { assets, partnerId })) return refuse('not-of-record');
  const named = [renews, upgrades].map((id) => installed(id, endCustomer, { assets, partnerId }));
  if (upgrades !== undefined && named[1] === undefined) return refuse('no-such-asset');
  for (const asset of named) {
    if (asset && !productFamilies.includes(asset.productFamily)) return refuse('other-family');
    if (asset && !counts(asset)) return refuse('asset-ended', `Its term ended before ${since} (/dealRegistration/lookbackDays of ${versionId}).`);
  }
  if (renews !== undefined) return { dealType: 'renewal' };
  if (upgrades !== undefined) return { dealType: 'upsell' };
  const counted = knownAt(endCustomer, assets.filter(counts));
  if (counted.length === 0) return { dealType: 'net-new-logo' };
  return { dealType: counted.some(({ productFamily }) => productFamilies.includes(productFamily)) ? 'expansion' : 'cross-sell' };
};

/** Of the customer and its group; where nothing is, of whoever may be the customer: a logo that may be known is not called new. */
const knownAt = (endCustomer: EndCustomer, assets: readonly Asset[]): readonly Asset[] => {
  const keys = groupKeys(endCustomer);
  const ofGroup = assets.filter((asset) => groupKeys(asset.endCustomer).some((key) => keys.includes(key)));
  if (ofGroup.length > 0) return ofGroup;
  const isLikely = likelyTo(endCustomer);
  return assets.filter((asset) => isLikely(asset.endCustomer));
};

/** May it be the same customer, written otherwise? To be of one group is not to be one. */
const likelyTo = (endCustomer: EndCustomer): ((other: EndCustomer) => boolean) => {
  const alone = ({ corporateGroup: _, ...customer }: EndCustomer) => ({ endCustomer: customer });
  const match = matchTo(alone(endCustomer));
  return (other) => match(alone(other)).verdict !== 'different';
};

/** What a deal names and is installed at its customer. Of a partner's own asset it is enough that the customer is likely the one: its CRM writes as it likes. */
const installed = (named: AssetId | undefined, endCustomer: EndCustomer, { assets, partnerId }: Installed): Asset | undefined => {
  const isLikely = likelyTo(endCustomer);
  return assets.find(
    ({ status, id, partnerOfRecord, endCustomer: where }) =>
      status === 'installed' && id === named && (isSameCustomer(where, endCustomer) || (partnerOfRecord === partnerId && isLikely(where))),
  );
};

/** A renewal is the partner of record's. Another partner's asset answers as one that is not there. */
export const mayRenew = ({ endCustomer, renews }: Pick<Named, 'endCustomer' | 'renews'>, known: Installed): boolean =>
  renews === undefined || installed(renews, endCustomer, known)?.partnerOfRecord === known.partnerId;

/** Its last day: of its term, or the day on which it was retired before. */
const endOf = (asset: Asset): Day | undefined => {
  if (asset.status === 'installed') return asset.endsOn;
  return asset.endsOn !== undefined && isBefore(asset.endsOn, asset.retiredOn) ? asset.endsOn : asset.retiredOn;
};

/** What a partner reads of its points. */
import type { CountedActivity } from '@echelon/contracts/tiering';
import type { PointsCategory } from '@echelon/program';
import type { Enrolled, Vendor } from './vendor.ts';

export const ledgerOf = async (vendor: Vendor, partner: Enrolled): Promise<readonly CountedActivity[]> => {
  const { id } = await vendor.standing(partner);
  const { value } = await partner.system.tiering.points({ params: { standingId: id }, query: { limit: 100 } });
  return value.items;
};

export const pointsBy = async (vendor: Vendor, partner: Enrolled): Promise<Readonly<Partial<Record<PointsCategory, number>>>> => {
  const sums: Partial<Record<PointsCategory, number>> = {};
  for (const { entries } of await ledgerOf(vendor, partner))
    for (const { category, points } of entries) sums[category] = (sums[category] ?? 0) + points;
  return sums;
};

export const pointsOf = async (vendor: Vendor, partner: Enrolled): Promise<number> =>
  Object.values(await pointsBy(vendor, partner)).reduce((total, points) => total + points, 0);

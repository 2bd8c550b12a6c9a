/** What a deal says of itself in the lines in which customers meet that are alike, so that who comes later can tell whether it is a match. */
import type { DealMatch, DealSubmission } from '@echelon/contracts/deals';
import * as z from 'zod';

const Says = z.object({ families: z.array(z.string()) });

export const says = ({ productFamilies }: Pick<DealSubmission, 'productFamilies'>): string => JSON.stringify({ families: productFamilies });

/** Does whoever said this want what the deal wants too, and by what is the customer alike? */
export const likenessOf = (
  { productFamilies }: Pick<DealSubmission, 'productFamilies'>,
  said: string | undefined,
): Pick<DealMatch, 'by'> | undefined => {
  const { families } = Says.parse(JSON.parse(said ?? '{}'));
  return families.some((family) => productFamilies.includes(family)) ? { by: 'group' } : undefined;
};

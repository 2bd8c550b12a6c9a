/** What makes two submissions the same opportunity: an equal strong key of the end customer, for an equal product family. */
import type { DealSubmission } from '@echelon/contracts/deals';
import type { ProgramId } from '@echelon/contracts/ids';

/**
 * The keys that a submission claims, each by itself, so that submissions which overlap in any of them meet. A registry id or a
 * domain decides alone; a name decides nothing, so a customer known by name only claims nothing.
 */
export const opportunityKeys = ({ programId, endCustomer: { registryId, domain }, productFamilies }: DealSubmission): readonly string[] => {
  const customer = [
    ...(registryId ? [`${registryId.scheme}:${registryId.value}`] : []),
    ...(domain ? [`domain:${domain.replace(/^www[.]/, '')}`] : []),
  ];
  return [...new Set(productFamilies)].toSorted().flatMap((family) => customer.map((key) => `${programId}#${family}#${key}`));
};

/** An order wins one deal of a program: its number is claimed, as an opportunity is. */
export const orderKey = (programId: ProgramId, orderNumber: string): string => `${programId}#order#${orderNumber}`;

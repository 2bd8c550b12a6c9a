import type { DealRegistration } from '@echelon/contracts/deals';
import type { Caller } from '@echelon/lambda';

/** A partner learns that there is a conflict, and nothing else; the evidence is the vendor's. */
export const dealFor =
  ({ sees }: Pick<Caller, 'sees'>) =>
  (deal: DealRegistration): DealRegistration =>
    sees === 'all' || deal.conflict === undefined ? deal : { ...deal, conflict: {} };

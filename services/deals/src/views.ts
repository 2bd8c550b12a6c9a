import { type Instant, isBefore } from '@echelon/calendar';
import type { DealConflict, DealRegistration } from '@echelon/contracts/deals';
import type { Caller } from '@echelon/lambda';
import { type Approval, isOpen } from './deal.ts';

/**
 * A partner learns that there is a conflict, or that somebody looks whether there is one, and nothing else: the evidence, and
 * which other partners a deal concerns, are the vendor's.
 */
export const dealFor =
  ({ sees }: Pick<Caller, 'sees'>) =>
  (deal: DealRegistration): DealRegistration => {
    if (sees === 'all') return deal;
    const { matches = [], influences: _, conflict: evidence, ...shown } = withoutFormer(deal);
    const found = evidence !== undefined || (isOpen(deal) && matches.some(({ decision }) => decision === 'same-customer'));
    const looking = isOpen(deal) && matches.some(({ decision }) => decision === undefined);
    const conflict: DealConflict | undefined = found ? {} : looking ? { underReview: true } : undefined;
    return { ...shown, ...(conflict && { conflict }) };
  };

/** Who did what before a deal was transferred was another partner, or for one. */
const withoutFormer = (deal: DealRegistration): DealRegistration => {
  const { transferredAt, submittedBy: _, information, ...rest } = deal;
  if (transferredAt === undefined) return deal;
  const answered = information?.filter(({ suppliedAt }) => !isBefore(suppliedAt, transferredAt)) ?? [];
  const present = { ...rest, transferredAt, ...(answered.length > 0 && { information: answered }) };
  if (present.status === 'closed') return present.approval ? { ...present, approval: extendedSince(transferredAt, present.approval) } : present;
  return 'extensions' in present ? extendedSince(transferredAt, present) : present;
};

const extendedSince = <Approved extends Pick<Approval, 'extensions'>>(at: Instant, approved: Approved): Approved =>
  approved.extensions
    ? { ...approved, extensions: approved.extensions.map((one) => (isBefore(one.extendedAt, at) ? { extendedAt: one.extendedAt } : one)) }
    : approved;

/** The order that wins a deal, and who is credited for it. */
import { Day, Instant } from '@echelon/calendar';
import { Money, Quantity, Rate } from '@echelon/money';
import { Key } from '@echelon/program';
import * as z from 'zod';
import { DealId, PartnerId, ProgramId, VersionId } from './ids.ts';
import { Text } from './text.ts';

/** Of minor units; illustrative. Thousands of orders of this size still add up within what Money holds. */
export const SOLD_MAX = 99_999_999_999_999n;
/** An amount of something sold: more than nothing, and less than no order ever was. */
export const Sold = Money.refine(({ amount }) => amount > 0n && amount <= SOLD_MAX, {
  path: ['amount'],
  error: `is more than zero, and at most ${SOLD_MAX} minor units`,
});

export const ORDER_LINES_MAX = 200;

const terms = {
  amount: Sold.meta({ description: 'The whole order, at what the end customer pays.' }),
  lines: z
    .array(z.object({ productFamily: Key, description: z.string().trim().min(1).max(200).optional(), quantity: Quantity, amount: Money }))
    .min(1)
    .max(ORDER_LINES_MAX)
    .optional()
    .meta({ description: 'Their amounts add up to the order’s.' }),
  termMonths: z.int().min(1).max(240).optional().meta({ description: 'Of a subscription.' }),
  committedTcv: Sold.optional().meta({ description: 'The committed total contract value; the amount, where nothing is said.' }),
};

export const Order = z
  .object({
    orderNumber: z.string().trim().min(1).max(80),
    orderedOn: Day,
    fulfilledBy: PartnerId.meta({ description: 'The partner that fulfils the order: there is none without.' }),
    ...terms,
  })
  .meta({ id: 'Order' });
export type Order = z.output<typeof Order>;

export const OrderAmendment = z
  .object({ ...terms, reason: Text })
  .meta({ id: 'OrderAmendment', description: 'The order as it is from now on, whole.' });
export type OrderAmendment = z.output<typeof OrderAmendment>;

export const InfluenceCredit = z
  .object({
    partnerId: PartnerId,
    salesPlay: Key,
    versionId: VersionId,
    rule: z.string(),
    reason: z.string(),
    creditedBy: z.string(),
    creditedAt: Instant,
  })
  .meta({ id: 'InfluenceCredit', description: 'A partner that helped to win, in a sales play, without being the reseller.' });
export type InfluenceCredit = z.output<typeof InfluenceCredit>;

export const InfluenceStatement = z
  .object({
    ...InfluenceCredit.shape,
    programId: ProgramId,
    dealId: DealId,
    orderedOn: Day,
    reversed: z.object({ at: Instant, reason: z.string() }).optional().meta({ description: 'The order that it helped to win was cancelled.' }),
  })
  .meta({
    id: 'InfluenceStatement',
    description: 'An InfluenceCredit as whoever got it sees it; of the deal no more than its id and the day of the order.',
  });
export type InfluenceStatement = z.output<typeof InfluenceStatement>;

/** The same whichever route wins: a share of the committed total contract value. */
export const AccountTeamCredit = z
  .object({ amount: Money, committedTcv: Money, share: Rate, versionId: VersionId, rule: z.string() })
  .meta({ id: 'AccountTeamCredit' });
export type AccountTeamCredit = z.output<typeof AccountTeamCredit>;

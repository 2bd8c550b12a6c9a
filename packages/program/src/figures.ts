/** Figures that more than one part of a document is made of. */
import { compareDecimals, Quantity, Rate, rate } from '@echelon/money';
import * as z from 'zod';

const [none, whole] = [rate('0'), rate('1')];

/** Of something: discounts, margins, rebates and credits are never more than the whole of it. */
export const isShare = (value: Rate): boolean => compareDecimals(value, none) >= 0 && compareDecimals(value, whole) <= 0;
export const Share = Rate.refine(isShare, {
  error: 'is not between 0 and 1: a share of 100 % is "1"',
});

const NotNegative = Quantity.refine(({ trillionths }) => trillionths >= 0n, { error: 'is negative' });
export const PositiveQuantity = Quantity.refine(({ trillionths }) => trillionths > 0n, { error: 'is not above 0' });
export const PositiveRate = Rate.refine(({ trillionths }) => trillionths > 0n, { error: 'is not above 0' });

/** Where a band begins and ends, in the unit that its owner counts in. What is exactly `upTo` still belongs to the band: (above, upTo]. */
export const bounds = {
  above: NotNegative.meta({ description: 'The lower bound, which does not belong to the band.' }),
  upTo: PositiveQuantity.optional().meta({ description: 'The upper bound, which belongs to the band; the last band has none.' }),
};
export interface Bounds {
  readonly above: Quantity;
  readonly upTo?: Quantity | undefined;
}

/** Lowest first, each beginning where the one before it ends. */
export const bandsOf = <Band extends z.ZodType>(band: Band) => z.array(band).min(1).max(20);

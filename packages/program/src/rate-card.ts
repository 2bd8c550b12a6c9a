/** What a service provider's customers consume, and what it costs. */
import { Money, UnitPrice } from '@echelon/money';
import * as z from 'zod';
import { dated } from './dated.ts';
import { bandsOf, bounds, PositiveQuantity, Share } from './figures.ts';
import { Key, Label, Named } from './names.ts';

export const Aggregation = z
  .enum(['sum', 'count', 'max', 'min', 'average', 'latest', 'unique-count', 'time-weighted-sum', 'daily-average', 'p95'])
  .meta({ id: 'Aggregation', description: 'What becomes of the usage events of a billing period.' });

export const Meter = z
  .object({
    ...Named.shape,
    unit: Label.meta({ description: 'In which it counts: `GiB`, `hour`, `array`.', examples: ['GiB'] }),
    aggregation: Aggregation,
    step: PositiveQuantity.optional().meta({
      description: 'The least by which it grows; where nothing is said 1, and of what is an average or weighed by time any fraction.',
    }),
  })
  .meta({ id: 'Meter' });
export type Meter = z.output<typeof Meter>;

const charge = {
  meter: Key,
  freeUnits: PositiveQuantity.optional().meta({ description: 'Not charged, in each billing period.' }),
  minimumSpend: Money.optional().meta({ description: 'Charged at the least in a billing period.' }),
  maximumSpend: Money.optional().meta({ description: 'Charged at the most in a billing period.' }),
};
const prices = {
  bands: bandsOf(z.object({ ...bounds, price: UnitPrice })).meta({ description: 'In units of the meter, the free ones left out.' }),
};

export const Charge = z
  .discriminatedUnion('model', [
    z.object({ model: z.literal('per-unit'), ...charge, price: UnitPrice }),
    z.object({ model: z.literal('graduated'), ...charge, ...prices }).meta({ description: 'Each unit at the price of the band it lies in.' }),
    z
      .object({
        model: z.literal('volume'),
        ...charge,
        ...prices,
        acceptCliff: z
          .literal(true)
          .optional()
          .meta({ description: 'It is meant that somewhere one unit more costs less; without this such a document is refused.' }),
      })
      .meta({ description: 'All units at the price of the band reached.' }),
    z.object({ model: z.literal('package'), ...charge, size: PositiveQuantity, price: Money }).meta({ description: 'For each package begun.' }),
    z.object({ model: z.literal('percentage'), ...charge, rate: Share }).meta({ description: 'Of a meter that counts money.' }),
    z.object({ model: z.literal('flat'), ...charge, amount: Money }).meta({ description: 'Once in each billing period in which there was usage.' }),
  ])
  .meta({ id: 'Charge' });
export type Charge = z.output<typeof Charge>;

export const RateCard = z
  .object({ ...Named.shape, ...dated, charges: z.array(Charge).min(1).max(100).meta({ description: 'One for each meter that costs something.' }) })
  .meta({ id: 'RateCard', description: 'A billing period in which another one takes over is split by days.' });
export type RateCard = z.output<typeof RateCard>;

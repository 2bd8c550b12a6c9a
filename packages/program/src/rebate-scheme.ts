/** Back-end rebates: what is measured, what must be reached, and what it pays. */
import { Money } from '@echelon/money';
import * as z from 'zod';
import { dated } from './dated.ts';
import { bandsOf, bounds, PositiveRate, Share } from './figures.ts';
import { Description, FiscalPeriod, Key, Measure, Named } from './names.ts';

const productFamilies = z.array(Key).min(1).max(200).meta({ description: 'Of these product families only; of all, where nothing is said.' });

const shares = {
  bands: bandsOf(z.object({ ...bounds, rate: Share })).meta({ description: 'Of what is measured in the period; lowest first.' }),
  bandsOf: z.enum(['amount', 'share-of-target']).meta({
    description:
      'What the bounds of the bands count: the measured amount in the program’s currency, or its share of the agreed target, "1" being all.',
  }),
};
const growth = {
  bands: bandsOf(z.object({ ...bounds, rate: Share })).meta({ description: 'Of growth: "0.1" is 10 % more than the baseline.' }),
  baseline: z.enum(['prior-period', 'prior-year']).meta({ description: 'The period before, or the same one a year before.' }),
  zeroBaseline: z.enum(['pays-nothing', 'lowest-band', 'highest-band']).meta({
    description: 'Where the baseline is zero or missing: growth can’t be reckoned, and this is what happens; all of the value is then increment.',
  }),
};

/**
 * How bands become money. With 1 % to 5,000,000, 1.5 % to 10,000,000 and 2 % above, 12,000,000 pay
 * incremental 165,000; retroactive 240,000; each reached band up to its bound 50,000 + 150,000 + 240,000; each on the whole 540,000.
 */
export const Payment = z
  .discriminatedUnion('method', [
    z.object({ method: z.literal('incremental'), ...shares }).meta({ description: 'Each part of the value at the rate of the band it lies in.' }),
    z
      .object({ method: z.literal('retroactive'), ...shares })
      .meta({ description: 'The whole value, from the first dollar, at the rate of the band reached.' }),
    z
      .object({ method: z.literal('each-band-up-to-its-bound'), ...shares })
      .meta({ description: 'For each band reached, its rate on the value up to its upper bound; all added.' }),
    z
      .object({ method: z.literal('each-band-on-the-whole'), ...shares })
      .meta({ description: 'For each band reached, its rate on the whole value; all added.' }),
    z
      .object({
        method: z.literal('fixed-on-target'),
        steps: z
          .array(z.object({ atLeastShare: PositiveRate.meta({ description: 'Of the agreed target: "1" is all of it.' }), amount: Money }))
          .min(1)
          .max(20)
          .meta({ description: 'Lowest first.' }),
      })
      .meta({ description: 'The amount of the highest step that is reached.' }),
    z.object({ method: z.literal('growth-on-total'), ...growth }).meta({ description: 'The rate of the growth reached, on the whole value.' }),
    z
      .object({ method: z.literal('growth-on-increment'), ...growth })
      .meta({ description: 'The rate of the growth reached, on what exceeds the baseline.' }),
  ])
  .meta({ id: 'RebatePayment' });
export type Payment = z.output<typeof Payment>;

const Qualifier = z
  .discriminatedUnion('kind', [
    z
      .object({ kind: z.literal('tier'), tiers: z.array(Key).min(1).max(20).meta({ description: 'Of this document.' }) })
      .meta({ description: 'The partner holds one of these.' }),
    z
      .object({ kind: z.literal('target'), atLeastShare: Share })
      .meta({ description: 'Of the target agreed for the period; without one it is not met.' }),
    z
      .object({ kind: z.literal('certified-people'), certification: Key, atLeast: z.int().min(1).max(500).meta({ description: 'How many people.' }) })
      .meta({ description: 'On the last day of the period.' }),
  ])
  .meta({ id: 'Qualifier', description: 'What must hold for anything to be paid.' });

export const RebateScheme = z
  .object({
    ...Named.shape,
    description: Description.optional(),
    ...dated,
    measure: Measure,
    productFamilies: productFamilies.optional(),
    period: FiscalPeriod.meta({ description: 'Over which is measured and paid.' }),
    qualifiers: z.array(Qualifier).max(10).meta({ description: 'All of them.' }),
    pays: Payment.meta({ description: 'By which method, and how much.' }),
    paysOn: z
      .object({ measure: Measure, productFamilies: productFamilies.optional() })
      .optional()
      .meta({ description: 'The value that is paid on, where it is another than the one measured.' }),
    cap: Money.optional().meta({ description: 'At the most for one partner in one period.' }),
    tierUplifts: z
      .array(z.object({ tier: Key, uplift: Share.meta({ description: 'On top of the rebate: "0.1" makes 100.00 into 110.00.' }) }))
      .max(20)
      .optional()
      .meta({ description: 'Tiers that are not named have none.' }),
    stacking: z
      .object({
        order: z.int().min(1).max(1_000).meta({ description: 'Lower ones first.' }),
        on: z
          .enum(['value', 'value-less-earlier'])
          .meta({ description: 'Whether the rebates of schemes before it are taken off the value that it pays on.' }),
      })
      .meta({ description: 'Where it stands among the schemes that pay on the same.' }),
    budget: Key.optional().meta({ description: 'The budget that it draws on; its own, where nothing is said.' }),
    amountMax: Money.optional().meta({
      description: 'What it pays to all partners together in one period; it stops there. Without it nothing keeps it within a budget.',
    }),
    acceptCliff: z
      .literal(true)
      .optional()
      .meta({ description: 'It is meant that somewhere one unit more pays less; without this such a document is refused.' }),
  })
  .meta({ id: 'RebateScheme' });
export type RebateScheme = z.output<typeof RebateScheme>;

const RebateBudget = z
  .object({ ...Named.shape, every: FiscalPeriod, amount: Money.meta({ description: 'For each such period anew.' }) })
  .meta({ id: 'RebateBudget', description: 'What its schemes have together, for all partners.' });

export const Rebates = z
  .object({
    budgets: z
      .array(RebateBudget)
      .max(50)
      .meta({ description: 'None of them can be exceeded by the schemes that name it; partners are not shown them.' }),
    schemes: z.array(RebateScheme).max(50).meta({ description: 'Each pays by itself, in the order of their stacking.' }),
  })
  .meta({ id: 'Rebates', description: 'What is paid back on what was sold.' });

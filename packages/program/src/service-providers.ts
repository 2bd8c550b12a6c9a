/** Partners whose customers consume instead of buying: levels, volume discounts, and what is billed. */
import * as z from 'zod';
import { dated } from './dated.ts';
import { bandsOf, bounds, PositiveQuantity, Share } from './figures.ts';
import { Key, Named } from './names.ts';
import { Meter, RateCard } from './rate-card.ts';

const CommitmentTerm = z
  .object({
    ...Named.shape,
    months: z.int().min(1).max(120).meta({ description: 'For how long is committed, in months.' }),
    discount: Share.optional().meta({ description: 'Off the rate card for this term.' }),
  })
  .meta({ id: 'CommitmentTerm' });

const Commitments = z
  .object({
    period: z.enum(['month', 'fiscal-quarter']).meta({ description: 'For which an amount is committed each time.' }),
    terms: z.array(CommitmentTerm).min(1).max(20).meta({ description: 'Of which a contract has one.' }),
    overageFactor: PositiveQuantity.meta({
      description: 'Times the price of the rate card, for what goes beyond the commitment: "1.2" is a fifth more.',
    }),
    burstShare: Share.optional().meta({ description: 'Of the commitment; so far beyond it no overage is charged.' }),
    shortfall: z.enum(['invoiced', 'forgiven']).meta({ description: 'What becomes of a commitment that was not used up.' }),
    rollover: z
      .object({
        share: Share.meta({ description: 'Of the commitment, at the most.' }),
        periodsMax: z.int().min(1).max(12).meta({ description: 'After which it is lost.' }),
      })
      .optional()
      .meta({ description: 'What of it goes into the next period before the shortfall is reckoned.' }),
  })
  .meta({ id: 'Commitments', description: 'What a service provider may bind itself to use.' });

export const Consumption = z
  .object({
    ...dated,
    meters: z.array(Meter).min(1).max(100).meta({ description: 'What is counted.' }),
    rateCards: z.array(RateCard).max(50).meta({ description: 'Each meter is charged by one at a time.' }),
    commitments: Commitments.optional(),
    usageGraceDays: z.int().min(0).max(60).meta({ description: 'Days after the end of a month within which its usage may still arrive.' }),
    zeroReport: z.enum(['nothing', 'as-before', 'commitment']).meta({
      description: 'What is billed where no report came, silence not being zero: nothing until it comes, as in the period before, or the commitment.',
    }),
  })
  .meta({ id: 'Consumption', description: 'Before its first day service providers buy as others do.' });
export type Consumption = z.output<typeof Consumption>;

export const ServiceProviders = z
  .object({
    ladder: Key.meta({ description: 'The ladder whose tiers are their levels.' }),
    volumeDiscounts: z
      .array(
        z.object({
          tier: Key,
          bands: bandsOf(z.object({ ...bounds, discount: Share })).meta({
            description: 'Of what was booked or consumed in the fiscal year to date, in the program’s currency.',
          }),
        }),
      )
      .max(10)
      .meta({
        description: 'Off what further is bought, by level and by volume: the whole order at the discount of the band that the year lies in.',
      }),
    consumption: Consumption.optional(),
  })
  .meta({ id: 'ServiceProviders', description: 'Levels, volume discounts, and from a day on billing by consumption.' });
export type ServiceProviders = z.output<typeof ServiceProviders>;

/** What is paid at a booking: rewards to the partner's people, and margin upfront to the partner. */
import { Money } from '@echelon/money';
import * as z from 'zod';
import { dated } from './dated.ts';
import { Share } from './figures.ts';
import { DealType, Key, Named } from './names.ts';

export const SellerReward = z
  .object({
    ...Named.shape,
    ...dated,
    role: Key.meta({ description: 'One of the document’s roles. Paid to a person who had it with the partner on the day of the order.' }),
    dealTypes: z.array(DealType).min(1).max(DealType.options.length).meta({ description: 'For which it is paid.' }),
    pays: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('amount'), amount: Money }).meta({ description: 'For each deal.' }),
        z.object({ kind: z.literal('rate'), rate: Share }).meta({ description: 'Of the deal’s committed total contract value.' }),
      ])
      .meta({ description: 'To one person, whoever else is rewarded.' }),
    caps: z
      .object({
        deal: Money.optional().meta({ description: 'For one deal.' }),
        person: Money.optional().meta({ description: 'For one person in one fiscal year.' }),
        year: Money.optional().meta({ description: 'For all people together in one fiscal year.' }),
      })
      .meta({ description: 'At the most; what is not named has no cap.' }),
  })
  .meta({ id: 'SellerReward', description: 'One payment for each deal and role.' });
export type SellerReward = z.output<typeof SellerReward>;

export const UpfrontMargin = z
  .object({
    productFamilies: z.array(Key).min(1).max(200).optional().meta({ description: 'Of subscriptions to these only; to all, where nothing is said.' }),
    rates: z
      .array(z.object({ tier: Key, ...dated, rate: Share }))
      .max(100)
      .meta({ description: 'At the rate of the day of booking. A tier without one is paid as the customer is invoiced.' }),
    clawback: z.literal('pro-rata').meta({ description: 'On reduction or cancellation: the part that was not served, by days.' }),
  })
  .meta({ id: 'UpfrontMargin', description: 'On the committed total contract value at booking, instead of as the customer is invoiced.' });
export type UpfrontMargin = z.output<typeof UpfrontMargin>;

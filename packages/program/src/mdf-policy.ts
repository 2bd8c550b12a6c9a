/** Market development funds: what there is of them, how a partner comes to some, and what it must show for them. */
import { Money } from '@echelon/money';
import * as z from 'zod';
import { Share } from './figures.ts';
import { FiscalPeriod, Key, Measure, Named } from './names.ts';

export const Proof = z
  .enum(['invoice', 'attendee-list', 'lead-list', 'photograph', 'screenshot', 'agenda', 'report'])
  .meta({ id: 'Proof', description: 'What shows that an activity took place, and what it cost.' });

const fund = {
  ...Named.shape,
  budget: Key.meta({ description: 'The budget that it draws on.' }),
  amountMax: Money.optional().meta({
    description: 'What it gives to all partners together in one period of the budget; it stops there. Without it nothing keeps it within the budget.',
  }),
};

export const Fund = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('proposal'), ...fund }).meta({ description: 'Granted request by request.' }),
    z
      .object({
        kind: z.literal('accrual'),
        ...fund,
        measure: Measure,
        share: Share.meta({ description: 'Of the measured amount, credited to the partner; "0.01" is 1 %.' }),
        expiresAfterDays: z.int().min(1).max(3_650).meta({ description: 'Days from the credit until what is left of it is forfeited.' }),
      })
      .meta({ description: 'Earned by what the partner sells.' }),
  ])
  .meta({ id: 'Fund' });

const Region = z
  .object({
    ...Named.shape,
    countries: z
      .array(z.string().regex(/^[A-Z]{2}$/))
      .max(250)
      .meta({ description: 'ISO 3166-1 alpha-2; a region without any is everywhere else.' }),
  })
  .meta({ id: 'Region', description: 'By the country of the partner.' });

const FundBudget = z
  .object({ ...Named.shape, region: Key, every: FiscalPeriod, amount: Money.meta({ description: 'For each such period anew.' }) })
  .meta({ id: 'FundBudget', description: 'What there is for one region.' });

const TierCap = z
  .object({ tier: Key, every: FiscalPeriod, cap: Money.meta({ description: 'At the most for one partner in such a period.' }) })
  .meta({ id: 'TierCap' });

const FundActivity = z
  .object({
    ...Named.shape,
    proofs: z.array(Proof).min(1).max(Proof.options.length).meta({ description: 'All of them belong to a claim.' }),
    cap: Money.optional().meta({ description: 'At the most for one request.' }),
    coFundingShare: Share.optional().meta({ description: 'In place of the policy’s own.' }),
  })
  .meta({ id: 'FundActivity', description: 'What funds may be spent on.' });

export const MdfPolicy = z
  .object({
    regions: z.array(Region).min(1).max(50).meta({ description: 'The parts of the world that have a budget each.' }),
    budgets: z.array(FundBudget).max(100).meta({ description: 'What there is to give; partners are not shown it. Each fund draws on one.' }),
    funds: z.array(Fund).min(1).max(50).meta({ description: 'How it is given.' }),
    coFundingShare: Share.meta({ description: 'Of what an activity costs, borne by the vendor: "0.5" is half.' }),
    tierCaps: z.array(TierCap).max(100).meta({ description: 'Tiers that are not named have no cap of their own.' }),
    activities: z.array(FundActivity).min(1).max(50).meta({ description: 'What it is given for; nothing else.' }),
    claimDeadlineDays: z.int().min(1).max(1_000).meta({ description: 'Days from the day of the activity within which it is claimed.' }),
    negativeBalances: z.enum(['never', 'allowed']).meta({ description: 'Whether a reversal may leave a partner owing to its fund.' }),
  })
  .meta({ id: 'MdfPolicy', description: 'The day of an activity, not of its claim, decides the period.' });
export type MdfPolicy = z.output<typeof MdfPolicy>;

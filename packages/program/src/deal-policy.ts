/** How a program registers deals: what it takes, who decides and by when, how long a deal is protected, and what is offered. */
import { Money, Rate } from '@echelon/money';
import * as z from 'zod';
import { DealType, Key, Label, Named, Route, Segment } from './names.ts';

export const Offering = z
  .object({
    tier: Key,
    route: Route,
    dealTypes: z.array(DealType).min(1).max(DealType.options.length).meta({ description: 'For which it is the one offer.' }),
    discount: Rate.meta({ description: 'Off the list price, for the partner of the deal: 0.15 is 15 %.' }),
    margin: Rate.meta({ description: 'On top, for the registered deal.' }),
  })
  .meta({ id: 'Offering', description: 'Exactly one per tier, route and deal type that the document sells by.' });
export type Offering = z.output<typeof Offering>;

/** In the form in which an end customer gives its own: what is written otherwise would match nobody, and nobody would notice. */
const registryId = z
  .string()
  .regex(/^(DUNS:\d{9}|VAT:[A-Z]{2}[0-9A-Z+*]{2,12})$/, 'is a scheme and an id in it: `DUNS:123456789`, `VAT:DE123456789`')
  .meta({ examples: ['DUNS:123456789'] });
const domain = z
  .string()
  .max(253)
  .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, 'is a web domain in lower case, without scheme or path')
  .meta({ examples: ['acme.example'] });

export const NamedAccount = z
  .object({
    name: Label,
    registryIds: z.array(registryId).max(20).meta({ description: 'As `DUNS:123456789`, `VAT:DE123456789`.' }),
    domains: z.array(domain).max(20).meta({ description: 'Web domains, lower case.' }),
  })
  .meta({ id: 'NamedAccount', description: 'A customer that the vendor keeps to itself.' });
export type NamedAccount = z.output<typeof NamedAccount>;

const what = { openDeals: z.enum(['freeze', 'close']).meta({ description: 'They wait as they are, or are ended.' }) };

export const DealRegistrationPolicy = z
  .object({
    minimumAmount: Money,
    protectionDays: z
      .int()
      .min(1)
      .max(1_000)
      .meta({ description: "Whole days in the program's time zone; protection lasts through the last of them." }),
    extension: z
      .object({
        days: z.int().min(1).max(1_000).meta({ description: 'Whole days, each time.' }),
        timesMax: z.int().min(0).max(20).meta({ description: '0: protection is never extended.' }),
      })
      .meta({ description: 'Of protection, before it ends.' }),
    approvalHours: z.int().min(1).max(1_000).meta({ description: 'Business hours within which a submission is decided.' }),
    autoApproval: z
      .object({
        amountMax: Money,
        segments: z.array(Segment).min(1).meta({ description: 'The end customer’s must be one of them.' }),
        productFamilies: z.array(Key).min(1).max(200).meta({ description: 'Each family of the deal must be among them.' }),
      })
      .optional()
      .meta({ description: 'What is approved at once where there is no conflict and nothing to look at; absent: a person decides everything.' }),
    exclusions: z
      .array(z.enum(['rfp-published', 'vendor-engaged']))
      .meta({ description: 'What makes an opportunity come too late to be registered.' }),
    namedAccounts: z.array(NamedAccount).max(1_000).meta({ description: 'Customers whose deals no partner registers.' }),
    lookbackDays: z
      .int()
      .min(1)
      .max(10_000)
      .meta({ description: 'An asset that ended longer ago than this does not keep a customer from being a new logo.' }),
    runnerUpShare: Rate.meta({ description: 'Of the discount, for a partner whose deal is rejected because another came first; 0: nothing.' }),
    accountTeamCredit: Rate.meta({
      description: 'Of the committed total contract value, credited to the vendor’s account team whichever route wins.',
    }),
    suspension: z.object(what).meta({ description: 'What becomes of the open and approved deals of a partner that is suspended.' }),
    leaving: z.object(what).meta({ description: 'The same for a partner that leaves; those that are frozen wait to be transferred.' }),
    offers: z.array(Offering).min(1).max(500).meta({ description: 'The table of discounts and margins: fixed for a deal at its approval.' }),
  })
  .meta({ id: 'DealRegistrationPolicy', description: 'What is registered, by when it is decided, how long it is protected, and what is offered.' });
export type DealRegistrationPolicy = z.output<typeof DealRegistrationPolicy>;

export const SalesPlay = Named.meta({ id: 'SalesPlay', description: 'A motion in which a partner may help to win without being the reseller.' });

import { Day, Instant } from '@echelon/calendar';
import { Money, Rate } from '@echelon/money';
import { Key, Route } from '@echelon/program';
import * as z from 'zod';
import { events } from './event.ts';
import { DealId, PartnerId, ProgramId, VersionId } from './ids.ts';
import { Country } from './partners.events.ts';

/** What identifies an end customer, from the strongest to the weakest: registry id, web domain, name with country and city. */
export const EndCustomer = z
  .object({
    name: z.string().trim().min(1).max(200),
    country: Country,
    city: z.string().trim().min(1).max(120).optional(),
    registryId: z
      .discriminatedUnion('scheme', [
        z.object({ scheme: z.literal('DUNS'), value: z.string().regex(/^\d{9}$/, 'is nine digits') }),
        z.object({ scheme: z.literal('VAT'), value: z.string().regex(/^[A-Z]{2}[0-9A-Z+*]{2,12}$/, 'is a country prefix and up to 12 characters') }),
      ])
      .optional(),
    domain: z
      .string()
      .max(253)
      .regex(/^(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+$/, 'is a registrable web domain in lower case, without scheme or path')
      .optional(),
  })
  .meta({ id: 'EndCustomer' });
export type EndCustomer = z.output<typeof EndCustomer>;

/** Of minor units; illustrative. Thousands of orders of this size still add up within what Money holds. */
const SOLD_MAX = 99_999_999_999_999n;
/** An amount of something sold: more than nothing, and less than no order ever was. */
const Sold = Money.refine(({ amount }) => amount > 0n && amount <= SOLD_MAX, {
  path: ['amount'],
  error: `is more than zero, and at most ${SOLD_MAX} minor units`,
});

export const DealSubmission = z
  .object({
    programId: ProgramId,
    endCustomer: EndCustomer,
    productFamilies: z.array(Key).min(1).max(10),
    amount: Sold.meta({ description: 'What the end customer is expected to order, at list price.' }),
    expectedCloseOn: Day,
    route: Route,
  })
  .meta({ id: 'DealSubmission' });
export type DealSubmission = z.output<typeof DealSubmission>;

/** Fixed at approval: rates of the version and tier of that day, and the rule that gave them. */
export const Offer = z
  .object({
    tier: Key,
    discount: Rate,
    margin: Rate,
    versionId: VersionId,
    rule: z.string().meta({ description: 'JSON Pointer into the version’s document.' }),
  })
  .meta({ id: 'Offer' });
export type Offer = z.output<typeof Offer>;

export const Order = z
  .object({
    orderNumber: z.string().trim().min(1).max(80),
    orderedOn: Day,
    amount: Sold,
    fulfilledBy: PartnerId.meta({ description: 'Every order names the partner that fulfils it.' }),
  })
  .meta({ id: 'Order' });
export type Order = z.output<typeof Order>;

/** That another registration of the same opportunity came first. The partner learns no more; the evidence is the vendor's. */
export const DealConflict = z
  .object({ evidence: z.array(z.object({ key: z.string(), dealId: DealId, partnerId: PartnerId })).optional() })
  .meta({ id: 'DealConflict' });
export type DealConflict = z.output<typeof DealConflict>;

const registered = {
  id: DealId,
  partnerId: PartnerId,
  ...DealSubmission.shape,
  versionId: VersionId,
  submittedAt: Instant.meta({ description: 'The priority: asking for information does not move it.' }),
  submittedBy: z.string(),
  conflict: DealConflict.optional(),
};
const decided = { ...registered, decidedBy: z.string(), decidedAt: Instant };
const approved = { ...decided, offer: Offer, protectedUntil: Instant.meta({ description: 'Exclusive.' }) };

export const DealRegistration = z
  .discriminatedUnion('status', [
    z.object({ status: z.literal('submitted'), ...registered, dueAt: Instant }),
    z.object({ status: z.literal('information-requested'), ...registered, question: z.string(), askedAt: Instant, dueAt: Instant }),
    z.object({ status: z.literal('rejected'), ...decided, reason: z.string() }),
    z.object({ status: z.literal('withdrawn'), ...registered, withdrawnAt: Instant }),
    z.object({ status: z.literal('approved'), ...approved }),
    z.object({ status: z.literal('expired'), ...approved }),
    z.object({ status: z.literal('won'), ...approved, order: Order }),
  ])
  .meta({ id: 'DealRegistration' });
export type DealRegistration = z.output<typeof DealRegistration>;

export const dealEvents = events('deals', DealRegistration, {
  DealSubmitted: z.object({
    partnerId: PartnerId,
    by: z.string(),
    submission: DealSubmission,
    versionId: VersionId,
    dueAt: Instant,
    conflict: DealConflict.optional(),
  }),
  DealInformationRequested: z.object({ question: z.string(), by: z.string() }),
  DealInformationSupplied: z.object({ answer: z.string(), by: z.string(), dueAt: Instant }),
  DealApproved: z.object({ by: z.string(), offer: Offer, protectedUntil: Instant }),
  DealRejected: z.object({ by: z.string(), reason: z.string() }),
  DealWithdrawn: z.object({ by: z.string() }),
  DealExpired: z.object({}),
  DealWon: z.object({ order: Order, offer: Offer, by: z.string() }),
});

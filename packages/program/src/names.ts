/** The words that documents, requests and events share: what a program calls its parts, and what a deal, a fact or an activity is. */
import * as z from 'zod';

/** A name that documents give to their parts and refer to them by: `solution-provider`. */
export const Key = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'is 1 to 40 lower-case letters, digits and hyphens, a letter first')
  .meta({ description: 'Lower case, digits and hyphens; by it the parts of a document refer to one another.', examples: ['reseller'] });
export type Key = z.output<typeof Key>;

export const Label = z
  .string()
  .min(1)
  .max(120)
  .meta({ description: 'As people call it.', examples: ['Reseller'] });
export const Description = z.string().min(1).max(500).meta({ description: 'For people: what it is, in a sentence or two.' });

export const Route = z
  .enum(['reseller', 'distributor', 'service-provider'])
  .meta({ id: 'Route', description: 'The way a deal reaches the end customer.' });
export type Route = z.output<typeof Route>;

export const DealType = z.enum(['net-new-logo', 'cross-sell', 'upsell', 'expansion', 'renewal']).meta({
  id: 'DealType',
  description:
    'From the assets of record at submission: nothing installed in the customer’s group within the lookback; nothing of this product family; ' +
    'a named asset replaced by more; more of the same; a named asset renewed by its partner of record.',
});
export type DealType = z.output<typeof DealType>;

export const Segment = z.enum(['smb', 'mid-market', 'enterprise']).meta({ id: 'Segment', description: 'How large the end customer is.' });
export type Segment = z.output<typeof Segment>;

export const Measure = z.enum(['bookings', 'sell-through', 'consumption']).meta({
  id: 'Measure',
  description: 'Orders of won deals by order date; what distributors report as sold; what customers of service providers used.',
});
export type Measure = z.output<typeof Measure>;

export const FiscalPeriod = z.enum(['fiscal-quarter', 'fiscal-year']).meta({ id: 'FiscalPeriod', description: 'By the program’s fiscal calendar.' });
export type FiscalPeriod = z.output<typeof FiscalPeriod>;

export const EngagementKind = z
  .enum(['business-plan', 'marketing-plan', 'quarterly-business-review', 'campaign', 'event', 'training', 'customer-adoption'])
  .meta({
    id: 'EngagementKind',
    description: 'What a partner does beside selling; `customer-adoption`: it brought a customer to use what was bought.',
  });
export type EngagementKind = z.output<typeof EngagementKind>;

export const PointsCategory = z
  .enum(['pre-sale', 'sale', 'post-sale', 'capability'])
  .meta({ id: 'PointsCategory', description: 'Where in the life of a customer an activity belongs; `capability`: what the partner can.' });
export type PointsCategory = z.output<typeof PointsCategory>;

/** Days before something ends at which those concerned are told, the earliest first: nothing lapses unannounced. */
export const NOTICE_DAYS = [90, 60, 30, 5] as const;
export const NoticeDays = z.literal(NOTICE_DAYS).meta({ id: 'NoticeDays', description: 'How many days before, as planned.' });
export type NoticeDays = z.output<typeof NoticeDays>;

/** What two parts of a document have in common that refer to one another. */
export const Named = z.object({ key: Key, name: Label });

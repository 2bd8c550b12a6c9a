/**
 * A ProgramVersion's document: a vendor's channel program as data. JSON on the wire, validated once, immutable, named by its
 * hash. Every service reads it; none of them knows any program.
 */
import { BusinessHours, FiscalCalendar, TimeZone, Window } from '@echelon/calendar';
import { Currency, Money, Rate } from '@echelon/money';
import * as z from 'zod';

/** 200 KB of JSON: so that a document fits an event and an item with room to spare. */
export const DOCUMENT_BYTES_MAX = 200_000;

/** A name that documents give to their parts and refer to them by: `solution-provider`. */
export const Key = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'is 1 to 40 lower-case letters, digits and hyphens, a letter first')
  .meta({ examples: ['reseller'] });
export type Key = z.output<typeof Key>;

export const Route = z
  .enum(['reseller', 'distributor', 'service-provider'])
  .meta({ id: 'Route', description: 'The way a deal reaches the end customer.' });
export type Route = z.output<typeof Route>;

const Label = z.string().min(1).max(120);

export const Requirement = z
  .object({
    kind: z.literal('revenue'),
    measure: z.literal('bookings').meta({ description: 'Orders of won deals, by order date.' }),
    window: Window,
    atLeast: Money,
    strictness: z.enum(['hard', 'advisory']).meta({ description: 'An advisory requirement is shown, and decides nothing.' }),
  })
  .meta({ id: 'Requirement' });
export type Requirement = z.output<typeof Requirement>;

export const Tier = z.object({ key: Key, name: Label, requirements: z.array(Requirement).max(20) }).meta({ id: 'Tier' });
export type Tier = z.output<typeof Tier>;

export const Ladder = z
  .object({
    key: Key,
    name: Label,
    tiers: z.array(Tier).min(1).max(10).meta({ description: 'Lowest first. Whoever is enrolled holds the lowest, which asks for nothing.' }),
  })
  .meta({ id: 'Ladder' });
export type Ladder = z.output<typeof Ladder>;

export const Offering = z
  .object({
    tier: Key,
    route: Route,
    discount: Rate.meta({ description: 'Off the list price, for the partner of the deal: 0.15 is 15 %.' }),
    margin: Rate.meta({ description: 'On top, for the registered deal.' }),
  })
  .meta({ id: 'Offering' });
export type Offering = z.output<typeof Offering>;

export const DealRegistration = z
  .object({
    minimumAmount: Money,
    protectionDays: z
      .int()
      .min(1)
      .max(1_000)
      .meta({ description: "Whole days in the program's time zone; protection lasts through the last of them." }),
    approvalHours: z.int().min(1).max(1_000).meta({ description: 'Business hours within which a submission is decided.' }),
    offers: z.array(Offering).min(1).max(200),
  })
  .meta({ id: 'DealRegistrationPolicy' });

export const ProgramDocument = z
  .object({
    name: Label,
    currency: Currency,
    timeZone: TimeZone,
    fiscalCalendar: FiscalCalendar,
    businessHours: BusinessHours,
    businessModels: z
      .array(z.object({ key: Key, name: Label }))
      .min(1)
      .max(20),
    productFamilies: z
      .array(z.object({ key: Key, name: Label }))
      .min(1)
      .max(200),
    ladder: Ladder,
    dealRegistration: DealRegistration,
    illustrative: z
      .array(
        z
          .string()
          .regex(/^(\/[^/]+)+$/)
          .meta({ examples: ['/name'] }),
      )
      .max(500)
      .meta({ description: 'JSON Pointers to the values, or whole parts, that no published source of the program gives.' }),
  })
  .meta({ id: 'ProgramDocument' });
export type ProgramDocument = z.output<typeof ProgramDocument>;

/** The document's own names, where a rule refers to one of them. */
export const baseTier = ({ ladder }: ProgramDocument): Tier => {
  const [lowest] = ladder.tiers;
  if (lowest === undefined) throw new Error(`ladder ${ladder.key} has no tier`);
  return lowest;
};

/** The offer for a tier and route, and the place in the document that gives it. */
export const offeringFor = (document: ProgramDocument, tier: Key, route: Route): { offering: Offering; rule: string } | undefined => {
  const at = document.dealRegistration.offers.findIndex((offer) => offer.tier === tier && offer.route === route);
  const offering = document.dealRegistration.offers[at];
  return offering && { offering, rule: `/dealRegistration/offers/${at}` };
};

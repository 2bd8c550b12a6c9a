/**
 * A ProgramVersion's document: a vendor's channel program as data. JSON on the wire, validated once, immutable, named by its
 * hash. Every service reads it; none of them knows any program.
 */
import { BusinessHours, FiscalCalendar, TimeZone } from '@echelon/calendar';
import { Currency, Rate } from '@echelon/money';
import * as z from 'zod';
import { Admission } from './admission.ts';
import { DealRegistrationPolicy, type Offering, SalesPlay } from './deal-policy.ts';
import { Benefit, Certification, Ladder, PointsRule, Specialization, type Tier } from './ladder.ts';
import { MdfPolicy } from './mdf-policy.ts';
import { Migration } from './migration.ts';
import { type DealType, Key, Label, Named, PointsCategory, type Route } from './names.ts';
import { Rebates } from './rebate-scheme.ts';
import { SellerReward, UpfrontMargin } from './rewards.ts';
import { ServiceProviders } from './service-providers.ts';

export { Country } from './country.ts';
export { holdsOn, isReckoned, NOT_RECKONED } from './dated.ts';
export { type DealRegistrationPolicy, NamedAccount, Offering } from './deal-policy.ts';
export { CERTIFIED_PEOPLE_MAX, Ladder, POINTS_RULES_EACH_MAX, PointsRule, Requirement, Tier } from './ladder.ts';
export { movedTo } from './migration.ts';
export { DealType, EngagementKind, Key, Label, Measure, NOTICE_DAYS, NoticeDays, PointsCategory, Route, Segment } from './names.ts';

/** 200 KB of JSON: so that a document fits an event and an item with room to spare. */
export const DOCUMENT_BYTES_MAX = 200_000;

const parts = <Part extends z.ZodType>(part: Part, max: number) => z.array(part).max(max);

const BusinessModel = z
  .object({
    ...Named.shape,
    weights: z
      .array(z.object({ category: PointsCategory, weight: Rate.meta({ description: '1.5: each point counts one and a half times, rounded down.' }) }))
      .max(PointsCategory.options.length)
      .optional()
      .meta({ description: 'How much the points of a category count in this business model; 1, where nothing is said.' }),
  })
  .meta({ id: 'BusinessModel' });

export const ProductFamily = z
  .object({ ...Named.shape, benefit: Key.optional().meta({ description: 'Sold only by partners whose tier gives this benefit.' }) })
  .meta({ id: 'ProductFamily' });

const PersonRole = Named.meta({ id: 'PersonRole', description: 'What a partner’s people do: account executive, systems engineer.' });

export const ProgramDocument = z
  .object({
    name: Label,
    currency: Currency,
    timeZone: TimeZone,
    fiscalCalendar: FiscalCalendar,
    businessHours: BusinessHours,
    businessModels: parts(BusinessModel, 20).min(1).meta({ description: 'Of which a partner holds one or more.' }),
    productFamilies: parts(ProductFamily, 200).min(1).meta({ description: 'What is sold.' }),
    benefits: parts(Benefit, 100).meta({ description: 'What tiers may give.' }),
    certifications: parts(Certification, 200).meta({ description: 'What people may be certified in.' }),
    specializations: parts(Specialization, 100).meta({ description: 'What partners may be specialized in.' }),
    salesPlays: parts(SalesPlay, 100).meta({ description: 'Motions in which influence is credited.' }),
    ladders: parts(Ladder, 10).min(1).meta({ description: 'A partner is enrolled on one or more. No two tiers of a document share a key.' }),
    pointsRules: parts(PointsRule, 200).meta({ description: 'What earns points; each rule by itself, all added.' }),
    inactivityDays: z
      .int()
      .min(1)
      .max(3_650)
      .meta({ description: 'Days without a deal, sale or certification after which a partner is flagged, told, and proposed for removal.' }),
    dealRegistration: DealRegistrationPolicy,
    admission: Admission.optional(),
    roles: parts(PersonRole, 50).optional().meta({ description: 'Of a partner’s people, for seller rewards.' }),
    mdf: MdfPolicy.optional(),
    rebates: Rebates.optional(),
    sellerRewards: parts(SellerReward, 100).optional().meta({ description: 'Paid to a partner’s people.' }),
    upfrontMargin: UpfrontMargin.optional(),
    serviceProviders: ServiceProviders.optional(),
    migration: Migration.optional().meta({ description: 'Where it replaces another version and partners must move.' }),
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
  .meta({ id: 'ProgramDocument', description: 'A vendor’s channel program, whole.' });
export type ProgramDocument = z.output<typeof ProgramDocument>;

/** Bytes of its JSON, as it is sent and stored. */
export const bytesOf = (document: ProgramDocument): number => new TextEncoder().encode(JSON.stringify(z.encode(ProgramDocument, document))).length;

/** The lowest tier of a ladder, which enrolment gives. */
export const baseTier = ({ key, tiers }: Ladder): Tier => {
  const [lowest] = tiers;
  if (lowest === undefined) throw new Error(`ladder ${key} has no tier`);
  return lowest;
};

export const ladderOf = ({ ladders }: ProgramDocument, key: Key): Ladder | undefined => ladders.find((ladder) => ladder.key === key);

/** The ladder whose tier decides what a deal by this route is offered. */
export const ladderFor = ({ ladders }: ProgramDocument, route: Route): Ladder | undefined => ladders.find(({ routes }) => routes.includes(route));

/** The offer for a tier, route and deal type, and the place in the document that gives it. */
export const offeringFor = (
  { dealRegistration: { offers } }: ProgramDocument,
  { tier, route, dealType }: { readonly tier: Key; readonly route: Route; readonly dealType: DealType },
): { readonly offering: Offering; readonly rule: string } | undefined => {
  const at = offers.findIndex((offer) => offer.tier === tier && offer.route === route && offer.dealTypes.includes(dealType));
  const offering = offers[at];
  return offering && { offering, rule: `/dealRegistration/offers/${at}` };
};

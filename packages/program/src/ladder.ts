/** What a program asks for and gives: ladders of tiers, their requirements, benefits and points. */
import { Window } from '@echelon/calendar';
import { Money, Rate } from '@echelon/money';
import * as z from 'zod';
import { dated } from './dated.ts';
import { DealType, Description, EngagementKind, Key, Label, Measure, Named, PointsCategory, Route } from './names.ts';

const asked = {
  strictness: z.enum(['hard', 'advisory']).meta({ description: 'An advisory requirement is shown, and decides nothing.' }),
};
/** Whose facts count. */
const level = {
  level: z
    .enum(['partner', 'group'])
    .optional()
    .meta({ description: 'Measured of the partner by itself, unless told; or of its group: the parent and its national subsidiaries, summed.' }),
};
/** Tiering keeps so many certifications of a partner: nobody reaches by itself what asks for more people. */
export const CERTIFIED_PEOPLE_MAX = 400;
/** So many rules give points for one and the same activity: what it gave is told in one event. */
export const POINTS_RULES_EACH_MAX = 30;
const people = z.int().min(1).max(500).meta({ description: 'How many people, who may be others each time.' });
const times = z.int().min(1).max(1_000).meta({ description: 'How many times in the window.' });

export const Requirement = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('revenue'), measure: Measure, window: Window, atLeast: Money, ...level, ...asked }),
    z.object({
      kind: z.literal('points'),
      window: Window,
      atLeast: z.int().min(1).max(1_000_000_000).meta({ description: 'Points, weighted.' }),
      businessModel: Key.optional().meta({ description: 'Points of this business model only; else of all, summed.' }),
      ...level,
      ...asked,
    }),
    z.object({
      kind: z.literal('certified-people'),
      certification: Key,
      atLeast: people.meta({ description: 'People who hold the certification on the day.' }),
      ...level,
      ...asked,
    }),
    z.object({ kind: z.literal('specialization'), specialization: Key, ...level, ...asked }),
    z.object({ kind: z.literal('engagement'), engagement: EngagementKind, window: Window, atLeast: times, ...level, ...asked }),
    z.object({
      kind: z.literal('milestone'),
      measure: Measure,
      window: Window,
      atLeastShare: Rate.meta({ description: 'Of the targets agreed for the window: 1 is all of them. Without an agreed target it is not met.' }),
      ...asked,
    }),
    z.object({
      kind: z.literal('nomination'),
      among: Key.optional().meta({ description: 'Only who holds this tier of the document is nominated; anybody, where nothing is said.' }),
      ...asked,
    }),
  ])
  .meta({ id: 'Requirement', description: 'Each is measured as of a day; a certification or specialization counts from its first day to its last.' });
export type Requirement = z.output<typeof Requirement>;

export const Tier = z
  .object({
    key: Key,
    name: Label,
    requirements: z.array(Requirement).max(20).meta({ description: 'All that are hard must be met, and those of the tiers below it.' }),
    benefits: z.array(Key).max(100).meta({ description: 'Of the document’s benefits; all that the tier gives, those of lower tiers named again.' }),
  })
  .meta({ id: 'Tier' });
export type Tier = z.output<typeof Tier>;

export const Ladder = z
  .object({
    key: Key,
    name: Label,
    routes: z
      .array(Route)
      .max(Route.options.length)
      .meta({ description: 'Deals by these routes are offered what this ladder’s tier gives; each route belongs to one ladder.' }),
    tiers: z.array(Tier).min(1).max(10).meta({ description: 'Lowest first. Whoever is enrolled holds the lowest, which asks for nothing.' }),
    promotion: z.enum(['on-attainment', 'at-review', 'by-choice']).meta({
      description:
        'Whether a higher tier is given as soon as the facts give it, or when the review is signed off; or, of tracks, which are chosen: when a ' +
        'channel manager confirms what the partner chose.',
    }),
    review: z
      .object({
        every: z.enum(['fiscal-year', 'fiscal-quarter']).meta({ description: 'A review is due on the first day after each.' }),
        graceDays: z.int().min(0).max(1_000).meta({
          description: 'Days from the first day of a shortfall until a review may demote for it; notices go out 90, 60, 30 and 5 days before.',
        }),
      })
      .meta({ description: 'When a partner’s tier is looked at again.' }),
  })
  .meta({ id: 'Ladder' });
export type Ladder = z.output<typeof Ladder>;

export const Benefit = z
  .object({ ...Named.shape, description: Description.optional(), ...dated })
  .meta({ id: 'Benefit', description: 'What a tier gives, or lets a partner do.' });

const dealTypes = z.array(DealType).min(1).max(DealType.options.length).meta({ description: 'Of these types only; of all, where nothing is said.' });

export const PointsRule = z
  .object({
    ...Named.shape,
    category: PointsCategory,
    businessModel: Key.optional().meta({ description: 'For partners with this business model only, and counted as its points.' }),
    activity: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('deal-approved'), dealTypes: dealTypes.optional() }).meta({ description: 'A registered deal was approved.' }),
        z.object({
          kind: z.literal('deal-won'),
          dealTypes: dealTypes.optional(),
          per: Money.optional().meta({ description: 'Points for each whole amount of this size in the order; else once.' }),
        }),
        z.object({
          kind: z.literal('measured'),
          measure: Measure.extract(['sell-through', 'consumption']).meta({ description: 'In which the amount is measured.' }),
          per: Money.meta({ description: 'Points for each whole amount of this size.' }),
        }),
        z.object({ kind: z.literal('certification'), certification: Key }),
        z.object({ kind: z.literal('specialization'), specialization: Key }),
        z.object({ kind: z.literal('engagement'), engagement: EngagementKind }),
      ])
      .meta({ description: 'What a partner did or reached.' }),
    points: z.int().min(1).max(1_000_000).meta({ description: 'For each such activity, before the weights of the business model.' }),
  })
  .meta({ id: 'PointsRule' });
export type PointsRule = z.output<typeof PointsRule>;

const validDays = z.int().min(1).max(10_000).meta({ description: 'How many days it holds, the first included, unless it says otherwise itself.' });

export const Certification = z.object({ ...Named.shape, validDays }).meta({ id: 'Certification', description: 'Held by a person.' });
const SpecializationWay = z
  .object({
    ...Named.shape,
    description: Description.optional(),
    certifications: z
      .array(z.object({ certification: Key, people }))
      .max(20)
      .meta({ description: 'What is asked of this way alone.' }),
  })
  .meta({ id: 'SpecializationWay', description: 'One way to a specialization: with a package of one’s own, by selling the vendor’s, together.' });

export const Specialization = z
  .object({
    ...Named.shape,
    validDays,
    certifications: z
      .array(z.object({ certification: Key, people }))
      .max(20)
      .meta({ description: 'What a partner’s people must hold on the day that it is granted.' }),
    ways: z
      .array(SpecializationWay)
      .min(1)
      .max(10)
      .optional()
      .meta({ description: 'Of which a partner goes one; what it asks for comes to what is asked of all.' }),
  })
  .meta({ id: 'Specialization', description: 'Held by a partner.' });

/** What is known of a partner in a program: facts as netted sums and as last said, bounded. */
import { Day, Month, Quarter } from '@echelon/calendar';
import { Money } from '@echelon/money';
import { CERTIFIED_PEOPLE_MAX, EngagementKind, Key, Measure } from '@echelon/program';
import * as z from 'zod';
import { LaddersJoined, ModelsHeld } from './enrollment.ts';
import { CertificationId, PersonId, SpecializationId } from './ids.ts';
import { PointsSeries } from './tiering.points.ts';

/** What is measured, by month: five years, and in the oldest bucket what was before, so that an evaluation costs the same whatever the history. */
export const MONTHS_MAX = 60;
/** Of engagements four years, and of points: they are counted in windows of a year, and in a lifetime. */
export const ENGAGEMENT_MONTHS_MAX = 48;
/** What was kept by month when there were six kinds of engagement, of each of them sixty: 48 months of each of seven are 336. */
const ENGAGEMENT_BUCKETS_MAX = 360;
/** Targets of a measure: five years of them. */
export const QUARTERS_MAX = 20;
/** Certifications that a partner's people hold in one program, those that ended lately included. */
export const CERTIFICATIONS_HELD_MAX = CERTIFIED_PEOPLE_MAX;
export const SPECIALIZATIONS_HELD_MAX = 100;
export const NOMINATIONS_MAX = 20;
/** Of a reason a standing keeps the beginning; the event has it whole. */
export const REASON_KEPT_MAX = 150;
/** The points of each of a document's twenty business models, and those of none. */
export const POINTS_SERIES_MAX = 21;
/** One for each ladder that a partner stands on or has left. */
export const TRACKS_MAX = 20;

/** From its first day to its last, both included; never counted where the last lies before the first. */
const held = { from: Day, until: Day };

/** By calendar month: which fiscal quarter that is, the version says that judges. */
export const RevenueBucket = z.object({ measure: Measure, month: Month, amount: Money, orders: z.int() }).meta({ id: 'RevenueBucket' });
export type RevenueBucket = z.output<typeof RevenueBucket>;
export const EngagementBucket = z.object({ engagement: EngagementKind, month: Month, count: z.int() }).meta({ id: 'EngagementBucket' });
export type EngagementBucket = z.output<typeof EngagementBucket>;

/** As its owner last said, at that version: what comes later with a lower one says nothing new. */
const said = { version: z.int().positive() };
export const CertificationFact = z
  .object({ id: CertificationId, personId: PersonId, certification: Key, ...held, ...said })
  .meta({ id: 'CertificationFact' });
export type CertificationFact = z.output<typeof CertificationFact>;
export const SpecializationFact = z.object({ id: SpecializationId, specialization: Key, ...held, ...said }).meta({ id: 'SpecializationFact' });
export type SpecializationFact = z.output<typeof SpecializationFact>;

/** The enrolment as last said, from the day on which it was said: ladders that a later version brings come to it. */
export const EnrollmentFact = z
  .object({
    businessModels: z.array(Key),
    ladders: z.array(Key),
    enrolledOn: Day,
    joined: LaddersJoined.optional(),
    modelsHeld: ModelsHeld.optional(),
    saidOn: Day,
    ...said,
  })
  .meta({ id: 'EnrollmentFact' });
export type EnrollmentFact = z.output<typeof EnrollmentFact>;

/** Proposed by either side; it counts once the other has agreed. */
export const Target = z
  .object({ measure: Measure, quarter: Quarter, amount: Money, proposedBy: z.enum(['partner', 'vendor']), agreed: z.boolean() })
  .meta({ id: 'Target' });
export type Target = z.output<typeof Target>;
export const Nomination = z.object({ tier: Key, ...held, reason: z.string(), nominatedBy: z.string() }).meta({ id: 'Nomination' });
export type Nomination = z.output<typeof Nomination>;

/** The track that the partner chose on a ladder and a channel manager confirmed, as last said. */
export const TrackFact = z
  .object({
    ladder: Key,
    track: Key,
    confirmedOn: Day,
    reviewed: z.literal(true).optional().meta({ description: 'A review has been signed off since: what it settled holds.' }),
    ...said,
  })
  .meta({ id: 'TrackFact' });
export type TrackFact = z.output<typeof TrackFact>;

/** Everything that is known of a partner in a program, netted of reversals. */
export const Facts = z
  .object({
    enrollment: EnrollmentFact.optional().meta({ description: 'Absent until the enrolment is heard of: other facts may come before it.' }),
    revenue: z.array(RevenueBucket).max(MONTHS_MAX * Measure.options.length),
    certifications: z.array(CertificationFact).max(CERTIFICATIONS_HELD_MAX),
    specializations: z.array(SpecializationFact).max(SPECIALIZATIONS_HELD_MAX),
    engagements: z.array(EngagementBucket).max(ENGAGEMENT_BUCKETS_MAX),
    targets: z.array(Target).max(QUARTERS_MAX * Measure.options.length),
    nominations: z.array(Nomination).max(NOMINATIONS_MAX),
    points: z.array(PointsSeries).max(POINTS_SERIES_MAX).optional(),
    tracks: z.array(TrackFact).max(TRACKS_MAX).optional(),
  })
  .meta({ id: 'Facts' });
export type Facts = z.output<typeof Facts>;

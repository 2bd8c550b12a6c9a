import { Day, Instant, Quarter } from '@echelon/calendar';
import { Key, Measure, NoticeDays, Requirement } from '@echelon/program';
import * as z from 'zod';
import { events } from './event.ts';
import { DealId, EngagementId, PartnerId, ProgramId, StandingId, VersionId } from './ids.ts';
import {
  CertificationFact,
  EngagementBucket,
  EnrollmentFact,
  Facts,
  Nomination,
  RevenueBucket,
  SpecializationFact,
  Target,
  TrackFact,
} from './tiering.facts.ts';
import { CountedActivity } from './tiering.points.ts';

// A standing travels whole in each of its events and stands in each of its commits: with the largest event it stays below 250 KB, where
// PutEvents takes 256 KB and an item 400 KB. A test builds that largest one.

/** Of a review: the first findings of its evidence. */
export const EVIDENCE_MAX = 14;
/** Ladders that a partner stood on and may come back to: two changes of all ten. */
export const LADDERS_LEFT_MAX = 20;

const by = z.string();

/** A requirement beside what there is, in the unit that it is asked in. */
export const RequirementFinding = z
  .object({
    requirement: Requirement,
    rule: z.string().meta({ description: 'JSON Pointer into the version’s document.' }),
    have: z.string().meta({ description: 'Money, points, people, times or a share, as a decimal; 1 or 0 for what is held or not.' }),
    need: z.string(),
    met: z.boolean(),
    until: Day.optional().meta({ description: 'The last day on which what is held suffices, where that is known.' }),
  })
  .meta({ id: 'RequirementFinding' });
export type RequirementFinding = z.output<typeof RequirementFinding>;

export const Override = z
  .object({ tier: Key, from: Day, until: Day, reason: z.string(), setBy: z.string(), setAt: Instant })
  .meta({ id: 'Override' });
export type Override = z.output<typeof Override>;

export const GracePeriod = z
  .object({
    to: Key.meta({ description: 'The tier that the facts give now.' }),
    since: Day,
    until: Day.meta({ description: 'No review demotes before the day after it.' }),
    noticed: z.array(NoticeDays).meta({ description: 'The notices given: days before, as planned.' }),
  })
  .meta({ id: 'GracePeriod' });
export type GracePeriod = z.output<typeof GracePeriod>;

/** Opened when it is due, with a proposal and its evidence; a person signs it off. */
export const TierReview = z
  .object({ dueOn: Day, openedOn: Day, proposed: Key, evidence: z.array(RequirementFinding).max(EVIDENCE_MAX), versionId: VersionId })
  .meta({ id: 'TierReview' });
export type TierReview = z.output<typeof TierReview>;

/** As of enrolment or the last review: what the course of a position begins with. */
const Settlement = z.object({ tier: Key.optional(), on: Day }).meta({
  description:
    'As of enrolment, of the version that mapped the partner here, or of the last review; without a tier where a version brought the ladder and mapped nothing: what the facts gave on that day.',
});

/** A ladder that the partner stands on no more, as it was last settled: whoever comes back to it goes on from there. */
export const LadderLeft = z.object({ ladder: Key, settled: Settlement }).meta({ id: 'LadderLeft' });
export type LadderLeft = z.output<typeof LadderLeft>;

/** Where a partner stands on one ladder of the program. */
export const Position = z
  .object({
    ladder: Key,
    tier: Key.meta({ description: 'The official tier.' }),
    since: Day,
    attained: Key.meta({ description: 'The tier that the facts give now.' }),
    settled: Settlement,
    reviewOn: Day.meta({ description: 'When the next review is due.' }),
    grace: GracePeriod.optional(),
    override: Override.optional(),
    earned: Key.optional().meta({ description: 'Beneath an override: what is official again once it has ended.' }),
    review: TierReview.optional().meta({ description: 'The one that is open.' }),
  })
  .meta({ id: 'Position' });
export type Position = z.output<typeof Position>;

/** Tiers that were earned under the version before, whose benefits a migration keeps for a while. */
export const Grandfathered = z
  .object({
    until: Day.meta({ description: 'The last day on which their benefits are had too, as far as the program still has them.' }),
    versionId: VersionId.meta({ description: 'Under which they gave them.' }),
    held: z.array(z.object({ ladder: Key, tier: Key })).max(10),
  })
  .meta({ id: 'Grandfathered' });
export type Grandfathered = z.output<typeof Grandfathered>;

export const Standing = z
  .object({
    status: z.literal('official'),
    id: StandingId,
    programId: ProgramId,
    partnerId: PartnerId,
    versionId: VersionId.meta({ description: 'The version under which it last changed.' }),
    positions: z.array(Position).max(10).meta({ description: 'One for each ladder that the partner is enrolled on.' }),
    laddersLeft: z.array(LadderLeft).max(LADDERS_LEFT_MAX).optional(),
    grandfathered: Grandfathered.optional(),
    facts: Facts,
  })
  .meta({ id: 'Standing' });
export type Standing = z.output<typeof Standing>;

const decidedUnder = { on: Day, versionId: VersionId };
const onLadder = { ladder: Key, tier: Key };

export const standingEvents = events('tiering', Standing, {
  StandingOpened: z
    .object({ programId: ProgramId, partnerId: PartnerId, versionId: VersionId })
    .meta({ description: 'Something was heard of a partner in a program for the first time; it stands on no ladder before its enrolment is.' }),
  EnrollmentCounted: z
    .object({ fact: EnrollmentFact })
    .meta({ description: 'The enrolment as last said, whole: it decides on which ladders the partner stands.' }),
  PartnerPlaced: z
    .object({ position: Position, reason: z.enum(['enrolment', 'version']), ...decidedUnder })
    .meta({ description: 'A partner stands on a ladder from now on: by enrolment, or because a new version has it.' }),
  PositionEnded: z.object({ ...onLadder, ...decidedUnder }).meta({ description: 'A new version has no such ladder, or the enrolment no more.' }),
  RevenueCounted: z
    .object({ dealId: DealId.optional(), bucket: RevenueBucket })
    .meta({ description: 'What is measured has grown in a month; where it is taken back, by a negative amount.' }),
  CertificationCounted: z
    .object({ fact: CertificationFact })
    .meta({ description: 'A certification as last said: from its first day to its last, or never where the last lies before the first.' }),
  SpecializationCounted: z.object({ fact: SpecializationFact }).meta({
    description: 'A specialization as last said: from its first day to its last, or never where the last lies before the first.',
  }),
  EngagementCounted: z
    .object({ engagementId: EngagementId, bucket: EngagementBucket })
    .meta({ description: 'An engagement counts in a month; where its acceptance is taken back, by −1.' }),
  PointsCounted: z.object({ activity: CountedActivity, change: z.array(z.object({ businessModel: Key.optional(), points: z.int() })) }).meta({
    description: 'What an activity gives in points, as it now stands, and how that changes the sums of its month; taken back, by a negative change.',
  }),
  TrackCounted: z
    .object({ fact: TrackFact })
    .meta({ description: 'A track that the partner chose has been confirmed: it is the official one from that day on.' }),
  TargetProposed: z
    .object({ target: Target, by })
    .meta({ description: 'Either side has proposed a target for a fiscal quarter, in place of what was proposed before.' }),
  TargetAgreed: z.object({ measure: Measure, quarter: Quarter, by }).meta({ description: 'The other side has agreed: the target counts.' }),
  PartnerNominated: z
    .object({ nomination: Nomination })
    .meta({ description: 'A partner is nominated for a tier that asks for it, until a last day.' }),
  NominationEnded: z
    .object({ tier: Key, until: Day, reason: z.string(), by })
    .meta({ description: 'A nomination was ended early: this is its last day.' }),
  BenefitsGrandfathered: z
    .object({ grandfathered: Grandfathered, ...decidedUnder })
    .meta({ description: 'A version has taken force whose migration keeps for a while what the tiers gave that were earned before it.' }),
  AttainmentChanged: z
    .object({ ...onLadder, earned: Key.optional().meta({ description: 'What is earned beneath an override.' }), ...decidedUnder })
    .meta({ description: 'What the facts give has changed, or what is earned beneath an override; the official tier need not have.' }),
  TierChanged: z
    .object({
      ladder: Key,
      from: Key,
      to: Key,
      reason: z.enum(['attained', 'reversed', 'review', 'override', 'override-ended', 'version', 'chosen']),
      ...decidedUnder,
    })
    .meta({ description: 'The official tier has changed, and why. Who depends on a tier listens to this one.' }),
  GracePeriodBegun: z
    .object({ ...onLadder, grace: GracePeriod, ...decidedUnder })
    .meta({ description: 'The facts fall short of the tier: no review demotes before grace is over.' }),
  GracePeriodEnded: z.object({ ...onLadder, ...decidedUnder }).meta({
    description: 'The facts suffice again; or a shortfall that began later, or a tier to which a version moved the partner, has a grace of its own.',
  }),
  DemotionNoticed: z
    .object({ ...onLadder, to: Key, until: Day, daysBefore: NoticeDays, ...decidedUnder })
    .meta({ description: 'A notice, so many days before grace ends, that a review may demote then.' }),
  TierReviewOpened: z
    .object({ ladder: Key, review: TierReview })
    .meta({ description: 'A review is due, with a proposal and its evidence; a person signs it off.' }),
  TierReviewRevised: z
    .object({ ladder: Key, review: TierReview })
    .meta({ description: 'A review is still open, and the facts ask for another proposal.' }),
  TierReviewSignedOff: z
    .object({ ladder: Key, proposed: Key, outcome: Key, nextOn: Day, reason: z.string().optional(), by, ...decidedUnder })
    .meta({ description: 'A person has decided a review: as proposed, or another tier with a reason. Nothing else demotes.' }),
  OverrideSet: z
    .object({ ladder: Key, override: Override })
    .meta({ description: 'Another official tier than the facts give is set, until a last day.' }),
  OverrideEnded: z
    .object({ ladder: Key, reason: z.enum(['its-end', 'lifted', 'version']), by: by.optional(), on: Day })
    .meta({ description: 'What is earned is the official tier again: the end has come, someone lifted it, or the version has no such tier.' }),
});

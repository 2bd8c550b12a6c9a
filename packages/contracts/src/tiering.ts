import { Day, Quarter } from '@echelon/calendar';
import { Key, Measure, PointsCategory } from '@echelon/program';
import * as z from 'zod';
import { conflict, everyone, get, invalid, partnerRoles, post, service } from './contract.ts';
import { dealEvents } from './deals.events.ts';
import { engagementEvents } from './engagements.events.ts';
import { PartnerId, ProgramId, StandingId, VersionId } from './ids.ts';
import { Sold } from './order.ts';
import { page, paging } from './paging.ts';
import { partnerEvents, personEvents } from './partners.events.ts';
import { programEvents } from './programs.events.ts';
import { Reasoned, Text } from './text.ts';
import { RequirementFinding, Standing, standingEvents } from './tiering.events.ts';
import { Gap } from './tiering.gap.ts';
import { CountedActivity } from './tiering.points.ts';

export { SOLD_MAX } from './order.ts';
export {
  EVIDENCE_MAX,
  GracePeriod,
  Grandfathered,
  LADDERS_LEFT_MAX,
  LadderLeft,
  Override,
  Position,
  RequirementFinding,
  Standing,
  standingEvents,
  TierReview,
} from './tiering.events.ts';
export {
  CERTIFICATIONS_HELD_MAX,
  CertificationFact,
  ENGAGEMENT_MONTHS_MAX,
  EngagementBucket,
  EnrollmentFact,
  Facts,
  MONTHS_MAX,
  NOMINATIONS_MAX,
  Nomination,
  POINTS_SERIES_MAX,
  QUARTERS_MAX,
  REASON_KEPT_MAX,
  RevenueBucket,
  SPECIALIZATIONS_HELD_MAX,
  SpecializationFact,
  Target,
  TRACKS_MAX,
  TrackFact,
} from './tiering.facts.ts';
export { Gap, GapAction, GapFinding, PointsWay, TierGap } from './tiering.gap.ts';
export { CountedActivity, ENTRIES_MAX, POINTS_MONTHS_MAX, PointsEntry, PointsSeries } from './tiering.points.ts';

/** How far ahead targets may be set: two years beyond the current quarter; illustrative. */
export const TARGET_QUARTERS_AHEAD_MAX = 8;

const ofStanding = z.object({ standingId: StandingId });
const onLadder = z.object({ standingId: StandingId, ladder: Key });
const TargetProposal = z
  .object({
    measure: Measure,
    quarter: Quarter,
    amount: Sold.meta({ description: 'To be reached in the quarter; the targets of a window add up.' }),
  })
  .meta({ id: 'TargetProposal' });

/** Either side proposes, and the other agrees. */
const onTarget = {
  roles: [...partnerRoles, 'channel-manager', 'program-manager'],
  params: ofStanding,
  body: TargetProposal,
  answers: Standing,
} as const;
const notOnLadder = { 'not-on-ladder': conflict('The partner stands on no such ladder.') };
const unknownTier = { 'unknown-tier': invalid('The ladder has no such tier.', '/tier') };
/** Of everything that people decide about a standing. */
const partnerLeft = { 'partner-left': conflict('The partner has left: nothing more is decided about it.') };
const endPast = { 'end-past': invalid('The last day has gone by.', '/until') };

export const tiering = service('tiering', {
  summary: 'Where each partner stands on the ladders of a program, from the facts.',
  routes: {
    list: get('/v1/standings', {
      summary: 'List the standings of a program that you may see.',
      roles: everyone,
      query: z.object({
        programId: ProgramId,
        partnerId: PartnerId.optional().meta({ description: 'That of this partner alone.' }),
        ...paging,
      }),
      answers: page(Standing),
    }),
    get: get('/v1/standings/{standingId}', {
      summary: 'Get a standing: its facts, and the position on each ladder.',
      roles: everyone,
      params: ofStanding,
      answers: Standing,
    }),
    requirements: get('/v1/standings/{standingId}/requirements', {
      summary: 'What the official tier and the next one ask for, beside what there is today.',
      roles: everyone,
      params: ofStanding,
      answers: z.object({
        asOf: Day,
        versionId: VersionId,
        ladders: z.array(z.object({ ladder: Key, tier: Key, attained: Key, findings: z.array(RequirementFinding) })),
      }),
    }),
    gap: get('/v1/standings/{standingId}/gap', {
      summary:
        'What is missing for the official tier and each above it, or for every track, and what closes it. The official tier is shown where it asks for anything; of the actions the nearest come first.',
      roles: everyone,
      params: ofStanding,
      answers: Gap,
    }),
    points: get('/v1/standings/{standingId}/points', {
      summary: 'The ledger of points: what each activity gave, by which rule, the latest days first. A requirement counts their sum in its window.',
      roles: everyone,
      params: ofStanding,
      query: z.object({ category: PointsCategory.optional().meta({ description: 'Only entries of this category.' }), ...paging }),
      answers: page(CountedActivity),
    }),
    benefits: get('/v1/standings/{standingId}/benefits', {
      summary: 'The benefits in force on a day, today unless told, and the tier and version that give each.',
      roles: everyone,
      params: ofStanding,
      query: z.object({ on: Day.optional() }),
      answers: z.object({ on: Day, benefits: z.array(z.object({ key: Key, name: z.string(), ladder: Key, tier: Key, versionId: VersionId })) }),
      refuses: { 'day-ahead': invalid('What will be in force on a day to come is not known.', '/on', 'query') },
    }),
    signOff: post('/v1/standings/{standingId}/reviews/{ladder}/sign-off', {
      summary: 'Sign off the open review of a ladder: as proposed, or with a reason another tier. Only this demotes.',
      roles: ['channel-manager'],
      params: onLadder,
      body: z.object({ tier: Key, reason: Text.optional() }),
      answers: Standing,
      refuses: {
        ...partnerLeft,
        ...notOnLadder,
        ...unknownTier,
        'no-open-review': conflict('No review of this ladder is open.'),
        'reason-missing': invalid('Another tier than the proposed one takes a reason.', '/reason'),
        'demotion-not-due': conflict('A tier is taken away only where the review proposes it: after grace, with all its notices.'),
      },
    }),
    override: post('/v1/standings/{standingId}/overrides', {
      summary: 'Set another official tier than the facts give, with a reason and a last day.',
      roles: ['program-manager'],
      params: ofStanding,
      body: z.object({ ladder: Key, tier: Key, until: Day, reason: Text }),
      answers: Standing,
      refuses: {
        ...partnerLeft,
        ...notOnLadder,
        ...unknownTier,
        ...endPast,
        'already-overridden': conflict('An override of this ladder is in force; lift it first.'),
      },
    }),
    liftOverride: post('/v1/standings/{standingId}/overrides/{ladder}/lifting', {
      summary: 'Lift the override of a ladder before its end.',
      roles: ['program-manager'],
      params: onLadder,
      answers: Standing,
      refuses: { ...partnerLeft, 'not-overridden': conflict('No override of this ladder is in force.') },
    }),
    nominate: post('/v1/standings/{standingId}/nominations', {
      summary: 'Nominate the partner for a tier that asks for it, from today to a last day.',
      roles: ['program-manager'],
      params: ofStanding,
      body: z.object({ tier: Key, until: Day, reason: Text }),
      answers: Standing,
      refuses: {
        ...partnerLeft,
        ...unknownTier,
        ...endPast,
        'not-by-nomination': invalid('The tier asks for no nomination.', '/tier'),
        'not-among': conflict('Only partners that hold a certain tier are nominated for this one.'),
        'already-nominated': conflict('The partner is nominated for this tier.'),
      },
    }),
    endNomination: post('/v1/standings/{standingId}/nominations/{tier}/ending', {
      summary: 'End a nomination early; today is its last day.',
      roles: ['program-manager'],
      params: z.object({ standingId: StandingId, tier: Key }),
      body: Reasoned,
      answers: Standing,
      refuses: { ...partnerLeft, 'not-nominated': conflict('No nomination for this tier lasts beyond today.') },
    }),
    proposeTarget: post('/v1/standings/{standingId}/targets', {
      summary: 'Propose a target for a fiscal quarter, or answer a proposal by another one.',
      ...onTarget,
      refuses: {
        ...partnerLeft,
        'other-currency': invalid("The amount is in another currency than the program's.", '/amount/currency'),
        'quarter-out-of-range': invalid('Targets are set for the current fiscal quarter and the eight after it.', '/quarter'),
        'already-agreed': conflict('A target for this measure and quarter is agreed.'),
      },
    }),
    agreeTarget: post('/v1/standings/{standingId}/targets/agreement', {
      summary: 'Agree to a target that the other side has proposed, naming its amount.',
      ...onTarget,
      refuses: {
        ...partnerLeft,
        'nothing-proposed': conflict('No target is proposed for this measure and quarter.'),
        'quarter-out-of-range': invalid('A target is agreed to before its fiscal quarter is over.', '/quarter'),
        'own-proposal': conflict('Your own side made this proposal; the other one agrees to it.'),
        'other-amount': conflict('Another amount is proposed by now.'),
      },
    }),
  },
  events: standingEvents,
  reacts: [
    programEvents.ProgramVersionActivated,
    partnerEvents.PartnerApplied,
    partnerEvents.PartnerEnrolled,
    partnerEvents.PartnerEnrollmentChanged,
    partnerEvents.PartnerLeft,
    partnerEvents.PartnerGrouped,
    partnerEvents.TrackConfirmed,
    partnerEvents.SpecializationGranted,
    partnerEvents.SpecializationRevoked,
    personEvents.CertificationGranted,
    personEvents.CertificationRevoked,
    engagementEvents.EngagementAccepted,
    engagementEvents.EngagementRevoked,
    dealEvents.DealApproved,
    dealEvents.DealWithdrawn,
    dealEvents.DealWon,
    dealEvents.OrderAmended,
    dealEvents.OrderCancelled,
  ],
  sweeps: {
    judge: {
      every: '1 hour',
      summary: 'Once a day look at every standing: what has lapsed, which notices and reviews are due, which overrides have ended.',
    },
  },
});

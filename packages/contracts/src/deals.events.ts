import { Day, Instant } from '@echelon/calendar';
import { Rate } from '@echelon/money';
import { DealType, Key, Route, Segment } from '@echelon/program';
import * as z from 'zod';
import { EndCustomer } from './end-customer.ts';
import { events } from './event.ts';
import { AssetId, DealId, PartnerId, ProgramId, VersionId } from './ids.ts';
import { AccountTeamCredit, InfluenceCredit, Order, Sold } from './order.ts';

export const DealSubmission = z
  .object({
    programId: ProgramId,
    endCustomer: EndCustomer,
    productFamilies: z.array(Key).min(1).max(10),
    amount: Sold.meta({ description: 'What the end customer is expected to order, at list price.' }),
    expectedCloseOn: Day,
    route: Route,
    fulfilledBy: PartnerId.optional().meta({ description: 'The distributor that is to fulfil the deal; it sees the deal too.' }),
    segment: Segment.optional(),
    rfpPublished: z.boolean().optional().meta({ description: 'Has a request for proposals been published already? Unsaid is no.' }),
    vendorEngaged: z.boolean().optional().meta({ description: 'Is the vendor in talks with the customer already? Unsaid is no.' }),
    renews: AssetId.optional().meta({ description: 'The asset whose term this deal renews; its partner of record alone may.' }),
    upgrades: AssetId.optional().meta({ description: 'The asset that this deal replaces by more.' }),
  })
  .meta({ id: 'DealSubmission' });
export type DealSubmission = z.output<typeof DealSubmission>;

/** Fixed at approval: rates of the version and tier of that day, and the rule that gave them. */
export const Offer = z
  .object({
    tier: Key,
    dealType: DealType,
    discount: Rate,
    margin: Rate,
    versionId: VersionId,
    rule: z.string().meta({ description: 'JSON Pointer into the version’s document.' }),
  })
  .meta({ id: 'Offer' });
export type Offer = z.output<typeof Offer>;

export const MatchDecision = z.enum(['same-customer', 'different']);

const MatchedBy = z.enum(['name', 'group', 'likeness']).meta({
  description: 'The very name, with country and city, but for capitals and punctuation; one corporate group; or names that are alike.',
});

export const MatchEvidence = z
  .object({
    of: z.enum(['registry-id', 'domain', 'group', 'name', 'country', 'city', 'product-family']),
    finding: z.enum(['same', 'alike', 'different', 'unknown']).meta({ description: '`unknown`: one of the two does not say it.' }),
  })
  .meta({ id: 'MatchEvidence', description: 'What of two customers was compared, and what was found.' });
export type MatchEvidence = z.output<typeof MatchEvidence>;

/** Two deals that may be for one customer: by what, and what a person decided. */
export const DealMatch = z
  .object({
    dealId: DealId,
    partnerId: PartnerId,
    by: MatchedBy,
    decision: MatchDecision.optional(),
    reason: z.string().optional(),
    decidedBy: z.string().optional(),
    remembered: z.literal(true).optional().meta({ description: 'It was decided of these two customers before, on another deal.' }),
  })
  .meta({ id: 'DealMatch' });
export type DealMatch = z.output<typeof DealMatch>;

/** A match as whoever decides it sees it: the two customers side by side. */
export const DealCandidate = z
  .object({
    ...DealMatch.shape,
    endCustomer: EndCustomer.optional().meta({ description: 'The other deal’s.' }),
    evidence: z.array(MatchEvidence).max(10).optional(),
    sentence: z.string().optional().meta({ description: 'What the evidence comes to.' }),
  })
  .meta({ id: 'DealCandidate' });
export type DealCandidate = z.output<typeof DealCandidate>;

/** That another partner has priority is all that a partner learns; the evidence is the vendor's. */
export const DealConflict = z
  .object({
    underReview: z
      .literal(true)
      .optional()
      .meta({ description: 'Nothing is established: a person looks whether another registration is for the same customer.' }),
    evidence: z.array(z.object({ key: z.string(), dealId: DealId, partnerId: PartnerId })).optional(),
  })
  .meta({ id: 'DealConflict' });
export type DealConflict = z.output<typeof DealConflict>;

export const EXTENSIONS_MAX = 20;
export const MATCHES_MAX = 100;
export const INFLUENCES_MAX = 20;
export const INFORMATION_MAX = 5;

/** Ten families, each with at most two strong keys of its customer and one of its name; as many again where the customer is known anew. */
const KEYS_MAX = 60;
const keys = z.array(z.string()).max(KEYS_MAX);
export const LineKeys = z.object({ strong: keys, names: keys, alike: keys.optional() }).meta({
  id: 'LineKeys',
  description:
    'The lines in which a deal stands: those that decide who comes first; those of its customer’s name; and those in which customers meet that ' +
    'are alike in something else, which decide nothing.',
});
export type LineKeys = z.output<typeof LineKeys>;

const registered = {
  id: DealId,
  partnerId: PartnerId,
  ...DealSubmission.shape,
  dealType: DealType,
  versionId: VersionId,
  submittedAt: Instant.meta({ description: 'The priority: asking for information does not move it.' }),
  submittedBy: z.string().optional().meta({ description: 'Not said to a partner that the deal was transferred to.' }),
  transferredAt: Instant.optional().meta({ description: 'When it became its present partner’s, where another registered it.' }),
  keys: LineKeys,
  conflict: DealConflict.optional(),
  matches: z.array(DealMatch).max(MATCHES_MAX).optional().meta({ description: 'For the vendor’s people.' }),
  information: z
    .array(z.object({ question: z.string(), askedAt: Instant, answer: z.string(), suppliedAt: Instant }))
    .max(INFORMATION_MAX)
    .optional()
    .meta({ description: 'What was asked and answered, the last at the end; older answers stay in the history.' }),
  influences: z.array(InfluenceCredit).max(INFLUENCES_MAX).optional(),
};
/** What a deal is, whatever became of it. */
export const Registered = z.object(registered);
export type Registered = z.output<typeof Registered>;

const due = { dueAt: Instant.meta({ description: 'By when it is to be decided.' }), overdue: z.boolean().optional() };
const decision = { decidedBy: z.string(), decidedAt: Instant };
const decided = { ...registered, ...decision };
const approval = {
  ...decision,
  offer: Offer,
  protectedUntil: Instant.meta({ description: 'Exclusive.' }),
  extensions: z
    .array(z.object({ extendedAt: Instant, extendedBy: z.string().optional(), reason: z.string().optional() }))
    .max(EXTENSIONS_MAX)
    .optional()
    .meta({ description: 'Of those before a transfer the partner that it went to learns when they were, and nothing else.' }),
};
const approved = { ...registered, ...approval };
/** What an approved deal has beside its registration. */
const Approval = z.object(approval);
const won = {
  ...approved,
  order: Order,
  accountTeamCredit: AccountTeamCredit.optional().meta({ description: 'Of the order as it stands, nothing once it is cancelled.' }),
};

export const DealRegistration = z
  .discriminatedUnion('status', [
    z.object({ status: z.literal('submitted'), ...registered, ...due }),
    z.object({ status: z.literal('information-requested'), ...registered, ...due, question: z.string(), askedAt: Instant }),
    z.object({
      status: z.literal('rejected'),
      ...decided,
      reason: z.string(),
      runnerUpOffer: Offer.optional().meta({ description: 'What the program gives whoever came second; of the discount, a share.' }),
    }),
    z.object({
      status: z.literal('withdrawn'),
      ...registered,
      withdrawnAt: Instant,
      approvedAt: Instant.optional().meta({ description: 'When it had been approved, where it was.' }),
    }),
    z.object({
      status: z.literal('closed'),
      ...registered,
      closedAt: Instant,
      reason: z.enum(['partner-suspended', 'partner-left']),
      approval: Approval.optional().meta({
        description: 'Of one that was approved: an order dated within what is left of its protection wins it still.',
      }),
    }),
    z.object({ status: z.literal('approved'), ...approved }),
    z.object({ status: z.literal('expired'), ...approved }),
    z.object({ status: z.literal('lost'), ...approved, lostAt: Instant, reason: z.string() }),
    z.object({ status: z.literal('won'), ...won }),
    z.object({ status: z.literal('cancelled'), ...won, cancelledAt: Instant, reason: z.string() }),
  ])
  .meta({ id: 'DealRegistration' });
export type DealRegistration = z.output<typeof DealRegistration>;

const by = z.string();

export const dealEvents = events('deals', DealRegistration, {
  DealSubmitted: z.object({
    partnerId: PartnerId,
    by,
    submission: DealSubmission,
    dealType: DealType,
    versionId: VersionId,
    dueAt: Instant,
    keys: LineKeys,
    conflict: DealConflict.optional(),
    matches: z.array(DealMatch).optional(),
  }),
  DealMatchDecided: z.object({
    dealId: DealId,
    partnerId: PartnerId,
    matchedBy: MatchedBy.optional().meta({ description: 'By its name, where nothing is said.' }),
    endCustomer: EndCustomer.optional().meta({ description: 'The other deal’s: what is decided of these two is remembered.' }),
    decision: MatchDecision,
    reason: z.string(),
    by,
  }),
  DealDecisionOverdue: z.object({ dueAt: Instant }),
  DealInformationRequested: z.object({ question: z.string(), by }),
  DealInformationSupplied: z.object({ answer: z.string(), by, dueAt: Instant }),
  DealApproved: z.object({
    by,
    rule: z.string().optional().meta({ description: 'What approved it where no person did: JSON Pointer into the document of the offer’s version.' }),
    offer: Offer,
    protectedUntil: Instant,
    keys: LineKeys.optional().meta({ description: 'All of its lines, where its customer was known by more than at its submission.' }),
  }),
  DealRejected: z.object({ by, reason: z.string(), runnerUpOffer: Offer.optional() }),
  DealWithdrawn: z.object({ by }),
  DealClosed: z.object({
    reason: z.enum(['partner-suspended', 'partner-left']),
    protectedUntil: Instant.optional().meta({
      description: 'Of one that was approved: when its partner stood down, to which its protection is cut.',
    }),
  }),
  DealExtended: z.object({ by, reason: z.string(), protectedUntil: Instant }),
  DealTransferred: z.object({ from: PartnerId, to: PartnerId, reason: z.string(), by }),
  DealLost: z.object({ by, reason: z.string() }),
  DealExpired: z.object({}),
  DealWon: z.object({ order: Order, offer: Offer, by }),
  /** Negative where it takes back what an amendment or a cancellation undid. */
  AccountTeamCredited: z.object({ credit: AccountTeamCredit, route: Route }),
  InfluenceCredited: z.object({ credit: InfluenceCredit }),
  /** The order that it helped to win was cancelled. */
  InfluenceReversed: z.object({ credit: InfluenceCredit, reason: z.string(), by }),
  /** What follows from the order is reversed by the difference, in the period in which the order stood. */
  OrderAmended: z.object({ before: Order, after: Order, reason: z.string(), by }),
  OrderCancelled: z.object({ order: Order, reason: z.string(), by }),
});

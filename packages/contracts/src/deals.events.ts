import { Day, Instant } from '@echelon/calendar';
import { Rate } from '@echelon/money';
import { DealType, Key, Route, Segment } from '@echelon/program';
import * as z from 'zod';
import { DealMatch, MATCHES_MAX, MatchDecision, MatchedBy } from './deal-match.ts';
import { EndCustomer } from './end-customer.ts';
import { events } from './event.ts';
import { AssetId, DealId, PartnerId, ProgramId, VersionId } from './ids.ts';
import { once } from './once.ts';
import { AccountTeamCredit, InfluenceCredit, Order, Sold } from './order.ts';

const submission = {
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
};
export const DealSubmission = z.object({ ...submission, productFamilies: once(submission.productFamilies) }).meta({ id: 'DealSubmission' });
export type DealSubmission = z.output<typeof DealSubmission>;
const AsSubmitted = z.object(submission).meta({ id: 'AsSubmitted' });

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
  ...submission,
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
  DealSubmitted: z
    .object({
      partnerId: PartnerId,
      by,
      submission: AsSubmitted,
      dealType: DealType,
      versionId: VersionId,
      dueAt: Instant,
      keys: LineKeys,
      conflict: DealConflict.optional(),
      matches: z.array(DealMatch).optional(),
    })
    .meta({ description: 'A partner registered an opportunity, complete: it stands in line from now on, and is to be decided by `dueAt`.' }),
  DealMatchDecided: z
    .object({
      dealId: DealId,
      partnerId: PartnerId,
      matchedBy: MatchedBy.optional().meta({ description: 'By its name, where nothing is said.' }),
      endCustomer: EndCustomer.optional().meta({ description: 'The other deal’s: what is decided of these two is remembered.' }),
      decision: MatchDecision,
      reason: z.string(),
      by,
    })
    .meta({ description: 'A person decided whether another deal is for the same customer.' }),
  DealDecisionOverdue: z
    .object({ dueAt: Instant })
    .meta({ description: 'The business hours for approval are up, and nobody has decided: dated when they were.' }),
  DealInformationRequested: z
    .object({ question: z.string(), by })
    .meta({ description: 'The vendor asked something. The priority stays, and the hours for approval stand still.' }),
  DealInformationSupplied: z
    .object({ answer: z.string(), by, dueAt: Instant })
    .meta({ description: 'The partner answered: the hours for approval go on, to a later `dueAt`.' }),
  DealApproved: z
    .object({
      by,
      rule: z
        .string()
        .optional()
        .meta({ description: 'What approved it where no person did: JSON Pointer into the document of the offer’s version.' }),
      offer: Offer,
      protectedUntil: Instant,
      matches: z.array(DealMatch).optional().meta({ description: 'Each found to be another customer, then or before; as the deal keeps them.' }),
      keys: LineKeys.optional().meta({ description: 'All of its lines, where its customer was known by more than at its submission.' }),
    })
    .meta({ description: 'The deal is protected from now on, at the offer of today’s version and tier; by a person, or by the policy.' }),
  DealRejected: z
    .object({ by, reason: z.string(), runnerUpOffer: Offer.optional() })
    .meta({ description: 'The deal is not approved, and gives up its place; the offer is what the policy leaves to a runner-up.' }),
  DealWithdrawn: z.object({ by }).meta({ description: 'The partner gave the deal up, and its place with it.' }),
  DealClosed: z
    .object({
      reason: z.enum(['partner-suspended', 'partner-left']),
      protectedUntil: Instant.optional().meta({
        description: 'Of one that was approved: when its partner stood down, to which its protection is cut.',
      }),
    })
    .meta({ description: 'Its partner was suspended or left, and the policy closes what it had.' }),
  DealExtended: z
    .object({ by, reason: z.string(), protectedUntil: Instant })
    .meta({ description: 'Protection lasts longer, until the instant that is said.' }),
  DealTransferred: z
    .object({ from: PartnerId, to: PartnerId, reason: z.string(), by })
    .meta({ description: 'The deal is another partner’s from now on, and what it is stays as it was.' }),
  DealLost: z.object({ by, reason: z.string() }).meta({ description: 'The end customer did not buy from this partner: its place is given up.' }),
  DealExpired: z.object({}).meta({ description: 'Protection ended without an order: dated when it did, whenever it was recorded.' }),
  DealWon: z.object({ order: Order, offer: Offer, by }).meta({ description: 'An order dated within protection has won, whenever it is reported.' }),
  AccountTeamCredited: z.object({ credit: AccountTeamCredit, route: Route }).meta({
    description: 'What the vendor’s account team gets for an order, by whichever route; negative where an amendment or a cancellation takes it back.',
  }),
  InfluenceCredited: z
    .object({ credit: InfluenceCredit })
    .meta({ description: 'A partner that helped to win, in a sales play, is credited without being the reseller.' }),
  InfluenceReversed: z
    .object({ credit: InfluenceCredit, reason: z.string(), by })
    .meta({ description: 'The order that it helped to win was cancelled.' }),
  OrderAmended: z.object({ before: Order, after: Order, reason: z.string(), by }).meta({
    description: 'The order is another from now on. What follows from it is reversed by the difference, in the period in which the order stood.',
  }),
  OrderCancelled: z
    .object({ order: Order, reason: z.string(), by })
    .meta({ description: 'The order is void. What followed from it is reversed, in the period in which the order stood.' }),
});

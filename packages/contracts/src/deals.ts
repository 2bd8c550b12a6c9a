import * as z from 'zod';
import { assetEvents } from './assets.events.ts';
import { conflict, everyone, get, invalid, partnerRoles, post, service } from './contract.ts';
import { DealMatches, MATCHES_MAX, MatchDecision } from './deal-match.ts';
import { DealRegistration, DealSubmission, dealEvents } from './deals.events.ts';
import { orderRoutes } from './deals.orders.ts';
import { DealId, PartnerId, ProgramId } from './ids.ts';
import { page, paging } from './paging.ts';
import { partnerEvents } from './partners.events.ts';
import { programEvents } from './programs.events.ts';
import { Reasoned, Text } from './text.ts';
import { standingEvents } from './tiering.events.ts';

export { DealCandidate, DealMatch, MATCHES_MAX, MatchDecision, MatchEvidence, MatchedBy, NamedLikely } from './deal-match.ts';
export {
  DealConflict,
  DealRegistration,
  DealSubmission,
  dealEvents,
  EXTENSIONS_MAX,
  INFLUENCES_MAX,
  INFORMATION_MAX,
  LineKeys,
  Offer,
  Registered,
} from './deals.events.ts';
export { EndCustomer, RegistryId } from './end-customer.ts';
export { AccountTeamCredit, InfluenceCredit, InfluenceStatement, Order, OrderAmendment } from './order.ts';

const ofDeal = z.object({ dealId: DealId });

const notOpen = { 'not-open': conflict('The deal is no longer open for a decision.') };
const notInForce = { 'program-not-in-force': conflict('No version of this program is in force today.') };
const notLive = { 'not-live': conflict('The deal is neither open nor approved, or its protection has ended.') };
const standsDown = { 'partner-suspended': conflict('The partner is suspended or leaving.') };
const unsettled = {
  'standing-unsettled': conflict(
    'A version has begun that calls tiers otherwise, and the partner has not been placed under it yet. Nothing is wrong: try again within the hour.',
  ),
};
/** What keeps a partner from a deal: at its submission, at its approval, and where it is to be transferred to it. */
const mayRegister = {
  ...standsDown,
  ...unsettled,
  'not-enrolled': conflict('The partner is not enrolled in this program.'),
  'outside-territory': conflict("The end customer's country is not one that the partner may sell to."),
  'route-not-open': conflict('The partner is on no ladder that says what it is offered by this route.'),
  'not-authorised': conflict('The partner is not authorised to sell one of the product families.'),
};
const alreadyRegistered = { 'already-registered': conflict('An earlier registration of the partner covers this opportunity.') };
/** What keeps an opportunity from anybody: at its submission, and at its approval. */
const excluded = {
  'below-minimum': conflict("The amount is below the program's minimum."),
  'rfp-published': conflict('A request for proposals has been published already.'),
  'vendor-engaged': conflict('The vendor is in talks with the customer already.'),
  'named-account': conflict('The vendor keeps this customer to itself.'),
};

export const deals = service('deals', {
  summary: 'Deal registration: priority, protection and the offer, from submission to order.',
  routes: {
    submit: post('/v1/deals', {
      summary: 'Register a deal. The first complete submission of an opportunity has priority; later ones learn that there is a conflict.',
      roles: partnerRoles,
      body: DealSubmission,
      answers: DealRegistration,
      refuses: {
        ...mayRegister,
        ...alreadyRegistered,
        ...excluded,
        ...notInForce,
        'other-currency': invalid("The amount is in another currency than the program's.", '/amount/currency'),
        'unknown-product-family': invalid('The program has no such product family.', '/productFamilies'),
        'route-not-offered': conflict('The program makes no offer for this deal type by this route.'),
        'domain-not-registrable': invalid(
          "The end customer's domain is a public suffix or no domain that anybody can register.",
          '/endCustomer/domain',
        ),
        'fulfiller-missing': invalid('A deal by way of a distributor names the partner that is to fulfil it.', '/fulfilledBy'),
        'fulfiller-not-enrolled': conflict('The partner that is to fulfil the deal is not enrolled in this program, suspended or leaving.'),
        'fulfiller-is-partner': invalid('The partner that is to fulfil the deal is another than the one that registers it.', '/fulfilledBy'),
        'not-of-record': conflict('You are of record for no such asset of this customer.'),
        'no-such-asset': conflict('This customer has no such asset.'),
        'other-family': conflict('The asset that the deal renews or upgrades is of another product family than the deal.'),
        'asset-ended': conflict('The term of the asset that the deal renews or upgrades ended longer ago than the program looks back.'),
        'line-full': conflict('Too many registrations of this opportunity are open.'),
      },
    }),
    list: get('/v1/deals', {
      summary: 'List the deals of a program that you may see, the newest first.',
      roles: everyone,
      query: z.object({
        programId: ProgramId,
        partnerId: PartnerId.optional().meta({ description: 'Those of this partner alone.' }),
        status: z.enum(DealRegistration.options.map((option) => option.shape.status.value)).optional(),
        as: z.literal('fulfilling').optional().meta({ description: 'The deals that your partner fulfils for another, instead of its own.' }),
        ...paging,
      }),
      answers: page(DealRegistration),
    }),
    get: get('/v1/deals/{dealId}', { summary: 'Get a deal.', roles: everyone, params: ofDeal, answers: DealRegistration }),
    requestInformation: post('/v1/deals/{dealId}/information-request', {
      summary: 'Ask the partner for information. The priority stays, and the hours for approval stand still.',
      roles: ['channel-manager'],
      params: ofDeal,
      body: z.object({ question: Text }),
      answers: DealRegistration,
      refuses: notOpen,
    }),
    supplyInformation: post('/v1/deals/{dealId}/information', {
      summary: 'Answer the question; the hours for approval go on.',
      roles: partnerRoles,
      params: ofDeal,
      body: z.object({ answer: Text }),
      answers: DealRegistration,
      refuses: { 'nothing-asked': conflict('No question is open on this deal.') },
    }),
    matches: get('/v1/deals/{dealId}/matches', {
      summary:
        'See a deal’s customer beside those of the earlier registrations and the named accounts that it may be, with the evidence, as it stands now.',
      roles: ['channel-manager', 'program-manager', 'auditor'],
      params: ofDeal,
      answers: DealMatches,
    }),
    decideMatch: post('/v1/deals/{dealId}/matches', {
      summary: 'Decide whether another registration is for the same customer. It is remembered of these two customers; deciding again takes it back.',
      roles: ['channel-manager'],
      params: ofDeal,
      body: z.object({ dealId: DealId, decision: MatchDecision, reason: Text }),
      answers: DealRegistration,
      refuses: {
        ...notOpen,
        'no-such-match': invalid('The other deal is no match of this one.', '/dealId'),
        'too-many-matches': conflict(`At most ${MATCHES_MAX} matches of a deal are decided.`),
      },
    }),
    approve: post('/v1/deals/{dealId}/approval', {
      summary: 'Approve a deal: protection starts, and the offer is fixed.',
      roles: ['channel-manager'],
      params: ofDeal,
      answers: DealRegistration,
      refuses: {
        ...notOpen,
        ...notInForce,
        ...mayRegister,
        ...excluded,
        'other-currency': conflict("The deal is in another currency than today's version of the program."),
        'unknown-product-family': conflict("Today's version of the program has no such product family."),
        'not-first': conflict('Another registration of this opportunity comes first.'),
        'match-undecided': conflict('Nobody has decided yet whether an earlier registration is for the same customer.'),
        'same-person': conflict('Who submitted a deal can not approve it.'),
        'no-offer': conflict("The program of today makes no offer for the partner's tier, the deal type and this route."),
      },
    }),
    reject: post('/v1/deals/{dealId}/rejection', {
      summary: 'Reject a deal, with the reason that the partner will read; where another came first, with what the program gives a runner-up.',
      roles: ['channel-manager'],
      params: ofDeal,
      body: Reasoned,
      answers: DealRegistration,
      refuses: { ...notOpen, ...unsettled },
    }),
    withdraw: post('/v1/deals/{dealId}/withdrawal', {
      summary: 'Withdraw a deal that is open or approved.',
      roles: partnerRoles,
      params: ofDeal,
      answers: DealRegistration,
      refuses: notLive,
    }),
    extend: post('/v1/deals/{dealId}/extension', {
      summary: 'Extend the protection of an approved deal before it ends.',
      roles: [...partnerRoles, 'channel-manager'],
      params: ofDeal,
      body: Reasoned,
      answers: DealRegistration,
      refuses: {
        ...standsDown,
        'not-approved': conflict('Only an approved deal is protected.'),
        'protection-ended': conflict('The protection of this deal has ended.'),
        'no-extension-left': conflict('The protection of this deal has been extended as often as the program allows.'),
      },
    }),
    transfer: post('/v1/deals/{dealId}/transfer', {
      summary: 'Transfer a deal that is open or approved to another partner, with its priority, protection and offer.',
      roles: ['channel-manager'],
      params: ofDeal,
      body: z.object({ to: PartnerId, reason: Text }),
      answers: DealRegistration,
      refuses: {
        ...notLive,
        ...notInForce,
        ...mayRegister,
        ...alreadyRegistered,
        'same-partner': invalid('The deal is this partner’s already.', '/to'),
        'fulfiller-is-partner': invalid('The partner fulfils this deal, and can not be its partner too.', '/to'),
        'not-of-record': conflict('The deal renews an asset that another partner is of record for.'),
      },
    }),
    lose: post('/v1/deals/{dealId}/loss', {
      summary: 'Say that an approved deal is lost.',
      roles: [...partnerRoles, 'channel-manager'],
      params: ofDeal,
      body: Reasoned,
      answers: DealRegistration,
      refuses: {
        'not-approved': conflict('Only an approved deal can be lost.'),
        'protection-ended': conflict('The protection of this deal has ended.'),
      },
    }),
    ...orderRoutes,
  },
  events: dealEvents,
  reacts: [
    programEvents.ProgramVersionActivated,
    partnerEvents.PartnerEnrolled,
    partnerEvents.PartnerEnrollmentChanged,
    partnerEvents.PartnerSuspended,
    partnerEvents.PartnerReinstated,
    partnerEvents.PartnerOffboardingBegun,
    partnerEvents.PartnerLeft,
    standingEvents.PartnerPlaced,
    standingEvents.PositionEnded,
    standingEvents.TierChanged,
    standingEvents.AttainmentChanged,
    standingEvents.OverrideSet,
    standingEvents.BenefitsGrandfathered,
    assetEvents.AssetRegistered,
    assetEvents.AssetReassigned,
    assetEvents.AssetRetired,
    dealEvents.DealMatchDecided,
    dealEvents.InfluenceCredited,
    dealEvents.InfluenceReversed,
  ],
  sweeps: {
    expire: { every: '15 minutes', summary: 'Record the expiry of deals whose protection has ended, dated when it was due.' },
    overdue: { every: '15 minutes', summary: 'Record once that the hours for approval of a deal have gone by, dated when it was due.' },
    close: { every: '15 minutes', summary: 'Close the deals of partners that were suspended or have left, where their program says so.' },
  },
});

import * as z from 'zod';
import { conflict, everyone, get, invalid, post, service } from './contract.ts';
import { DealRegistration, DealSubmission, dealEvents, Order } from './deals.events.ts';
import { DealId, ProgramId } from './ids.ts';
import { page, paging } from './paging.ts';
import { partnerEvents } from './partners.events.ts';
import { programEvents } from './programs.events.ts';
import { standingEvents } from './tiering.events.ts';

export {
  AccountTeamCredit,
  DealConflict,
  DealMatch,
  DealRegistration,
  DealSubmission,
  dealEvents,
  InfluenceCredit,
  Offer,
  Order,
  OrderAmendment,
} from './deals.events.ts';
export { EndCustomer } from './end-customer.ts';

const ofDeal = z.object({ dealId: DealId });
const partner = ['partner-system', 'partner-user', 'partner-admin'] as const;
const text = z.string().trim().min(1).max(2_000);
const notOpen = { 'not-open': conflict('The deal is no longer open for a decision.') };

export const deals = service('deals', {
  summary: 'Deal registration: priority, protection and the offer, from submission to order.',
  routes: {
    submit: post('/v1/deals', {
      summary: 'Register a deal. The first complete submission of an opportunity has priority; later ones learn that there is a conflict.',
      roles: partner,
      body: DealSubmission,
      answers: DealRegistration,
      refuses: {
        'already-registered': conflict('An earlier registration of yours covers this opportunity.'),
        'not-enrolled': conflict('The partner is not enrolled in this program.'),
        'program-not-in-force': conflict('No version of this program is in force today.'),
        'below-minimum': conflict("The amount is below the program's minimum."),
        'other-currency': invalid("The amount is in another currency than the program's."),
        'unknown-product-family': invalid('The program has no such product family.'),
        'route-not-offered': conflict('The program makes no offer by this route.'),
        'line-full': conflict('Too many registrations of this opportunity are open.'),
      },
    }),
    list: get('/v1/deals', {
      summary: 'List the deals of a program that you may see, the newest first.',
      roles: everyone,
      query: z.object({
        programId: ProgramId,
        status: z.enum(DealRegistration.options.map((option) => option.shape.status.value)).optional(),
        ...paging,
      }),
      answers: page(DealRegistration),
    }),
    get: get('/v1/deals/{dealId}', { summary: 'Get a deal.', roles: everyone, params: ofDeal, answers: DealRegistration }),
    requestInformation: post('/v1/deals/{dealId}/information-request', {
      summary: 'Ask the partner for information. The priority stays, and the hours for approval stand still.',
      roles: ['channel-manager'],
      params: ofDeal,
      body: z.object({ question: text }),
      answers: DealRegistration,
      refuses: notOpen,
    }),
    supplyInformation: post('/v1/deals/{dealId}/information', {
      summary: 'Answer the question; the hours for approval go on.',
      roles: partner,
      params: ofDeal,
      body: z.object({ answer: text }),
      answers: DealRegistration,
      refuses: { 'nothing-asked': conflict('No question is open on this deal.') },
    }),
    approve: post('/v1/deals/{dealId}/approval', {
      summary: 'Approve a deal: protection starts, and the offer is fixed.',
      roles: ['channel-manager'],
      params: ofDeal,
      answers: DealRegistration,
      refuses: {
        ...notOpen,
        'not-first': conflict('Another registration of this opportunity comes first.'),
        'same-person': conflict('Who submitted a deal can not approve it.'),
        'program-not-in-force': conflict('No version of this program is in force today.'),
        'no-offer': conflict("The program of today makes no offer for the partner's tier and this route."),
      },
    }),
    reject: post('/v1/deals/{dealId}/rejection', {
      summary: 'Reject a deal, with the reason that the partner will read.',
      roles: ['channel-manager'],
      params: ofDeal,
      body: z.object({ reason: text }),
      answers: DealRegistration,
      refuses: notOpen,
    }),
    withdraw: post('/v1/deals/{dealId}/withdrawal', {
      summary: 'Withdraw a deal that is open or approved.',
      roles: partner,
      params: ofDeal,
      answers: DealRegistration,
      refuses: { 'not-live': conflict('The deal is neither open nor approved.') },
    }),
    win: post('/v1/deals/{dealId}/order', {
      summary: 'Report the order that wins an approved deal. The day of the order decides, not the day of the report.',
      roles: [...partner, 'channel-manager', 'billing-system'],
      params: ofDeal,
      body: Order,
      answers: DealRegistration,
      refuses: {
        'not-approved': conflict('Only an approved deal can be won.'),
        'outside-protection': conflict('The order is dated outside the protection of this deal.'),
        'order-taken': conflict('This order number has won another deal of the program.'),
        'fulfiller-not-enrolled': conflict('The partner that fulfils the order is not enrolled in this program.'),
        'order-in-future': invalid('The order is dated after today.'),
        'other-currency': invalid("The amount is in another currency than the deal's."),
      },
    }),
  },
  events: dealEvents,
  reacts: [programEvents.ProgramVersionActivated, partnerEvents.PartnerEnrolled, standingEvents.PartnerPlaced, standingEvents.TierChanged],
  sweeps: { expire: { every: '15 minutes', summary: 'Record the expiry of deals whose protection has ended, dated when it was due.' } },
});

/** The order that wins a deal, what becomes of it, and who is credited for having helped. */
import { Key } from '@echelon/program';
import * as z from 'zod';
import { conflict, everyone, get, invalid, partnerRoles, post } from './contract.ts';
import { DealRegistration, INFLUENCES_MAX } from './deals.events.ts';
import { DealId, PartnerId, ProgramId } from './ids.ts';
import { InfluenceStatement, Order, OrderAmendment } from './order.ts';
import { page, paging } from './paging.ts';
import { Reasoned, Text } from './text.ts';

const ofDeal = z.object({ dealId: DealId });
const orderTerms = {
  'other-currency': invalid("An amount is in another currency than the deal's.", '/amount/currency'),
  'unknown-product-family': invalid('The program has no such product family.', '/lines'),
  'tcv-below-amount': invalid('The committed total contract value is no less than the order.', '/committedTcv'),
  'lines-do-not-add-up': invalid("The lines of the order don't add up to its amount.", '/lines'),
};
const notWon = { 'not-won': conflict('Only a won deal has an order.') };

export const orderRoutes = {
  win: post('/v1/deals/{dealId}/order', {
    summary: 'Report the order that wins an approved deal. The day of the order decides, not the day of the report.',
    roles: [...partnerRoles, 'channel-manager', 'billing-system'],
    params: ofDeal,
    body: Order,
    answers: DealRegistration,
    refuses: {
      ...orderTerms,
      'not-approved': conflict('Only an approved deal can be won.'),
      'outside-protection': conflict('The order is dated outside the protection of this deal.'),
      'partner-suspended': conflict('The order is dated after the day on which the partner was suspended or left.'),
      'order-taken': conflict('This order of the fulfilling partner has won another deal of the program.'),
      'fulfiller-not-enrolled': conflict('The partner that fulfils the order was not enrolled in this program, or suspended, on that day.'),
      'order-in-future': invalid('The order is dated after today.', '/orderedOn'),
    },
  }),
  amendOrder: post('/v1/deals/{dealId}/order/amendment', {
    summary: 'Say what the order of a won deal is from now on; what followed from it is corrected by the difference.',
    roles: ['channel-manager', 'billing-system'],
    params: ofDeal,
    body: OrderAmendment,
    answers: DealRegistration,
    refuses: { ...notWon, ...orderTerms },
  }),
  cancelOrder: post('/v1/deals/{dealId}/order/cancellation', {
    summary: 'Say that the order of a won deal is cancelled; what followed from it is taken back.',
    roles: ['channel-manager', 'billing-system'],
    params: ofDeal,
    body: Reasoned,
    answers: DealRegistration,
    refuses: notWon,
  }),
  creditInfluence: post('/v1/deals/{dealId}/influences', {
    summary: 'Credit a partner that helped to win, in a sales play, without being the reseller.',
    roles: ['channel-manager'],
    params: ofDeal,
    body: z.object({ partnerId: PartnerId, salesPlay: Key, reason: Text }),
    answers: DealRegistration,
    refuses: {
      ...notWon,
      'own-deal': invalid('The deal is this partner’s own.', '/partnerId'),
      'not-enrolled': conflict('The partner was not enrolled in this program on the day of the order.'),
      'partner-suspended': conflict('The partner was suspended or had left before the day of the order.'),
      'unknown-sales-play': invalid('The program had no such sales play on the day of the order.', '/salesPlay'),
      'already-credited': conflict('The partner has been credited for this sales play.'),
      'too-many-influences': conflict(`A deal holds at most ${INFLUENCES_MAX} influence credits.`),
    },
  }),
  influences: get('/v1/influence-credits', {
    summary: 'List the influence credits of a program that you may see, the newest first: the vendor all, a partner those that it was given.',
    roles: everyone,
    query: z.object({ programId: ProgramId, ...paging }),
    answers: page(InfluenceStatement),
  }),
} as const;

import * as z from 'zod';
import { everyone, get, service } from './contract.ts';
import { dealEvents } from './deals.events.ts';
import { ProgramId, StandingId } from './ids.ts';
import { page, paging } from './paging.ts';
import { partnerEvents } from './partners.events.ts';
import { programEvents } from './programs.events.ts';
import { Standing, standingEvents } from './tiering.events.ts';

export { Facts, Finding, Position, Standing, standingEvents } from './tiering.events.ts';

export const tiering = service('tiering', {
  summary: 'Where each partner stands on the ladder of a program, from the facts.',
  routes: {
    list: get('/v1/standings', {
      summary: 'List the standings of a program that you may see.',
      roles: everyone,
      query: z.object({ programId: ProgramId, ...paging }),
      answers: page(Standing),
    }),
    get: get('/v1/standings/{standingId}', {
      summary: 'Get a standing.',
      roles: everyone,
      params: z.object({ standingId: StandingId }),
      answers: Standing,
    }),
  },
  events: standingEvents,
  reacts: [programEvents.ProgramVersionActivated, partnerEvents.PartnerEnrolled, dealEvents.DealWon],
});

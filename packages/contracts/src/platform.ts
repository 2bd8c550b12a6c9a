import { Instant } from '@echelon/calendar';
import * as z from 'zod';
import { get, put, service } from './contract.ts';

/** What is everybody's: the API's description, and the clock of stages that are for trying things. */
export const platform = service('platform', {
  summary: 'The description of this API, and the clock of trial stages.',
  routes: {
    openapi: get('/openapi.json', { summary: 'This API as OpenAPI 3.1.', roles: 'public', answers: z.record(z.string(), z.unknown()) }),
    clock: get('/v1/clock', {
      summary: 'Read the clock of business time.',
      roles: ['operator'],
      answers: z.object({ now: Instant }),
      onlyWhereClockMoves: true,
    }),
    moveClock: put('/v1/clock', {
      summary: 'Move the clock of business time; it goes on from there. Tokens, retries and lifetimes keep wall time.',
      roles: ['operator'],
      body: z.object({ now: Instant }),
      answers: z.object({ now: Instant }),
      onlyWhereClockMoves: true,
    }),
  },
});

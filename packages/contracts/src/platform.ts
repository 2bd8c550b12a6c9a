import { Instant, instant, isBefore } from '@echelon/calendar';
import * as z from 'zod';
import { get, put, service } from './contract.ts';

/** Far enough to live through any program, and not so far that what is computed from it could not be written. */
const Settable = Instant.refine((now) => isBefore(instant('2000-01-01T00:00:00Z'), now) && isBefore(now, instant('2200-01-01T00:00:00Z')), {
  error: 'The clock goes from the year 2000 to the year 2199.',
});

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
      body: z.object({ now: Settable }),
      answers: z.object({ now: Instant }),
      onlyWhereClockMoves: true,
    }),
  },
});

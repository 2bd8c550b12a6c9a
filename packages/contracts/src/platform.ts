import { Instant, instant, isBefore } from '@echelon/calendar';
import { ProgramDocument } from '@echelon/program';
import * as z from 'zod';
import { get, put, service } from './contract.ts';
import { standalone } from './json-schema.ts';

/** Far enough to live through any program, and not so far that what is computed from it could not be written. */
const Settable = Instant.refine((now) => isBefore(instant('2000-01-01T00:00:00Z'), now) && isBefore(now, instant('2200-01-01T00:00:00Z')), {
  error: 'The clock goes from the year 2000 to the year 2199.',
});

const PROGRAM_SCHEMA_PATH = '/schemas/program-document.json';

const Document = z.record(z.string(), z.unknown());

/** What a schema can't say, `npm run program -- check FILE` does, and the API when the document is drafted. */
export const programSchema = () => standalone(ProgramDocument, PROGRAM_SCHEMA_PATH);

/** What is everybody's: the API's and the events' description, and the clock of stages that are for trying things. */
export const platform = service('platform', {
  summary: 'The description of this API and of its events, and the clock of trial stages.',
  routes: {
    openapi: get('/openapi.json', { summary: 'This API as OpenAPI 3.1.', roles: 'public', answers: Document }),
    asyncapi: get('/asyncapi.json', {
      summary: 'The events as AsyncAPI 3, each with its JSON Schema and an example.',
      roles: 'public',
      answers: Document,
    }),
    programSchema: get(PROGRAM_SCHEMA_PATH, {
      summary: 'The JSON Schema (2020-12) of a program document: for an editor that knows each field.',
      roles: 'public',
      answers: Document,
    }),
    docs: get('/docs', {
      summary: 'These pages: the API, or the events, for people.',
      roles: 'public',
      query: z.object({ of: z.enum(['api', 'events']).optional().meta({ description: 'The API unless told.' }) }),
      answers: z.string(),
      media: 'text/html',
    }),
    docsRenderer: get('/docs/renderer.js', {
      summary: 'The script that draws these pages.',
      roles: 'public',
      answers: z.string(),
      media: 'text/javascript',
    }),
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

import { createHash } from 'node:crypto';
import { Instant } from '@echelon/calendar';
import { PartnerProgram, programEvents } from '@echelon/contracts/programs';
import { ProgramDocument } from '@echelon/program';
import { aggregates, listing, projection, type Repository, type Table } from '@echelon/store';
import * as z from 'zod';
import { evolve, isPublic, none, type ProgramEvent, type ProgramState } from './program.ts';

/** The one list of a vendor's programs: a few, so one partition holds them. */
export const ALL = 'programs';

export const programsIn = (table: Table): Repository<ProgramState, ProgramEvent> =>
  aggregates(table, {
    none,
    state: PartnerProgram,
    events: programEvents,
    at: Instant,
    evolve,
    about: ({ id }) => ({ programId: id }),
    isOwn: isPublic,
    indexed: ({ id, establishedAt }) => ({ all: [ALL, `${establishedAt ? z.encode(Instant, establishedAt) : ''}#${id}`] }),
  });

export const listPrograms = (table: Table) => listing(table, PartnerProgram);

/** Of its JSON. */
export const hashOf = (document: ProgramDocument): string =>
  createHash('sha256')
    .update(JSON.stringify(z.encode(ProgramDocument, document)))
    .digest('hex');

/** Documents by their hash. Written before the draft that names one: a document without a draft is never seen. */
export const documentsIn = (table: Table) => {
  const stored = projection(table, 'DOCUMENT', ProgramDocument);
  return {
    get: (hash: string): Promise<ProgramDocument | undefined> => stored.get(hash),
    put: (document: ProgramDocument): Promise<void> => stored.put(hashOf(document), 1, document),
  };
};
export type Documents = ReturnType<typeof documentsIn>;

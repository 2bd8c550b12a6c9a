import { Instant } from '@echelon/calendar';
import type { PartnerId, ProgramId } from '@echelon/contracts/ids';
import { Standing, standingEvents } from '@echelon/contracts/tiering';
import { aggregates, listing, type Projection, projection, type Repository, type Table } from '@echelon/store';
import { evolve, none, type StandingEvent, type StandingState } from './standing.ts';

export const lists = {
  ofProgram: (programId: ProgramId) => ({ index: 'all', partition: programId }) as const,
  ofPartner: (programId: ProgramId, partnerId: PartnerId) => ({ index: 'own', partition: `${programId}#${partnerId}` }) as const,
};

export const standingsIn = (table: Table): Repository<StandingState, StandingEvent> =>
  aggregates(table, {
    none,
    state: Standing,
    events: standingEvents,
    at: Instant,
    evolve,
    about: ({ programId, partnerId }) => ({ programId, partnerId }),
    isOwn: ({ partnerId }, viewer) => partnerId === viewer.partnerId,
    indexed: ({ id, programId, partnerId }) => ({
      all: [lists.ofProgram(programId).partition, id],
      own: [lists.ofPartner(programId, partnerId).partition, id],
    }),
  });

export const listStandings = (table: Table) => listing(table, Standing);

/** When each partner that has left did so: none comes back. */
export const departuresIn = (table: Table): Projection<Instant> => projection(table, 'DEPARTURE', Instant);

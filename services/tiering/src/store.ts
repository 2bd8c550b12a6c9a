import { Instant } from '@echelon/calendar';
import { PartnerId, ProgramId } from '@echelon/contracts/ids';
import { CountedActivity, Standing, standingEvents } from '@echelon/contracts/tiering';
import { aggregates, entries, listing, type Projection, projection, type Repository, shelf, type Table } from '@echelon/store';
import * as z from 'zod';
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
    entry: CountedActivity,
    about: ({ programId, partnerId }) => ({ programId, partnerId }),
    isOwn: ({ partnerId }, viewer) => partnerId === viewer.partnerId,
    indexed: ({ id, programId, partnerId }) => ({
      all: [lists.ofProgram(programId).partition, id],
      own: [lists.ofPartner(programId, partnerId).partition, id],
    }),
  });

export const listStandings = (table: Table) => listing(table, Standing);

/** The ledger of points: each activity of a standing, by its day. */
export const ledgerIn = (table: Table) => entries(table, CountedActivity);
export type Ledger = ReturnType<typeof ledgerIn>;

/** What a partner's group was said to be, each time; and the subsidiaries that each parent has ever had. Both are few. */
export const groupsIn = (table: Table) => {
  const said = shelf(table, 'GROUPING', z.object({ version: z.int(), at: Instant, parentId: PartnerId.optional() }));
  const subsidiaries = shelf(table, 'SUBSIDIARY', PartnerId);
  return {
    learn: async (
      partnerId: PartnerId,
      { version, at, parentId }: { version: number; at: Instant; parentId?: PartnerId | undefined },
    ): Promise<void> => {
      await said.put([partnerId], String(version), { version, value: { version, at, parentId } });
      if (parentId !== undefined) await subsidiaries.put([parentId], partnerId, { version, value: partnerId });
    },
    saidOf: async (partnerId: PartnerId) => (await said.read([partnerId])).toSorted((a, b) => a.version - b.version),
    subsidiariesOf: (parentId: PartnerId) => subsidiaries.read([parentId]),
  };
};
export type Groups = ReturnType<typeof groupsIn>;

/** When each partner that is known applied. */
export const partnersIn = (table: Table): Projection<Instant> => projection(table, 'PARTNER', Instant);

/** When each partner that has left did so: none comes back. */
export const departuresIn = (table: Table): Projection<Instant> => projection(table, 'DEPARTURE', Instant);

/** Who adds a program while others do tries again as often as they win. */
const ATTEMPTS_MAX = 20;

const ProgramIds = z.object({ version: z.int(), ids: z.array(ProgramId).max(1_000) });

/** The programs whose standings are looked at each day. */
export const programsIn = (table: Table) => {
  const kept = projection(table, 'PROGRAMS', ProgramIds);
  const known = async () => (await kept.get('all')) ?? { version: 0, ids: [] };
  return {
    all: async (): Promise<readonly ProgramId[]> => (await known()).ids,
    add: async (programId: ProgramId): Promise<void> => {
      for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
        const { version, ids } = await known();
        if (ids.includes(programId)) return;
        // Of those who write the same version one is kept; the others see it at their next attempt.
        await kept.put('all', version + 1, { version: version + 1, ids: [...ids, programId] });
      }
      throw new Error(`${programId} could not be added in ${ATTEMPTS_MAX} attempts`);
    },
  };
};
export type ProgramsJudged = ReturnType<typeof programsIn>;

/** How far the daily look at each program's standings has come: kept, so that it is taken up where a run has ended. */
import { ProgramId } from '@echelon/contracts/ids';
import { projection, type Table } from '@echelon/store';
import * as z from 'zod';

/** Who adds a program while others do tries again as often as they win. */
const ATTEMPTS_MAX = 20;

const Programs = z.object({ version: z.int(), ids: z.array(ProgramId).max(1_000) });
/** Without a cursor it is over. */
const Round = z.object({ version: z.int(), name: z.string(), cursor: z.string().exactOptional() });

export const roundsIn = (table: Table) => {
  const programs = projection(table, 'PROGRAMS', Programs);
  const rounds = projection(table, 'ROUND', Round);
  const known = async () => (await programs.get('all')) ?? { version: 0, ids: [] };
  return {
    programs: async (): Promise<readonly ProgramId[]> => (await known()).ids,

    add: async (programId: ProgramId): Promise<void> => {
      for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
        const { version, ids } = await known();
        if (ids.includes(programId)) return;
        // Of those who write the same version one is kept; the others see it at their next attempt.
        await programs.put('all', version + 1, { version: version + 1, ids: [...ids, programId] });
      }
      throw new Error(`${programId} could not be added in ${ATTEMPTS_MAX} attempts`);
    },

    /** The round of this name, from its start or from where it was left; `undefined` once it is over. */
    open: async (programId: ProgramId, name: string) => {
      const last = await rounds.get(programId);
      const version = last?.version ?? 0;
      const cursor = last?.name === name ? last.cursor : undefined;
      if (last?.name === name && cursor === undefined) return undefined;
      return {
        cursor,
        reached: (next: string | undefined): Promise<void> =>
          rounds.put(programId, version + 1, { version: version + 1, name, ...(next !== undefined && { cursor: next }) }),
      };
    },
  };
};
export type Rounds = ReturnType<typeof roundsIn>;

/** How far a sweep has come that looks at all there is: kept, so that it is taken up where a run has ended, and nobody stays last. */
import { type Projection, projection, type Table } from '@echelon/store';
import * as z from 'zod';

/** Without a cursor it is over. */
const Round = z.object({ version: z.int(), name: z.string(), cursor: z.string().exactOptional() });
type Round = z.output<typeof Round>;

export interface Rounds {
  /** The round of this name, or the earlier one that is not over yet, from where it was left; `undefined` once that of this name is over. */
  open(of: string, name: string): Promise<OpenRound | undefined>;
}
export interface OpenRound {
  readonly from: string | undefined;
  /** That all before this cursor has been looked at; without one, all. */
  reached(cursor: string | undefined): Promise<void>;
}

export const roundsIn = (table: Table): Rounds => roundsOn(projection(table, 'ROUND', Round));

export const roundsOn = (kept: Projection<Round>): Rounds => ({
  open: async (of, name) => {
    const last = await kept.get(of);
    if (last?.name === name && last.cursor === undefined) return undefined;
    const running = last?.cursor === undefined ? name : last.name;
    let version = last?.version ?? 0;
    return {
      from: last?.cursor,
      // Of two runs at once the one that is behind writes nothing: each looks at what it was given, and decides nothing twice.
      reached: async (cursor) => {
        version += 1;
        await kept.put(of, version, { version, name: running, ...(cursor !== undefined && { cursor }) });
      },
    };
  },
});

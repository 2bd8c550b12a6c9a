import type { Instant } from '@echelon/calendar';
import type { tiering as contract } from '@echelon/contracts/tiering';
import type { SweepRows } from '@echelon/lambda';
import type { ProgramBook } from '@echelon/lambda/program-book';
import type { Rounds } from '@echelon/lambda/rounds';
import type { Projection, Repository } from '@echelon/store';
import { judge } from './commands.ts';
import { judgement } from './judge.ts';
import { withGroup } from './reads.ts';
import type { StandingEvent, StandingState } from './standing.ts';
import { type Groups, type listStandings, lists, type ProgramsJudged } from './store.ts';
import { current, todayIn } from './versions.ts';

export interface Deps {
  readonly standings: Repository<StandingState, StandingEvent>;
  readonly list: ReturnType<typeof listStandings>;
  readonly departures: Projection<Instant>;
  readonly programs: ProgramBook;
  readonly groups: Groups;
  readonly judged: ProgramsJudged;
  readonly rounds: Rounds;
}

/** Standings per page: as many as a function judges in a second. */
const PAGE = 50;

export const sweeps: SweepRows<typeof contract, Deps> = {
  /** One page of the first program whose round is not over. There is a round each day, and one more when a version takes force. */
  judge: async ({ now, causeFor }, deps) => {
    const { standings, list, departures, programs, judged, rounds } = deps;
    for (const programId of await judged.all()) {
      // Before its first version holds there is nothing to judge by.
      if ((await programs.at(programId, now)) === undefined) continue;
      const versions = await programs.history(programId, now);
      const round = await rounds.open(programId, `${todayIn(versions, now)} ${current(versions).versionId}`);
      if (round === undefined) continue;
      const { items, next } = await list({ ...lists.ofProgram(programId), limit: PAGE, cursor: round.from });
      const failed: unknown[] = [];
      let done = 0;
      for (const { state, version } of items) {
        // One that can't be judged keeps no other waiting, of its own page or of another program.
        try {
          // Most are as they should be: what is listed tells so, and is not read again.
          const known = await withGroup(state, versions, deps);
          if (judgement(state, { ...known, now }).length === 0) continue;
          // Who has left is given no notice and no review.
          if ((await departures.get(state.partnerId)) !== undefined) continue;
          const outcome = await standings.decide(state.id, causeFor(state.id, version), { command: judge({ now }), facts: async () => known });
          if (!('refused' in outcome) && outcome.version > version) done += 1;
        } catch (error) {
          failed.push(error);
        }
      }
      await round.reached(next);
      return { done, more: true, failed };
    }
    return { done: 0, more: false, failed: [] };
  },
};

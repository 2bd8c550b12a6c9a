import type { Instant } from '@echelon/calendar';
import type { tiering as contract } from '@echelon/contracts/tiering';
import { type SweepRows, throughout } from '@echelon/lambda';
import type { ProgramBook } from '@echelon/lambda/program-book';
import type { Rounds } from '@echelon/lambda/rounds';
import type { Projection, Repository } from '@echelon/store';
import { judge } from './commands.ts';
import { judgement } from './judge.ts';
import { asksForGroup, withGroup } from './reads.ts';
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

/** Standings at once: as many as a function judges in a second or two, and can hold; of groups each reads a hundred others, and takes as long. */
const PAGE = 50;
const PAGE_OF_GROUPS = 5;

export const sweeps: SweepRows<typeof contract, Deps> = {
  /** There is a round of each program each day, and one more when a version takes force. */
  judge: async ({ now, causeFor, timeLeft }, deps) => {
    const { standings, list, departures, programs, judged, rounds } = deps;
    let [done, more] = [0, false];
    const failed: unknown[] = [];
    for (const programId of await judged.all()) {
      if (timeLeft() <= 0) return { done, more: true, failed };
      // Before its first version holds there is nothing to judge by.
      if ((await programs.at(programId, now)) === undefined) continue;
      const versions = await programs.history(programId, now);
      const round = await rounds.open(programId, `${todayIn(versions, now)} ${current(versions).versionId}`);
      if (round === undefined) continue;
      const limit = asksForGroup(versions) ? PAGE_OF_GROUPS : PAGE;
      const gone = await throughout({
        round,
        list: (cursor) => list({ ...lists.ofProgram(programId), limit, cursor }),
        act: async ({ state, version }) => {
          // Most are as they should be: what is listed tells so, and is not read again.
          const known = await withGroup(state, versions, deps);
          if (judgement(state, { ...known, now }).length === 0) return undefined;
          // Who has left is given no notice and no review.
          if ((await departures.get(state.partnerId)) !== undefined) return undefined;
          return standings.decide(state.id, causeFor(state.id, version), { command: judge({ now }), facts: async () => known });
        },
        timeLeft,
      });
      done += gone.done;
      failed.push(...gone.failed);
      // That may have been the end of an earlier day's round.
      more = true;
    }
    return { done, more, failed };
  },
};

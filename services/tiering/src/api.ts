import { Instant, isBefore, isUpTo } from '@echelon/calendar';
import type { StandingId } from '@echelon/contracts/ids';
import { PAGE_DEFAULT } from '@echelon/contracts/paging';
import type { CountedActivity, tiering as contract, Standing } from '@echelon/contracts/tiering';
import { type Cause, type Decision, refuse } from '@echelon/decider';
import { type Caller, listFor, type Rows } from '@echelon/lambda';
import type { ProgramBook } from '@echelon/lambda/program-book';
import type { Projection, Repository } from '@echelon/store';
import * as z from 'zod';
import { agreeTarget, endNomination, liftOverride, nominate, override, proposeTarget, signOff } from './decisions.ts';
import { gapOf } from './gap.ts';
import { knownOf, withGroup } from './reads.ts';
import type { StandingEvent, StandingState } from './standing.ts';
import { type Groups, type Ledger, type listStandings, lists } from './store.ts';
import { type Known, todayIn } from './versions.ts';
import { benefitsOn, endOf, pointsShown, requirementsOf } from './views.ts';

export interface Deps {
  readonly standings: Repository<StandingState, StandingEvent>;
  readonly list: ReturnType<typeof listStandings>;
  readonly departures: Projection<Instant>;
  readonly programs: ProgramBook;
  readonly groups: Groups;
  readonly ledger: Ledger;
}

export const api: Rows<typeof contract, Deps> = {
  list: async ({ query: { programId, partnerId: named, cursor, limit = PAGE_DEFAULT }, caller }, { list }) => {
    const where = listFor(caller, { named, all: () => lists.ofProgram(programId), own: (partnerId) => lists.ofPartner(programId, partnerId) });
    if (where === undefined) return { state: { items: [] } };
    const { items, ...rest } = await list({ ...where, limit, cursor });
    return { state: { items: items.map(({ state }) => state), ...rest } };
  },

  get: ({ params, caller }, { standings }) => standings.find(params.standingId, caller),

  requirements: async ({ params, caller, now }, deps) => {
    const found = await deps.standings.find(params.standingId, caller);
    return 'refused' in found ? found : { state: requirementsOf(found.state, { ...(await knownOf(found.state, now, deps)), now }) };
  },

  gap: async ({ params, caller, now }, deps) => {
    const found = await deps.standings.find(params.standingId, caller);
    return 'refused' in found ? found : { state: gapOf(found.state, { ...(await knownOf(found.state, now, deps)), now }) };
  },

  points: async ({ params, query: { category, cursor, limit = PAGE_DEFAULT }, caller }, { standings, ledger }) => {
    const found = await standings.find(params.standingId, caller);
    if ('refused' in found) return found;
    const shown = (activity: CountedActivity) => pointsShown(activity, found.state.facts, category);
    const { items, ...rest } = await ledger.page(params.standingId, { limit, cursor, shows: (activity) => shown(activity).length > 0 });
    return { state: { items: items.flatMap(shown), ...rest } };
  },

  benefits: async ({ params, query, caller, now }, deps) => {
    const { standings, departures, programs } = deps;
    const found = await standings.find(params.standingId, caller);
    if ('refused' in found) return found;
    const [versions, left] = await Promise.all([programs.history(found.state.programId, now), departures.get(found.state.partnerId)]);
    const today = todayIn(versions, now);
    const { on = today } = query;
    if (!isUpTo(on, today)) return refuse('day-ahead', `Today is ${today}.`);
    const end = endOf(on, versions);
    // Whoever has left has no benefits, from that day on.
    if (left && isBefore(left, end)) return { state: { on, benefits: [] } };
    const asOf = on.equals(today) ? undefined : z.encode(Instant, end);
    const [standing, known] = await Promise.all([
      asOf === undefined ? found.state : standings.asOf(params.standingId, asOf),
      withGroup(found.state, versions, deps, asOf),
    ]);
    return { state: benefitsOn(on, { ...known, standing }) };
  },

  signOff: (asked, deps) => decide(asked, deps, signOff({ ...asked.params, ...asked.body, ...actOf(asked) })),
  override: (asked, deps) => decide(asked, deps, override({ ...asked.body, ...actOf(asked) })),
  liftOverride: (asked, deps) => decide(asked, deps, liftOverride({ ...asked.params, ...actOf(asked) })),
  nominate: (asked, deps) => decide(asked, deps, nominate({ ...asked.body, ...actOf(asked) })),
  endNomination: (asked, deps) => decide(asked, deps, endNomination({ ...asked.params, ...asked.body, ...actOf(asked) })),
  proposeTarget: (asked, deps) => decide(asked, deps, proposeTarget({ ...asked.body, side: sideOf(asked), ...actOf(asked) })),
  agreeTarget: (asked, deps) => decide(asked, deps, agreeTarget({ ...asked.body, side: sideOf(asked), ...actOf(asked) })),
};

interface Asking {
  readonly params: { readonly standingId: StandingId };
  readonly caller: Caller;
  readonly cause: Cause;
  readonly now: Instant;
}

const actOf = ({ caller, now }: Asking) => ({ by: caller.principal, now });
const sideOf = ({ caller }: Asking) => (caller.sees === 'own' ? 'partner' : 'vendor');

/** By the versions of the standing's own program; of what is not there, or not seen, nothing is decided, and of whoever has left nothing more. */
const decide = <Reason extends string>(
  { params, cause, now }: Asking,
  deps: Deps,
  command: (standing: Standing, known: Known) => Decision<StandingEvent, Reason>,
) =>
  deps.standings.decide(params.standingId, cause, {
    facts: async (loading) => {
      const standing = await loading;
      if (standing.status === 'none') return undefined;
      const [known, left] = await Promise.all([knownOf(standing, now, deps), deps.departures.get(standing.partnerId)]);
      return { standing, known, left };
    },
    command: (_, found): Decision<StandingEvent, Reason | 'not-found' | 'partner-left'> => {
      if (found === undefined) return refuse('not-found');
      return found.left ? refuse('partner-left') : command(found.standing, found.known);
    },
  });

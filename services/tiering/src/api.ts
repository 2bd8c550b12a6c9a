import { Instant, isBefore, isUpTo } from '@echelon/calendar';
import type { StandingId } from '@echelon/contracts/ids';
import { PAGE_DEFAULT } from '@echelon/contracts/paging';
import type { tiering as contract, Standing } from '@echelon/contracts/tiering';
import { type Cause, type Decision, refuse } from '@echelon/decider';
import { type Caller, listFor, type Rows } from '@echelon/lambda';
import type { ProgramBook } from '@echelon/lambda/program-book';
import type { Projection, Repository } from '@echelon/store';
import * as z from 'zod';
import { agreeTarget, endNomination, liftOverride, nominate, override, proposeTarget, signOff } from './decisions.ts';
import type { StandingEvent, StandingState } from './standing.ts';
import { type listStandings, lists } from './store.ts';
import { todayIn, type Versions } from './versions.ts';
import { benefitsOn, endOf, requirementsOf } from './views.ts';

export interface Deps {
  readonly standings: Repository<StandingState, StandingEvent>;
  readonly list: ReturnType<typeof listStandings>;
  readonly departures: Projection<Instant>;
  readonly programs: ProgramBook;
}

export const api: Rows<typeof contract, Deps> = {
  list: async ({ query: { programId, cursor, limit = PAGE_DEFAULT }, caller }, { list }) => {
    const where = listFor(caller, { all: () => lists.ofProgram(programId), own: (partnerId) => lists.ofPartner(programId, partnerId) });
    if (where === undefined) return { state: { items: [] } };
    const { items, ...rest } = await list({ ...where, limit, cursor });
    return { state: { items: items.map(({ state }) => state), ...rest } };
  },

  get: ({ params, caller }, { standings }) => standings.find(params.standingId, caller),

  requirements: async ({ params, caller, now }, { standings, programs }) => {
    const found = await standings.find(params.standingId, caller);
    return 'refused' in found ? found : { state: requirementsOf(found.state, { versions: await programs.history(found.state.programId, now), now }) };
  },

  benefits: async ({ params, query, caller, now }, { standings, departures, programs }) => {
    const found = await standings.find(params.standingId, caller);
    if ('refused' in found) return found;
    const { programId, partnerId } = found.state;
    const [versions, left] = await Promise.all([programs.history(programId, now), departures.get(partnerId)]);
    const today = todayIn(versions, now);
    const { on = today } = query;
    if (!isUpTo(on, today)) return refuse('day-ahead', `Today is ${today}.`);
    const end = endOf(on, versions);
    // Whoever has left has no benefits, from that day on.
    if (left && isBefore(left, end)) return { state: { on, benefits: [] } };
    const standing = on.equals(today) ? found.state : await standings.asOf(params.standingId, z.encode(Instant, end));
    return { state: benefitsOn(on, { versions, standing }) };
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
  { standings, departures, programs }: Deps,
  command: (standing: Standing, versions: Versions) => Decision<StandingEvent, Reason>,
) =>
  standings.decide(params.standingId, cause, {
    facts: async (loading) => {
      const standing = await loading;
      if (standing.status === 'none') return undefined;
      const [versions, left] = await Promise.all([programs.history(standing.programId, now), departures.get(standing.partnerId)]);
      return { standing, versions, left };
    },
    command: (_, known): Decision<StandingEvent, Reason | 'not-found' | 'partner-left'> => {
      if (known === undefined) return refuse('not-found');
      return known.left ? refuse('partner-left') : command(known.standing, known.versions);
    },
  });

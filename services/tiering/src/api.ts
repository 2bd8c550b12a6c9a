import { PAGE_DEFAULT } from '@echelon/contracts/paging';
import type { tiering as contract } from '@echelon/contracts/tiering';
import type { Rows } from '@echelon/lambda';
import type { Repository } from '@echelon/store';
import type { StandingEvent, StandingState } from './standing.ts';
import { type listStandings, lists } from './store.ts';

export interface Deps {
  readonly standings: Repository<StandingState, StandingEvent>;
  readonly list: ReturnType<typeof listStandings>;
}

export const api: Rows<typeof contract, Deps> = {
  list: async ({ query: { programId, cursor, limit = PAGE_DEFAULT }, caller }, { list }) => {
    if (caller.sees === 'own' && caller.partnerId === undefined) return { state: { items: [] } };
    const where = caller.sees === 'own' && caller.partnerId ? lists.ofPartner(programId, caller.partnerId) : lists.ofProgram(programId);
    const { items, ...rest } = await list({ ...where, limit, cursor });
    return { state: { items: items.map(({ state }) => state), ...rest } };
  },

  get: ({ params, caller }, { standings }) => standings.find(params.standingId, caller),
};

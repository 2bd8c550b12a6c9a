import { Instant } from '@echelon/calendar';
import type { deals as contract } from '@echelon/contracts/deals';
import type { SweepRows } from '@echelon/lambda';
import type { Repository } from '@echelon/store';
import * as z from 'zod';
import { expire } from './commands.ts';
import type { Deal, DealEvent } from './deal.ts';
import { type listDeals, lists } from './store.ts';

export interface Deps {
  readonly deals: Repository<Deal, DealEvent>;
  readonly list: ReturnType<typeof listDeals>;
}

/** Deals per round: a round is as long as a function can spare. */
const ROUND = 50;

export const sweeps: SweepRows<typeof contract, Deps> = {
  expire: async ({ now, causeFor }, { deals, list }) => {
    const { items, next } = await list({ ...lists.toExpire, limit: ROUND, before: `${z.encode(Instant, now)}~` });
    let done = 0;
    const failed: unknown[] = [];
    for (const { state, version } of items) {
      try {
        const outcome = await deals.decide(state.id, causeFor(state.id, version), expire({ now }));
        // The index lags: a deal that is listed still may have been recorded before.
        if (!('refused' in outcome) && outcome.version > version) done += 1;
      } catch (error) {
        failed.push(error);
      }
    }
    return { done, more: next !== undefined && done > 0, failed };
  },
};

import { Instant, isBefore } from '@echelon/calendar';
import type { deals as contract, DealRegistration } from '@echelon/contracts/deals';
import type { Partner } from '@echelon/contracts/partners';
import { type SweepRows, type Swept, throughout } from '@echelon/lambda';
import type { Agenda, Repository } from '@echelon/store';
import * as z from 'zod';
import { findOverdue } from './approval.ts';
import { type Deal, type DealEvent, type Decided, isLive } from './deal.ts';
import { ordersEndAt } from './partner.ts';
import { close, closingReason, expire } from './protection.ts';
import { type Known, linesOf, noFacts, onDeal } from './reads.ts';
import { type listDeals, lists } from './store.ts';

export interface Deps extends Known {
  readonly deals: Repository<Deal, DealEvent>;
  readonly list: ReturnType<typeof listDeals>;
  readonly toClose: Agenda;
}

/** Deals at once: as many as a function can spare. */
const PAGE = 50;
/** Partners on the agenda, likewise; longer than it ever is. */
const AGENDA_PAGES_MAX = 1_000;

type Judging = (act: { readonly now: Instant }) => (deal: DealRegistration) => Decided<never>;

/** Records what was due by now, of one list. */
const record = (list: (typeof lists)['toExpire' | 'toDecide'], command: Judging) => async (swept: Swept, deps: Deps) => {
  const { now, causeFor, timeLeft } = swept;
  const where = { ...list, before: `${z.encode(Instant, now)}~`, limit: PAGE };
  const { done, failed } = await throughout({
    list: (cursor) => deps.list({ ...where, cursor }),
    act: ({ state: { id }, version }) => deps.deals.decide(id, causeFor(id, version), onDeal(command({ now }), noFacts)),
    timeLeft,
  });
  return { done, more: false, failed };
};

/** For so long a submission may be under way that was let in before, and the index may lag. */
const SETTLES_HOURS = 1;

/** Closes what a partner that stands down has open; `found` while another run has to look again. */
const closeDealsOf = async (partner: Partner | undefined, swept: Swept, deps: Deps) => {
  const { now } = swept;
  const since = ordersEndAt(partner);
  if (partner === undefined || !('enrollments' in partner) || since === undefined) return { done: 0, failed: [], found: false };
  let [done, found] = [0, isBefore(now, since.add({ hours: SETTLES_HOURS }))];
  const failed: unknown[] = [];
  for (const { programId } of partner.enrollments) {
    if (swept.timeLeft() <= 0) return { done, failed, found: true };
    const policy = (await deps.programs.at(programId, since))?.document.dealRegistration;
    if (policy === undefined || closingReason(partner, policy) === undefined) continue;
    const informed = onDeal(close({ now }), async (deal) => {
      const [standing, lines] = await Promise.all([deps.partners.get(deal.partnerId), linesOf(deal, deps)]);
      return { partner: standing, policy, lines };
    });
    const closed = await throughout({
      list: (cursor) => deps.list({ ...lists.ofPartner(programId, partner.id), limit: PAGE, cursor }),
      act: async ({ state, version }) => {
        if (!isLive(state, now)) return undefined;
        found = true;
        return deps.deals.decide(state.id, swept.causeFor(state.id, version), informed);
      },
      timeLeft: swept.timeLeft,
    });
    done += closed.done;
    failed.push(...closed.failed);
    found ||= !closed.isWhole;
  }
  return { done, failed, found };
};

export const sweeps: SweepRows<typeof contract, Deps> = {
  expire: record(lists.toExpire, expire),
  overdue: record(lists.toDecide, findOverdue),

  /**
   * Which partners there are to look at stays on the agenda until none of their deals is found open; those that are stuck are
   * passed over, and looked at again by the next run.
   */
  close: async (swept, deps) => {
    let [done, cursor]: [number, string | undefined] = [0, undefined];
    const failed: unknown[] = [];
    for (let pages = 0; pages < AGENDA_PAGES_MAX; pages++) {
      const { items, next } = await deps.toClose.read(PAGE, cursor);
      for (const { state: partnerId, version } of items) {
        if (swept.timeLeft() <= 0) return { done, more: false, failed };
        try {
          const closed = await closeDealsOf(await deps.partners.get(partnerId), swept, deps);
          done += closed.done;
          failed.push(...closed.failed);
          if (!closed.found) await deps.toClose.settle(partnerId, version);
        } catch (error) {
          failed.push(error);
        }
      }
      if (next === undefined) break;
      cursor = next;
    }
    return { done, more: false, failed };
  },
};

import { Instant, isBefore } from '@echelon/calendar';
import type { deals as contract, DealRegistration } from '@echelon/contracts/deals';
import type { Partner } from '@echelon/contracts/partners';
import type { SweepRows, Swept } from '@echelon/lambda';
import type { Agenda, Informed, Repository } from '@echelon/store';
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

const PAGE = 50;
const PAGES_MAX = 1_000;

interface Sweep<Facts> {
  readonly where: Pick<Parameters<Deps['list']>[0], 'index' | 'partition' | 'before'>;
  readonly isDue: (deal: DealRegistration) => boolean;
  readonly informed: Informed<Deal, DealEvent, string, Facts>;
}

/**
 * Decides what is due in a list, page after page and each deal by itself: one that is stuck does not keep the others from it.
 * `found` says that anything was due, or that there was no time to see it all.
 */
const throughout = async <Facts>({ where, isDue, informed }: Sweep<Facts>, { causeFor, timeLeft }: Swept, { deals, list }: Deps) => {
  let [done, found, cursor]: [number, boolean, string | undefined] = [0, false, undefined];
  const failed: unknown[] = [];
  for (let pages = 0; pages < PAGES_MAX; pages++) {
    const { items, next } = await list({ ...where, limit: PAGE, cursor });
    for (const { state, version } of items.filter((item) => isDue(item.state))) {
      found = true;
      try {
        const outcome = await deals.decide(state.id, causeFor(state.id, version), informed);
        // The index lags: what is listed still may have been done before.
        if (!('refused' in outcome) && outcome.version > version) done += 1;
      } catch (error) {
        failed.push(error);
      }
    }
    if (next === undefined) return { done, failed, found };
    if (timeLeft() <= 0) break;
    cursor = next;
  }
  return { done, failed, found: true };
};

type Judging = (act: { readonly now: Instant }) => (deal: DealRegistration) => Decided<never>;

/** Records what was due by now, of one list. */
const record = (list: (typeof lists)['toExpire' | 'toDecide'], command: Judging) => async (swept: Swept, deps: Deps) => {
  const where = { ...list, before: `${z.encode(Instant, swept.now)}~` };
  const { done, failed } = await throughout({ where, isDue: () => true, informed: onDeal(command(swept), noFacts) }, swept, deps);
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
    const isDue = (deal: DealRegistration) => isLive(deal, now);
    const closed = await throughout({ where: lists.ofPartner(programId, partner.id), isDue, informed }, swept, deps);
    done += closed.done;
    failed.push(...closed.failed);
    found ||= closed.found;
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
    for (let pages = 0; pages < PAGES_MAX; pages++) {
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

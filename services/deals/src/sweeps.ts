import { Instant, isBefore } from '@echelon/calendar';
import type { deals as contract, DealRegistration } from '@echelon/contracts/deals';
import type { Partner } from '@echelon/contracts/partners';
import type { SweepRows, Swept } from '@echelon/lambda';
import type { Agenda, Informed, Listed, Repository } from '@echelon/store';
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

/** Deals per round: a round is as long as a function can spare. */
const ROUND = 50;

/** Decides each by itself: one that can't be decided does not keep the others from it. */
const sweepEach = async <Facts>(
  items: Listed<DealRegistration>['items'],
  informed: Informed<Deal, DealEvent, string, Facts>,
  { causeFor, deals }: Pick<Swept, 'causeFor'> & Pick<Deps, 'deals'>,
) => {
  let done = 0;
  const failed: unknown[] = [];
  for (const { state, version } of items) {
    try {
      const outcome = await deals.decide(state.id, causeFor(state.id, version), informed);
      // The index lags: what is listed still may have been done before.
      if (!('refused' in outcome) && outcome.version > version) done += 1;
    } catch (error) {
      failed.push(error);
    }
  }
  return { done, failed };
};

/** Records what was due by now, of one list. */
const record =
  (where: (typeof lists)['toExpire' | 'toDecide'], command: (act: { now: Instant }) => (deal: DealRegistration) => Decided<never>) =>
  async (swept: Swept, deps: Deps) => {
    const { now } = swept;
    const { items, next } = await deps.list({ ...where, limit: ROUND, before: `${z.encode(Instant, now)}~` });
    const { done, failed } = await sweepEach(items, onDeal(command({ now }), noFacts), { ...swept, ...deps });
    return { done, more: next !== undefined && done > 0, failed };
  };

/** Partners that stand down are looked at together; each is settled within hours. */
const PARTNERS_MAX = 100;
/** For so long a submission may be under way that was let in before, and the index may lag. */
const SETTLES_HOURS = 1;
const PAGES_MAX = 1_000;

/** Closes what a partner that stands down has open; `left` while another run has to look again. */
const closeDealsOf = async (partner: Partner | undefined, swept: Swept, deps: Deps) => {
  const since = ordersEndAt(partner);
  if (partner === undefined || !('enrollments' in partner) || since === undefined) return { done: 0, failed: [], left: false };
  let [done, left] = [0, isBefore(swept.now, since.add({ hours: SETTLES_HOURS }))];
  const failed: unknown[] = [];
  for (const { programId } of partner.enrollments) {
    const policy = (await deps.programs.at(programId, since))?.document.dealRegistration;
    if (policy === undefined || closingReason(partner, policy) === undefined) continue;
    const facts = async (deal: DealRegistration) => {
      const [now, lines] = await Promise.all([deps.partners.get(deal.partnerId), linesOf(deal, deps)]);
      return { partner: now, policy, lines };
    };
    let cursor: string | undefined;
    for (let pages = 0; pages < PAGES_MAX; pages++) {
      const { items, next } = await deps.list({ ...lists.ofPartner(programId, partner.id), limit: ROUND, cursor });
      const live = items.filter(({ state }) => isLive(state, swept.now));
      const closed = await sweepEach(live, onDeal(close(swept), facts), { ...swept, ...deps });
      done += closed.done;
      failed.push(...closed.failed);
      cursor = next;
      left ||= live.length > 0 || (next !== undefined && swept.timeLeft() <= 0);
      if (next === undefined || swept.timeLeft() <= 0) break;
    }
  }
  return { done, failed, left };
};

export const sweeps: SweepRows<typeof contract, Deps> = {
  expire: record(lists.toExpire, expire),
  overdue: record(lists.toDecide, findOverdue),

  /** Which partners there are to look at stays on the agenda until none of their deals is found open. */
  close: async (swept, deps) => {
    const { items } = await deps.toClose.read(PARTNERS_MAX);
    let done = 0;
    const failed: unknown[] = [];
    for (const { state: partnerId, version } of items) {
      try {
        const closed = await closeDealsOf(await deps.partners.get(partnerId), swept, deps);
        done += closed.done;
        failed.push(...closed.failed);
        if (!closed.left) await deps.toClose.settle(partnerId, version);
      } catch (error) {
        failed.push(error);
      }
    }
    return { done, more: false, failed };
  },
};

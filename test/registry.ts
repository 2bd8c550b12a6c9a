/** Deals and the lines they stand in, in memory: what table and transaction do for the commands, without either. */
import type { Instant } from '@echelon/calendar';
import type { DealSubmission, Order } from '@echelon/contracts/deals';
import type { DealId, PartnerId } from '@echelon/contracts/ids';
import type { Claim, Decision } from '@echelon/decider';
import * as commands from '../services/deals/src/commands.ts';
import { type Deal, type DealEvent, evolve, none } from '../services/deals/src/deal.ts';
import { opportunityKeys, orderKey } from '../services/deals/src/opportunity.ts';
import { inForce, programId } from './given.ts';

export type Answer = { readonly deal: Deal; readonly events: readonly DealEvent[] } | { readonly refused: string; readonly because?: string };

const MANAGER = 'manager';

export const registry = () => {
  const histories = new Map<DealId, readonly DealEvent[]>();
  const deals = new Map<DealId, Deal>();
  const lines = new Map<string, Claim>();
  const dealOf = (id: DealId): Deal => deals.get(id) ?? none(id);
  const read = (keys: readonly string[]): Claim[] => keys.map((key) => lines.get(key) ?? { key, version: 0, line: [] });
  const linesOf = (id: DealId): Claim[] => {
    const deal = dealOf(id);
    return deal.status === 'none' ? [] : read(opportunityKeys(deal));
  };

  const commit = (id: DealId, decision: Decision<DealEvent, string>): Answer => {
    if ('refused' in decision) return decision;
    if (decision.events.length === 0) return { deal: dealOf(id), events: [] };
    const deal = decision.events.reduce(evolve, dealOf(id));
    for (const claim of decision.claims ?? []) lines.set(claim.key, { ...claim, version: claim.version + 1 });
    deals.set(id, deal);
    histories.set(id, [...(histories.get(id) ?? []), ...decision.events]);
    return { deal, events: decision.events };
  };

  return {
    deals,
    histories,
    lines,
    dealOf,
    linesOf,
    submit: (id: DealId, partnerId: PartnerId, submission: DealSubmission, now: Instant): Answer => {
      const facts = { program: inForce, enrolled: true, claims: read(opportunityKeys(submission)) };
      return commit(id, commands.submit({ submission, partnerId, by: partnerId, now })(dealOf(id), facts));
    },
    ask: (id: DealId, now: Instant) => commit(id, commands.requestInformation({ question: 'Why?', by: MANAGER, now })(dealOf(id))),
    inform: (id: DealId, now: Instant) => commit(id, commands.supplyInformation({ answer: 'So.', by: 'partner', now })(dealOf(id), inForce)),
    approve: (id: DealId, now: Instant) =>
      commit(id, commands.approve({ by: MANAGER, now })(dealOf(id), { program: inForce, tier: undefined, claims: linesOf(id) })),
    reject: (id: DealId, now: Instant) => commit(id, commands.reject({ reason: 'No.', by: MANAGER, now })(dealOf(id), linesOf(id))),
    withdraw: (id: DealId, now: Instant) => commit(id, commands.withdraw({ by: 'partner', now })(dealOf(id), linesOf(id))),
    expire: (id: DealId, now: Instant) => commit(id, commands.expire({ now })(dealOf(id))),
    win: (id: DealId, order: Order, now: Instant, fulfillerEnrolled = true): Answer => {
      const [claim = { key: '', version: 0, line: [] }] = read([orderKey(programId(1), order.orderNumber)]);
      return commit(id, commands.win({ order, by: 'partner', now })(dealOf(id), { program: inForce, fulfillerEnrolled, claim }));
    },
  };
};

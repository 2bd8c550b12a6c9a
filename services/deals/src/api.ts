import type { deals as contract, DealRegistration } from '@echelon/contracts/deals';
import { DealId } from '@echelon/contracts/ids';
import { PAGE_DEFAULT } from '@echelon/contracts/paging';
import { type Cause, type Refused, refuse } from '@echelon/decider';
import { type Caller, listFor, newId, type Rows } from '@echelon/lambda';
import type { Repository } from '@echelon/store';
import { approve, candidatesOf, decideMatch, reject } from './approval.ts';
import type { Act, Deal, DealEvent, Decided } from './deal.ts';
import { likelyNamed } from './exclusion.ts';
import { amendOrder, cancelOrder, creditInfluence, win } from './order.ts';
import { extend, lose, transfer, withdraw } from './protection.ts';
import * as reads from './reads.ts';
import { type listDeals, type listInfluences, lists } from './store.ts';
import { requestInformation, submit, supplyInformation } from './submission.ts';
import { dealFor } from './views.ts';

export interface Deps extends reads.Known {
  readonly deals: Repository<Deal, DealEvent>;
  readonly list: ReturnType<typeof listDeals>;
  readonly listInfluences: ReturnType<typeof listInfluences>;
}

interface Asked {
  readonly params: { readonly dealId: DealId };
  readonly caller: Caller;
  readonly cause: Cause;
}
type Answer<Reason extends string> = { readonly state: DealRegistration; readonly version: number } | Refused<Reason>;

/** Every answer passes the view: what a caller may see does not depend on the route. */
const shown =
  (caller: Caller) =>
  <Reason extends string>(answer: Answer<Reason>): Answer<Reason> =>
    'refused' in answer ? answer : { ...answer, state: dealFor(caller)(answer.state) };

const decided =
  ({ params, caller, cause }: Asked, { deals }: Deps) =>
  <Facts, Reason extends string>(
    command: (deal: DealRegistration, known: Facts) => Decided<Reason>,
    read: (deal: DealRegistration) => Promise<Facts>,
  ) =>
    deals.decide(params.dealId, cause, reads.onDeal(command, read)).then(shown(caller));

const actOf = ({ caller, now }: { readonly caller: Caller; readonly now: Act['now'] }): Act => ({
  by: caller.principal,
  party: caller.sees === 'own' ? caller.partnerId : undefined,
  now,
});

export const api: Rows<typeof contract, Deps> = {
  submit: async ({ body: submission, cause, ...asked }, deps) => {
    const { caller, now } = asked;
    const { partnerId } = caller;
    if (partnerId === undefined) return refuse('forbidden');
    const command = submit({ submission, partnerId, ...actOf(asked) });
    const id = newId(DealId, cause);
    const read = () => reads.forSubmission({ id, submission, partnerId, now }, deps);
    return deps.deals.decide(id, cause, { command, facts: read }).then(shown(caller));
  },

  list: async ({ query: { programId, partnerId: named, status, as, cursor, limit = PAGE_DEFAULT }, caller }, { list }) => {
    // The vendor fulfils nothing; a partner lists what is its own, or what it fulfils for others.
    const ways =
      as === undefined ? { all: () => lists.ofProgram(programId), own: lists.ofPartner } : { all: () => undefined, own: lists.ofFulfiller };
    const where = listFor(caller, { named, all: ways.all, own: (partnerId) => ways.own(programId, partnerId) });
    if (where === undefined) return { state: { items: [] } };
    const { items, ...rest } = await list({ ...where, limit, cursor, status, newestFirst: true });
    return { state: { items: items.map(({ state }) => dealFor(caller)(state)), ...rest } };
  },

  get: ({ params, caller }, { deals }) => deals.find(params.dealId, caller).then(shown(caller)),

  requestInformation: (asked, deps) => decided(asked, deps)(requestInformation({ ...asked.body, ...actOf(asked) }), reads.noFacts),

  supplyInformation: (asked, deps) =>
    decided(asked, deps)(supplyInformation({ ...asked.body, ...actOf(asked) }), (deal) => deps.programs.under(deal.programId, deal.versionId)),

  matches: async ({ params, caller, now }, deps) => {
    const found = await deps.deals.find(params.dealId, caller);
    if ('refused' in found) return found;
    const { id: dealId, endCustomer, programId } = found.state;
    const [program, known] = await Promise.all([deps.programs.at(programId, now), reads.forMatches(found.state, now, deps)]);
    const named = program ? likelyNamed(found.state, program) : [];
    const state = { dealId, endCustomer, matches: [...candidatesOf(found.state, known, now)] };
    return { state: { ...state, ...(named.length > 0 && { namedAccounts: [...named] }) } };
  },

  decideMatch: (asked, deps) => {
    const { dealId: other, ...decision } = asked.body;
    return decided(asked, deps)(decideMatch({ other, ...decision, ...actOf(asked) }), (deal) => reads.linesNow(deal, deps));
  },

  approve: (asked, deps) => decided(asked, deps)(approve(actOf(asked)), (deal) => reads.forDecision(deal, asked.now, deps)),

  reject: (asked, deps) => decided(asked, deps)(reject({ ...asked.body, ...actOf(asked) }), (deal) => reads.forDecision(deal, asked.now, deps)),

  withdraw: (asked, deps) => decided(asked, deps)(withdraw(actOf(asked)), (deal) => reads.linesOf(deal, deps)),

  extend: (asked, deps) => decided(asked, deps)(extend({ ...asked.body, ...actOf(asked) }), (deal) => reads.forExtension(deal, deps)),

  transfer: (asked, deps) =>
    decided(asked, deps)(transfer({ ...asked.body, ...actOf(asked) }), (deal) =>
      reads.forTransfer(deal, { to: asked.body.to, now: asked.now }, deps),
    ),

  lose: (asked, deps) => decided(asked, deps)(lose({ ...asked.body, ...actOf(asked) }), (deal) => reads.linesOf(deal, deps)),

  win: (asked, deps) => decided(asked, deps)(win({ order: asked.body, ...actOf(asked) }), (deal) => reads.forOrder(deal, asked.body, deps)),

  amendOrder: (asked, deps) => decided(asked, deps)(amendOrder({ terms: asked.body, ...actOf(asked) }), (deal) => reads.onTheOrdersDay(deal, deps)),

  cancelOrder: (asked, deps) => decided(asked, deps)(cancelOrder({ ...asked.body, ...actOf(asked) }), (deal) => reads.linesOf(deal, deps)),

  creditInfluence: (asked, deps) =>
    decided(asked, deps)(creditInfluence({ ...asked.body, ...actOf(asked) }), (deal) => reads.forInfluence(deal, asked.body.partnerId, deps)),

  influences: async ({ query: { programId, cursor, limit = PAGE_DEFAULT }, caller }, { listInfluences }) => {
    const { influencesOfProgram, influencesOfPartner } = lists;
    const where = listFor(caller, { all: () => influencesOfProgram(programId), own: (partnerId) => influencesOfPartner(programId, partnerId) });
    if (where === undefined) return { state: { items: [] } };
    const { items, ...rest } = await listInfluences({ ...where, limit, cursor, newestFirst: true });
    return { state: { items: items.map(({ state }) => state), ...rest } };
  },
};

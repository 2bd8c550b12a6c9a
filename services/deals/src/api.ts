import type { deals as contract, DealRegistration } from '@echelon/contracts/deals';
import { DealId, type ProgramId } from '@echelon/contracts/ids';
import { PAGE_DEFAULT } from '@echelon/contracts/paging';
import type { Partner } from '@echelon/contracts/partners';
import type { Standing } from '@echelon/contracts/tiering';
import { type Refused, refuse } from '@echelon/decider';
import { type Caller, newId, type Rows } from '@echelon/lambda';
import type { ProgramBook } from '@echelon/lambda/program-book';
import type { Claims, Projection, Repository } from '@echelon/store';
import { approve, reject, requestInformation, submit, supplyInformation, win, withdraw } from './commands.ts';
import type { Deal, DealEvent } from './deal.ts';
import { opportunityKeys, orderKey } from './opportunity.ts';
import { type listDeals, lists, standingKey } from './store.ts';
import { dealFor } from './views.ts';

export interface Deps {
  readonly deals: Repository<Deal, DealEvent>;
  readonly claims: Claims;
  readonly list: ReturnType<typeof listDeals>;
  readonly programs: ProgramBook;
  readonly partners: Projection<Partner>;
  readonly standings: Projection<Standing>;
}

type Answer<Reason extends string> = { readonly state: DealRegistration; readonly version: number } | Refused<Reason>;

/** Every answer passes the view: what a caller may see does not depend on the route. */
const shown =
  (caller: Caller) =>
  <Reason extends string>(answer: Answer<Reason>): Answer<Reason> =>
    'refused' in answer ? answer : { ...answer, state: dealFor(caller)(answer.state) };

const isEnrolled = (partner: Partner | undefined, programId: ProgramId): boolean =>
  partner?.status === 'admitted' && partner.enrollments.some((enrollment) => enrollment.programId === programId);

export const api: Rows<typeof contract, Deps> = {
  submit: async ({ body, caller, cause, now }, { deals, claims, programs, partners }) => {
    const { partnerId } = caller;
    if (partnerId === undefined) return refuse('forbidden');
    const facts = async () => {
      const [program, partner, lines] = await Promise.all([
        programs.at(body.programId, now),
        partners.get(partnerId),
        claims.read(opportunityKeys(body)),
      ]);
      return { program, enrolled: isEnrolled(partner, body.programId), claims: lines };
    };
    return deals.decide(newId(DealId, cause), cause, submit({ submission: body, partnerId, by: caller.principal, now }), facts).then(shown(caller));
  },

  list: async ({ query: { programId, status, cursor, limit = PAGE_DEFAULT }, caller }, { list }) => {
    if (caller.sees === 'own' && caller.partnerId === undefined) return { state: { items: [] } };
    const where = caller.sees === 'own' && caller.partnerId ? lists.ofPartner(programId, caller.partnerId) : lists.ofProgram(programId);
    const { items, ...rest } = await list({ ...where, limit, cursor, status, newestFirst: true });
    return { state: { items: items.map(({ state }) => dealFor(caller)(state)), ...rest } };
  },

  get: ({ params, caller }, { deals }) => deals.find(params.dealId, caller).then(shown(caller)),

  requestInformation: ({ params, body, caller, cause, now }, { deals }) =>
    deals.decide(params.dealId, cause, requestInformation({ ...body, by: caller.principal, now })).then(shown(caller)),

  supplyInformation: ({ params, body, caller, cause, now }, { deals, programs }) =>
    withDeal(params.dealId, caller, deals, (deal) =>
      deals.decide(deal.id, cause, supplyInformation({ ...body, by: caller.principal, now }), () => programs.under(deal.programId, deal.versionId)),
    ),

  approve: ({ params, caller, cause, now }, { deals, claims, programs, standings }) =>
    withDeal(params.dealId, caller, deals, (deal) => {
      const facts = async () => {
        const standing = standings.get(standingKey(deal.programId, deal.partnerId));
        const [program, official, lines] = await Promise.all([programs.at(deal.programId, now), standing, claims.read(opportunityKeys(deal))]);
        return { program, tier: official?.tier, claims: lines };
      };
      return deals.decide(deal.id, cause, approve({ by: caller.principal, now }), facts);
    }),

  reject: ({ params, body, caller, cause, now }, { deals, claims }) =>
    withDeal(params.dealId, caller, deals, (deal) =>
      deals.decide(deal.id, cause, reject({ ...body, by: caller.principal, now }), () => claims.read(opportunityKeys(deal))),
    ),

  withdraw: ({ params, caller, cause, now }, { deals, claims }) =>
    withDeal(params.dealId, caller, deals, (deal) =>
      deals.decide(deal.id, cause, withdraw({ by: caller.principal, now }), () => claims.read(opportunityKeys(deal))),
    ),

  win: ({ params, body, caller, cause, now }, { deals, claims, programs, partners }) =>
    withDeal(params.dealId, caller, deals, (deal) => {
      const facts = async () => {
        const lines = claims.read([orderKey(deal.programId, body.orderNumber)]);
        const [program, fulfiller, [claim]] = await Promise.all([
          programs.under(deal.programId, deal.versionId),
          partners.get(body.fulfilledBy),
          lines,
        ]);
        if (claim === undefined) throw new Error('one key was asked for, and no line came');
        return { program, fulfillerEnrolled: isEnrolled(fulfiller, deal.programId), claim };
      };
      return deals.decide(deal.id, cause, win({ order: body, by: caller.principal, now }), facts);
    }),
};

/** For commands whose facts depend on what never changes of a deal: its program, partner and opportunity. */
const withDeal = async <Reason extends string>(
  dealId: DealId,
  caller: Caller,
  deals: Deps['deals'],
  act: (deal: DealRegistration) => Promise<Answer<Reason>>,
): Promise<Answer<Reason | 'not-found'>> => {
  const found = await deals.find(dealId, caller);
  return 'refused' in found ? found : act(found.state).then(shown(caller));
};

import { EngagementId } from '@echelon/contracts/ids';
import { PAGE_DEFAULT } from '@echelon/contracts/paging';
import type { partners as contract } from '@echelon/contracts/partners';
import { refuse } from '@echelon/decider';
import { listFor, newId, type Rows } from '@echelon/lambda';
import type { Deps } from '../deps.ts';
import { lists } from '../store.ts';
import { acceptEngagement, decline, revoke, submit } from './commands.ts';

type Needs = Pick<Deps, 'partners' | 'engagements' | 'listEngagements' | 'programs'>;

export const engagementRows = {
  submitEngagement: async ({ body, caller, cause, now }, { engagements, partners, programs }) => {
    const { partnerId } = caller;
    if (partnerId === undefined) return refuse('forbidden');
    const facts = async () => {
      const [program, partner] = await Promise.all([programs.at(body.programId, now), partners.find(partnerId, caller)]);
      return { program, partner: 'refused' in partner ? undefined : partner.state };
    };
    const command = submit({ submission: body, partnerId, by: caller.principal, now });
    return engagements.decide(newId(EngagementId, cause), cause, { facts, command });
  },

  engagements: async ({ query, caller }, { listEngagements }) => {
    const { programId, partnerId: named, status, cursor, limit = PAGE_DEFAULT } = query;
    const where = listFor(caller, { named, all: () => lists.engagements(programId), own: (partnerId) => lists.engagementsOf(programId, partnerId) });
    if (where === undefined) return { state: { items: [] } };
    const { items, ...rest } = await listEngagements({ ...where, limit, cursor, status, newestFirst: true });
    return { state: { items: items.map(({ state }) => state), ...rest } };
  },

  engagement: ({ params, caller }, { engagements }) => engagements.find(params.engagementId, caller),

  acceptEngagement: ({ params, caller, cause, now }, { engagements }) =>
    engagements.decide(params.engagementId, cause, acceptEngagement({ by: caller.principal, now })),

  declineEngagement: ({ params, body, caller, cause, now }, { engagements }) =>
    engagements.decide(params.engagementId, cause, decline({ ...body, by: caller.principal, now })),

  revokeEngagement: ({ params, body, caller, cause, now }, { engagements }) =>
    engagements.decide(params.engagementId, cause, revoke({ ...body, by: caller.principal, now })),
} satisfies Partial<Rows<typeof contract, Needs>>;

import { SystemClientId } from '@echelon/contracts/ids';
import { PAGE_DEFAULT } from '@echelon/contracts/paging';
import type { partners as contract } from '@echelon/contracts/partners';
import { refuse } from '@echelon/decider';
import { newId, type Rows } from '@echelon/lambda';
import type { Deps } from '../deps.ts';
import { lists } from '../store.ts';
import { partnerOf, registerClient, revokeClient } from './commands.ts';

type Needs = Pick<Deps, 'partners' | 'clients' | 'listClients' | 'identity'>;

export const systemClientRows = {
  registerClient: async ({ body: { name, actsFor }, caller, cause, now }, { partners, clients, identity }) => {
    const partnerId = partnerOf(actsFor);
    if (partnerId === undefined && caller.sees === 'own') return refuse('forbidden');
    if (partnerId !== undefined && caller.sees === 'own' && caller.partnerId !== partnerId) return refuse('not-found');
    const id = newId(SystemClientId, cause);
    const earlier = await clients.find(id, caller);
    // A repetition is answered as it was then, whatever became of the partner since.
    if ('refused' in earlier && partnerId !== undefined) {
      const partner = await partners.find(partnerId, caller);
      if ('refused' in partner) return partner;
      if (partner.state.status !== 'admitted') return refuse('partner-not-admitted', `The partner is ${partner.state.status}.`);
    }
    const oauthClientId = 'refused' in earlier ? await identity.newClient(id) : earlier.state.oauthClientId;
    const outcome = await clients.decide(id, cause, registerClient({ name, actsFor, oauthClientId, by: caller.principal, now }));
    if ('refused' in outcome) return outcome;
    // Two at once may both have made a client: the one that was recorded is the one that will have rights.
    const clientSecret = await identity.secretOf(outcome.state.oauthClientId);
    return { ...outcome, state: { client: outcome.state, clientSecret } };
  },

  clients: async ({ params: { partnerId }, query: { cursor, limit = PAGE_DEFAULT }, caller }, { partners, listClients }) => {
    // Who merely applied for a partner has no systems that act for it.
    const isTheirs = caller.sees === 'all' || caller.partnerId === partnerId;
    const partner = isTheirs ? await partners.find(partnerId, caller) : refuse('not-found');
    if ('refused' in partner) return partner;
    const { items, ...rest } = await listClients({ ...lists.clientsOf(partnerId), limit, cursor, newestFirst: true });
    return { state: { items: items.map(({ state }) => state), ...rest } };
  },

  client: ({ params, caller }, { clients }) => clients.find(params.systemClientId, caller),

  revokeClient: ({ params, caller, cause, now }, { clients }) =>
    clients.decide(params.systemClientId, cause, revokeClient({ by: caller.principal, now })),
} satisfies Partial<Rows<typeof contract, Needs>>;

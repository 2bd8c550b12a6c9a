import { PartnerId, SystemClientId } from '@echelon/contracts/ids';
import { PAGE_DEFAULT } from '@echelon/contracts/paging';
import type { partners as contract } from '@echelon/contracts/partners';
import { refuse } from '@echelon/decider';
import { newId, type Rows } from '@echelon/lambda';
import type { ProgramBook } from '@echelon/lambda/program-book';
import type { Repository } from '@echelon/store';
import { admit, apply, enroll, partnerOf, registerClient, revokeClient, vet } from './commands.ts';
import type { Identity } from './identity.ts';
import type { PartnerEvent, PartnerState } from './partner.ts';
import { ALL, type listPartners } from './store.ts';
import type { SystemClientEvent, SystemClientState } from './system-client.ts';

export interface Deps {
  readonly partners: Repository<PartnerState, PartnerEvent>;
  readonly clients: Repository<SystemClientState, SystemClientEvent>;
  readonly list: ReturnType<typeof listPartners>;
  readonly programs: ProgramBook;
  readonly identity: Identity;
}

export const api: Rows<typeof contract, Deps> = {
  apply: ({ body, caller, cause, now }, { partners }) =>
    partners.decide(newId(PartnerId, cause), cause, apply({ application: body, by: caller.principal, now })),

  list: async ({ query: { cursor, limit = PAGE_DEFAULT } }, { list }) => {
    const { items, ...rest } = await list({ index: 'all', partition: ALL, limit, cursor });
    return { state: { items: items.map(({ state }) => state), ...rest } };
  },

  get: ({ params, caller }, { partners }) => partners.find(params.partnerId, caller),

  vet: ({ params, body, caller, cause, now }, { partners }) =>
    partners.decide(params.partnerId, cause, vet({ verdict: body, by: caller.principal, now })),

  admit: ({ params, body, caller, cause, now }, { partners }) =>
    partners.decide(params.partnerId, cause, admit({ ...body, by: caller.principal, now })),

  enroll: ({ params, body, cause, now }, { partners, programs }) =>
    partners.decide(params.partnerId, cause, enroll({ ...body, now }), () => programs.at(body.programId, now)),

  registerClient: async ({ body: { name, actsFor }, caller, cause, now }, { partners, clients, identity }) => {
    const partnerId = partnerOf(actsFor);
    if (partnerId === undefined && caller.sees === 'own') return refuse('forbidden');
    if (partnerId !== undefined) {
      if (caller.sees === 'own' && caller.partnerId !== partnerId) return refuse('not-found');
      const partner = await partners.find(partnerId, caller);
      if ('refused' in partner) return partner;
      if (partner.state.status !== 'admitted') return refuse('partner-not-admitted', `The partner is ${partner.state.status}.`);
    }
    const id = newId(SystemClientId, cause);
    const earlier = await clients.find(id, caller);
    const oauthClientId = 'refused' in earlier ? await identity.newClient(id) : earlier.state.oauthClientId;
    const outcome = await clients.decide(id, cause, registerClient({ name, actsFor, oauthClientId, now }));
    if ('refused' in outcome) return outcome;
    // Two at once may both have made a client: the one that was recorded is the one that will have rights.
    const clientSecret = await identity.secretOf(outcome.state.oauthClientId);
    return { ...outcome, state: { client: outcome.state, clientSecret } };
  },

  client: ({ params, caller }, { clients }) => clients.find(params.systemClientId, caller),

  revokeClient: ({ params, caller, cause, now }, { clients }) =>
    clients.decide(params.systemClientId, cause, revokeClient({ by: caller.principal, now })),
};

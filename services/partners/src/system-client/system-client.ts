import type { Happened } from '@echelon/contracts';
import { SystemClientId } from '@echelon/contracts/ids';
import type { SystemClient, systemClientEvents } from '@echelon/contracts/partners';
import { was } from '@echelon/decider';

export type SystemClientState = { readonly status: 'none'; readonly id: SystemClientId } | SystemClient;
export type SystemClientEvent = Happened<typeof systemClientEvents>;

export const none = (id: string): SystemClientState => ({ status: 'none', id: SystemClientId.parse(id) });

export const evolve = (state: SystemClientState, { type, at, data }: SystemClientEvent): SystemClientState => {
  switch (type) {
    case 'SystemClientRegistered': {
      const { by, ...registered } = data;
      return { status: 'registered', id: state.id, ...registered, registeredAt: at, ...(by !== undefined && { registeredBy: by }) };
    }
    case 'SystemClientRevoked':
      return { ...was(state, type, 'registered'), status: 'revoked', revokedAt: at };
  }
};

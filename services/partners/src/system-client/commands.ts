import type { Act } from '@echelon/contracts';
import type { PartnerId } from '@echelon/contracts/ids';
import type { ActsFor } from '@echelon/contracts/partners';
import { accept, type Decision, refuse } from '@echelon/decider';
import type { SystemClientEvent, SystemClientState } from './system-client.ts';

type Decided<Reason extends string> = Decision<SystemClientEvent, Reason>;

export interface Registration extends Act {
  readonly name: string;
  readonly actsFor: ActsFor;
  readonly oauthClientId: string;
}

export const registerClient =
  ({ name, actsFor, oauthClientId, by, now }: Registration) =>
  (state: SystemClientState): Decided<'key-reused'> =>
    state.status === 'none'
      ? accept([{ type: 'SystemClientRegistered', at: now, data: { name, actsFor, oauthClientId, by } }])
      : refuse('key-reused');

export const revokeClient =
  ({ by, now }: Act) =>
  (state: SystemClientState): Decided<'not-found' | 'already-revoked'> => {
    if (state.status === 'none') return refuse('not-found');
    return state.status === 'revoked' ? refuse('already-revoked') : accept([{ type: 'SystemClientRevoked', at: now, data: { by } }]);
  };

export const partnerOf = (actsFor: ActsFor): PartnerId | undefined => (actsFor.role === 'partner-system' ? actsFor.partnerId : undefined);

import { instant } from '@echelon/calendar';
import { SystemClient } from '@echelon/contracts/partners';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { decided, partnerId, refusalOf, systemClientId } from '../../../../test/given.ts';
import { registerClient, revokeClient } from './commands.ts';
import { evolve, none, type SystemClientEvent } from './system-client.ts';

const now = instant('2026-03-02T03:00:00Z');

describe('a system client', () => {
  const actsFor = { role: 'partner-system', partnerId: partnerId(1) } as const;
  const registered: SystemClientEvent = { type: 'SystemClientRegistered', at: now, data: { name: 'CRM', actsFor, oauthClientId: 'abc', by: 'ann' } };
  const revoked: SystemClientEvent = { type: 'SystemClientRevoked', at: now, data: { by: 'ann' } };
  const of = (...events: SystemClientEvent[]) => events.reduce(evolve, none(systemClientId(1)));
  const registering = registerClient({ name: 'CRM', actsFor, oauthClientId: 'abc', by: 'ann', now });
  const revoking = revokeClient({ by: 'ann', now });

  it('is registered once', () => {
    expect(decided(registering(of())).events).toEqual([registered]);
    expect(refusalOf(registering(of(registered)))).toBe('key-reused');
    expect(refusalOf(registering(of(registered, revoked)))).toBe('key-reused');
    expect(of(registered)).toMatchObject({ registeredBy: 'ann', registeredAt: now });
  });
  it('is revoked once, and for good', () => {
    expect(decided(revoking(of(registered))).events).toEqual([revoked]);
    expect(refusalOf(revoking(of()))).toBe('not-found');
    expect(refusalOf(revoking(of(registered, revoked)))).toBe('already-revoked');
    expect(of(registered, revoked)).toMatchObject({ status: 'revoked', revokedAt: now, oauthClientId: 'abc' });
  });
  it('comes back from its wire form as it was', () => {
    for (const state of [of(registered), of(registered, revoked)]) {
      if (state.status === 'none') throw new Error('it was registered');
      expect(SystemClient.parse(JSON.parse(JSON.stringify(z.encode(SystemClient, state))))).toEqual(state);
    }
  });
});

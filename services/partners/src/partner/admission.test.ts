import { day, instant } from '@echelon/calendar';
import { ENROLLMENTS_MAX, Partner, SystemClient } from '@echelon/contracts/partners';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { decided, inForce, partnerId, programId, refusalOf, systemClientId } from '../../../test/given.ts';
import { admit, apply, enroll, registerClient, revokeClient, vet } from './commands.ts';
import { evolve, none, type PartnerEvent, type PartnerState } from './partner.ts';
import * as client from './system-client.ts';

const now = instant('2026-03-02T03:00:00Z');
const application = { legalName: 'Northern Systems LLC', country: 'US', city: 'Austin', website: 'https://northern.example' };

const applied: PartnerEvent = { type: 'PartnerApplied', at: now, data: { application, by: 'ann' } };
const vetted: PartnerEvent = { type: 'PartnerVetted', at: now, data: { by: 'bob' } };
const declined: PartnerEvent = { type: 'PartnerDeclined', at: now, data: { by: 'bob', reason: 'No such firm.' } };
const admitted: PartnerEvent = { type: 'PartnerAdmitted', at: now, data: { agreement: 'Agreement 2026', by: 'bob' } };
const enrolled = (n = 1): PartnerEvent => ({
  type: 'PartnerEnrolled',
  at: now,
  // It is still the first of March in New York.
  data: { enrollment: { programId: programId(n), businessModels: ['reseller'], enrolledOn: day('2026-03-01') } },
});
const given = (...events: PartnerEvent[]): PartnerState => events.reduce(evolve, none(partnerId(1)));
const everyState = [given(applied), given(applied, declined), given(applied, vetted), given(applied, vetted, admitted, enrolled())];

const passing = vet({ verdict: { outcome: 'passed' }, by: 'bob', now });
const admitting = admit({ agreement: 'Agreement 2026', by: 'bob', now });
const enrolling = enroll({ programId: programId(1), businessModels: ['reseller'], now });

describe('apply', () => {
  it('opens an application, once', () => {
    const applying = apply({ application, by: 'ann', now });
    expect(decided(applying(given())).events).toEqual([applied]);
    expect(given(applied)).toEqual({ status: 'applied', id: partnerId(1), ...application, appliedBy: 'ann', appliedAt: now });
    for (const state of everyState) expect(refusalOf(applying(state))).toBe('key-reused');
  });
});

describe('vet', () => {
  it('passes or declines, by a second person', () => {
    expect(decided(passing(given(applied))).events).toEqual([vetted]);
    const declining = vet({ verdict: { outcome: 'declined', reason: 'No such firm.' }, by: 'bob', now });
    expect(decided(declining(given(applied))).events).toEqual([declined]);
    expect(refusalOf(vet({ verdict: { outcome: 'passed' }, by: 'ann', now })(given(applied)))).toBe('same-person');
    expect(given(applied, declined)).toMatchObject({ status: 'declined', reason: 'No such firm.', vettedBy: 'bob', vettedAt: now });
  });
  it('is refused of what is not there and of what is no open application', () => {
    expect(refusalOf(passing(given()))).toBe('not-found');
    for (const state of everyState.slice(1)) expect(passing(state)).toEqual({ refused: 'not-applied', because: `The partner is ${state.status}.` });
  });
});

describe('admit', () => {
  it('follows vetting, and nothing else', () => {
    expect(decided(admitting(given(applied, vetted))).events).toEqual([admitted]);
    expect(given(applied, vetted, admitted)).toMatchObject({ status: 'admitted', agreement: 'Agreement 2026', admittedAt: now, enrollments: [] });
    expect(refusalOf(admitting(given()))).toBe('not-found');
    for (const state of [given(applied), given(applied, declined), given(applied, vetted, admitted)])
      expect(admitting(state)).toEqual({ refused: 'not-vetted', because: `The partner is ${state.status}.` });
  });
});

describe('enroll', () => {
  const ready = given(applied, vetted, admitted);
  it('is dated by the day in the zone of the program', () => {
    expect(decided(enrolling(ready, inForce)).events).toEqual([enrolled()]);
  });
  it('adds to the enrolments in other programs', () => {
    const state = given(applied, vetted, admitted, enrolled(2), enrolled(1));
    expect(state).toMatchObject({ enrollments: [{ programId: programId(2) }, { programId: programId(1) }] });
    expect(refusalOf(enrolling(given(applied, vetted, admitted, enrolled(2)), inForce))).toBeUndefined();
  });
  it.each([
    ['not-found', given(), inForce],
    ['not-admitted', given(applied, vetted), inForce],
    ['already-enrolled', given(applied, vetted, admitted, enrolled()), inForce],
    ['program-not-in-force', ready, undefined],
  ] as const)('is refused as %s', (reason, state, program) => {
    expect(refusalOf(enrolling(state, program))).toBe(reason);
  });
  it('is refused past the bound, and for a business model that the program does not have', () => {
    const many = Array.from({ length: ENROLLMENTS_MAX }, (_, n) => enrolled(10 + n));
    expect(refusalOf(enrolling(given(applied, vetted, admitted, ...many.slice(1)), inForce))).toBeUndefined();
    expect(refusalOf(enrolling(given(applied, vetted, admitted, ...many), inForce))).toBe('too-many-enrollments');
    const unknown = enroll({ programId: programId(1), businessModels: ['reseller', 'broker'], now })(ready, inForce);
    expect(unknown).toEqual({ refused: 'unknown-business-model', because: '"broker" is none of reseller, service-provider.' });
  });
});

describe('a system client', () => {
  const actsFor = { role: 'partner-system', partnerId: partnerId(1) } as const;
  const registered: client.SystemClientEvent = { type: 'SystemClientRegistered', at: now, data: { name: 'CRM', actsFor, oauthClientId: 'abc' } };
  const revoked: client.SystemClientEvent = { type: 'SystemClientRevoked', at: now, data: { by: 'ann' } };
  const of = (...events: client.SystemClientEvent[]) => events.reduce(client.evolve, client.none(systemClientId(1)));
  const registering = registerClient({ name: 'CRM', actsFor, oauthClientId: 'abc', now });
  const revoking = revokeClient({ by: 'ann', now });

  it('is registered once', () => {
    expect(decided(registering(of())).events).toEqual([registered]);
    expect(refusalOf(registering(of(registered)))).toBe('key-reused');
    expect(refusalOf(registering(of(registered, revoked)))).toBe('key-reused');
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

it('every state comes back from its wire form as it was', () => {
  for (const state of everyState) {
    if (state.status === 'none') throw new Error('it was applied for');
    expect(Partner.parse(JSON.parse(JSON.stringify(z.encode(Partner, state))))).toEqual(state);
  }
});

it('an event that no decision could have led to is a fault, not a state', () => {
  expect(() => given(applied, admitted)).toThrow('PartnerAdmitted in a state that is applied');
  expect(() => given(vetted)).toThrow('PartnerVetted in a state that is none');
});

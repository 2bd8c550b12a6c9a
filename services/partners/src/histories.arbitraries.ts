/** What random histories of the room of partners are made of. */
import type { Decision } from '@echelon/decider';
import * as fc from 'fast-check';
import { assetId, certificationId, engagementId, partnerId, personId, programId, systemClientId } from '../../../test/given.ts';
import { inForce } from '../../../test/partner-program.ts';
import { reassign, register, retire } from './asset/commands.ts';
import { acceptEngagement, decline, revoke, submit } from './engagement/commands.ts';
import { ofRecord } from './partner/lifecycle.ts';
import { takePartner } from './partner-steps.arbitraries.ts';
import { grantCertification, revokeCertification, tellOfCertifications } from './person/certifications.ts';
import { add, anonymise, changeRoles, correctRecord, endEmployment } from './person/employment.ts';
import type * as person from './person/person.ts';
import type { Room } from './room.arbitraries.ts';
import { type AnyStep, by, found, onDay, type Step, start, step } from './steps.arbitraries.ts';
import { registerClient, revokeClient } from './system-client/commands.ts';

const takePerson = (all: Room, { act, n, other, on: days }: Step<'person'>) => {
  const { on, now } = onDay(days);
  const record = { name: 'Ada', email: 'ada@northern.example' };
  const to = <Facts>(facts: () => Facts, command: (state: person.PersonState, facts: Facts) => Decision<person.PersonEvent, string>) =>
    all.people.decide(personId(n), facts, command);
  const nothing = () => undefined;
  switch (act) {
    case 'add':
      return to(() => found(all, other), add({ partnerId: partnerId(other), record, roles: ['se'], employedFrom: on, by, now }));
    case 'roles':
      return to(nothing, changeRoles({ roles: ['ae'], by, now }));
    case 'correct':
      return to(nothing, correctRecord({ record, by, now }));
    case 'certify': {
      const grant = { id: certificationId(10 * n + other), programId: programId(1), certification: 'systems-engineer', from: on, by, now };
      return to(() => inForce, grantCertification(grant));
    }
    case 'decertify':
      return to(nothing, revokeCertification({ certificationId: certificationId(10 * n + other), reason: 'So.', by, now }));
    case 'end':
      return to(nothing, endEmployment({ employedUntil: on, by, now }));
    case 'anonymise':
      return to(nothing, anonymise({ by, now }));
    case 'tell':
      return to(nothing, tellOfCertifications({ now }));
  }
};

const takeAsset = (all: Room, { act, n, other, on: days }: Step<'asset'>) => {
  const { on, now } = onDay(days);
  const to = partnerId(other);
  // Partner and tally are read apart, as they are from the table: between them the partner may leave.
  const facts = () => ({ program: inForce, partner: found(all, other), tally: all.tally(ofRecord(to)), serial: undefined });
  const endCustomer = { name: 'Acme', country: 'US' };
  switch (act) {
    case 'register': {
      const registration = { programId: programId(1), endCustomer, productFamily: 'storage', installedOn: start, partnerOfRecord: to };
      return all.assets.decide(assetId(n), facts, register({ registration, by, now }));
    }
    case 'reassign':
      return all.assets.decide(assetId(n), facts, reassign({ to, reason: 'So.', by, now }));
    case 'retire':
      return all.assets.decide(assetId(n), facts, retire({ on, reason: 'So.', by, now }));
  }
};

const takeOther = (all: Room, one: Step<'engagement'> | Step<'client'>) => {
  const { on, now } = onDay(one.on);
  const nothing = () => undefined;
  const reasoned = { reason: 'So.', by, now };
  if (one.kind === 'client') {
    const registering = registerClient({
      name: 'CRM',
      actsFor: { role: 'partner-system', partnerId: partnerId(one.other) },
      oauthClientId: 'abc',
      by,
      now,
    });
    return all.clients.decide(systemClientId(one.n), nothing, one.act === 'register' ? registering : revokeClient({ by, now }));
  }
  const evidence = [{ name: 'Report', url: 'https://files.example/report.pdf' }];
  const submission = { programId: programId(1), kind: 'event', title: 'Fair', heldOn: on, evidence } as const;
  const submitting = submit({ submission: { ...submission, evidence }, partnerId: partnerId(one.other), by: 'ann', now });
  const id = engagementId(one.n);
  if (one.act === 'submit') return all.engagements.decide(id, () => ({ program: inForce, partner: found(all, one.other) }), submitting);
  const command = { accept: acceptEngagement({ by, now }), decline: decline(reasoned), revoke: revoke(reasoned) }[one.act];
  return all.engagements.decide(id, nothing, command);
};

export const take = (all: Room, one: AnyStep): Promise<object> => {
  switch (one.kind) {
    case 'partner':
      return takePartner(all, one);
    case 'person':
      return takePerson(all, one);
    case 'asset':
      return takeAsset(all, one);
    case 'engagement':
    case 'client':
      return takeOther(all, one);
  }
};

export const anyStep: fc.Arbitrary<AnyStep> = fc.oneof(step('partner'), step('person'), step('asset'), step('engagement'), step('client'));
/** What races for who is of record: assets come and go, and partners leave, but for the first. */
export const leaving: fc.Arbitrary<AnyStep> = fc.oneof(
  step('asset'),
  fc.record({
    kind: fc.constant('partner'),
    act: fc.constantFrom('offboard', 'leave', 'leave', 'reinstate'),
    n: fc.constantFrom(2, 3),
    other: fc.constant(1),
    on: fc.constant(0),
  }),
);
/** Every partner enrolled and one of them specialized, so that histories begin where something can happen. */
export const opened = async (all: Room): Promise<Room> => {
  const first = { n: 1, other: 1, on: 0 } as const;
  for (const n of [1, 2, 3]) for (const act of ['apply', 'vet', 'admit', 'enroll'] as const) await take(all, { ...first, kind: 'partner', act, n });
  for (const n of [1, 2]) for (const act of ['add', 'certify'] as const) await take(all, { ...first, kind: 'person', act, n });
  await take(all, { ...first, kind: 'partner', act: 'specialize' });
  return all;
};
/** What races for who belongs to whom. */
export const grouping: fc.Arbitrary<AnyStep> = fc.record({
  kind: fc.constant('partner'),
  act: fc.constantFrom('group', 'group', 'group', 'group', 'ungroup', 'offboard', 'reinstate', 'reinstate', 'leave'),
  n: fc.constantFrom(1, 2, 3),
  other: fc.constantFrom(1, 2, 3),
  on: fc.constant(0),
});

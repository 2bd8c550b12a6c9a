/** Steps that may be taken in the room of partners, and what random histories are made of. */
import { addDays, type Day, day, endOfDay, type Instant } from '@echelon/calendar';
import type { Partner } from '@echelon/contracts/partners';
import type { Decision } from '@echelon/decider';
import * as fc from 'fast-check';
import {
  assetId,
  certificationId,
  document,
  engagementId,
  inForce,
  partnerId,
  personId,
  programId,
  specializationId,
  systemClientId,
} from '../../../test/given.ts';
import { reassign, register, retire } from './asset/commands.ts';
import { acceptEngagement, decline, revoke, submit } from './engagement/commands.ts';
import { admit, apply, changeEnrollment, enroll, vet } from './partner/admission.ts';
import { judgeActivity, keep } from './partner/inactivity.ts';
import { beginOffboarding, leave, ofRecord, reinstate, suspend } from './partner/lifecycle.ts';
import type * as partner from './partner/partner.ts';
import { grantSpecialization, revokeSpecialization, tellOfSpecializations } from './partner/specializations.ts';
import { grantCertification, revokeCertification, tellOfCertifications } from './person/certifications.ts';
import { add, anonymise, changeRoles, correctRecord, endEmployment } from './person/employment.ts';
import type * as person from './person/person.ts';
import type { Room } from './room.arbitraries.ts';
import { registerClient, revokeClient } from './system-client/commands.ts';

const start = day('2026-03-02');
const base = { programId: programId(1), businessModels: ['reseller'], ladders: ['reseller'] };
const steps = {
  partner: [
    'apply',
    'vet',
    'admit',
    'enroll',
    'change',
    'suspend',
    'reinstate',
    'offboard',
    'leave',
    'judge',
    'keep',
    'specialize',
    'despecialize',
    'tell',
  ],
  person: ['add', 'add', 'roles', 'correct', 'certify', 'certify', 'decertify', 'end', 'end', 'anonymise', 'anonymise', 'tell'],
  engagement: ['submit', 'accept', 'decline', 'revoke'],
  asset: ['register', 'register', 'reassign', 'retire'],
  client: ['register', 'revoke'],
} as const;
const step = <const Kind extends keyof typeof steps>(kind: Kind) =>
  fc.record({
    kind: fc.constant(kind),
    act: fc.constantFrom(...(steps[kind] as readonly (typeof steps)[Kind][number][])),
    n: fc.integer({ min: 1, max: 3 }),
    other: fc.integer({ min: 1, max: 3 }),
    /** Days since the first one. */
    on: fc.constantFrom(0, 1, 40, 200, 700, 1_400),
  });
type Step<Kind extends keyof typeof steps> = ReturnType<typeof step<Kind>> extends fc.Arbitrary<infer One> ? One : never;
type AnyStep = { [Kind in keyof typeof steps]: Step<Kind> }[keyof typeof steps];

const onDay = (days: number): { readonly on: Day; readonly now: Instant } => {
  const on = addDays(start, days);
  return { on, now: endOfDay(on, document.timeZone).subtract({ hours: 2 }) };
};
const by = 'bob';
const found = ({ partners }: Room, n: number): Partner | undefined => {
  const { state } = partners.at(partnerId(n));
  return state.status === 'none' ? undefined : state;
};

const takePartner = ({ partners, people, tally }: Room, { act, n, on: days }: Step<'partner'>) => {
  const { on, now } = onDay(days);
  const reasoned = { reason: 'So.', by, now };
  const activity = () => ({ lastActiveAt: undefined, programs: new Map([[programId(1), inForce]]) });
  const held = { specializationId: specializationId(n), ...reasoned };
  const to = <Facts>(facts: () => Facts, command: (state: partner.PartnerState, facts: Facts) => Decision<partner.PartnerEvent, string>) =>
    partners.decide(partnerId(n), facts, command);
  const nothing = () => undefined;
  switch (act) {
    case 'apply':
      return to(nothing, apply({ application: { legalName: 'P', country: 'US', city: 'Austin' }, by: 'ann', now }));
    case 'vet':
      return to(nothing, vet({ verdict: { outcome: 'passed' }, by, now }));
    case 'admit':
      return to(nothing, admit({ agreement: 'A', by, now }));
    case 'enroll':
      return to(() => inForce, enroll({ ...base, now }));
    case 'change':
      return to(() => inForce, changeEnrollment({ ...base, territories: ['DE'], by, now }));
    case 'suspend':
      return to(nothing, suspend(reasoned));
    case 'reinstate':
      return to(nothing, reinstate(reasoned));
    case 'offboard':
      return to(nothing, beginOffboarding(reasoned));
    case 'leave':
      return to(() => tally(ofRecord(partnerId(n))), leave({ by, now }));
    case 'judge':
      return to(activity, judgeActivity({ now }));
    case 'keep':
      return to(activity, keep(reasoned));
    case 'specialize': {
      const facts = () => ({ program: inForce, people: people.all().filter((one) => one.status !== 'none') });
      const grant = { id: specializationId(n), programId: programId(1), specialization: 'data-protection', from: on, by, now };
      return to(facts, grantSpecialization(grant));
    }
    case 'despecialize':
      return to(nothing, revokeSpecialization(held));
    case 'tell':
      return to(nothing, tellOfSpecializations({ now }));
  }
};

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
/** Every partner enrolled, so that histories begin where something can happen. */
export const opened = async (all: Room): Promise<Room> => {
  for (const n of [1, 2, 3])
    for (const act of ['apply', 'vet', 'admit', 'enroll'] as const) await take(all, { kind: 'partner', act, n, other: n, on: 0 });
  return all;
};

import { day, instant } from '@echelon/calendar';
import { Partner } from '@echelon/contracts/partners';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { decided, inForce as example, partnerId, programId, refusalOf, usd, versionId } from '../../../../test/given.ts';
import { document, inForce } from '../../../../test/partner-program.ts';
import { changeEnrollment, enroll } from './admission.ts';
import { settleAdmissionFee, waiveAdmissionFee } from './admission-fee.ts';
import { evolve, none, type PartnerEvent, type PartnerState } from './partner.ts';

// It is still the first of March in New York.
const now = instant('2026-03-02T03:00:00Z');
const admittedAt = instant('2026-02-01T15:00:00Z');
const terms = { programId: programId(1), businessModels: ['reseller'], ladders: ['reseller'] };
const admission: PartnerEvent[] = [
  { type: 'PartnerApplied', at: admittedAt, data: { application: { legalName: 'Northern', country: 'US', city: 'Austin' }, by: 'ann' } },
  { type: 'PartnerVetted', at: admittedAt, data: { by: 'bob' } },
  { type: 'PartnerAdmitted', at: admittedAt, data: { agreement: 'Agreement 2026', by: 'bob' } },
];
const enrolled: PartnerEvent = { type: 'PartnerEnrolled', at: now, data: { enrollment: { ...terms, enrolledOn: day('2026-03-01') } } };
const charge = { programId: programId(1), amount: usd(500), versionId: versionId(1), rule: '/admission/fee', by: 'bob' };
const charged: PartnerEvent = { type: 'AdmissionFeeCharged', at: now, data: charge };
const settled: PartnerEvent = {
  type: 'AdmissionFeeSettled',
  at: now,
  data: { programId: programId(1), reference: 'PAY-1', settledOn: day('2026-03-01'), by: 'billing' },
};
const waived: PartnerEvent = { type: 'AdmissionFeeWaived', at: now, data: { programId: programId(1), reason: 'A founding partner.', by: 'meg' } };
const given = (...events: PartnerEvent[]): PartnerState => [...admission, ...events].reduce(evolve, none(partnerId(1)));
const feeOf = (state: PartnerState) => ('enrollments' in state ? state.enrollments[0]?.admissionFee : undefined);

describe('at enrolment', () => {
  const enrolling = enroll({ ...terms, by: 'bob', now });
  it.each([
    ['the day before', '2026-01-31T15:00:00Z'],
    ['the same instant', '2026-02-01T15:00:00Z'],
  ])('a partner pays that was admitted since the program began, %s, by the rule of the version in force', (_, begun) => {
    expect(decided(enrolling(given(), { program: inForce, begunAt: instant(begun) })).events).toEqual([enrolled, charged]);
    expect(feeOf(given(enrolled, charged))).toEqual({
      ...{ status: 'charged', amount: usd(500), versionId: versionId(1), rule: '/admission/fee' },
      ...{ chargedBy: 'bob', chargedAt: now },
    });
  });
  it.each([
    ['that was admitted before the program began', inForce, instant('2026-02-01T15:00:01Z')],
    ['of a program without a fee', example, instant('2026-01-31T15:00:00Z')],
    ['of a program whose fee is nothing', { ...inForce, document: { ...document, admission: { fee: usd(0) } } }, instant('2026-01-31T15:00:00Z')],
  ])('a partner pays nothing %s', (_, program, begunAt) => {
    expect(decided(enrolling(given(), { program, begunAt })).events).toEqual([enrolled]);
  });
  it('and never again: nobody is enrolled twice, and other terms charge nothing', () => {
    const facts = { program: inForce, begunAt: instant('2026-01-31T15:00:00Z') };
    expect(refusalOf(enrolling(given(enrolled), facts))).toBe('already-enrolled');
    const change = changeEnrollment({ ...terms, businessModels: ['service-provider'], by: 'bob', now });
    for (const state of [given(enrolled), given(enrolled, charged)]) {
      const { events } = decided(change(state, inForce));
      expect(events.map(({ type }) => type)).toEqual(['PartnerEnrollmentChanged']);
      expect(feeOf(events.reduce(evolve, state))).toEqual(feeOf(state));
    }
  });
});

const settling = (changes: object = {}) =>
  settleAdmissionFee({ ...terms, reference: 'PAY-1', settledOn: day('2026-03-01'), by: 'billing', now, ...changes });
const waiving = (changes: object = {}) => waiveAdmissionFee({ ...terms, reason: 'A founding partner.', by: 'meg', now, ...changes });

describe('then', () => {
  const suspended: PartnerEvent = { type: 'PartnerSuspended', at: now, data: { reason: 'So.', by: 'bob' } };
  it.each([
    ['is settled by who bills, with the payment', settling()(given(enrolled, charged), inForce), settled, { status: 'settled', reference: 'PAY-1' }],
    ['is waived by a person, who says why', waiving()(given(enrolled, charged)), waived, { status: 'waived', waivedBy: 'meg' }],
  ] as const)('it %s', (_, decision, event, fee) => {
    expect(decided(decision).events).toEqual([event]);
    expect(feeOf(given(enrolled, charged, event))).toMatchObject({ ...fee, amount: usd(500), chargedAt: now });
    expect(feeOf(given(enrolled, charged, suspended, event))).toMatchObject(fee);
  });
  it.each([
    ['not-found', none(partnerId(1))],
    ['no-fee', given()],
    ['no-fee', given(enrolled)],
    ['not-owed', given(enrolled, charged, settled)],
    ['not-owed', given(enrolled, charged, waived)],
  ] as const)('neither can be done where it is %s', (reason, state) => {
    expect([settling()(state, inForce), waiving()(state)].map(refusalOf)).toEqual([reason, reason]);
  });
  it('it is settled on its day or later, in the zone of the program', () => {
    const owed = given(enrolled, charged);
    const tomorrow = settling({ settledOn: day('2026-03-02') })(owed, inForce);
    expect(tomorrow).toEqual({ refused: 'not-settled-yet', because: "It is 2026-03-01 in the program's time zone." });
    expect(refusalOf(settling()(owed, undefined))).toBe('program-not-in-force');
  });
  it('it is not waived by who charged it', () => {
    expect(refusalOf(waiving({ by: 'bob' })(given(enrolled, charged)))).toBe('same-person');
  });
});

it('what was not owed is settled by no history; every state comes back from its wire form as it was', () => {
  for (const event of [settled, waived]) expect(() => given(enrolled, event)).toThrow('was owed');
  for (const state of [given(enrolled, charged), given(enrolled, charged, settled), given(enrolled, charged, waived)])
    if (state.status !== 'none') expect(Partner.parse(JSON.parse(JSON.stringify(z.encode(Partner, state))))).toEqual(state);
});

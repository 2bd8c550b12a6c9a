import { day, instant } from '@echelon/calendar';
import { ENROLLMENTS_MAX, LADDERS_JOINED_MAX, Partner } from '@echelon/contracts/partners';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { decided, inForce, partnerId, programId, refusalOf } from '../../../../test/given.ts';
import { admit, apply, changeEnrollment, enroll, vet } from './admission.ts';
import { evolve, none, type PartnerEvent, type PartnerState } from './partner.ts';

const now = instant('2026-03-02T03:00:00Z');
const application = { legalName: 'Northern Systems LLC', country: 'US', city: 'Austin', website: 'https://northern.example' };

const terms = { businessModels: ['reseller'], ladders: ['reseller'] };
const applied: PartnerEvent = { type: 'PartnerApplied', at: now, data: { application, by: 'ann' } };
const vetted: PartnerEvent = { type: 'PartnerVetted', at: now, data: { by: 'bob' } };
const declined: PartnerEvent = { type: 'PartnerDeclined', at: now, data: { by: 'bob', reason: 'No such firm.' } };
const admitted: PartnerEvent = { type: 'PartnerAdmitted', at: now, data: { agreement: 'Agreement 2026', by: 'bob' } };
const enrolled = (n = 1): PartnerEvent => ({
  type: 'PartnerEnrolled',
  at: now,
  // It is still the first of March in New York.
  data: { enrollment: { programId: programId(n), ...terms, enrolledOn: day('2026-03-01') } },
});
const given = (...events: PartnerEvent[]): PartnerState => events.reduce(evolve, none(partnerId(1)));
const everyState = [given(applied), given(applied, declined), given(applied, vetted), given(applied, vetted, admitted, enrolled())];

const passing = vet({ verdict: { outcome: 'passed' }, by: 'bob', now });
const admitting = admit({ agreement: 'Agreement 2026', by: 'bob', now });
const enrolling = enroll({ programId: programId(1), ...terms, by: 'bob', now });
const facts = { program: inForce, begunAt: undefined };

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
    expect(given(applied, vetted, admitted)).toMatchObject({
      status: 'admitted',
      agreement: 'Agreement 2026',
      admittedAt: now,
      enrollments: [],
      specializations: [],
    });
    expect(refusalOf(admitting(given()))).toBe('not-found');
    for (const state of [given(applied), given(applied, declined), given(applied, vetted, admitted)])
      expect(admitting(state)).toEqual({ refused: 'not-vetted', because: `The partner is ${state.status}.` });
  });
});

describe('enroll', () => {
  const ready = given(applied, vetted, admitted);
  it('is dated by the day in the zone of the program', () => {
    expect(decided(enrolling(ready, facts)).events).toEqual([enrolled()]);
  });
  it('may be in several business models at once, for some countries and products only', () => {
    const several = { businessModels: ['reseller', 'service-provider'], territories: ['US', 'CA'], productFamilies: ['backup'] };
    const { events } = decided(enroll({ programId: programId(1), ...terms, ...several, by: 'bob', now })(ready, facts));
    expect(events.reduce(evolve, ready)).toMatchObject({ enrollments: [{ ...terms, ...several }] });
  });
  it('adds to the enrolments in other programs', () => {
    const state = given(applied, vetted, admitted, enrolled(2), enrolled(1));
    expect(state).toMatchObject({ enrollments: [{ programId: programId(2) }, { programId: programId(1) }] });
    expect(refusalOf(enrolling(given(applied, vetted, admitted, enrolled(2)), facts))).toBeUndefined();
  });
  it.each([
    ['not-found', given(), inForce],
    ['not-admitted', given(applied, vetted), inForce],
    ['already-enrolled', given(applied, vetted, admitted, enrolled()), inForce],
    ['program-not-in-force', ready, undefined],
  ] as const)('is refused as %s', (reason, state, program) => {
    expect(refusalOf(enrolling(state, { ...facts, program }))).toBe(reason);
  });
  it('is refused past the bound', () => {
    const many = Array.from({ length: ENROLLMENTS_MAX }, (_, n) => enrolled(10 + n));
    expect(refusalOf(enrolling(given(applied, vetted, admitted, ...many.slice(1)), facts))).toBeUndefined();
    expect(refusalOf(enrolling(given(applied, vetted, admitted, ...many), facts))).toBe('too-many-enrollments');
  });
  it.each([
    [{ businessModels: ['reseller', 'broker'] }, 'unknown-business-model', '"broker" is none of reseller, service-provider.'],
    [{ ladders: ['provider'] }, 'unknown-ladder', '"provider" is none of reseller.'],
    [{ productFamilies: ['storage', 'boats'] }, 'unknown-product-family', '"boats" is none of storage, backup.'],
  ])('is refused for what the document does not have: %o', (part, refused, because) => {
    expect(enroll({ programId: programId(1), ...terms, ...part, by: 'bob', now })(ready, facts)).toEqual({ refused, because });
    const enrolledOnce = given(applied, vetted, admitted, enrolled());
    expect(changeEnrollment({ programId: programId(1), ...terms, ...part, by: 'bob', now })(enrolledOnce, inForce)).toEqual({ refused, because });
  });
});

describe('change an enrolment', () => {
  const changing = changeEnrollment({
    programId: programId(1),
    businessModels: ['service-provider'],
    ladders: ['reseller'],
    territories: ['DE'],
    by: 'bob',
    now,
  });
  const withLadders = (...keys: readonly string[]) => ({
    ...inForce,
    document: { ...inForce.document, ladders: keys.flatMap((key) => inForce.document.ladders.slice(0, 1).map((ladder) => ({ ...ladder, key }))) },
  });
  it('says its terms anew, whole, and leaves its day and its place', () => {
    const before = given(applied, vetted, admitted, enrolled(1), enrolled(2));
    const { events } = decided(changing(before, inForce));
    expect(events.reduce(evolve, before)).toMatchObject({
      enrollments: [
        { programId: programId(1), businessModels: ['service-provider'], territories: ['DE'], enrolledOn: day('2026-03-01') },
        { programId: programId(2) },
      ],
    });
  });
  it('keeps the first day on each ladder: the enrolment’s, or that of the change which added it, also of one that was left', () => {
    const program = withLadders('reseller', 'services');
    const on = (state: PartnerState, days: number, ladders: readonly string[]): PartnerState =>
      decided(
        changeEnrollment({ programId: programId(1), ...terms, ladders: [...ladders], by: 'bob', now: now.add({ hours: 24 * days }) })(state, program),
      ).events.reduce(evolve, state);
    const joinedIn = (state: PartnerState) => ('enrollments' in state ? state.enrollments[0]?.joined : undefined);
    const before = given(applied, vetted, admitted, enrolled());
    expect(joinedIn(before)).toBeUndefined();
    const [reseller, services] = [
      { ladder: 'reseller', on: day('2026-03-01') },
      { ladder: 'services', on: day('2026-03-11') },
    ];
    const added = on(before, 10, ['reseller', 'services']);
    expect(joinedIn(added)).toEqual([reseller, services]);
    const left = on(added, 20, ['services']);
    expect(joinedIn(left)).toEqual([reseller, services]);
    expect(joinedIn(on(left, 30, ['services', 'reseller']))).toEqual([services, reseller]);
  });
  it('keeps when it had which business model, also one that it gave up', () => {
    const program = { ...inForce, document: { ...inForce.document, businessModels: ['reseller', 'services'].map((key) => ({ key, name: key })) } };
    const on = (state: PartnerState, days: number, businessModels: readonly string[]): PartnerState =>
      decided(
        changeEnrollment({ programId: programId(1), ...terms, businessModels: [...businessModels], by: 'bob', now: now.add({ hours: 24 * days }) })(
          state,
          program,
        ),
      ).events.reduce(evolve, state);
    const held = (state: PartnerState) => ('enrollments' in state ? state.enrollments[0]?.modelsHeld : undefined);
    const began = day('2026-03-01');
    const left = { businessModel: 'reseller', from: began, until: day('2026-03-10') };
    const one = on(given(applied, vetted, admitted, enrolled()), 10, ['services']);
    expect(held(one)).toEqual([left, { businessModel: 'services', from: day('2026-03-11') }]);
    expect(held(on(one, 20, ['services', 'reseller']))).toEqual([
      left,
      { businessModel: 'services', from: day('2026-03-11') },
      { businessModel: 'reseller', from: day('2026-03-21') },
    ]);
  });
  it('keeps the first days of no more ladders than the bound, those that are held among them', () => {
    const keys = Array.from({ length: LADDERS_JOINED_MAX + 5 }, (_, n) => `ladder-${n}`);
    const program = withLadders(...keys);
    const state = keys.reduce(
      (before, key) => {
        const change = changeEnrollment({ programId: programId(1), ...terms, ladders: [key], by: 'bob', now });
        return decided(change(before, program)).events.reduce(evolve, before);
      },
      given(applied, vetted, admitted, enrolled()),
    );
    const joined = 'enrollments' in state ? state.enrollments[0]?.joined : undefined;
    expect(joined).toHaveLength(LADDERS_JOINED_MAX);
    expect(joined?.at(-1)?.ladder).toBe(keys.at(-1));
  });
  it.each([
    ['not-found', given(), inForce],
    ['not-admitted', given(applied), inForce],
    ['not-enrolled', given(applied, vetted, admitted, enrolled(2)), inForce],
    ['program-not-in-force', given(applied, vetted, admitted, enrolled()), undefined],
  ] as const)('is refused as %s', (reason, state, program) => {
    expect(refusalOf(changing(state, program))).toBe(reason);
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

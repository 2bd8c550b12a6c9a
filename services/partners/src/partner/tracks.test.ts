import { day, instant } from '@echelon/calendar';
import { Partner } from '@echelon/contracts/partners';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { decided, partnerId, programId, refusalOf, versionId } from '../../../../test/given.ts';
import { document, inForce } from '../../../../test/partner-program.ts';
import { changeEnrollment } from './admission.ts';
import { evolve, none, type PartnerEvent, type PartnerState } from './partner.ts';
import { chooseTrack, confirmTrack, declineTrack } from './tracks.ts';

// It is still the first of March in New York.
const now = instant('2026-03-02T03:00:00Z');
const terms = { businessModels: ['reseller'], ladders: ['reseller', 'engagement'] };
const history: PartnerEvent[] = [
  { type: 'PartnerApplied', at: now, data: { application: { legalName: 'Northern', country: 'US', city: 'Austin' }, by: 'ann' } },
  { type: 'PartnerVetted', at: now, data: { by: 'bob' } },
  { type: 'PartnerAdmitted', at: now, data: { agreement: 'Agreement 2026', by: 'bob' } },
  { type: 'PartnerEnrolled', at: now, data: { enrollment: { programId: programId(1), ...terms, enrolledOn: day('2026-03-01') } } },
];
const given = (...events: PartnerEvent[]): PartnerState => [...history, ...events].reduce(evolve, none(partnerId(1)));
const suspended: PartnerEvent = { type: 'PartnerSuspended', at: now, data: { reason: 'So.', by: 'bob' } };

const on = { programId: programId(1), ladder: 'engagement', track: 'select' };
const chosen = (track = 'select'): PartnerEvent => ({ type: 'TrackChosen', at: now, data: { ...on, track, by: 'ann' } });
const confirmed = (track = 'select'): PartnerEvent => ({
  type: 'TrackConfirmed',
  at: now,
  data: { ...on, track, confirmedOn: day('2026-03-01'), by: 'bob' },
});
const declined: PartnerEvent = { type: 'TrackDeclined', at: now, data: { ...on, reason: 'No business plan.', by: 'bob' } };
const enrollmentOf = (state: PartnerState) => ('enrollments' in state ? state.enrollments[0] : undefined);

const choosing = (changes: Partial<typeof on> = {}) => chooseTrack({ ...on, ...changes, by: 'ann', now });
const confirming = (changes: Partial<typeof on> & { by?: string } = {}) => confirmTrack({ ...on, by: 'bob', now, ...changes });
const declining = (changes: Partial<typeof on> & { by?: string } = {}) =>
  declineTrack({ ...on, reason: 'No business plan.', by: 'bob', now, ...changes });

describe('choose', () => {
  it('is the partner’s, and waits for a channel manager', () => {
    expect(decided(choosing()(given(), inForce)).events).toEqual([chosen()]);
    const [choice] = enrollmentOf(given(chosen()))?.trackChoices ?? [];
    expect(choice).toEqual({ status: 'chosen', ladder: 'engagement', track: 'select', chosenBy: 'ann', chosenAt: now });
  });
  it('takes the place of a choice that waits, and of one that was declined; the track that holds stays', () => {
    for (const before of [[chosen('principal')], [chosen(), declined], [chosen(), confirmed()]])
      expect(decided(choosing()(given(...before), inForce)).events).toEqual([chosen()]);
    const enrollment = enrollmentOf(given(chosen(), confirmed(), chosen('principal')));
    expect([enrollment?.tracks, enrollment?.trackChoices]).toMatchObject([[{ track: 'select' }], [{ track: 'principal' }]]);
  });
  it.each([
    ['not-found', {}, none(partnerId(1)), inForce],
    ['not-enrolled', {}, history.slice(0, 2).reduce(evolve, none(partnerId(1))), inForce],
    ['not-enrolled', { programId: programId(2) }, given(), inForce],
    ['not-enrolled', {}, given(suspended), inForce],
    ['program-not-in-force', {}, given(), undefined],
    ['unknown-ladder', { ladder: 'stairs' }, given(), inForce],
    ['not-by-choice', { ladder: 'reseller', track: 'preferred' }, given(), inForce],
    ['unknown-track', { track: 'preferred' }, given(), inForce],
    ['already-chosen', {}, given(chosen()), inForce],
  ] as const)('is refused as %s', (reason, changes, state, program) => {
    expect(refusalOf(choosing(changes)(state, program))).toBe(reason);
  });
  it('is refused on a ladder that the partner is not enrolled on', () => {
    const change = changeEnrollment({ programId: programId(1), ...terms, ladders: ['reseller'], by: 'bob', now });
    const elsewhere = decided(change(given(), inForce)).events.reduce(evolve, given());
    expect(choosing()(elsewhere, inForce)).toEqual({ refused: 'not-on-ladder', because: 'The partner is enrolled on reseller.' });
  });
});

describe('confirm', () => {
  it('makes it the track from the day in the zone of the program on', () => {
    expect(decided(confirming()(given(chosen()), inForce)).events).toEqual([confirmed()]);
    const enrollment = enrollmentOf(given(chosen(), confirmed()));
    expect(enrollment?.tracks).toEqual([{ ladder: 'engagement', track: 'select', confirmedOn: day('2026-03-01'), confirmedBy: 'bob' }]);
    expect(enrollment?.trackChoices).toEqual([]);
  });
  it.each([
    ['another version has no such ladder', { ladders: document.ladders.slice(0, 1) }, 'unknown-ladder'],
    ['another version reaches its tiers', { ladders: document.ladders.map((one) => ({ ...one, promotion: 'at-review' as const })) }, 'not-by-choice'],
    ['another version has no such track', { ladders: document.ladders.map((one) => ({ ...one, tiers: one.tiers.slice(0, 1) })) }, 'unknown-track'],
  ])('is refused where %s', (_, changes, reason) => {
    const later = { versionId: versionId(2), document: { ...document, ...changes } };
    expect(refusalOf(confirming()(given(chosen()), later))).toBe(reason);
  });
  it('is refused without a version in force', () => {
    expect(refusalOf(confirming()(given(chosen()), undefined))).toBe('program-not-in-force');
  });
});

it('decline says why, and leaves the partner where it is', () => {
  expect(decided(declining()(given(chosen()))).events).toEqual([declined]);
  const enrollment = enrollmentOf(given(chosen('principal'), confirmed('principal'), chosen(), declined));
  expect(enrollment?.tracks).toMatchObject([{ track: 'principal' }]);
  expect(enrollment?.trackChoices).toMatchObject([{ status: 'declined', track: 'select', reason: 'No business plan.', declinedBy: 'bob' }]);
});

describe.each([
  ['confirm', (changes: object, state: PartnerState) => confirming(changes)(state, inForce)],
  ['decline', (changes: object, state: PartnerState) => declining(changes)(state)],
] as const)('%s', (_, decide) => {
  it.each([
    ['not-found', {}, none(partnerId(1))],
    ['not-enrolled', {}, given(chosen(), suspended)],
    ['not-chosen', {}, given()],
    ['not-chosen', {}, given(chosen(), confirmed())],
    ['not-chosen', {}, given(chosen(), declined)],
    ['not-chosen', { track: 'principal' }, given(chosen())],
    ['same-person', { by: 'ann' }, given(chosen())],
  ] as const)('is refused as %s', (reason, changes, state) => {
    expect(refusalOf(decide(changes, state))).toBe(reason);
  });
});

it('who is enrolled otherwise keeps the tracks of ladders that it stays on, and no others', () => {
  const state = given(chosen(), confirmed(), chosen('principal'));
  const after = (ladders: string[]) => {
    const change = changeEnrollment({ programId: programId(1), ...terms, ladders, by: 'bob', now });
    return enrollmentOf(decided(change(state, inForce)).events.reduce(evolve, state));
  };
  expect(after(['engagement'])).toMatchObject({ tracks: [{ track: 'select' }], trackChoices: [{ track: 'principal' }] });
  expect(after(['reseller'])).toMatchObject({ tracks: [], trackChoices: [] });
});

it('a decision on what was not chosen is a fault, not a state; every state comes back from its wire form', () => {
  expect(() => given(declined)).toThrow('no choice on engagement was open');
  expect(() => given({ ...chosen(), data: { ...on, programId: programId(2), by: 'ann' } } as PartnerEvent)).toThrow('not enrolled');
  for (const state of [given(chosen()), given(chosen(), confirmed()), given(chosen(), declined)])
    if (state.status !== 'none') expect(Partner.parse(JSON.parse(JSON.stringify(z.encode(Partner, state))))).toEqual(state);
});

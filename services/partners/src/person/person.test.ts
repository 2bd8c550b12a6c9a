import { addDays, day, instant } from '@echelon/calendar';
import { CERTIFICATIONS_MAX, type HeldCertification, type Partner, Person } from '@echelon/contracts/partners';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { certificationId, decided, document, inForce, partnerId, personId, programId, refusalOf } from '../../../../test/given.ts';
import { grantCertification, revokeCertification, tellOfCertifications } from './certifications.ts';
import { add, anonymise, changeRoles, correctRecord, endEmployment } from './employment.ts';
import { evolve, none, type PersonEvent, type PersonState } from './person.ts';

// It is still the first of March in New York.
const now = instant('2026-03-02T03:00:00Z');
const act = { by: 'ann', now };
const record = { name: 'Ada Lovelace', email: 'ada@northern.example' };
const added: PersonEvent = {
  type: 'PersonAdded',
  at: now,
  data: { partnerId: partnerId(1), roles: ['se'], employedFrom: day('2025-01-01'), by: 'ann' },
};
const heldFor = (n: number, until: string): HeldCertification => ({
  ...{ id: certificationId(n), certification: 'systems-engineer', programId: programId(1), timeZone: document.timeZone },
  ...{ from: day('2026-01-01'), until: day(until) },
});
const granted = (certification = heldFor(1, '2026-12-31')): PersonEvent => ({
  type: 'CertificationGranted',
  at: now,
  data: { certification, by: 'bob' },
});
const left: PersonEvent = { type: 'PersonLeft', at: now, data: { employedUntil: day('2026-02-28'), by: 'ann' } };
const anonymised: PersonEvent = { type: 'PersonAnonymised', at: now, data: { by: 'ann' } };

const given = (...events: PersonEvent[]): PersonState => events.reduce(evolve, none(personId(1)));
const states = {
  none: given(),
  employed: given(added, granted()),
  former: given(added, granted(), left),
  anonymised: given(added, left, anonymised),
};

const partnerOf = (status: Partner['status']): Partner => {
  const application = { id: partnerId(1), legalName: 'Northern', country: 'US', city: 'Austin', appliedBy: 'ann', appliedAt: now };
  const vetted = { ...application, vettedBy: 'bob', vettedAt: now };
  const admitted = { ...vetted, agreement: 'A', admittedAt: now, enrollments: [], specializations: [] };
  const all = {
    applied: { status: 'applied', ...application },
    declined: { status: 'declined', ...vetted, reason: 'No.' },
    vetted: { status: 'vetted', ...vetted },
    admitted: { status: 'admitted', ...admitted },
    suspended: { status: 'suspended', ...admitted, suspendedAt: now, reason: 'So.' },
    offboarding: { status: 'offboarding', ...admitted, offboardingSince: now, reason: 'So.' },
    left: { status: 'left', ...admitted, leftAt: now },
  } as const satisfies Record<Partner['status'], Partner>;
  return all[status];
};

describe('add', () => {
  const adding = add({ partnerId: partnerId(1), record, roles: ['se'], employedFrom: day('2025-01-01'), ...act });
  it('puts what is personal into the record, and nothing of it into the event', () => {
    expect(adding(given(), partnerOf('admitted'))).toEqual({ events: [added], record });
    expect(JSON.stringify(added)).not.toMatch(/Ada|northern/);
  });
  it.each(['admitted', 'suspended', 'offboarding'] as const)('is for a partner that is %s', (status) => {
    expect(refusalOf(adding(given(), partnerOf(status)))).toBeUndefined();
  });
  it.each(['applied', 'declined', 'vetted', 'left'] as const)('is not for one that is %s', (status) => {
    expect(adding(given(), partnerOf(status))).toEqual({ refused: 'not-admitted', because: `The partner is ${status}.` });
  });
  it('is refused where there is no partner, and where there is a person', () => {
    expect(refusalOf(adding(given(), undefined))).toBe('not-found');
    expect(refusalOf(adding(states.employed, partnerOf('admitted')))).toBe('key-reused');
  });
});

describe('the record', () => {
  const correcting = correctRecord({ record, ...act });
  it('is replaced, and history says that it was', () => {
    for (const state of [states.employed, states.former])
      expect(correcting(state)).toEqual({ events: [{ type: 'PersonRecordCorrected', at: now, data: { by: 'ann' } }], record });
  });
  it('is erased with the anonymisation, for good', () => {
    expect(anonymise(act)(states.former)).toEqual({ events: [anonymised], record: null });
    expect([states.none, states.employed, states.anonymised].map((state) => refusalOf(anonymise(act)(state)))).toEqual([
      'not-found',
      'still-employed',
      'anonymised',
    ]);
    expect([states.none, states.anonymised].map((state) => refusalOf(correcting(state)))).toEqual(['not-found', 'anonymised']);
  });
});

it('a person whose departure is announced is not anonymised before the last day is over everywhere', () => {
  const at = (time: string) => anonymise({ by: 'ann', now: instant(time) })(states.former);
  // In New York the first of March has begun; twelve hours west of Greenwich the last of February has not ended.
  for (const time of ['2026-02-01T12:00:00Z', '2026-02-28T12:00:00Z', '2026-03-01T11:59:59Z'])
    expect(at(time)).toEqual({ refused: 'still-employed', because: 'The last day is 2026-02-28.' });
  expect(refusalOf(at('2026-03-01T12:00:00Z'))).toBeUndefined();
});

it('roles are those of who is employed', () => {
  const changing = changeRoles({ roles: ['ae', 'se'], ...act });
  expect(decided(changing(states.employed)).events.reduce(evolve, states.employed)).toMatchObject({ status: 'employed', roles: ['ae', 'se'] });
  expect([states.none, states.former, states.anonymised].map((state) => refusalOf(changing(state)))).toEqual([
    'not-found',
    'not-employed',
    'not-employed',
  ]);
});

describe('the end of an employment', () => {
  const ending = (until: string) => endEmployment({ employedUntil: day(until), ...act });
  it('ends each certification that would have held longer, by an event that carries it whole', () => {
    const state = given(added, granted(heldFor(1, '2026-12-31')), granted(heldFor(2, '2026-02-28')), granted(heldFor(3, '2026-03-01')));
    const { events } = decided(ending('2026-02-28')(state));
    const ended = (n: number, until: string) => ({ ...heldFor(n, until), ended: 'revoked' });
    expect(events.map(({ type, data }) => ('certification' in data ? data.certification : type))).toEqual([
      'PersonLeft',
      ended(1, '2026-02-28'),
      ended(3, '2026-02-28'),
    ]);
    expect(events.reduce(evolve, state)).toMatchObject({
      status: 'former',
      employedUntil: day('2026-02-28'),
      certifications: [{ ended: 'revoked' }, { until: day('2026-02-28') }, { ended: 'revoked' }],
    });
  });
  it('lies not before its beginning, and is recorded once', () => {
    expect(refusalOf(ending('2024-12-31')(states.employed))).toBe('ends-before-it-starts');
    expect(refusalOf(ending('2025-01-01')(states.employed))).toBeUndefined();
    for (const state of [states.former, states.anonymised]) expect(refusalOf(ending('2026-02-28')(state))).toBe('not-employed');
    expect(refusalOf(ending('2026-02-28')(given()))).toBe('not-found');
  });
});

describe('a certification', () => {
  const grant = { id: certificationId(1), programId: programId(1), certification: 'systems-engineer', from: day('2026-01-01'), ...act };
  const held = (state: PersonState, decision: ReturnType<ReturnType<typeof grantCertification>>) => decided(decision).events.reduce(evolve, state);

  it('holds as long as the document says, its first day included, unless it is said', () => {
    const { validDays = 0 } = document.certifications.find(({ key }) => key === 'systems-engineer') ?? {};
    const until = addDays(day('2026-01-01'), validDays - 1);
    expect(held(given(added), grantCertification(grant)(given(added), inForce))).toMatchObject({
      certifications: [{ until, timeZone: document.timeZone }],
    });
    const said = grantCertification({ ...grant, until: day('2026-01-01') });
    expect(held(given(added), said(given(added), inForce))).toMatchObject({ certifications: [{ until: day('2026-01-01') }] });
  });
  it.each([
    ['not-found', {}, states.none, inForce],
    ['not-employed', {}, states.former, inForce],
    ['not-employed', {}, states.anonymised, inForce],
    ['program-not-in-force', {}, states.employed, undefined],
    ['unknown-certification', { certification: 'juggler' }, states.employed, inForce],
    ['ends-before-it-starts', { until: day('2025-12-31') }, states.employed, inForce],
    ['starts-too-late', { from: day('2062-01-01') }, states.employed, inForce],
    ['already-held', { until: day('2026-01-31') }, states.employed, inForce],
  ] as const)('is refused as %s', (reason, changes, state, program) => {
    expect(refusalOf(grantCertification({ ...grant, ...changes })(state, program))).toBe(reason);
  });
  it('counts from the first day of employment at the earliest, and to the day that it would have ended on', () => {
    const earlier = grantCertification({ ...grant, from: day('2024-12-01'), until: day('2026-01-31') });
    expect(decided(earlier(given(added), inForce)).events).toMatchObject([
      { data: { certification: { from: day('2025-01-01'), until: day('2026-01-31') } } },
    ]);
    expect(refusalOf(grantCertification({ ...grant, from: day('2023-12-01'), until: day('2024-11-30') })(given(added), inForce))).toBe(
      'ends-before-it-starts',
    );
  });
  it('is refused past the bound', () => {
    const many = Array.from({ length: CERTIFICATIONS_MAX }, (_, n) => granted(heldFor(n + 1, '2026-12-31')));
    expect(refusalOf(grantCertification(grant)(given(added, ...many), inForce))).toBe('too-many-certifications');
    expect(refusalOf(grantCertification(grant)(given(added, ...many.slice(1)), inForce))).toBeUndefined();
  });

  it('is revoked through yesterday in its zone, or the day that is said, and never to later', () => {
    const revoking = (until?: string) =>
      revokeCertification({ certificationId: certificationId(1), reason: 'A mistake.', ...act, ...(until && { until: day(until) }) });
    expect(decided(revoking()(states.employed)).events).toEqual([
      {
        type: 'CertificationRevoked',
        at: now,
        data: { certification: { ...heldFor(1, '2026-02-28'), ended: 'revoked' }, reason: 'A mistake.', by: 'ann' },
      },
    ]);
    expect(decided(revoking('2025-06-30')(states.employed)).events).toMatchObject([{ data: { certification: { until: day('2025-06-30') } } }]);
    expect(refusalOf(revoking('2026-12-31')(states.employed))).toBe('already-ended');
    for (const state of [given(), given(added)]) expect(refusalOf(revoking()(state))).toBe('not-found');
  });

  it('is told of, each by itself, also of who is there no more; and what was told is told no more', () => {
    const due = tellOfCertifications({ now });
    const state = given(added, granted(heldFor(1, '2026-03-30')), granted(heldFor(2, '2026-02-20')), granted(heldFor(3, '2027-12-31')));
    const { events } = decided(due(state));
    expect(events.map(({ type, at, data }) => [type, `${at}`, 'daysBefore' in data && data.daysBefore])).toEqual([
      ['CertificationExpiryNoticed', `${now}`, 30],
      ['CertificationExpired', '2026-02-21T05:00:00Z', false],
    ]);
    expect(decided(due(events.reduce(evolve, state))).events).toEqual([]);
    const gone = [left, anonymised].reduce(evolve, given(added, granted(heldFor(2, '2026-02-20'))));
    expect(decided(due(gone)).events.reduce(evolve, gone)).toMatchObject({ status: 'anonymised', certifications: [{ ended: 'expired' }] });
    expect(decided(due(given())).events).toEqual([]);
  });
});

it('every state comes back from its wire form as it was', () => {
  for (const state of Object.values(states))
    if (state.status !== 'none') expect(Person.parse(JSON.parse(JSON.stringify(z.encode(Person, state))))).toEqual(state);
});

import { addDays, day, instant } from '@echelon/calendar';
import { type HeldSpecialization, type Person, SPECIALIZATIONS_MAX } from '@echelon/contracts/partners';
import { describe, expect, it } from 'vitest';
import { certificationId, decided, document, inForce, partnerId, personId, programId, refusalOf, specializationId } from '../../../../test/given.ts';
import { inForce as several } from '../../../../test/partner-program.ts';
import { evolve, none, type PartnerEvent, type PartnerState } from './partner.ts';
import { grantSpecialization, revokeSpecialization, tellOfSpecializations } from './specializations.ts';

const now = instant('2026-03-02T03:00:00Z');
const enrollment = { programId: programId(1), businessModels: ['reseller'], ladders: ['reseller'], enrolledOn: day('2026-03-01') };
const history: PartnerEvent[] = [
  { type: 'PartnerApplied', at: now, data: { application: { legalName: 'Northern', country: 'US', city: 'Austin' }, by: 'ann' } },
  { type: 'PartnerVetted', at: now, data: { by: 'bob' } },
  { type: 'PartnerAdmitted', at: now, data: { agreement: 'Agreement 2026', by: 'bob' } },
  { type: 'PartnerEnrolled', at: now, data: { enrollment } },
];
const given = (...events: PartnerEvent[]): PartnerState => [...history, ...events].reduce(evolve, none(partnerId(1)));
const suspended: PartnerEvent = { type: 'PartnerSuspended', at: now, data: { reason: 'So.', by: 'bob' } };

/** Somebody who holds the certification that the specialization asks two people for. */
const engineer = (n: number, changes: Partial<Person['certifications'][number]> = {}): Person => ({
  ...{ status: 'employed', id: personId(n), partnerId: partnerId(1), roles: [], employedFrom: day('2025-01-01') },
  certifications: [
    {
      ...{ id: certificationId(n), certification: 'systems-engineer', programId: programId(1), timeZone: document.timeZone },
      ...{ from: day('2026-01-01'), until: day('2026-03-01'), ...changes },
    },
  ],
});
const two = [engineer(1), engineer(2)];
const grant = { id: specializationId(1), programId: programId(1), specialization: 'data-protection', from: day('2026-03-01'), by: 'bob', now };
const validDays = document.specializations[0]?.validDays ?? 0;
const held: HeldSpecialization = {
  ...{ id: specializationId(1), programId: programId(1), specialization: 'data-protection', timeZone: document.timeZone },
  ...{ from: day('2026-03-01'), until: addDays(day('2026-03-01'), validDays - 1) },
};
const granted: PartnerEvent = { type: 'SpecializationGranted', at: now, data: { specialization: held, by: 'bob' } };

describe('grant', () => {
  it('takes as many people as the program asks for who hold it on the first day, the last of it included', () => {
    expect(decided(grantSpecialization(grant)(given(), { program: inForce, people: two })).events).toEqual([granted]);
  });
  it.each([
    ['too few of them', [engineer(1)], 1],
    ['one that has ended', [engineer(1), engineer(2, { until: day('2026-02-28') })], 1],
    ['one that begins later', [engineer(1, { from: day('2026-03-02'), until: day('2026-12-31') })], 0],
    ['another certification', [engineer(1), engineer(2, { certification: 'sales-professional' })], 1],
    ['another program’s', [engineer(1), engineer(2, { programId: programId(2) })], 1],
    ['one that never counted', [engineer(1), engineer(2, { from: day('2026-03-01'), until: day('2026-02-01') })], 1],
  ] as const)('is refused, with the figures, for %s', (_, people, holding) => {
    expect(grantSpecialization(grant)(given(), { program: inForce, people })).toEqual({
      refused: 'too-few-certified',
      because: `Held on 2026-03-01: systems-engineer by ${holding} of 2 people.`,
    });
  });
  it('counts a person once, however often certified', () => {
    const [one] = two;
    const twice = one && [{ ...one, certifications: [...one.certifications, ...one.certifications] }];
    expect(refusalOf(grantSpecialization(grant)(given(), { program: inForce, people: twice ?? [] }))).toBe('too-few-certified');
  });
  it.each([
    ['not-found', {}, none(partnerId(1)), inForce],
    ['not-enrolled', { programId: programId(2) }, given(), inForce],
    ['not-enrolled', {}, given(suspended), inForce],
    ['program-not-in-force', {}, given(), undefined],
    ['unknown-specialization', { specialization: 'magic' }, given(), inForce],
    ['ends-before-it-starts', { until: day('2026-02-28') }, given(), inForce],
    ['starts-too-late', { from: day('2036-03-01') }, given(), inForce],
    ['already-held', { from: day('2026-04-01'), until: day('2026-05-01') }, given(granting(2)), inForce],
    ['already-held', {}, given(granting(2)), inForce],
    ['too-many-specializations', {}, given(...Array.from({ length: SPECIALIZATIONS_MAX }, (_, n) => granting(n + 2, '2026-02-28'))), inForce],
  ] as const)('is refused as %s', (reason, changes, state, program) => {
    expect(refusalOf(grantSpecialization({ ...grant, ...changes })(state, { program, people: two }))).toBe(reason);
  });
  it('renews what ends, also before it has', () => {
    const longer = { ...grant, until: addDays(held.until, 1) };
    expect(decided(grantSpecialization(longer)(given(granting(2)), { program: inForce, people: two })).events).toHaveLength(1);
  });
  function granting(n: number, until = String(held.until)): PartnerEvent {
    return {
      ...granted,
      type: 'SpecializationGranted',
      data: { specialization: { ...held, id: specializationId(n), until: day(until) }, by: 'bob' },
    };
  }
});

describe('on one of several ways', () => {
  const going = (way?: string, people: readonly Person[] = two) =>
    grantSpecialization({ ...grant, ...(way !== undefined && { way }) })(given(), { program: several, people });
  const seller = engineer(3, { certification: 'sales-professional' });
  it('it takes what is asked of all, and what the way asks in addition', () => {
    expect(decided(going('resold')).events).toMatchObject([{ data: { specialization: { specialization: 'data-protection', way: 'resold' } } }]);
    expect(going('own-package')).toEqual({
      refused: 'too-few-certified',
      because: 'Held on 2026-03-01: sales-professional by 0 of 1 people.',
    });
    expect(going('own-package', [...two.slice(1), seller])).toMatchObject({ because: 'Held on 2026-03-01: systems-engineer by 1 of 2 people.' });
    expect(decided(going('own-package', [...two, seller])).events).toMatchObject([{ data: { specialization: { way: 'own-package' } } }]);
  });
  it('it is refused without the way, and for one that is none', () => {
    expect(going()).toEqual({ refused: 'way-missing', because: 'Ways: own-package, resold.' });
    expect(going('by-air')).toEqual({ refused: 'unknown-way', because: '"by-air" is none of own-package, resold.' });
    const only = grantSpecialization({ ...grant, way: 'resold' })(given(), { program: inForce, people: two });
    expect(only).toEqual({ refused: 'unknown-way', because: 'There is but one way.' });
  });
});

describe('then', () => {
  const revoking = revokeSpecialization({ specializationId: specializationId(1), reason: 'Two left.', by: 'bob', now });
  it('it is revoked once, and only by its own name', () => {
    const { events } = decided(revoking(given(granted)));
    expect(events).toMatchObject([{ type: 'SpecializationRevoked', data: { specialization: { until: day('2026-02-28'), ended: 'revoked' } } }]);
    expect(refusalOf(revoking(given(granted, ...events)))).toBe('already-ended');
    for (const state of [none(partnerId(1)), given()]) expect(refusalOf(revoking(state))).toBe('not-found');
  });
  it('it is told of, and its end recorded, also where the partner is suspended', () => {
    const fiveBefore = instant('2027-02-24T12:00:00Z');
    const noticed = decided(tellOfSpecializations({ now: fiveBefore })(given(granted, suspended))).events;
    expect(noticed).toMatchObject([{ type: 'SpecializationExpiryNoticed', data: { daysBefore: 5, specialization: { noticed: 5 } } }]);
    const after = given(granted, suspended, ...noticed);
    expect(decided(tellOfSpecializations({ now: fiveBefore })(after)).events).toEqual([]);
    const expired = decided(tellOfSpecializations({ now: instant('2028-01-01T00:00:00Z') })(after)).events;
    expect(expired).toMatchObject([
      { type: 'SpecializationExpired', at: instant('2027-03-01T05:00:00Z'), data: { specialization: { ended: 'expired' } } },
    ]);
    expect(decided(tellOfSpecializations({ now: instant('2028-01-01T00:00:00Z') })(given(granted, ...expired))).events).toEqual([]);
    expect(decided(tellOfSpecializations({ now })(none(partnerId(1)))).events).toEqual([]);
  });
});

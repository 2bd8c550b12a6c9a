import { addDays, day } from '@echelon/calendar';
import { CERTIFICATIONS_HELD_MAX, MONTHS_MAX } from '@echelon/contracts/tiering';
import { describe, expect, it } from 'vitest';
import { usd, versionId } from '../../../test/given.ts';
import { byCertificate, facts, life, reseller, told, version, withLadders } from '../../../test/standing.ts';
import { signOff } from './decisions.ts';

const on = day;
const [start, today] = [on('2026-01-05'), on('2026-06-15')];
const first = version(1, '2025-01-01');
const { enrolled, booked, certified } = facts;

const held = (from: string, until: string) => ({ from: day(from), until: day(until) });

describe('a fact', () => {
  it('opens the standing, whichever is heard first, and places nobody before the enrolment', () => {
    const partner = life(first);
    expect(told(partner.hear(today, booked(today, 300_000)))).toEqual(['StandingOpened', 'RevenueCounted']);
    expect(partner.standing().positions).toEqual([]);
    expect(told(partner.hear(today, enrolled(start)))).toEqual(['EnrollmentCounted', 'PartnerPlaced']);
    expect(partner.position()).toMatchObject({ tier: 'preferred', attained: 'preferred', settled: { tier: 'authorized', on: start } });
  });

  it('places whoever is enrolled on the lowest tier, until the first day after the fiscal year', () => {
    const partner = life(first);
    const events = partner.hear(start, enrolled(start));
    expect(events.at(-1)).toMatchObject({
      type: 'PartnerPlaced',
      data: {
        reason: 'enrolment',
        on: start,
        versionId: versionId(1),
        position: { ladder: 'reseller', tier: 'authorized', reviewOn: on('2027-01-01') },
      },
    });
    expect(partner.hear(start, enrolled(start))).toEqual([]);
  });

  it('of an enrolment puts no review off, however late it is heard', () => {
    const [once, late] = [life(first), life(first)];
    const enrolledOn = on('2026-12-20');
    once.hear(enrolledOn, enrolled(enrolledOn));
    late.hear(on('2027-01-10'), enrolled(enrolledOn));
    expect(late.position()).toEqual(once.position());
    expect(late.position().reviewOn).toEqual(on('2027-01-01'));
    expect(told(late.judge(on('2027-01-10')))).toEqual(['TierReviewOpened']);
  });

  it('of a changed enrolment takes ladders and gives them up, whichever of the two is heard first', () => {
    const services = { ...reseller, key: 'services', routes: [] };
    const of = version(1, '2025-01-01', withLadders(reseller, services));
    const known = [enrolled(start), enrolled(start, ['services'], { saidOn: today, said: 2 }), booked(start, 300_000)];
    const [one, other] = [life(of), life(of)];
    expect(told(one.hear(today, ...known))).toEqual([
      ...['StandingOpened', 'EnrollmentCounted', 'PartnerPlaced', 'EnrollmentCounted', 'PositionEnded', 'PartnerPlaced', 'RevenueCounted'],
      ...['AttainmentChanged', 'authorized → preferred: attained'],
    ]);
    other.hear(today, ...known.toReversed());
    expect(one.standing().positions).toMatchObject([{ ladder: 'services', tier: 'preferred', settled: { tier: 'authorized', on: start } }]);
    expect(other.standing().facts).toEqual(one.standing().facts);
    expect(other.position('services')).toEqual({ ...one.position('services'), since: start });
  });

  it('of an enrolment that leaves a ladder and comes back to it undoes no demotion', () => {
    const services = { ...reseller, key: 'services', routes: [] };
    const { ladders } = byCertificate();
    const both = ['reseller', 'services'];
    const partner = life(version(1, '2025-01-01', withLadders(...ladders, services)));
    partner.hear(start, enrolled(start, both), certified(1, held('2026-01-05', '2026-03-31')));
    const [reviewed, left, back] = [on('2027-01-04'), on('2027-02-01'), on('2027-03-01')];
    for (const look of ['2026-04-01', '2026-12-27', '2027-01-02']) partner.judge(on(look));
    partner.decide(reviewed, (act) => signOff({ ...act, ladder: 'reseller', tier: 'authorized' }));
    const { settled } = partner.position();
    partner.hear(left, enrolled(start, ['services'], { saidOn: left, said: 2 }));
    partner.hear(back, enrolled(start, both, { saidOn: back, said: 3 }));
    expect(partner.position()).toMatchObject({ tier: 'authorized', settled: { tier: 'authorized', on: reviewed } });
    expect(partner.position().settled).toEqual(settled);
    // What is attained after the review counts, also while it was away.
    partner.hear(back, certified(2, held('2027-02-10', '2027-02-20')));
    expect(partner.position().tier).toBe('preferred');
    expect(partner.standing().laddersLeft).toBeUndefined();
  });

  it('of a ladder that is joined years later begins on it then: what lapsed before counts on it no more', () => {
    const of = version(1, '2025-01-01', withLadders(reseller, ...byCertificate().ladders.map((one) => ({ ...one, key: 'services', routes: [] }))));
    const partner = life(of);
    const joined = on('2028-03-01');
    const said = enrolled(start, ['reseller', 'services'], { saidOn: joined, said: 2, joined: { reseller: start, services: joined } });
    partner.hear(start, enrolled(start), certified(1, held('2026-01-05', '2026-06-30')));
    partner.hear(joined, said);
    const begun = { attained: 'authorized', tier: 'authorized', since: joined, settled: { tier: 'authorized', on: joined } };
    expect(partner.position('services')).toMatchObject(begun);
    const late = life(of);
    late.hear(joined, said, certified(1, held('2026-01-05', '2026-06-30')), enrolled(start));
    expect(late.position('services')).toEqual(partner.position('services'));
    partner.hear(joined, certified(2, { from: joined, until: addDays(joined, 300) }));
    expect(partner.position('services').tier).toBe('preferred');
  });

  it('of an enrolment that names what a version has brought since gives the same, whether or not that was looked at before', () => {
    const services = { ...reseller, key: 'services', routes: [] };
    const all = [version(1, '2025-01-01'), version(2, '2026-03-01', withLadders(reseller, services))] as const;
    const [looked, late] = [life(...all), life(...all)];
    const named = enrolled(start, ['reseller', 'services'], { saidOn: today, said: 2, joined: { reseller: start, services: today } });
    looked.hear(start, enrolled(start));
    looked.judge(on('2026-03-01'));
    looked.hear(today, named);
    late.hear(today, named, enrolled(start));
    expect(late.standing().positions).toEqual(looked.standing().positions);
    expect(late.position('services').settled).toEqual({ on: on('2026-03-01') });
  });

  it('of an enrolment changed under a later version brings what that version has, and nothing that the partner gave up', () => {
    const [category, services] = ['category', 'services'].map((key) => ({ ...reseller, key, routes: [] }));
    const partner = life(version(1, '2025-01-01'), version(2, '2026-03-01', withLadders(...[category, services].flatMap((one) => one ?? []))));
    const ladders = () => partner.standing().positions.map((one) => one.ladder);
    partner.hear(start, enrolled(start));
    partner.judge(on('2026-03-01'));
    expect(ladders()).toEqual(['category', 'services']);
    partner.hear(today, enrolled(start, ['services'], { saidOn: today, said: 2 }));
    expect(ladders()).toEqual(['services']);
  });

  it('is one of a bounded number: the oldest months become one, and of certificates what ended first is forgotten', () => {
    const partner = life(first);
    for (let month = 0; month < MONTHS_MAX + 3; month++) partner.hear(today, booked(start.subtract({ months: month }), 1));
    for (let n = 0; n <= CERTIFICATIONS_HELD_MAX; n++) partner.hear(today, certified(n, { from: start, until: addDays(today, n) }));
    const { revenue, certifications } = partner.standing().facts;
    expect(revenue.map(({ orders }) => orders)).toEqual([4, ...Array(MONTHS_MAX - 1).fill(1)]);
    expect(certifications).toHaveLength(CERTIFICATIONS_HELD_MAX);
    expect(certifications.some(({ until }) => until.equals(today))).toBe(false);
  });

  it('beyond the bound takes nothing of what there is less of: neither a certification nor a nomination that is in force', () => {
    const partner = life(version(1, '2025-01-01', byCertificate(2)));
    partner.hear(start, enrolled(start));
    for (const n of [1, 2]) partner.hear(start, certified(n, held('2026-01-05', '2026-12-31')));
    const sales = { ...held('2026-03-01', '2028-02-28'), certification: 'sales-professional' };
    for (let n = 0; n < CERTIFICATIONS_HELD_MAX; n++) partner.hear(today, certified(n + 10, sales));
    expect(partner.standing().facts.certifications).toHaveLength(CERTIFICATIONS_HELD_MAX);
    expect(partner.position().tier).toBe('preferred');
  });

  it('promotes at once whoever attains a higher tier, over several if need be', () => {
    const partner = life(first);
    partner.hear(start, enrolled(start));
    expect(told(partner.hear(today, booked(today, 249_999)))).toEqual(['RevenueCounted']);
    expect(told(partner.hear(today, booked(today, 1)))).toEqual(['RevenueCounted', 'AttainmentChanged', 'authorized → preferred: attained']);
    expect(told(partner.hear(today, booked(today, 750_000)))).toContain('preferred → elite: attained');
    expect(partner.position()).toMatchObject({ tier: 'elite', since: today });
  });

  it('that is taken back takes back what rested on it, and no more', () => {
    const partner = life(first);
    partner.hear(start, enrolled(start), booked(start, 250_000));
    partner.hear(today, booked(today, 750_000));
    expect(told(partner.hear(today, booked(today, -750_000, -1)))).toEqual(['RevenueCounted', 'AttainmentChanged', 'elite → preferred: reversed']);
    expect(partner.standing().facts.revenue).toEqual([{ measure: 'bookings', month: '2026-01', amount: usd(250_000), orders: 1 }]);
  });

  it('that says what is known already, or less, is no news', () => {
    const partner = life(version(1, '2025-01-01', byCertificate()));
    partner.hear(start, enrolled(start), certified(1, { ...held('2026-01-05', '2026-03-31'), said: 3 }));
    expect(partner.hear(start, certified(1, { ...held('2026-01-05', '2027-12-31'), said: 2 }))).toEqual([]);
    expect(partner.position().tier).toBe('preferred');
  });

  it('counts people, not certificates', () => {
    const partner = life(version(1, '2025-01-01', byCertificate()));
    const both = held('2026-01-05', '2026-12-31');
    partner.hear(start, enrolled(start), certified(1, { ...both, person: 1 }), certified(2, { ...both, person: 1 }));
    expect(partner.position().tier).toBe('preferred');
    partner.hear(start, certified(3, { ...both, person: 2 }));
    expect(partner.position().tier).toBe('elite');
  });

  it('heard late counts as if it had been heard on time', () => {
    const partner = life(version(1, '2025-01-01', byCertificate()));
    partner.hear(start, enrolled(start));
    expect(told(partner.hear(today, certified(1, held('2026-02-01', '2026-03-31'))))).toEqual([
      'CertificationCounted',
      'authorized → preferred: attained',
    ]);
    expect(partner.position()).toMatchObject({ tier: 'preferred', attained: 'authorized' });
  });
});

describe('what time brings', () => {
  it('promotes on the day on which time brought the tier, however late the look', () => {
    const partner = life(version(1, '2025-01-01', byCertificate()));
    partner.hear(start, enrolled(start), certified(1, held('2026-02-01', '2027-01-31')));
    const [, promoted] = partner.judge(on('2026-02-09'));
    expect(promoted).toMatchObject({ type: 'TierChanged', data: { to: 'preferred', reason: 'attained', on: on('2026-02-01') } });
    expect(partner.position().since).toEqual(on('2026-02-01'));
  });

  it('demotes nobody by a lapse', () => {
    const partner = life(version(1, '2025-01-01', byCertificate()));
    partner.hear(start, enrolled(start), certified(1, held('2026-01-05', '2026-03-31')));
    expect(told(partner.judge(on('2026-03-31')))).toEqual([]);
    expect(told(partner.judge(on('2026-04-01')))).toEqual(['AttainmentChanged', 'GracePeriodBegun']);
    expect(partner.position()).toMatchObject({
      tier: 'preferred',
      attained: 'authorized',
      grace: { since: on('2026-04-01'), until: on('2026-12-31') },
    });
  });

  it('leaves a certificate that was revoked for the future what it gave until then, and one revoked from the start nothing', () => {
    const partner = life(version(1, '2025-01-01', byCertificate()));
    partner.hear(start, enrolled(start), certified(1, held('2026-01-05', '2026-12-31')));
    partner.hear(today, certified(1, { ...held('2026-01-05', '2026-06-15'), said: 2 }));
    expect(partner.position().tier).toBe('preferred');
    expect(told(partner.hear(today, certified(1, { ...held('2026-01-05', '2026-01-04'), said: 3 })))).toContain('preferred → authorized: reversed');
  });
});

import { day, instant } from '@echelon/calendar';
import type { Asset } from '@echelon/contracts/partners';
import type { ProgramDocument } from '@echelon/program';
import { describe, expect, it } from 'vitest';
import { assetId, dealId, document, inForce, partnerId, refusalOf } from '../../../test/given.ts';
import { conflictOf, customer, dealIn, gone, later, leaving, monday, partnerAt, registry, submission, suspended } from '../../../test/registry.ts';
import { dealFor } from './views.ts';

const [ours, theirs, third] = [dealId(1), dealId(2), dealId(3)];
const [us, them, others] = [partnerId(1), partnerId(2), partnerId(3)];
const byDomain = customer({ domain: 'acme.example' });

/** Midnight in New York after 31 May, the ninetieth day. */
const end = instant('2026-06-01T04:00:00Z');
const lastInstant = end.subtract({ milliseconds: 1 });

const approved = (program = inForce) => {
  const room = registry(program);
  room.submit(ours, us, submission, monday);
  room.approve(ours, monday);
  return room;
};
const under = (changes: Partial<ProgramDocument['dealRegistration']>) => ({
  ...inForce,
  document: { ...document, dealRegistration: { ...document.dealRegistration, ...changes } },
});

describe('leaving the line', () => {
  it.each(['reject', 'withdraw'] as const)('by %s lets the next in line succeed, whose priority is its own', (leave) => {
    const room = registry();
    room.submit(ours, us, submission, monday);
    room.submit(theirs, them, byDomain, later);
    room.submit(third, others, submission, later);
    const left = dealIn(room[leave](ours, later));
    expect(left.status).toBe(leave === 'reject' ? 'rejected' : 'withdrawn');
    expect(refusalOf(room.approve(third, later))).toBe('not-first');
    expect(dealIn(room.approve(theirs, later))).toMatchObject({ status: 'approved', submittedAt: later });
    for (const { line } of room.linesOf(ours)) expect(line.map((claimant) => claimant.id)).not.toContain(ours);
  });

  it.each(['lose', 'withdraw'] as const)('by %s is open to a protected deal until its protection ends', (leave) => {
    const room = approved();
    room.submit(theirs, them, submission, later);
    expect(['lost', 'withdrawn']).toContain(dealIn(room[leave](ours, lastInstant)).status);
    expect(dealIn(room.approve(theirs, lastInstant)).status).toBe('approved');
    expect(['not-live', 'protection-ended']).toContain(refusalOf(approved()[leave](ours, end)));
  });

  it('keeps what is lost with its offer and reason, and forgets the offer of what is withdrawn', () => {
    expect(dealIn(approved().lose(ours, later))).toMatchObject({
      status: 'lost',
      lostAt: later,
      reason: 'No budget.',
      offer: { tier: 'authorized' },
    });
    expect(dealIn(approved().withdraw(ours, later))).not.toHaveProperty('offer');
  });

  it('lets the same partner register again', () => {
    const room = registry();
    room.submit(ours, us, submission, monday);
    room.reject(ours, later);
    expect(conflictOf(room.submit(third, us, submission, later))).toBeUndefined();
  });

  it('is refused of what is not there or has left, and to who only fulfils', () => {
    const room = registry();
    for (const leave of ['reject', 'withdraw', 'lose'] as const) expect(refusalOf(room[leave](ours, later))).toBe('not-found');
    room.submit(ours, us, submission, monday);
    expect(refusalOf(room.lose(ours, later))).toBe('not-approved');
    for (const leave of ['withdraw', 'lose'] as const) expect(refusalOf(room[leave](ours, later, them))).toBe('forbidden');
    room.withdraw(ours, later, us);
    expect(refusalOf(room.reject(ours, later))).toBe('not-open');
    expect(refusalOf(room.withdraw(ours, later))).toBe('not-live');
  });
});

describe('extend', () => {
  it('adds the policy’s days to the last day, in the deal and in its lines', () => {
    const room = approved();
    const extended = dealIn(room.extend(ours, later, us));
    const protectedUntil = instant('2026-07-01T04:00:00Z'); // midnight in New York after 30 June
    expect(extended).toMatchObject({
      protectedUntil,
      extensions: [{ extendedAt: later, extendedBy: 'partner', reason: 'Slow budget.' }],
    });
    for (const { line } of room.linesOf(ours)) expect(line).toMatchObject([{ id: ours, by: us, until: '2026-07-01T04:00:00.000Z' }]);
    room.submit(theirs, them, submission, later);
    expect(refusalOf(room.approve(theirs, end))).toBe('not-first');
    expect(dealIn(room.approve(theirs, protectedUntil)).status).toBe('approved');
  });

  it('may take place in the last instant of protection, and not in the next', () => {
    expect(dealIn(approved().extend(ours, lastInstant)).status).toBe('approved');
    expect(approved().extend(ours, end)).toMatchObject({ refused: 'protection-ended', because: expect.stringContaining('2026-06-01T04:00:00Z') });
  });

  it('that was under way when protection ended comes too late once the next in line is approved, or somebody has joined', () => {
    for (const submitted of [later, end]) {
      const room = approved();
      room.submit(theirs, them, submission, submitted);
      if (submitted === later) room.approve(theirs, end);
      expect(refusalOf(room.extend(ours, lastInstant))).toBe('protection-ended');
    }
    const waiting = approved();
    waiting.submit(theirs, them, submission, later);
    expect(dealIn(waiting.extend(ours, lastInstant)).status).toBe('approved');
  });

  it('is bounded by the version that fixed the protection, which it names', () => {
    const room = approved();
    for (const _ of [1, 2]) room.extend(ours, later);
    expect(room.extend(ours, later)).toMatchObject({
      refused: 'no-extension-left',
      because: expect.stringMatching(/2 of 2 times \(\/dealRegistration\/extension\/timesMax of ver_/),
    });
    expect(refusalOf(approved(under({ extension: { days: 30, timesMax: 0 } })).extend(ours, later))).toBe('no-extension-left');
  });

  it('is refused of what is not approved, to who only fulfils, and while the partner is suspended', () => {
    const room = registry();
    room.submit(ours, us, submission, monday);
    expect(refusalOf(room.extend(ours, later))).toBe('not-approved');
    room.approve(ours, later);
    expect(refusalOf(room.extend(ours, later, them))).toBe('forbidden');
    room.partners.set(us, suspended(partnerAt(us), later));
    expect(refusalOf(room.extend(ours, later))).toBe('partner-suspended');
    room.partners.set(us, partnerAt(us));
    expect(dealIn(room.extend(ours, later)).status).toBe('approved');
  });
});

describe('transfer', () => {
  it('moves the deal and its places; priority, protection and offer stay', () => {
    const room = approved();
    room.submit(theirs, others, submission, later);
    const before = dealIn(room.expire(ours, later));
    expect(room.transfer(ours, them, later)).toMatchObject({
      events: [{ type: 'DealTransferred', data: { from: us, to: them, reason: 'They agreed.', by: 'manager' } }],
      deal: { ...before, partnerId: them, transferredAt: later },
    });
    for (const { line } of room.linesOf(ours)) expect(line[0]).toMatchObject({ id: ours, by: them });
    expect(refusalOf(room.submit(third, them, submission, later))).toBe('already-registered');
    expect(conflictOf(room.submit(third, us, submission, later))?.evidence).toHaveLength(2);
    expect(refusalOf(room.withdraw(ours, later, us))).toBe('forbidden');
  });

  it('shows the partner that it went to nothing of what the former one did but when', () => {
    const room = approved();
    room.extend(ours, later);
    const at = later.add({ hours: 1 });
    const moved = dealIn(room.transfer(ours, them, at));
    expect(dealFor({ sees: 'all' })(moved)).toEqual(moved);
    expect(moved).toMatchObject({ submittedBy: us, transferredAt: at, extensions: [{ reason: 'Slow budget.' }] });
    const seen = dealFor({ sees: 'own' })(dealIn(room.extend(ours, at, them)));
    expect(seen).not.toHaveProperty('submittedBy');
    expect(seen).toMatchObject({ extensions: [{ extendedAt: later }, { extendedAt: at, extendedBy: 'partner', reason: 'Slow budget.' }] });
    expect('extensions' in seen && seen.extensions?.[0]).toEqual({ extendedAt: later });
  });

  it('takes open deals too, so that those of a leaving partner can wait for it', () => {
    const room = registry();
    room.submit(ours, us, submission, monday);
    room.partners.set(us, leaving(partnerAt(us), later));
    expect(refusalOf(room.approve(ours, later))).toBe('partner-suspended');
    room.transfer(ours, them, later);
    expect(dealIn(room.approve(ours, later))).toMatchObject({ status: 'approved', partnerId: them });
  });

  it('is refused where the other stands in the line itself', () => {
    const room = approved();
    room.submit(theirs, them, byDomain, later);
    expect(refusalOf(room.transfer(ours, them, later))).toBe('already-registered');
    room.withdraw(theirs, later);
    expect(dealIn(room.transfer(ours, them, later)).partnerId).toBe(them);
  });

  it.each([
    ['same-partner', us, {}],
    ['not-enrolled', partnerId(77), {}],
    ['partner-suspended', them, { partner: suspended(partnerAt(them), monday) }],
    ['outside-territory', them, { partner: partnerAt(them, { enrollment: { territories: ['DE'] } }) }],
    ['not-authorised', them, { partner: partnerAt(them, { enrollment: { productFamilies: ['backup'] } }) }],
    ['not-live', them, { now: end }],
  ] as const)('is refused as %s', (reason, to, { partner, now = later }: { partner?: ReturnType<typeof suspended>; now?: typeof later }) => {
    const room = approved();
    if (partner) room.partners.set(to, partner);
    expect(refusalOf(room.transfer(ours, to, now))).toBe(reason);
  });

  it('of a renewal waits until the other is of record for the asset', () => {
    const room = registry();
    const asset: Asset = {
      ...{ status: 'installed', id: assetId(1), programId: submission.programId, endCustomer: submission.endCustomer },
      ...{ productFamily: 'storage', installedOn: day('2024-01-01'), partnerOfRecord: us, ofRecordSince: monday },
    };
    room.assets.push(asset);
    expect(dealIn(room.submit(ours, us, { ...submission, renews: asset.id }, monday)).dealType).toBe('renewal');
    expect(refusalOf(room.transfer(ours, them, later))).toBe('not-of-record');
    room.assets.splice(0, 1, { ...asset, partnerOfRecord: them, ofRecordSince: later });
    expect(dealIn(room.transfer(ours, them, later)).partnerId).toBe(them);
  });

  it('is refused to the partner that fulfils the deal', () => {
    const room = registry();
    room.submit(ours, us, { ...submission, route: 'distributor', fulfilledBy: them }, monday);
    expect(refusalOf(room.transfer(ours, them, later))).toBe('fulfiller-is-partner');
  });
});

describe('expire', () => {
  it('is dated when it was due, whenever it is recorded', () => {
    for (const now of [end, end.add({ hours: 700 })])
      expect(approved().expire(ours, now)).toMatchObject({ events: [{ type: 'DealExpired', at: end, data: {} }], deal: { status: 'expired' } });
  });

  it('finds nothing to do before the end, a second time, or where nothing is protected', () => {
    const room = approved();
    expect(room.expire(ours, lastInstant)).toMatchObject({ events: [] });
    room.expire(ours, end);
    expect(room.expire(ours, end)).toMatchObject({ events: [] });
    expect(refusalOf(room.expire(theirs, end))).toBe('not-found');
  });

  it('needs no sweep to make room: the next is first from the instant at which protection ends', () => {
    const room = approved();
    room.submit(theirs, them, submission, later);
    expect(refusalOf(room.approve(theirs, lastInstant))).toBe('not-first');
    expect(dealIn(room.approve(theirs, end)).status).toBe('approved');
    expect(room.dealOf(ours).status).toBe('approved');
  });
});

describe('close', () => {
  const closes = under({ suspension: { openDeals: 'close' }, leaving: { openDeals: 'close' } });

  it('closes what is open or protected of a partner that was suspended or has left, where the program says so, dated when it stood down', () => {
    for (const stands of [suspended(partnerAt(us), later), gone(partnerAt(us), later)]) {
      const room = approved(closes);
      room.partners.set(us, stands);
      expect(dealIn(room.close(ours, later.add({ hours: 1 })))).toMatchObject({
        status: 'closed',
        closedAt: later,
        reason: stands.status === 'left' ? 'partner-left' : 'partner-suspended',
      });
      expect(room.linesOf(ours).flatMap(({ line }) => line)).toEqual([]);
      expect(room.close(ours, later)).toMatchObject({ events: [] });
    }
  });

  it('closes for its suspension what a partner had that began to leave, or left, before a sweep came by', () => {
    const suspension = under({ suspension: { openDeals: 'close' }, leaving: { openDeals: 'freeze' } });
    for (const stands of [leaving, gone]) {
      const room = approved(suspension);
      room.partners.set(us, stands(partnerAt(us), later, { suspendedAt: monday }));
      expect(dealIn(room.close(ours, later))).toMatchObject({ status: 'closed', reason: 'partner-suspended' });
    }
  });

  it('changes nothing of a partner at work or leaving, under a program that freezes, or after protection', () => {
    const unchanged = (room: ReturnType<typeof approved>, now = later) => expect(room.close(ours, now)).toMatchObject({ events: [] });
    unchanged(approved(closes));
    const room = approved(closes);
    room.partners.set(us, leaving(partnerAt(us), later));
    unchanged(room);
    room.partners.set(us, gone(partnerAt(us), later));
    unchanged(room, end);
    const frozen = approved(under({ leaving: { openDeals: 'freeze' } }));
    frozen.partners.set(us, gone(partnerAt(us), later));
    unchanged(frozen);
    room.transfer(ours, them, later);
    unchanged(room);
  });
});

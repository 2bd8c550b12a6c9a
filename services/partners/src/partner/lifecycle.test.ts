import { day, instant } from '@echelon/calendar';
import { type Claim, join } from '@echelon/decider';
import { describe, expect, it } from 'vitest';
import { decided, partnerId, programId, refusalOf } from '../../../../test/given.ts';
import { groupKey } from './group.ts';
import { beginOffboarding, isAtWork, leave, ofRecord, reinstate, suspend } from './lifecycle.ts';
import { evolve, none, type PartnerEvent, type PartnerState } from './partner.ts';

const now = instant('2026-03-02T03:00:00Z');
const act = { by: 'bob', now };
const because = { reason: 'Unpaid invoices.', ...act };
const admission: PartnerEvent[] = [
  { type: 'PartnerApplied', at: now, data: { application: { legalName: 'Northern', country: 'US', city: 'Austin' }, by: 'ann' } },
  { type: 'PartnerVetted', at: now, data: { by: 'bob' } },
  { type: 'PartnerAdmitted', at: now, data: { agreement: 'Agreement 2026', by: 'bob' } },
];
const enrollment = { programId: programId(1), businessModels: ['reseller'], ladders: ['reseller'], enrolledOn: day('2026-03-01') };
const enrolled: PartnerEvent = { type: 'PartnerEnrolled', at: now, data: { enrollment } };
const suspended: PartnerEvent = { type: 'PartnerSuspended', at: now, data: { reason: because.reason, by: 'bob' } };
const offboarding: PartnerEvent = { type: 'PartnerOffboardingBegun', at: now, data: { reason: because.reason, by: 'bob' } };
const left: PartnerEvent = { type: 'PartnerLeft', at: now, data: { by: 'bob' } };

const given = (...events: PartnerEvent[]): PartnerState => events.reduce(evolve, none(partnerId(1)));
const states = {
  none: given(),
  applied: given(...admission.slice(0, 1)),
  admitted: given(...admission, enrolled),
  suspended: given(...admission, enrolled, suspended),
  offboarding: given(...admission, enrolled, suspended, offboarding),
  left: given(...admission, enrolled, offboarding, left),
};
const nobody = (n: number): Claim => ({ key: groupKey(partnerId(n)), version: 0, line: [] });
const ofRecordFor = (sum: bigint, lines = [nobody(1), nobody(2)]) => ({ tally: { key: ofRecord(partnerId(1)), sum, closed: false }, lines });

/** Whom each command may be done to; of all others it is refused. */
describe.each([
  ['suspend', suspend(because), ['admitted'], 'not-admitted'],
  ['reinstate', reinstate(because), ['suspended', 'offboarding'], 'not-suspended'],
  ['begin offboarding', beginOffboarding(because), ['admitted', 'suspended'], 'not-admitted'],
  ['leave', (state: PartnerState) => leave(act)(state, ofRecordFor(0n)), ['offboarding'], 'not-offboarding'],
] as const)('%s', (_, command, allowed: readonly string[], reason) => {
  it.each(Object.entries(states))('a partner that is %s', (status, state) => {
    const expected = allowed.includes(status) ? undefined : status === 'none' ? 'not-found' : reason;
    expect(refusalOf(command(state))).toBe(expected);
  });
});

it('what becomes of a partner says when and why, and nothing of what it was before', () => {
  expect(states.suspended).toMatchObject({ suspendedAt: now, reason: because.reason });
  expect(evolve(states.suspended, { type: 'PartnerReinstated', at: now, data: { reason: 'Paid.', by: 'bob' } })).toEqual(states.admitted);
  expect(evolve(states.offboarding, { type: 'PartnerReinstated', at: now, data: { reason: 'Sorry.', by: 'bob' } })).toEqual(states.admitted);
  expect(states.left).toMatchObject({ status: 'left', leftAt: now, enrollments: [enrollment] });
  expect(states.left).not.toHaveProperty('reason');
});

it('a suspension stays known through offboarding and leaving, of a partner that was suspended', () => {
  expect(states.offboarding).toMatchObject({ suspendedAt: now });
  expect(evolve(states.offboarding, left)).toMatchObject({ status: 'left', suspendedAt: now });
  expect(states.left).not.toHaveProperty('suspendedAt');
});

it('only an admitted partner that is enrolled is at work', () => {
  const atWork = Object.entries(states).filter(([, state]) => state.status !== 'none' && isAtWork(state, programId(1)));
  expect(atWork.map(([status]) => status)).toEqual(['admitted']);
  expect(isAtWork(states.admitted.status === 'admitted' ? states.admitted : undefined, programId(2))).toBe(false);
  expect(isAtWork(undefined, programId(1))).toBe(false);
});

describe('leave', () => {
  it('is refused while the partner is of record for anything, with how much', () => {
    expect(leave(act)(states.offboarding, ofRecordFor(3n))).toEqual({
      refused: 'of-record',
      because: 'Assets that the partner is still of record for: 3.',
    });
  });
  it('closes the tally in the same transaction, so that no asset comes behind it, and writes its line of subsidiaries', () => {
    expect(leave(act)(states.offboarding, ofRecordFor(0n))).toEqual({
      events: [left],
      claims: [nobody(1)],
      tallies: [{ key: ofRecord(partnerId(1)), close: true }],
    });
    expect(decided(leave(act)(states.offboarding, ofRecordFor(0n))).events).toHaveLength(1);
  });
  it('is refused to a parent of others, and takes a subsidiary out of its group', () => {
    const parentOf = (n: number, child: number) => join(nobody(n), { id: partnerId(child), by: partnerId(n) }, '2026-03-02T03:00:00Z');
    expect(leave(act)(states.offboarding, ofRecordFor(0n, [parentOf(1, 2)]))).toEqual({
      refused: 'has-subsidiaries',
      because: 'Its subsidiaries: 1.',
    });
    const grouped = given(...admission, { type: 'PartnerGrouped', at: now, data: { parentId: partnerId(2), reason: 'So.', by: 'bob' } }, offboarding);
    expect(grouped).toMatchObject({ parentId: partnerId(2) });
    const decision = leave(act)(grouped, ofRecordFor(0n, [nobody(1), parentOf(2, 1)]));
    expect(decision).toMatchObject({ events: [{ type: 'PartnerGrouped', data: { by: 'bob' } }, left], claims: [nobody(1), nobody(2)] });
    expect(decided(decision).events.reduce(evolve, grouped)).not.toHaveProperty('parentId');
  });
});

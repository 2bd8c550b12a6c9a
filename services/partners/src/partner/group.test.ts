import { instant } from '@echelon/calendar';
import { type Partner, SUBSIDIARIES_MAX } from '@echelon/contracts/partners';
import { type Claim, join } from '@echelon/decider';
import { describe, expect, it } from 'vitest';
import { decided, partnerAtWork, partnerId, refusalOf } from '../../../../test/given.ts';
import { group, groupKey } from './group.ts';
import { evolve, none, type PartnerEvent, type PartnerState } from './partner.ts';

const now = instant('2026-03-02T03:00:00Z');
const act = { reason: 'It was acquired.', by: 'bob', now };
/** The line of a partner's subsidiaries. */
const line = (n: number, ...subsidiaries: number[]): Claim =>
  subsidiaries.reduce((all, one) => join(all, { id: partnerId(one), by: partnerId(n) }, '2026-03-02T03:00:00Z'), {
    ...{ key: groupKey(partnerId(n)), version: 3, line: [] },
  } as Claim);

const free = partnerAtWork(1);
const parent = partnerAtWork(2);
const grouped = { ...free, parentId: partnerId(2) };
const grouping = (n?: number) => group({ ...act, ...(n !== undefined && { parentId: partnerId(n) }) });
const event = (n?: number): PartnerEvent => ({
  type: 'PartnerGrouped',
  at: now,
  data: { ...(n !== undefined && { parentId: partnerId(n) }), reason: act.reason, by: 'bob' },
});

describe('a parent is', () => {
  it('given: both lines are written, so that whoever changes the one or the other meanwhile is asked again', () => {
    const decision = grouping(2)(free, { lines: [line(1), line(2, 3)], parent });
    expect(decision).toEqual({ events: [event(2)], claims: [line(1), line(2, 3, 1)] });
    expect(evolve(free, event(2))).toMatchObject({ parentId: partnerId(2) });
  });
  it('changed: the partner leaves the one line for the other', () => {
    const decision = grouping(3)(grouped, { lines: [line(1), line(2, 1), line(3)], parent: partnerAtWork(3) });
    expect(decision).toEqual({ events: [event(3)], claims: [line(1), line(2), line(3, 1)] });
  });
  it('taken, also from a partner that is suspended or leaving', () => {
    const suspended: Partner = { ...grouped, status: 'suspended', suspendedAt: now, reason: 'So.' };
    const offboarding: Partner = { ...grouped, status: 'offboarding', offboardingSince: now, reason: 'So.' };
    for (const state of [grouped, suspended, offboarding]) {
      const decision = grouping()(state, { lines: [line(1), line(2, 1)], parent: undefined });
      expect(decision).toEqual({ events: [event()], claims: [line(2)] });
      expect(decided(decision).events.reduce(evolve, state as PartnerState)).not.toHaveProperty('parentId');
    }
  });
});

describe('it is refused as', () => {
  const suspended: Partner = { ...free, status: 'suspended', suspendedAt: now, reason: 'So.' };
  const left: Partner = { ...free, status: 'left', leftAt: now };
  const full = line(2, ...Array.from({ length: SUBSIDIARIES_MAX }, (_, n) => n + 10));
  it.each([
    ['not-found', 2, none(partnerId(1)), [line(1), line(2)], parent],
    ['not-admitted', 2, suspended, [line(1), line(2)], parent],
    ['not-admitted', undefined, left, [line(1)], undefined],
    ['same-parent', 2, grouped, [line(1), line(2, 1)], parent],
    ['same-parent', undefined, free, [line(1)], undefined],
    ['own-parent', 1, free, [line(1)], free],
    ['parent-not-admitted', 2, free, [line(1), line(2)], undefined],
    ['parent-not-admitted', 2, free, [line(1), line(2)], { ...suspended, id: partnerId(2) }],
    ['has-subsidiaries', 2, free, [line(1, 3), line(2)], parent],
    // A circle of two is a group of two levels as well.
    ['has-subsidiaries', 2, free, [line(1, 2), line(2)], { ...parent, parentId: partnerId(1) }],
    ['parent-is-subsidiary', 2, free, [line(1), line(2)], { ...parent, parentId: partnerId(3) }],
    ['too-many-subsidiaries', 2, free, [line(1), full], parent],
  ] as const)('%s', (reason, to, state, lines, found) => {
    expect(refusalOf(grouping(to)(state, { lines: [...lines], parent: found }))).toBe(reason);
  });
  it('none, while one more has room', () => {
    const almost = line(2, ...Array.from({ length: SUBSIDIARIES_MAX - 1 }, (_, n) => n + 10));
    expect(refusalOf(grouping(2)(free, { lines: [line(1), almost], parent }))).toBeUndefined();
  });
});

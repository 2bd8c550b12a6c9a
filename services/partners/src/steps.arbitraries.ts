/** Which steps may be taken in the room of partners, by whom and when. */
import { addDays, type Day, day, endOfDay, type Instant } from '@echelon/calendar';
import type { Partner } from '@echelon/contracts/partners';
import * as fc from 'fast-check';
import { partnerId } from '../../../test/given.ts';
import { document } from '../../../test/partner-program.ts';
import type { Room } from './room.arbitraries.ts';

export const start = day('2026-03-02');
const steps = {
  partner: [
    ...['apply', 'vet', 'admit', 'enroll', 'change', 'suspend', 'reinstate', 'offboard', 'leave'],
    ...['judge', 'judge', 'judge', 'keep', 'specialize', 'specialize', 'despecialize', 'tell', 'tell'],
    ...['choose', 'choose', 'confirm', 'decline', 'settle', 'waive', 'group', 'group', 'ungroup'],
  ],
  person: ['add', 'add', 'roles', 'correct', 'certify', 'certify', 'decertify', 'end', 'end', 'anonymise', 'anonymise', 'tell', 'tell'],
  engagement: ['submit', 'accept', 'decline', 'revoke'],
  asset: ['register', 'register', 'reassign', 'retire'],
  client: ['register', 'revoke'],
} as const;
export const step = <const Kind extends keyof typeof steps>(kind: Kind) =>
  fc.record({
    kind: fc.constant(kind),
    act: fc.constantFrom(...(steps[kind] as readonly (typeof steps)[Kind][number][])),
    n: fc.integer({ min: 1, max: 3 }),
    other: fc.integer({ min: 1, max: 3 }),
    /** Days since the first one. */
    on: fc.constantFrom(0, 1, 40, 300, 700, 1_400, 1_400),
  });
export type Step<Kind extends keyof typeof steps> = ReturnType<typeof step<Kind>> extends fc.Arbitrary<infer One> ? One : never;
export type AnyStep = { [Kind in keyof typeof steps]: Step<Kind> }[keyof typeof steps];

export const onDay = (days: number): { readonly on: Day; readonly now: Instant } => {
  const on = addDays(start, days);
  return { on, now: endOfDay(on, document.timeZone).subtract({ hours: 2 }) };
};
export const by = 'bob';
export const found = ({ partners }: Room, n: number): Partner | undefined => {
  const { state } = partners.at(partnerId(n));
  return state.status === 'none' ? undefined : state;
};

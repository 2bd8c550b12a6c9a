import { day, type Instant, instant } from '@echelon/calendar';
import { accept } from '@echelon/decider';
import { expect, it } from 'vitest';
import { dealId, document, inForce, partnerId, programId } from '../../../test/given.ts';
import type { Deps } from './deps.ts';
import { react } from './react.ts';

const reported = instant('2026-06-30T15:00:00Z');
const told = { cause: { id: 'c', hash: 'h', by: {}, recordedAt: '', forgettable: false, timeLeft: () => 60_000 }, now: reported };

/** What the reactions write of activity of a partner, and nothing else that they need. */
const listening = (partner: unknown = { status: 'admitted' }) => {
  const heard: [string, number, Instant][] = [];
  const deps = {
    activity: { get: async () => undefined, put: async (...said: [string, number, Instant]) => void heard.push(said) },
    programs: { under: async () => inForce },
    partners: {
      decide: async (_: unknown, __: unknown, { facts }: { facts: (state: unknown) => Promise<unknown> }) => {
        await facts(partner);
        return accept([]);
      },
    },
  };
  return { heard, deps: deps as unknown as Deps };
};

/** Reported months after its day. */
const orderOf = {
  event: {
    occurredAt: reported,
    state: { id: dealId(1), programId: programId(1), partnerId: partnerId(1) },
    data: { offer: { versionId: inForce.versionId }, order: { orderedOn: day('2026-03-20') } },
  },
  ...told,
} as unknown as Parameters<typeof react.DealWon>[0];

it('a partner that won was active on the day of the order, however late it is reported', async () => {
  const { heard, deps } = listening();
  await react.DealWon(orderOf, deps);
  const at = instant('2026-03-20T04:00:00Z');
  expect([heard, document.timeZone]).toEqual([[[partnerId(1), at.epochMilliseconds, at]], 'America/New_York']);
});

it('what is said of a partner that nobody knows fails, so that it is tried again and not dropped', async () => {
  const { heard, deps } = listening({ status: 'none' });
  await expect(react.DealWon(orderOf, deps)).rejects.toThrow(partnerId(1));
  expect(heard).toEqual([]);
});

import { day, type Instant, instant } from '@echelon/calendar';
import { accept } from '@echelon/decider';
import { expect, it } from 'vitest';
import { dealId, document, inForce, partnerId, programId } from '../../../test/given.ts';
import type { Deps } from './deps.ts';
import { react } from './react.ts';

const reported = instant('2026-06-30T15:00:00Z');
const told = { cause: { id: 'c', hash: 'h', by: {}, recordedAt: '', forgettable: false, timeLeft: () => 60_000 }, now: reported };

/** What the reactions write of activity, and nothing else that they need. */
const listening = () => {
  const heard: [string, number, Instant][] = [];
  const deps = {
    activity: { get: async () => undefined, put: async (...said: [string, number, Instant]) => void heard.push(said) },
    programs: { under: async () => inForce },
    partners: { decide: async () => accept([]) },
  };
  return { heard, deps: deps as unknown as Deps };
};

it('a partner that won was active on the day of the order, however late it is reported', async () => {
  const { heard, deps } = listening();
  const state = { id: dealId(1), programId: programId(1), partnerId: partnerId(1) };
  const event = { occurredAt: reported, state, data: { offer: { versionId: inForce.versionId }, order: { orderedOn: day('2026-03-20') } } };
  await react.DealWon({ event, ...told } as unknown as Parameters<typeof react.DealWon>[0], deps);
  const at = instant('2026-03-20T04:00:00Z');
  expect([heard, document.timeZone]).toEqual([[[partnerId(1), at.epochMilliseconds, at]], 'America/New_York']);
});

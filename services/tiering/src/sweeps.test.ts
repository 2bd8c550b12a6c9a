import { day } from '@echelon/calendar';
import type { PartnerId } from '@echelon/contracts/ids';
import { accept } from '@echelon/decider';
import { expect, it } from 'vitest';
import { partnerId, programId } from '../../../test/given.ts';
import { facts, life, noon, version } from '../../../test/standing.ts';
import type { StandingEvent } from './standing.ts';
import { type Deps, sweeps } from './sweeps.ts';
import type { Known } from './versions.ts';

const [enrolledOn, today] = [day('2026-01-05'), day('2026-06-15')];
const held = version(1, '2025-01-01');

it('goes on to the end of its page where a standing on it cannot be judged, and says so', async () => {
  const partner = life(held);
  partner.hear(enrolledOn, facts.enrolled(enrolledOn), facts.certified(1, { from: enrolledOn, until: today }));
  const sound = partner.standing();
  const impossible = {
    ...sound,
    partnerId: partnerId(2),
    get facts(): never {
      throw new RangeError('Division by zero');
    },
  };
  const judged: PartnerId[] = [];
  const reached: (string | undefined)[] = [];
  const due = { ...sound, positions: sound.positions.map((position) => ({ ...position, attained: 'elite' })) };
  const nothing = async (): Promise<never> => {
    throw new Error('a sweep does not ask for it');
  };
  const deps: Deps = {
    list: async () => ({ items: [impossible, due].map((state) => ({ state, version: 1 })), next: 'page 2' }),
    standings: {
      ...{ find: nothing, record: nothing, asOf: nothing, history: nothing },
      decide: async (_: string, __: unknown, { command }: { command: (state: typeof due, known: Known) => unknown }) => {
        judged.push(due.partnerId);
        expect(command(due, { versions: [held] })).not.toEqual(accept<StandingEvent>([]));
        return { state: due, version: 2 };
      },
      // Of the repository's two ways to decide a sweep takes the one with facts.
    } as unknown as Deps['standings'],
    departures: { get: async () => undefined, put: nothing },
    programs: {
      ...{ learn: nothing, on: nothing, held: nothing, begunAt: nothing, under: nothing },
      at: async () => held,
      history: async () => [held],
    },
    groups: { learn: nothing, saidOf: nothing, subsidiariesOf: nothing },
    judged: { all: async () => [programId(1)], add: nothing },
    rounds: { open: async () => ({ from: undefined, reached: async (next) => void reached.push(next) }) },
  };
  const causeFor = (id: string) => ({ id, hash: id, by: {}, recordedAt: '2026-06-15T16:00:00.000Z', forgettable: false, timeLeft: () => 1_000 });
  expect(await sweeps.judge({ now: noon(today), causeFor, timeLeft: () => 1_000 }, deps)).toEqual({
    done: 1,
    more: true,
    failed: [new RangeError('Division by zero')],
  });
  expect([judged, reached]).toEqual([[partnerId(1)], ['page 2']]);
});

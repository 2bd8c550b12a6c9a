import { day } from '@echelon/calendar';
import type { Standing } from '@echelon/contracts/tiering';
import { accept } from '@echelon/decider';
import { expect, it } from 'vitest';
import { partnerId, programId } from '../../../test/given.ts';
import { facts, life, noon, version } from '../../../test/standing.ts';
import type { StandingEvent } from './standing.ts';
import { type Deps, sweeps } from './sweeps.ts';
import type { Known } from './versions.ts';

const [enrolledOn, today] = [day('2026-01-05'), day('2026-06-15')];
const held = version(1, '2025-01-01');

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
const due = { ...sound, positions: sound.positions.map((position) => ({ ...position, attained: 'elite' })) };
const causeFor = (id: string) => ({ id, hash: id, by: {}, recordedAt: '2026-06-15T16:00:00.000Z', forgettable: false, timeLeft: () => 1_000 });

/** Three pages of standings, and a round that remembers how far it came. */
const sweeping = () => {
  const pages: Readonly<Record<string, readonly Standing[]>> = { 'page 1': [impossible, due], 'page 2': [sound], 'page 3': [due] };
  const listed: string[] = [];
  let [judged, from]: [number, string | undefined] = [0, 'page 1'];
  const nothing = async (): Promise<never> => {
    throw new Error('a sweep does not ask for it');
  };
  const deps: Deps = {
    list: async ({ cursor = '' }) => {
      listed.push(cursor);
      const next = cursor === 'page 3' ? undefined : `page ${Number(cursor.slice(-1)) + 1}`;
      return { items: (pages[cursor] ?? []).map((state) => ({ state, version: 1 })), ...(next && { next }) };
    },
    standings: {
      ...{ find: nothing, record: nothing, asOf: nothing, history: nothing },
      decide: async (_: string, __: unknown, { command }: { command: (state: typeof due, known: Known) => unknown }) => {
        judged += 1;
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
    rounds: {
      open: async () => {
        if (from === undefined) return undefined;
        const reached = async (next: string | undefined): Promise<void> => {
          from = next;
        };
        return { from, reached };
      },
    },
  };
  const run = (timeLeft: () => number = () => 1_000) => sweeps.judge({ now: noon(today), causeFor, timeLeft }, deps);
  return { run, listed, judged: () => judged };
};

it('goes on to the end of the round where a standing cannot be judged, and says so; and reads again only what has changed', async () => {
  const { run, listed, judged } = sweeping();
  expect(await run()).toEqual({ done: 2, more: true, failed: [new RangeError('Division by zero')] });
  expect([listed, judged()]).toEqual([['page 1', 'page 2', 'page 3'], 2]);
  expect(await run()).toEqual({ done: 0, more: false, failed: [] });
});

it('begins no page for which there is no time, and is taken up there', async () => {
  const { run, listed } = sweeping();
  let left = 1_000;
  const passing = (): number => {
    left -= 400;
    return left;
  };
  expect(await run(passing)).toMatchObject({ done: 1, more: true });
  expect(listed).toEqual(['page 1']);
  expect(await run()).toMatchObject({ done: 1, failed: [] });
  expect(listed).toEqual(['page 1', 'page 2', 'page 3']);
});

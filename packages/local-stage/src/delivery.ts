/** What moves by itself, and two ways to move it: as it comes, or only when told. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from './chance.ts';

export type Delivered = 'moved' | 'failed' | 'nothing';
/** A stream on its way to publish, or a queue on its way to react. */
export interface Source {
  readonly name: string;
  deliver(): Promise<Delivered>;
}
export interface Delivery {
  /** Something was put where this source looks. */
  wake(name: string): void;
  /** Delivers until nothing moves. Answers how many deliveries it took. */
  settle(): Promise<number>;
  /** One delivery; answers which source moved. */
  step(): Promise<string | undefined>;
  stop(): Promise<void>;
}

const POLL_MS_MIN = 20;
const POLL_MS_MAX = 500;
const STEPS_MAX = 20_000;
const SETTLE_MS_MAX = 60_000;

/** One delivery of a source at a time, whoever asks. */
const inTurn = ({ name, deliver }: Source, moved: () => void): Source => {
  let last: Promise<unknown> = Promise.resolve();
  const once = async (): Promise<Delivered> => {
    const delivered = await deliver();
    if (delivered !== 'nothing') moved();
    return delivered;
  };
  return {
    name,
    deliver: () => {
      const next = last.then(once);
      last = next.catch(() => {});
      return next;
    },
  };
};

/** As in AWS: every source looks for itself, at once when woken, else less and less often. */
export const flowing = (all: readonly Source[], { waiting, retryAfterMs }: { waiting: () => number; retryAfterMs: number }): Delivery => {
  let moves = 0;
  const sources = all.map((source) => inTurn(source, () => moves++));
  const naps = new Map<string, Set<() => void>>(sources.map(({ name }) => [name, new Set()]));
  let running = true;
  const nap = (name: string, ms: number): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        naps.get(name)?.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      naps.get(name)?.add(done);
    });
  const run = async ({ name, deliver }: Source): Promise<void> => {
    let idleMs = POLL_MS_MIN;
    while (running) {
      const delivered = await deliver().catch((error: unknown): Delivered => {
        if (running) console.error(`local stage: ${name}:`, error);
        return 'failed';
      });
      if (delivered === 'failed') await sleep(retryAfterMs);
      idleMs = delivered === 'nothing' ? Math.min(idleMs * 2, POLL_MS_MAX) : POLL_MS_MIN;
      if (delivered === 'nothing' && running) await nap(name, idleMs);
    }
  };
  const loops = sources.map(run);
  return {
    wake: (name) => {
      for (const done of naps.get(name) ?? []) done();
    },
    settle: async () => {
      const [deadline, start] = [Date.now() + SETTLE_MS_MAX, moves];
      while (Date.now() < deadline) {
        const before = moves;
        const delivered = await Promise.all(sources.map(({ deliver }) => deliver()));
        if (delivered.includes('failed')) await sleep(retryAfterMs);
        // Quiet is a whole round in which nothing moved, by our hand or by the loops'.
        if (moves === before && waiting() === 0) return moves - start;
        if (moves === before) await sleep(POLL_MS_MIN);
      }
      throw new Error(`The stage did not settle within ${SETTLE_MS_MAX / 1_000} s: ${waiting()} messages are left.`);
    },
    step: () => Promise.reject(new Error('Only a stepped stage is stepped.')),
    stop: async () => {
      running = false;
      for (const set of naps.values()) for (const done of set) done();
      await Promise.all(loops);
    },
  };
};

/** For proofs: nothing moves unless told, and the seed says what moves next. */
export const stepped = (all: readonly Source[], chance: Chance): Delivery => {
  const sources = all.map((source) => inTurn(source, () => {}));
  const step = async (): Promise<string | undefined> => {
    for (const { name, deliver } of chance.shuffle(sources)) if ((await deliver()) !== 'nothing') return name;
    return undefined;
  };
  return {
    wake: () => {},
    step,
    settle: async () => {
      for (let steps = 0; steps < STEPS_MAX; steps++) if ((await step()) === undefined) return steps;
      throw new Error(`The stage did not settle in ${STEPS_MAX} steps.`);
    },
    stop: async () => {},
  };
};

/** How many deals a second go through the API, beside the same requests sent straight to DynamoDB Local in alternating rounds. */
import { setTimeout as sleep } from 'node:timers/promises';
import { median, percentile } from './figures.ts';
import type { Ground } from './ground.ts';
import { caller, someDeal, wireOf } from './scene.ts';
import { bySdk, readStream, replay, type Send } from './straight.ts';

export interface Rate {
  readonly callers: number;
  readonly way: Way;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Share of the time in which this process's one thread was at work; what is left it waited for DynamoDB Local. */
  readonly threadBusy: number;
}
export type Way = 'API' | 'straight, by the SDK' | 'straight, by the wire';

interface Round {
  readonly perSecond: number;
  readonly ms: readonly number[];
  readonly busy: number;
}

const ROUNDS = 4;
/** By number of callers: enough that a round lasts a second or two. */
const DEALS = new Map([
  [1, 60],
  [16, 200],
]);
const READ_AGAIN_MS = 20;

/** So many callers who each do the next as soon as the last is answered. */
const timed = async (callers: number, count: number, once: () => Promise<unknown>): Promise<Round> => {
  const ms: number[] = [];
  let left = count;
  const idle = performance.eventLoopUtilization();
  const began = performance.now();
  const work = async () => {
    while (left-- > 0) {
      const start = performance.now();
      await once();
      ms.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: callers }, work));
  return { perSecond: (1_000 * count) / (performance.now() - began), ms, busy: performance.eventLoopUtilization(idle).utilization };
};

/** The deals' stream, read while the work runs as a stage reads it: again at once while there is more, else a little later. */
const readingBeside = async <Value>(read: () => Promise<readonly unknown[]>, work: () => Promise<Value>): Promise<Value> => {
  let working = true;
  const reading = (async () => {
    while (working) if ((await read()).length === 0) await sleep(READ_AGAIN_MS);
  })();
  try {
    return await work();
  } finally {
    working = false;
    await reading;
  }
};

export const measureThroughput = async ({ scene, still, wire, submission }: Ground): Promise<readonly Rate[]> => {
  const { stage } = scene.world;
  await stage.register({ clientId: 'bench-system', secret: 'bench-system', role: 'partner-system', partnerId: scene.partner.partnerId });
  const post = caller(stage.url, await stage.token('bench-system'));
  const stream = await readStream(wire, `${still.tables.deals}`);
  const straight = (send: Send) => (callers: number, count: number) =>
    readingBeside(stream.next, () => timed(callers, count, () => replay(send, submission())));
  const ways: Readonly<Record<Way, (callers: number, count: number) => Promise<Round>>> = {
    API: async (callers, count) => {
      const round = await timed(callers, count, () => post('/v1/deals', wireOf.submission(someDeal(scene))));
      await stage.settle();
      return round;
    },
    'straight, by the SDK': straight(bySdk(still.dynamodb)),
    'straight, by the wire': straight(wire),
  };

  const rates: Rate[] = [];
  for (const [callers, count] of DEALS) {
    const rounds = new Map<Way, Round[]>();
    // The first round warms up and is not kept.
    for (let round = 0; round <= ROUNDS; round++)
      for (const [way, run] of Object.entries(ways) as [Way, (typeof ways)[Way]][]) {
        const done = await run(callers, count);
        if (round > 0) rounds.set(way, [...(rounds.get(way) ?? []), done]);
      }
    for (const [way, done] of rounds) {
      const ms = done.flatMap((round) => round.ms);
      const perSecond = median(done.map((round) => round.perSecond));
      const threadBusy = median(done.map((round) => round.busy));
      rates.push({ callers, way, perSecond, p50Ms: median(ms), p99Ms: percentile(ms, 0.99), threadBusy });
    }
  }
  return rates;
};

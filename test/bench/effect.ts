/** From the answer of a win to the moved standing, beside the same write, stream read, reads and write sent straight. */
import { setTimeout as sleep } from 'node:timers/promises';
import { actor } from '../journeys/cast.ts';
import { median, percentile } from './figures.ts';
import type { Ground } from './ground.ts';
import { approvedDeal, caller, orderOf, wireOf } from './scene.ts';
import { bySdk, precedingPuts, readStream, replay, type Send, type Steps, type StreamReading } from './straight.ts';
import type { Way } from './throughput.ts';

export interface Effect {
  readonly way: Way;
  readonly samples: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** The first round warms up and is not kept. */
const ROUNDS = 5;
const WINS_A_ROUND = 25;
const READS_MAX = 2_000;
const WAIT_MS_MAX = 10_000;

/** Wins one after the other, so that what is measured is the way of one event and not a queue. */
const effectsByApi = async ({ scene, counted }: Ground): Promise<number[]> => {
  const { stage } = scene.world;
  const post = caller(stage.url, await stage.token('billing-system'));
  const deals = [];
  for (let n = 0; n < WINS_A_ROUND; n++) deals.push(await approvedDeal(scene));
  await stage.settle();
  const ms: number[] = [];
  for (const deal of deals) {
    await post(`/v1/deals/${deal.id}/order`, wireOf.order(orderOf(scene, deal)));
    const answered = performance.now();
    while (!counted.has(deal.id) && performance.now() - answered < WAIT_MS_MAX) await sleep(1);
    ms.push(Math.max(0, (counted.get(deal.id) ?? Number.POSITIVE_INFINITY) - answered));
  }
  await stage.settle();
  return ms;
};

const commitIn = (steps: Steps): string => {
  const found = /"(deal_[0-9a-z]{26})"\},"sk":\{"S":"COMMIT#/.exec(JSON.stringify(steps.flat().map(({ body }) => body)).replaceAll('\\"', '"'));
  if (found?.[1] === undefined) throw new Error('the win was recorded without its commit');
  return found[1];
};

const readUntil = async ({ next }: StreamReading, wanted: (record: { pk: string; sk: string }) => boolean): Promise<void> => {
  for (let reads = 0; reads < READS_MAX; reads++) if ((await next()).some(wanted)) return;
  throw new Error(`what was written is not on the stream after ${READS_MAX} reads`);
};
const drained = async ({ next }: StreamReading): Promise<void> => {
  for (let reads = 0; reads < READS_MAX; reads++) if ((await next()).length === 0) return;
};

const effectsStraight = async ({ order, wire }: Ground, send: Send, stream: StreamReading): Promise<number[]> => {
  const ms: number[] = [];
  for (let n = 0; n < WINS_A_ROUND; n++) {
    const { win, counting } = order();
    for (const put of precedingPuts([...win, ...counting])) await wire(put);
    await drained(stream);
    const deal = commitIn(win);
    await replay(send, win);
    const answered = performance.now();
    await readUntil(stream, ({ pk, sk }) => pk === deal && sk.startsWith('COMMIT#'));
    await replay(send, counting);
    ms.push(performance.now() - answered);
  }
  return ms;
};

export const measureEffect = async (ground: Ground): Promise<readonly Effect[]> => {
  const stream = await readStream(ground.wire, `${ground.still.tables.deals}`);
  const sdk = bySdk(ground.still.dynamodb);
  const ways: Readonly<Record<Way, () => Promise<number[]>>> = {
    API: () => effectsByApi(ground),
    'straight, by the SDK': () => effectsStraight(ground, sdk, stream),
    'straight, by the wire': () => effectsStraight(ground, ground.wire, stream),
  };
  // The manager's and the billing system's first tokens are not what is measured.
  await actor(ground.scene.world, 'billing-system').deals.get({ params: { dealId: (await approvedDeal(ground.scene)).id } });
  const all = new Map<Way, number[]>();
  for (let round = 0; round < ROUNDS; round++)
    for (const [way, run] of Object.entries(ways) as [Way, () => Promise<number[]>][]) {
      const ms = await run();
      if (round > 0) all.set(way, [...(all.get(way) ?? []), ...ms]);
    }
  return Array.from(all, ([way, ms]) => ({ way, samples: ms.length, p50Ms: median(ms), p99Ms: percentile(ms, 0.99) }));
};

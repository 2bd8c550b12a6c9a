/** All measures in one run: printed as tables, written as JSON. Nothing here asserts a time. */
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { startDynamo } from '@echelon/local-stage';
import { type Effect, measureEffect } from './effect.ts';
import { type Evaluation, measureEvaluations } from './evaluation.ts';
import { rounded, table } from './figures.ts';
import { openGround } from './ground.ts';
import { type Init, measureInit } from './init.ts';
import { measureOperations, type Operation } from './operations.ts';
import { measureThroughput, type Rate } from './throughput.ts';

interface Measures {
  readonly machine: { readonly node: string; readonly cpus: number; readonly model: string; readonly load: number; readonly at: string };
  readonly operations: readonly Operation[];
  readonly evaluations: readonly Evaluation[];
  readonly init: readonly Init[];
  readonly throughput: readonly Rate[];
  readonly effect: readonly Effect[];
}

const FOLDER = join(import.meta.dirname, '../../.bench');
const AIMS = { init: 1.5, throughput: 0.6, p99: 2 } as const;

export const bench = async (): Promise<void> => {
  mkdirSync(FOLDER, { recursive: true });
  const say = divertLog(join(FOLDER, 'bench.log'));
  const measures = await measureAll(say);
  writeFileSync(join(FOLDER, 'bench.json'), `${JSON.stringify(measures, undefined, 2)}\n`);
  say(`\nAll of it: .bench/bench.json. The functions' log lines: .bench/bench.log.\n`);
};

/** The functions write a line per request as they do in AWS, which costs them what it costs: into a file. Answers how to print. */
const divertLog = (file: string): ((text: string) => void) => {
  const log = createWriteStream(file);
  const print = process.stdout.write.bind(process.stdout);
  process.stdout.write = (chunk: string | Uint8Array) => log.write(chunk);
  return (text) => void print(text);
};

const measureAll = async (say: (text: string) => void): Promise<Measures> => {
  const [{ model = 'unknown' } = {}] = cpus();
  const [load = 0] = loadavg();
  const machine = { node: process.version, cpus: cpus().length, model, load, at: new Date().toISOString() };
  say(
    `Node ${machine.node}, ${machine.cpus} × ${model}, load ${rounded(load, 1)} before we began (ratios stand, times don't, where others work too).\n`,
  );
  const init = await measureInit();
  say(printInit(init));
  const evaluations = measureEvaluations();
  say(printEvaluations(evaluations));
  const operations = await onDynamo(measureOperations);
  say(printOperations(operations));
  // A new one: DynamoDB Local reads streams the slower, the more it has been told.
  return onDynamo(async (endpoint) => {
    const ground = await openGround(endpoint);
    try {
      const effect = await measureEffect(ground);
      say(printEffect(effect));
      const throughput = await measureThroughput(ground);
      say(printThroughput(throughput));
      return { machine, operations, evaluations, init, throughput, effect };
    } finally {
      await ground.stop();
    }
  });
};

const onDynamo = async <Measured>(measure: (endpoint: string) => Promise<Measured>): Promise<Measured> => {
  const dynamo = await startDynamo();
  try {
    return await measure(dynamo.endpoint);
  } finally {
    await dynamo.stop();
  }
};

const printInit = (init: readonly Init[]): string =>
  `${table(
    `Import and init of a bundle, fresh process each (aim: ratio ≤ ${AIMS.init})`,
    init.map(({ bundle, kilobytes, ms, ratio }) => ({ bundle, KB: rounded(kilobytes, 0), ms: rounded(ms, 1), ratio: rounded(ratio) })),
  )}\n`;

const printOperations = (operations: readonly Operation[]): string => {
  const rows = operations.map(({ operation, steps, requests, readUnits, writeUnits, ms, dollarsPerThousand }) => ({
    operation,
    steps: rounded(steps),
    requests: rounded(requests),
    'read units': rounded(readUnits),
    'write units': rounded(writeUnits),
    'ms here': rounded(ms, 1),
    '$ per 1,000': rounded(dollarsPerThousand, 4),
  }));
  const notes = [
    'Steps: calls that waited for the one before; PutEvents of a publish counts as one. Trial stages, whose clock moves, add one read and one step.',
    'Units: single calls by ConsumedCapacity; of a transaction Σ 2·⌈KB⌉ per item and ⌈KB⌉ per index that it then stands in (an entry taken',
    'out of an index, as of `due` when a deal is won, or put elsewhere in it would be one more). What is not there is a read too: of a claim one',
    'unit, of a query that finds nothing a half. Of a sweep over many what is shown is its share for one of them.',
    '$: test/bench/prices.ts; Lambda at 1 GB for the milliseconds here.',
  ];
  return `${table('Operations', rows)}\n${notes.join('\n')}\n`;
};

const printEvaluations = (evaluations: readonly Evaluation[]): string => {
  const rows = evaluations.map(({ orders, people, asks, others, buckets, certifications, microseconds, judged, told, parsed, kilobytes }) => ({
    'orders before': orders,
    'people certified': people,
    'ladder asks for': asks,
    'others of its group': others,
    buckets,
    certifications,
    'µs each': rounded(microseconds, 0),
    'judged a second': rounded(judged, 0),
    'gaps a second': rounded(told, 1),
    'facts parsed a second': rounded(parsed, 0),
    'KB of the standing': rounded(kilobytes, 1),
  }));
  return `${table('One order more: a standing of ten years judged anew, in memory (it must not grow with the orders before)', rows)}\n`;
};

const printEffect = (effect: readonly Effect[]): string => {
  const api = effect.find(({ way }) => way === 'API');
  const rows = effect.map(({ way, samples, p50Ms, p99Ms }) => ({
    way,
    samples,
    'p50 ms': rounded(p50Ms, 1),
    'p99 ms': rounded(p99Ms, 1),
    'API p50 ÷': rounded((api?.p50Ms ?? Number.NaN) / p50Ms),
    'API p99 ÷': rounded((api?.p99Ms ?? Number.NaN) / p99Ms),
  }));
  return `${table(`Answer of a win → the standing has changed (aim: p99 ≤ ${AIMS.p99} ×)`, rows)}\n`;
};

const printThroughput = (rates: readonly Rate[]): string => {
  const rows = rates.map(({ callers, way, perSecond, p50Ms, p99Ms, threadBusy }) => {
    const api = rates.find((rate) => rate.way === 'API' && rate.callers === callers);
    return {
      callers,
      way,
      'per second': rounded(perSecond, 0),
      'p50 ms': rounded(p50Ms, 1),
      'p99 ms': rounded(p99Ms, 1),
      'thread busy': `${rounded(100 * threadBusy, 0)} %`,
      'API throughput ÷': rounded((api?.perSecond ?? Number.NaN) / perSecond),
      'API p99 ÷': rounded((api?.p99Ms ?? Number.NaN) / p99Ms),
    };
  });
  const notes = [
    'One thread holds the callers, HTTP, tokens, the Lambda stack, the SDK, bus and queues; Java is beside it. Where the thread is busy near',
    '100 % it is the limit, and what the API takes above "straight" is its; where it is not, both ways wait for DynamoDB Local.',
  ];
  return `${table(`Deals submitted (aims: throughput ≥ ${AIMS.throughput} ×, p99 ≤ ${AIMS.p99} ×)`, rows)}\n${notes.join('\n')}\n`;
};

/** Runs functions as Lambda does: an event in, an answer out, within so many seconds. */
import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { FunctionName } from '@echelon/contracts/wiring';
import { queueing } from '@echelon/contracts/wiring';
import type { Context } from 'aws-lambda';
import type { FaultPlan } from './faults.ts';
import { invocationOf, invocations } from './invocation.ts';
import type { OpenMeter } from './meter.ts';

export type Handler = (event: never, context: never) => unknown;
export type Handlers = { readonly [Name in FunctionName]?: Handler };
export interface Runtime {
  invoke(service: string, name: FunctionName, event: object): Promise<unknown>;
  stop(): Promise<void>;
}

const TIMEOUT_MS = queueing.functionSeconds * 1_000;

export const contextOf = (
  functionName: string,
  awsRequestId: string,
  deadline: number,
): Pick<Context, 'functionName' | 'awsRequestId' | 'getRemainingTimeInMillis'> => ({
  functionName,
  awsRequestId,
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
});

/** Between a function and its caller is JSON: nothing is shared, and what JSON can't say does not arrive. */
const overTheWire = (value: unknown): unknown => (value === undefined ? null : JSON.parse(JSON.stringify(value)));

export const inThread = (services: ReadonlyMap<string, Handlers>, faults: FaultPlan, meter: OpenMeter): Runtime => ({
  invoke: async (service, name, event) => {
    const handler = services.get(service)?.[name];
    if (handler === undefined) throw new Error(`${service} has no function "${name}"`);
    const invocation = invocationOf(faults.nameOf(`${service}.${name}`));
    const timer = setTimeout(() => invocation.kill(`Task timed out after ${queueing.functionSeconds} seconds`), TIMEOUT_MS);
    const began = performance.now();
    try {
      const context = contextOf(`${service}-${name}`, randomUUID(), Date.now() + TIMEOUT_MS);
      // What a handler takes is its contract with Lambda, which this room keeps and can not see.
      const run = async () => handler(overTheWire(event) as never, context as never);
      return overTheWire(await Promise.race([invocations.run(invocation, run), invocation.end]));
    } finally {
      clearTimeout(timer);
      invocation.ended = true;
      meter.ended(invocation, performance.now() - began);
    }
  },
  stop: async () => {},
});

/** A service to load in a thread of its own: its `lambda.ts`, and the environment that it finds. */
export interface Entry {
  readonly url: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}
export interface Order {
  readonly id: number;
  readonly name: FunctionName;
  readonly event: object;
  readonly functionName: string;
  readonly awsRequestId: string;
  readonly deadline: number;
}
export type Reply = { readonly id: number } & ({ readonly answer: unknown } | { readonly failed: string });

interface Thread {
  invoke(name: FunctionName, event: object): Promise<unknown>;
  stop(): Promise<void>;
}

/** A worker that dies fails what it was at; the next invocation starts another. */
const threadOf = (service: string, { url, env }: Entry, log: string | undefined): Thread => {
  let worker: Worker | undefined;
  let orders = 0;
  const open = new Map<number, PromiseWithResolvers<unknown>>();
  const start = (): Worker => {
    const started = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: url,
      env: { ...env },
      name: service,
      stdout: log !== undefined,
      stderr: log !== undefined,
    });
    // Warnings and errors are written to the other of the two.
    if (log !== undefined) for (const written of [started.stdout, started.stderr]) written.on('data', (chunk: Buffer) => appendFileSync(log, chunk));
    const died = (error: unknown): void => {
      if (worker === started) worker = undefined;
      for (const { reject } of open.values()) reject(error);
      open.clear();
    };
    started.on('message', (reply: Reply) => {
      const asked = open.get(reply.id);
      open.delete(reply.id);
      if ('failed' in reply) asked?.reject(new Error(reply.failed));
      else asked?.resolve(reply.answer);
    });
    started.on('error', died);
    started.on('exit', () => died(new Error(`the thread of ${service} ended`)));
    return started;
  };
  return {
    invoke: async (name, event) => {
      worker ??= start();
      const order: Order = {
        id: ++orders,
        name,
        event,
        functionName: `${service}-${name}`,
        awsRequestId: randomUUID(),
        deadline: Date.now() + TIMEOUT_MS,
      };
      const asked = Promise.withResolvers<unknown>();
      open.set(order.id, asked);
      worker.postMessage(overTheWire(order));
      const timer = setTimeout(
        () => asked.reject(new Error(`${service}-${name}: Task timed out after ${queueing.functionSeconds} seconds`)),
        TIMEOUT_MS,
      );
      return asked.promise.finally(() => {
        clearTimeout(timer);
        open.delete(order.id);
      });
    },
    stop: async () => void (await worker?.terminate()),
  };
};

/** @param log the file where the services' log lines go, as CloudWatch would keep them; standard output without one */
export const inWorkers = (entries: ReadonlyMap<string, Entry>, log?: string): Runtime => {
  const threads = new Map([...entries].map(([service, entry]) => [service, threadOf(service, entry, log)]));
  return {
    invoke: async (service, name, event) => {
      const thread = threads.get(service);
      if (thread === undefined) throw new Error(`there is no service "${service}"`);
      return thread.invoke(name, event);
    },
    stop: async () => void (await Promise.all(Array.from(threads.values(), (thread) => thread.stop()))),
  };
};

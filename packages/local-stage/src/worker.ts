/** A service's functions in a thread with an environment of its own, as `lambda.ts` finds itself in AWS. */
import { parentPort, workerData } from 'node:worker_threads';
import { contextOf, type Handlers, type Order, type Reply } from './runtime.ts';

const handlers = (await import(workerData as string)) as Handlers;

const run = async ({ id, name, event, functionName, awsRequestId, deadline }: Order): Promise<Reply> => {
  try {
    const handler = handlers[name];
    if (handler === undefined) throw new Error(`no function "${name}"`);
    const answer: unknown = await handler(event as never, contextOf(functionName, awsRequestId, deadline) as never);
    return { id, answer: answer === undefined ? null : JSON.parse(JSON.stringify(answer)) };
  } catch (error) {
    return { id, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};

parentPort?.on('message', (order: Order) => void run(order).then((reply) => parentPort?.postMessage(reply)));

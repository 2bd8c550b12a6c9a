/** Bus and queues together: a rule and a queue for each consumer, and a source for each function that something moves. */
import type { Contract, EventContract } from '@echelon/contracts';
import { type FunctionName, functionsOf } from '@echelon/contracts/wiring';
import { type Bus, type BusEvent, openBus } from './bus.ts';
import { chanceOf } from './chance.ts';
import { type Delivery, flowing, type Source, stepped } from './delivery.ts';
import { local } from './dynamo.ts';
import type { Ground } from './ground.ts';
import type { Listener, StageOptions } from './options.ts';
import { consumer, deadOf, openQueues, type QueueStatus } from './queues.ts';
import { openPositions, streamReader } from './streams.ts';

export interface Messaging {
  readonly bus: Bus;
  urlOf(queue: string): string;
  /** @returns the message id; undefined where there is no such queue */
  sendTo(queueUrl: string, body: string, reason?: string): string | undefined;
  listen(queue: string, events: readonly EventContract[]): Listener;
  redrive(queue: string): number;
  status(): readonly QueueStatus[];
  wake(source: string): void;
  /** Begins to deliver, as the options say. */
  start(invoke: (service: string, name: FunctionName, event: object) => Promise<unknown>): Delivery;
}

const RETRY_AFTER_MS = 250;
/** How many react functions work on one queue at a time where nothing is stepped: enough for them to meet. */
const REACTORS = 2;
/** In a stepped stage with duplicates one event in so many stands on a queue twice. */
const TWICE_ONE_IN = 4;

export const openMessaging = ({ name, disk, aws, dynamodbUrl, streams }: Ground, services: readonly Contract[], options: StageOptions): Messaging => {
  const { delivery: how = 'flowing', retryAfterMs = RETRY_AFTER_MS } = options;
  const steps = how === 'flowing' ? undefined : how;
  const chance = steps && chanceOf(steps.seed);
  const queues = openQueues(disk);
  const positions = openPositions(disk);
  const consuming = services.filter((contract) => functionsOf(contract).includes('react'));
  const publishing = services.filter((contract) => functionsOf(contract).includes('publish'));
  const listening = new Set<string>();
  let delivery: Delivery | undefined;
  const wake = (source: string): void => delivery?.wake(source);
  const send = (queue: string, body: string, reason?: string): string => {
    const messageId = queues.send(queue, body, reason);
    wake(`queue ${queue}`);
    return messageId;
  };
  const bus = openBus(local.region, (queue, body) => {
    send(queue, body);
    if (steps?.duplicates && chance?.oneIn(TWICE_ONE_IN)) send(queue, body);
  });
  for (const contract of consuming) bus.rule(contract.name, contract.reacts);
  const urlOf = (queue: string): string => `${aws.url}/000000000000/echelon-${name}-${queue}`;
  const known = new Map(consuming.flatMap((contract) => [contract.name, deadOf(contract.name)]).map((queue) => [urlOf(queue), queue]));

  return {
    bus,
    urlOf,
    wake,
    sendTo: (queueUrl, body, reason) => {
      const queue = known.get(queueUrl);
      return queue === undefined ? undefined : send(queue, body, reason);
    },
    listen: (queue, events) => {
      bus.rule(queue, events);
      listening.add(queue);
      return { received: () => queues.all(queue).map(({ body }) => JSON.parse(body) as BusEvent) };
    },
    redrive: (queue) => {
      const moved = queues.redrive(queue);
      wake(`queue ${queue}`);
      return moved;
    },
    status: () => [...consuming.map((contract) => contract.name), ...listening].map(queues.status),
    start: (invoke) => {
      const readers = publishing.map(({ name: service }): Source => {
        const stream = streams.get(service);
        if (stream === undefined) throw new Error(`the table of ${service} has no stream`);
        const publish = (event: object) => invoke(service, 'publish', event);
        return streamReader({ name: service, endpoint: dynamodbUrl, stream, positions, publish, chance, duplicates: steps?.duplicates });
      });
      const consumers = consuming.flatMap(({ name: queue }): Source[] => {
        const react = (event: object) => invoke(queue, 'react', event);
        const one = consumer({ queues, queue, arn: arnOf(`echelon-${name}-${queue}`), react, retryAfterMs, chance, disorder: steps?.disorder });
        return Array.from({ length: chance ? 1 : REACTORS }, () => one);
      });
      const waiting = () => consuming.reduce((sum, { name: queue }) => sum + queues.waiting(queue), 0);
      delivery = chance ? stepped([...readers, ...consumers], chance) : flowing([...readers, ...consumers], { waiting, retryAfterMs });
      return delivery;
    },
  };
};

const arnOf = (queue: string): string => `arn:aws:sqs:${local.region}:000000000000:${queue}`;

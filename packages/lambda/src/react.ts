/** From a service's queue to its reactions: one message, one event, one aggregate; in order, and each failure by itself. */
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Instant } from '@echelon/calendar';
import { type Contract, Envelope, type EventContract, type EventMessage, sourceOf } from '@echelon/contracts';
import { queueing, RECEIVES_MAX } from '@echelon/contracts/wiring';
import type { Cause } from '@echelon/decider';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { digest } from './cause.ts';
import { type Edges, needed } from './edges.ts';
import type { OpenLog } from './log.ts';

export interface Told<E extends EventContract> {
  readonly event: EventMessage<E>;
  /** One event is one cause at each aggregate it touches. */
  readonly cause: Cause;
  readonly now: Instant;
}
type Named<C extends Contract, Name extends string> = Extract<C['reacts'][number], { readonly name: Name }>;
export type Reactions<C extends Contract, Deps> = {
  readonly [Name in C['reacts'][number]['name']]: (told: Told<Named<C, Name>>, deps: Deps) => Promise<unknown>;
};

interface Reacting<C extends Contract, Deps> {
  readonly contract: C;
  readonly reactions: Reactions<C, Deps>;
  readonly deps: Deps;
  readonly edges: Edges;
  readonly openLog: OpenLog;
}

/** As EventBridge puts an event on a queue. */
const Delivered = z.object({ source: z.string(), 'detail-type': z.string(), detail: z.unknown() });

/** An event that can never be processed, however often it is tried. */
export class Poison extends Error {
  override readonly name = 'Poison';
}

/** What a function keeps of its time to answer with. */
const MARGIN_MS = 2_000;

type TimeLeft = () => number;
export type React = (event: SQSEvent, context?: { getRemainingTimeInMillis?: () => number }) => Promise<SQSBatchResponse>;

export const reactOf = <C extends Contract, Deps>({ contract, reactions, deps, edges, openLog }: Reacting<C, Deps>): React => {
  const known = new Map(contract.reacts.map((event) => [`${sourceOf(event.service)} ${event.name}`, event]));
  const queues = new SQSClient(edges.sdk);
  // The reaction was found by the event's own name, whose schemas decoded what it is told.
  const rows = reactions as unknown as Readonly<Record<string, (told: Told<EventContract>, deps: Deps) => Promise<unknown>>>;

  const reactTo = async (record: SQSRecord, timeLeft: TimeLeft): Promise<void> => {
    const { name, envelope } = decodeDelivered(record, known);
    const row = rows[name];
    if (row === undefined) throw new Poison(`no reaction to ${name}`);
    const now = (await edges.clock()).now();
    const cause: Cause = {
      id: digest('event', envelope.id),
      hash: digest(envelope.id),
      by: { principal: `service:${contract.name}`, correlationId: envelope.correlationId, causationId: envelope.id },
      recordedAt: z.encode(Instant, now),
      forgettable: false,
      timeLeft,
    };
    await row({ event: envelope, cause, now }, deps);
  };

  return async ({ Records }, context) => {
    const deadline = performance.now() + (context?.getRemainingTimeInMillis?.() ?? queueing.functionSeconds * 1_000) - MARGIN_MS;
    const timeLeft = () => deadline - performance.now();
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
    for (const record of Records) {
      // Handed back untried: a function that runs out of time would count as a failure of every message in it.
      if (timeLeft() <= 0) {
        batchItemFailures.push({ itemIdentifier: record.messageId });
        continue;
      }
      const log = openLog('react', { ...identityOf(record), messageId: record.messageId, receives: record.attributes.ApproximateReceiveCount });
      try {
        await reactTo(record, timeLeft);
        log.close('done');
      } catch (error) {
        log.close('failed', error);
        const last = error instanceof Poison || Number(record.attributes.ApproximateReceiveCount) >= RECEIVES_MAX;
        const kept = last && (await bury(queues, needed(edges.environment, 'DEAD_LETTERS'), record, error));
        if (!kept) batchItemFailures.push({ itemIdentifier: record.messageId });
      }
    }
    return { batchItemFailures };
  };
};

const decodeDelivered = (record: SQSRecord, known: ReadonlyMap<string, EventContract>): { name: string; envelope: EventMessage<EventContract> } => {
  try {
    const delivered = Delivered.parse(JSON.parse(record.body));
    const contract = known.get(`${delivered.source} ${delivered['detail-type']}`);
    if (contract === undefined) throw new Error(`${delivered.source} ${delivered['detail-type']} is none of this service's events`);
    const envelope = Envelope.parse(delivered.detail);
    return { name: contract.name, envelope: { ...envelope, state: contract.state.parse(envelope.state), data: contract.data.parse(envelope.data) } };
  } catch (error) {
    throw new Poison(error instanceof Error ? error.message : String(error), { cause: error });
  }
};

/** What of a message can be logged before it is known to be well formed. */
const identityOf = (record: SQSRecord): Record<string, string | undefined> => {
  const Loose = z.object({
    'detail-type': z.string(),
    detail: z.object({ id: z.string(), correlationId: z.string(), partnerId: z.string().optional() }),
  });
  try {
    const { 'detail-type': event, detail } = Loose.parse(JSON.parse(record.body));
    return { event, eventId: detail.id, correlationId: detail.correlationId, partnerId: detail.partnerId };
  } catch {
    return { event: 'unreadable', correlationId: record.messageId };
  }
};

/** SQS attribute values are at most this long here, so that a reason never makes a message too large. */
const REASON_LENGTH_MAX = 1_000;

/**
 * Into the dead-letter queue with the reason on it. SQS's own redrive policy would move it without one; it stays behind this
 * as the net for a function that can't even do that.
 */
const bury = async (queues: SQSClient, QueueUrl: string, record: SQSRecord, error: unknown): Promise<boolean> => {
  const reason = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, REASON_LENGTH_MAX);
  const printable = reason.replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/gu, '?');
  try {
    await queues.send(
      new SendMessageCommand({ QueueUrl, MessageBody: record.body, MessageAttributes: { reason: { DataType: 'String', StringValue: printable } } }),
    );
    return true;
  } catch {
    return false;
  }
};

/** From the table's stream to the bus, in order: a commit's events are sent before those of the commit behind it. */
import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { sourceOf } from '@echelon/contracts';
import { type Commit, commitOf } from '@echelon/store/commit';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { type Edges, needed } from './edges.ts';
import type { OpenLog } from './log.ts';

/** EventBridge's own bounds on one PutEvents. */
const ENTRIES_MAX = 10;
const BYTES_MAX = 262_144;

export type Publish = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

/** The first commit that could not be sent whole is where the shard resumes; everything before it is done with. */
export const publishOf = (service: string, edges: Edges, openLog: OpenLog): Publish => {
  const bridge = new EventBridgeClient(edges.sdk);
  return async ({ Records }) => {
    for (const record of Records) {
      const log = openLog('publish', { correlationId: sequenceOf(record) });
      try {
        const commit = commitIn(record);
        log.note({ ...commit.by, aggregateId: commit.aggregateId, version: commit.version });
        for (const batch of batches(entriesOf(service, needed(edges.environment, 'BUS'), commit))) await send(bridge, batch);
        log.close('done');
      } catch (error) {
        log.close('failed', error);
        return { batchItemFailures: [{ itemIdentifier: sequenceOf(record) }] };
      }
    }
    return { batchItemFailures: [] };
  };
};

const sequenceOf = (record: DynamoDBRecord): string => {
  const sequence = record.dynamodb?.SequenceNumber;
  if (sequence === undefined) throw new Error('a stream record without a sequence number');
  return sequence;
};

const commitIn = (record: DynamoDBRecord): Commit => {
  const image = record.dynamodb?.NewImage;
  if (image === undefined) throw new Error('a stream record without its new image');
  // The stream's and the client's attribute values are the same JSON under two names of type.
  return commitOf(image as Parameters<typeof commitOf>[0]);
};

/** The envelopes of a commit, as the contract's `Envelope` has them on the wire. */
export const envelopesOf = ({ aggregateId, version, recordedAt, by, about, events, state }: Commit) =>
  events.map(({ type, at, data }, n) => ({
    id: `${aggregateId}#${version}.${n + 1}`,
    type,
    aggregateId,
    version,
    occurredAt: at,
    recordedAt,
    ...about,
    correlationId: by.correlationId ?? aggregateId,
    causationId: by.causationId ?? aggregateId,
    state,
    data,
  }));

export const entriesOf = (service: string, bus: string, commit: Commit): PutEventsRequestEntry[] =>
  envelopesOf(commit).map((envelope) => ({
    EventBusName: bus,
    Source: sourceOf(service),
    DetailType: envelope.type,
    Time: new Date(envelope.recordedAt),
    Detail: JSON.stringify(envelope),
  }));

/** Neighbours together, as many as one call takes. */
const batches = (entries: readonly PutEventsRequestEntry[]): PutEventsRequestEntry[][] => {
  const all: PutEventsRequestEntry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const last = all.at(-1);
    bytes += bytesOf(entry);
    if (last !== undefined && last.length < ENTRIES_MAX && bytes <= BYTES_MAX) last.push(entry);
    else {
      all.push([entry]);
      bytes = bytesOf(entry);
    }
  }
  return all;
};

/** As EventBridge counts an entry: 14 bytes for the time, and the UTF-8 of the rest. */
const bytesOf = ({ Source = '', DetailType = '', Detail = '' }: PutEventsRequestEntry): number =>
  14 + Buffer.byteLength(Source + DetailType + Detail);

/** A call that succeeds can carry entries that failed: each is looked at. */
const send = async (bridge: EventBridgeClient, entries: PutEventsRequestEntry[]): Promise<void> => {
  const { Entries = [] } = await bridge.send(new PutEventsCommand({ Entries: entries }));
  const failed = Entries.find(({ ErrorCode }) => ErrorCode !== undefined);
  if (failed) throw new Error(`PutEvents refused an entry: ${failed.ErrorCode} ${failed.ErrorMessage}`);
  if (Entries.length !== entries.length) throw new Error(`PutEvents answered ${Entries.length} of ${entries.length} entries`);
};

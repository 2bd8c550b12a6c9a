import { Readable } from 'node:stream';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { systemClock } from '@echelon/calendar';
import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import type { Edges } from './edges.ts';
import { publishOf } from './publish.ts';

interface Entry {
  readonly DetailType: string;
  readonly Detail: string;
  readonly Source: string;
}

/** The bus at the end of the wire: keeps what it was sent, and refuses the entries whose event is told to. */
const busThat = (refuses: (id: string) => boolean = () => false) => {
  const calls: string[][] = [];
  const handle = async ({ body }: { body: unknown }) => {
    const { Entries } = JSON.parse(body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body)) as { Entries: Entry[] };
    const ids = Entries.map(({ Detail }) => (JSON.parse(Detail) as { id: string }).id);
    calls.push(ids);
    const answers = ids.map((id) => (refuses(id) ? { ErrorCode: 'InternalFailure', ErrorMessage: 'no' } : { EventId: 'e' }));
    const text = JSON.stringify({ FailedEntryCount: answers.filter((one) => 'ErrorCode' in one).length, Entries: answers });
    return { response: { statusCode: 200, headers: {}, body: Readable.from([Buffer.from(text)]) } };
  };
  const sdk = { region: 'eu-central-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' }, requestHandler: { handle } as never };
  const edges: Edges = {
    environment: { STAGE: 'test', CLOCK_MOVES: 'false', BUS: 'bus' },
    sdk,
    dynamo: new DynamoDBClient(sdk),
    clock: async () => systemClock,
  };
  const silent = () => ({ note: () => {}, close: () => {} });
  return { calls, publish: publishOf('jars', edges, silent as never) };
};

const record = (version: number, events = 1, bytes = 1): DynamoDBRecord => {
  const body = {
    recordedAt: '2026-03-02T15:00:00.000Z',
    by: { correlationId: 'c' },
    about: {},
    events: Array.from({ length: events }, () => ({ type: 'Added', at: '2026-03-02T15:00:00.000Z', data: 'x'.repeat(bytes) })),
    state: {},
  };
  return {
    dynamodb: {
      SequenceNumber: String(100 + version),
      NewImage: { pk: { S: 'jar' }, version: { N: String(version) }, body: { S: JSON.stringify(body) } },
    },
  };
};

describe('publish', () => {
  it('sends commit after commit in order, each event under an id of its own', async () => {
    const { calls, publish } = busThat();
    expect(await publish({ Records: [record(1, 2), record(2)] })).toEqual({ batchItemFailures: [] });
    expect(calls).toEqual([['jar#1.1', 'jar#1.2'], ['jar#2.1']]);
  });

  it('sends as many together as one call takes: ten entries', async () => {
    const { calls, publish } = busThat();
    await publish({ Records: [record(1, 23)] });
    expect(calls.map((ids) => ids.length)).toEqual([10, 10, 3]);
    expect(calls.flat()).toEqual(Array.from({ length: 23 }, (_, n) => `jar#1.${n + 1}`));
  });

  it('and 256 KiB', async () => {
    const { calls, publish } = busThat();
    await publish({ Records: [record(1, 4, 100_000)] });
    expect(calls.map((ids) => ids.length)).toEqual([2, 2]);
  });

  it('stops at the first commit of which an entry was refused, and names it', async () => {
    const { calls, publish } = busThat((id) => id === 'jar#2.2');
    expect(await publish({ Records: [record(1), record(2, 2), record(3)] })).toEqual({ batchItemFailures: [{ itemIdentifier: '102' }] });
    expect(calls.flat()).not.toContain('jar#3.1');
  });
});

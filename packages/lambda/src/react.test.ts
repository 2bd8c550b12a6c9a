import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { systemClock } from '@echelon/calendar';
import type { SQSRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { reactOf } from './react.ts';

const record = (body: string): SQSRecord => ({ messageId: 'm-1', body, attributes: { ApproximateReceiveCount: '1' } }) as SQSRecord;

describe('react', () => {
  it('buries what it can not read at once, with its reason, under an id that the log is found by', async () => {
    const buried: { MessageBody: string }[] = [];
    const lines: unknown[] = [];
    const handle = async ({ body }: { body: Uint8Array | string }) => {
      const sent = JSON.parse(body instanceof Uint8Array ? new TextDecoder().decode(body) : body) as { MessageBody: string };
      buried.push(sent);
      // The client compares the digest with that of what it sent.
      const text = JSON.stringify({ MessageId: 'd-1', MD5OfMessageBody: createHash('md5').update(sent.MessageBody).digest('hex') });
      return { response: { statusCode: 200, headers: {}, body: Readable.from([Buffer.from(text)]) } };
    };
    const sdk = { region: 'eu-central-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' }, requestHandler: { handle } as never };
    const react = reactOf({
      contract: { name: 'jars', summary: '', routes: {}, events: {}, reacts: [], sweeps: {} },
      reactions: {},
      deps: {},
      edges: {
        environment: { STAGE: 'test', CLOCK_MOVES: 'false', DEAD_LETTERS: 'https://sqs.eu-central-1.amazonaws.com/1/dead' },
        sdk,
        dynamo: new DynamoDBClient(sdk),
        clock: async () => systemClock,
      },
      openLog: (_what, fields) => ({ note: () => {}, close: (outcome) => lines.push({ ...fields, outcome }) }),
    });
    expect(await react({ Records: [record('not JSON')] })).toEqual({ batchItemFailures: [] });
    expect(buried).toMatchObject([{ MessageBody: 'not JSON', MessageAttributes: { reason: { StringValue: expect.stringContaining('Poison') } } }]);
    expect(lines).toMatchObject([{ event: 'unreadable', correlationId: 'm-1', outcome: 'failed' }]);
  });
});

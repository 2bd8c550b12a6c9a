/**
 * Fills a service that starts late: reads the commits that a producer's table keeps, and puts the events that the consumer reacts
 * to on its queue, in the shape in which EventBridge delivers them. Nobody else hears them; a consumer that knows one already
 * changes nothing. Resumable: it prints where it stands, and `--from` takes it up there.
 */
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { type AttributeValue, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type Contract, sourceOf } from '@echelon/contracts';
import { envelopesOf } from '@echelon/lambda/publish';
import { COMMIT_PREFIX, commitOf } from '@echelon/store/commit';
import { type Stage, stackName } from './stages.ts';

/** SQS takes so much at once. No event is larger by itself, for EventBridge took it; a program's document can come near. */
const BATCH_MAX = { messages: 10, bytes: 262_144 };
const PAGE_ITEMS = 100;
/** Leaves the consumer room for what happens meanwhile. */
const PAUSE_MS = 200;

export interface Backfill {
  readonly producer: Contract;
  readonly consumer: Contract;
  /** Where the commits are, and where their events go. */
  readonly table: string;
  readonly queueUrl: string;
  readonly dynamodb: DynamoDBClient;
  readonly sqs: SQSClient;
  /** A key that an earlier run printed. */
  readonly from?: string;
  readonly says?: (line: string) => void;
}

/** @returns how many events it sent */
export const fill = async ({ producer, consumer, table, queueUrl, dynamodb, sqs, from, says = () => {} }: Backfill): Promise<number> => {
  const wanted = new Set(consumer.reacts.filter(({ service }) => service === producer.name).map(({ name }) => name));
  let start = from === undefined ? undefined : keyOf(from);
  let sent = 0;
  do {
    const page = await dynamodb.send(
      new ScanCommand({
        TableName: table,
        FilterExpression: 'begins_with(sk, :commit)',
        ExpressionAttributeValues: { ':commit': { S: COMMIT_PREFIX } },
        Limit: PAGE_ITEMS,
        ConsistentRead: true,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    const envelopes = (page.Items ?? []).flatMap((item) => envelopesOf(commitOf(item))).filter(({ type }) => wanted.has(type));
    const bodies = envelopes.map((envelope) => delivered(producer, envelope));
    for (const batch of batchesOf(bodies)) await send(sqs, queueUrl, batch);
    sent += bodies.length;
    start = page.LastEvaluatedKey;
    if (start) {
      says(`${sent} events; to go on from here: --from ${textOf(start)}`);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  } while (start !== undefined);
  return sent;
};

/** As EventBridge puts it on a queue. */
const delivered = (producer: Contract, detail: ReturnType<typeof envelopesOf>[number]): string =>
  JSON.stringify({
    version: '0',
    id: detail.id,
    'detail-type': detail.type,
    source: sourceOf(producer.name),
    time: detail.recordedAt,
    resources: [],
    detail,
  });

/** In order, each as full as SQS takes it. */
export const batchesOf = (bodies: readonly string[]): string[][] => {
  const batches: string[][] = [];
  let room = 0;
  for (const body of bodies) {
    const bytes = Buffer.byteLength(body);
    const last = batches.at(-1);
    if (last === undefined || last.length === BATCH_MAX.messages || bytes > room) {
      batches.push([body]);
      room = BATCH_MAX.bytes - bytes;
    } else {
      last.push(body);
      room -= bytes;
    }
  }
  return batches;
};

const send = async (sqs: SQSClient, QueueUrl: string, bodies: readonly string[]): Promise<void> => {
  const Entries = bodies.map((MessageBody, n) => ({ Id: String(n), MessageBody }));
  const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  const [failed] = Failed;
  if (failed) throw new Error(`the queue refused a message: ${failed.Code} ${failed.Message}`);
};

type Key = Record<string, AttributeValue>;
const textOf = (key: Key): string => Buffer.from(JSON.stringify(key)).toString('base64url');
const keyOf = (text: string): Key => {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString()) as Key;
  } catch (error) {
    throw new Error(`"${text}" is no key that an earlier run printed.`, { cause: error });
  }
};

export interface Ordered {
  readonly producer: Contract;
  readonly consumer: Contract;
  readonly stage: Stage;
  readonly from?: string | undefined;
}

export const backfill = async ({ producer, consumer, stage, from }: Ordered): Promise<void> => {
  const cloudformation = new CloudFormationClient({});
  const outputOf = async (service: Contract, name: string): Promise<string> => {
    const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: stackName(stage, service.name) }));
    const value = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === `Out${name}`)?.OutputValue;
    if (value === undefined) throw new Error(`${service.name} of ${stage.name} puts out no ${name}: is it deployed?`);
    return value;
  };
  const [table, queueUrl] = [await outputOf(producer, 'Table'), await outputOf(consumer, 'Queue')];
  const places = { table, queueUrl, dynamodb: new DynamoDBClient({}), sqs: new SQSClient({}) };
  const sent = await fill({ producer, consumer, ...places, ...(from !== undefined && { from }), says: console.log });
  console.log(`${sent} events of ${producer.name} went to ${consumer.name}.`);
};

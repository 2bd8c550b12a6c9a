/** SQS queues in one SQLite table. A dead-letter queue is a queue whose messages nobody receives. */
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { queueing } from '@echelon/contracts/wiring';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Chance } from './chance.ts';
import type { Source } from './delivery.ts';

export interface Message {
  readonly id: number;
  readonly messageId: string;
  readonly body: string;
  readonly sent: number;
  readonly receives: number;
  readonly reason: string | null;
}
export interface QueueStatus {
  readonly name: string;
  readonly visible: number;
  readonly inFlight: number;
  readonly dead: readonly { readonly reason: string; readonly body: string }[];
}
export interface Queues {
  send(queue: string, body: string, reason?: string): string;
  /** Marks what it gives as in flight for `hideMs`; `choose` picks among all that are visible. */
  receive(queue: string, now: number, hideMs: number, choose?: (all: readonly number[]) => readonly number[]): Message[];
  remove(id: number): void;
  showAt(id: number, at: number): void;
  move(id: number, queue: string, reason: string): void;
  all(queue: string): Message[];
  waiting(queue: string): number;
  status(queue: string): QueueStatus;
  /** Everything dead back to its queue, as if never received. Answers how much. */
  redrive(queue: string): number;
}

export const deadOf = (queue: string): string => `${queue}-dead`;
const CHOICE_MAX = 1_000;

export const openQueues = (disk: DatabaseSync): Queues => {
  disk.exec(`CREATE TABLE IF NOT EXISTS messages (id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, messageId TEXT NOT NULL, body TEXT NOT NULL,
    sent INTEGER NOT NULL, receives INTEGER NOT NULL DEFAULT 0, visibleAt INTEGER NOT NULL DEFAULT 0, reason TEXT);
    CREATE INDEX IF NOT EXISTS byQueue ON messages (queue, id);
    UPDATE messages SET visibleAt = 0`); // what was in flight when the last process ended is delivered again
  const insert = disk.prepare('INSERT INTO messages (queue, messageId, body, sent, reason) VALUES (?, ?, ?, ?, ?)');
  const visible = disk.prepare('SELECT id FROM messages WHERE queue = ? AND visibleAt <= ? ORDER BY id LIMIT ?');
  const take = disk.prepare('UPDATE messages SET receives = receives + 1, visibleAt = ? WHERE id = ? RETURNING *');
  const remove = disk.prepare('DELETE FROM messages WHERE id = ?');
  const show = disk.prepare('UPDATE messages SET visibleAt = ? WHERE id = ?');
  const move = disk.prepare('UPDATE messages SET queue = ?, visibleAt = 0, reason = ? WHERE id = ?');
  const every = disk.prepare('SELECT * FROM messages WHERE queue = ? ORDER BY id');
  const count = disk.prepare('SELECT count(*) AS n FROM messages WHERE queue = ? AND visibleAt > ?');
  const redrive = disk.prepare('UPDATE messages SET queue = ?, receives = 0, visibleAt = 0, reason = NULL WHERE queue = ?');
  // SQLite gives rows by the columns that the statement above named.
  const all = (queue: string) => every.all(queue) as unknown as Message[];
  const countOf = (queue: string, after: number) => Number(count.get(queue, after)?.n);
  return {
    send: (queue, body, reason) => {
      const messageId = randomUUID();
      insert.run(queue, messageId, body, Date.now(), reason ?? null);
      return messageId;
    },
    receive: (queue, now, hideMs, choose) => {
      const ids = visible.all(queue, now, choose ? CHOICE_MAX : queueing.batchSize).map(({ id }) => Number(id));
      return (choose?.(ids) ?? ids).map((id) => take.get(Date.now() + hideMs, id) as unknown as Message);
    },
    remove: (id) => void remove.run(id),
    showAt: (id, at) => void show.run(at, id),
    move: (id, queue, reason) => void move.run(queue, reason, id),
    all,
    waiting: (queue) => countOf(queue, -1),
    status: (name) => {
      const inFlight = countOf(name, Date.now());
      const dead = all(deadOf(name)).map(({ reason, body }) => ({ reason: reason ?? '', body }));
      return { name, visible: countOf(name, -1) - inFlight, inFlight, dead };
    },
    redrive: (queue) => Number(redrive.run(queue, deadOf(queue)).changes),
  };
};

export interface Consumer {
  readonly queues: Queues;
  readonly queue: string;
  readonly arn: string;
  readonly react: (event: SQSEvent) => Promise<unknown>;
  readonly retryAfterMs: number;
  /** Stepped: whatever waits is delivered now, and in disorder if so told. */
  readonly chance?: Chance | undefined;
  readonly disorder?: boolean | undefined;
}

/** Hands batches to a react function and does with each message what the function said of it. */
export const consumer = ({ queues, queue, arn, react, retryAfterMs, chance, disorder }: Consumer): Source => {
  const choose = chance && ((ids: readonly number[]) => (disorder ? chance.shuffle(ids) : ids).slice(0, 1 + chance.below(queueing.batchSize)));
  return {
    name: `queue ${queue}`,
    deliver: async () => {
      const hideMs = queueing.visibilitySeconds * 1_000;
      const messages = queues.receive(queue, chance ? Number.MAX_SAFE_INTEGER : Date.now(), hideMs, choose);
      if (messages.length === 0) return 'nothing';
      const failed = await react({ Records: messages.map((message) => recordOf(message, arn)) }).then(failuresIn, () => 'all' as const);
      for (const { id, messageId, receives } of messages) {
        if (failed !== 'all' && !failed.has(messageId)) queues.remove(id);
        else if (receives >= queueing.receivesMaxBySqs) queues.move(id, deadOf(queue), `received ${receives} times`);
        else queues.showAt(id, Date.now() + retryAfterMs);
      }
      return 'moved';
    },
  };
};

const failuresIn = (answer: unknown): ReadonlySet<string> | 'all' => {
  // Lambda takes a response without failures, or none at all, as a success of the whole batch.
  const { batchItemFailures = [] } = (answer ?? {}) as Partial<SQSBatchResponse>;
  return batchItemFailures.some(({ itemIdentifier }) => !itemIdentifier)
    ? 'all'
    : new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
};

const recordOf = ({ messageId, body, sent, receives }: Message, eventSourceARN: string): SQSRecord => ({
  messageId,
  receiptHandle: `${messageId}#${receives}`,
  body,
  attributes: {
    ApproximateReceiveCount: String(receives),
    SentTimestamp: String(sent),
    SenderId: 'local',
    ApproximateFirstReceiveTimestamp: String(sent),
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN,
  awsRegion: eventSourceARN.split(':')[3] ?? '',
});

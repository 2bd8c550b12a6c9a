import { type AttributeValue, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import {
  type Cause,
  type Committing,
  type Decision,
  type Entry,
  handle,
  type Outcome,
  Oversized,
  type Precedent,
  type Refused,
  refuse,
  type Store,
  type Stored,
  type Viewer,
} from '@echelon/decider';
import * as z from 'zod';
import { type Commit, commitOf } from './commit.ts';
import { COMMIT_PREFIX, causeKey, commitKey, type IndexName, type Item, integer, keyOf, RECORD, STATE, type Table, text } from './table.ts';
import { transact } from './transaction.ts';

/** All that the store needs to know of an aggregate; the rest is the service's own. */
export interface Aggregate<State extends { readonly status: string }, Event extends { readonly type: string }, Private = never> {
  /** The state of what nobody has decided anything about. */
  readonly none: (id: string) => State;
  /** The codec of every other state, for item, event and answer alike. */
  readonly state: z.ZodType<Existing<State>>;
  readonly events: Readonly<Record<Event['type'], { readonly data: z.ZodType }>>;
  /** The codec of the time at which an event was so. */
  readonly at: z.ZodType;
  readonly evolve: (state: State, event: Event) => State;
  /** Ids that the envelope of its events carries. */
  readonly about: (state: Existing<State>) => { readonly programId?: string; readonly partnerId?: string };
  /** Does someone who sees only their own see this? */
  readonly isOwn: (state: Existing<State>, viewer: Viewer) => boolean;
  /** Where it stands in the indexes: `[partition, sort]`; absent from those that it does not name. */
  readonly indexed: (state: Existing<State>) => Partial<Record<IndexName, readonly [string, string]>>;
  /** The codec of its private record, where it has one: personal data, which can be erased and leaves history whole. */
  readonly record?: z.ZodType<Private>;
  /** The codec of its entries, where it has some: see `entries`. */
  readonly entry?: z.ZodType;
}

/** Every state but that of nothing. */
type Existing<State> = Exclude<State, { status: 'none' }>;

/** A command and what it is judged by: read beside the state, or after it where it follows from the state. */
export interface Informed<State, Event, Reason extends string, Facts> {
  readonly facts: (state: Promise<State>) => Promise<Facts>;
  readonly command: (state: State, facts: Facts) => Decision<Event, Reason>;
}

export interface Repository<State, Event, Private = never> {
  /** Load, decide, commit: see `handle` in @echelon/decider. Facts are read at each attempt. */
  decide<Reason extends string>(
    id: string,
    cause: Cause,
    command: (state: State) => Decision<Event, Reason>,
  ): Promise<Outcome<Existing<State>, Reason>>;
  decide<Reason extends string, Facts>(
    id: string,
    cause: Cause,
    informed: Informed<State, Event, Reason, Facts>,
  ): Promise<Outcome<Existing<State>, Reason>>;
  /** As it stands, if the viewer sees it. Not there and not seen are one answer. */
  find(id: string, viewer: Viewer): Promise<Stored<Existing<State>> | Refused<'not-found'>>;
  /** Its private record; undefined before it is written and once it is erased. Whoever asks has made sure who may see it. */
  record(id: string): Promise<Private | undefined>;
  /** As it stood by what was recorded before a time (RFC 3339, UTC); undefined before there was anything. */
  asOf(id: string, time: string): Promise<Existing<State> | undefined>;
  /** Every commit, in order: the history. */
  history(id: string): Promise<readonly Commit[]>;
}

export const aggregates = <State extends { readonly status: string }, Event extends { readonly type: string }, Private = never>(
  table: Table,
  aggregate: Aggregate<State, Event, Private>,
): Repository<State, Event, Private> => {
  const { none, state: stateCodec, events, at, evolve, about, isOwn, indexed, record: recordCodec, entry: entryCodec } = aggregate;
  const item = (id: string, sort: string) => read(table, id, sort);

  const load = async (id: string): Promise<Stored<State>> => {
    const found = await item(id, STATE);
    return found === undefined
      ? { state: none(id), version: 0 }
      : { state: z.decode(stateCodec, JSON.parse(text(found, 'body'))), version: integer(found, 'version') };
  };

  const commitAt = async (id: string, version: number): Promise<Commit> => {
    const found = await item(id, commitKey(version));
    if (found === undefined) throw new Error(`${id} came to version ${version}, and has no such commit`);
    return commitOf(found);
  };

  /** Each commit holds the state after it, which the law of replay checks; so one row answers as it was then. */
  const loadAt = async (id: string, version: number): Promise<Stored<State>> => ({
    state: stateCodec.parse((await commitAt(id, version)).state),
    version,
  });

  const precedent = async (id: string, cause: Cause): Promise<Precedent | undefined> => {
    const found = await item(id, causeKey(cause.id));
    return found && { hash: text(found, 'hash'), version: integer(found, 'version') };
  };

  /** The event's own type names the codec of its data; TypeScript can't follow it through the table of schemas. */
  const encodeEvent = (event: Event) => {
    const { type, at: when, data } = event as Event & { at: unknown; data: unknown };
    return { type, at: z.encode(at, when), data: z.encode(events[event.type as Event['type']].data, data) };
  };

  const encodeRecord = (id: string, record: object | null | undefined): string | null | undefined => {
    if (record === undefined || record === null) return record;
    if (recordCodec === undefined) throw new Error(`${id} has no private record`);
    // Encoding finds out whether it is of the record's type, which a decision does not say.
    return JSON.stringify(z.encode(recordCodec, record as Private));
  };

  const encodeEntry = (id: string, { key, value }: Entry): { readonly key: string; readonly body: string } => {
    if (entryCodec === undefined) throw new Error(`${id} has no entries`);
    return { key, body: JSON.stringify(z.encode(entryCodec, value)) };
  };

  const commit = async ({ id, from, decided, cause }: Committing<State, Event>): Promise<Stored<State> | undefined> => {
    const state = decided.events.reduce(evolve, from.state);
    if (!exists(state)) throw new Error(`${id}: a decision left no state`);
    const version = from.version + 1;
    const body = z.encode(stateCodec, state);
    const { recordedAt, by } = cause;
    const happened = decided.events.map(encodeEvent);
    weigh(id, body, happened);
    const written = await transact(table, {
      id,
      version,
      cause,
      state: { status: state.status, body: JSON.stringify(body), places: indexed(state) },
      commit: JSON.stringify({ recordedAt, by, about: about(state), events: happened, state: body }),
      record: encodeRecord(id, decided.record),
      entries: (decided.entries ?? []).map((entry) => encodeEntry(id, entry)),
      effects: decided,
    });
    return written ? { state, version } : undefined;
  };

  const sees = (viewer: Viewer, state: State): boolean => viewer.sees === 'all' || (exists(state) && isOwn(state, viewer));
  const store: Store<State, Event> = { none, sees, load, loadAt, precedent, commit };

  return {
    decide: async <Reason extends string, Facts>(
      id: string,
      cause: Cause,
      asked: ((state: State) => Decision<Event, Reason>) | Informed<State, Event, Reason, Facts>,
    ): Promise<Outcome<Existing<State>, Reason>> => {
      const outcome =
        typeof asked === 'function'
          ? await handle(store, { id, cause, facts: nothing, decide: asked })
          : await handle(store, { id, cause, facts: asked.facts, decide: asked.command });
      if ('refused' in outcome) return outcome;
      if (!exists(outcome.state)) throw new Error(`${id}: nothing was decided about nothing`);
      return { state: outcome.state, version: outcome.version };
    },

    find: async (id, viewer) => {
      const { state, version } = await load(id);
      return exists(state) && sees(viewer, state) ? { state, version } : refuse('not-found');
    },

    record: async (id) => {
      const body = (await item(id, RECORD))?.body?.S;
      return body === undefined || recordCodec === undefined ? undefined : z.decode(recordCodec, JSON.parse(body));
    },

    // Commits are recorded one after the other, so that halving finds the last one before a time: 10 reads among a thousand, 20 among a million.
    asOf: async (id, time) => {
      let [before, after] = [0, (await load(id)).version + 1];
      let state: unknown;
      while (after - before > 1) {
        const version = Math.floor((before + after) / 2);
        const commit = await commitAt(id, version);
        if (commit.recordedAt < time) [before, state] = [version, commit.state];
        else after = version;
      }
      return before === 0 ? undefined : stateCodec.parse(state);
    },

    history: (id) => historyOf(table, id),
  };
};

/** EventBridge's and SQS's 256 KB of UTF-8, less 12 KB for the envelope and what they wrap around it. */
const EVENT_BYTES_MAX = 250_000;
/** DynamoDB's 400 KB an item, less 10 KB for keys and the commit's other fields. */
const COMMIT_BYTES_MAX = 390_000;

/** Before it is stored: an event that can't be sent would hold up everything behind it. @throws Oversized */
const weigh = (id: string, state: unknown, happened: readonly unknown[]): void => {
  const [own, ...events] = [state, ...happened].map((part) => Buffer.byteLength(JSON.stringify(part)));
  const [stateBytes, eventBytes] = [own ?? 0, Math.max(0, ...events)];
  const commitBytes = events.reduce((sum, bytes) => sum + bytes, stateBytes);
  if (stateBytes + eventBytes > EVENT_BYTES_MAX || commitBytes > COMMIT_BYTES_MAX)
    throw new Oversized(`${id}: a state of ${stateBytes} bytes and events of ${commitBytes - stateBytes}, one of ${eventBytes}, are too large`);
};

const nothing = async (): Promise<undefined> => undefined;

const exists = <State extends { readonly status: string }>(state: State): state is Existing<State> => state.status !== 'none';

const read = async ({ client, name: TableName }: Table, id: string, sort: string): Promise<Item | undefined> =>
  (await client.send(new GetItemCommand({ TableName, Key: keyOf(id, sort), ConsistentRead: true }))).Item;

/** Of up to 1 MB each: far beyond any aggregate's history. */
const HISTORY_PAGES_MAX = 1_000;

const historyOf = async ({ client, name: TableName }: Table, id: string): Promise<Commit[]> => {
  const commits: Commit[] = [];
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  for (let pages = 0; pages < HISTORY_PAGES_MAX; pages++) {
    const page = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :commit)',
        ExpressionAttributeValues: { ':pk': { S: id }, ':commit': { S: COMMIT_PREFIX } },
        ConsistentRead: true,
        ...(ExclusiveStartKey && { ExclusiveStartKey }),
      }),
    );
    commits.push(...(page.Items ?? []).map(commitOf));
    ExclusiveStartKey = page.LastEvaluatedKey;
    if (ExclusiveStartKey === undefined) return commits;
  }
  throw new Error(`${id} has more than ${HISTORY_PAGES_MAX} pages of commits`);
};

import {
  type AttributeValue,
  type CancellationReason,
  GetItemCommand,
  QueryCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import {
  type Accepted,
  type Cause,
  type Decision,
  handle,
  type Outcome,
  type Precedent,
  type Refused,
  refuse,
  type Store,
  type Stored,
  type Viewer,
} from '@echelon/decider';
import * as z from 'zod';
import { putClaim } from './claims.ts';
import { type Commit, commitOf } from './commit.ts';
import { COMMIT_PREFIX, causeKey, commitKey, type IndexName, integer, keyOf, STATE, type Table, text } from './table.ts';

/** All that the store needs to know of an aggregate; the rest is the service's own. */
export interface Aggregate<State extends { readonly status: string }, Event extends { readonly type: string }> {
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
}

/** Every state but that of nothing. */
type Existing<State> = Exclude<State, { status: 'none' }>;

export interface Repository<State, Event> {
  /** Load, decide, commit: see `handle` in @echelon/decider. `facts` are read beside the state, at each attempt. */
  decide<Reason extends string>(
    id: string,
    cause: Cause,
    command: (state: State) => Decision<Event, Reason>,
  ): Promise<Outcome<Existing<State>, Reason>>;
  decide<Reason extends string, Facts>(
    id: string,
    cause: Cause,
    command: (state: State, facts: Facts) => Decision<Event, Reason>,
    facts: () => Promise<Facts>,
  ): Promise<Outcome<Existing<State>, Reason>>;
  /** As it stands, if the viewer sees it. Not there and not seen are one answer. */
  find(id: string, viewer: Viewer): Promise<Stored<Existing<State>> | Refused<'not-found'>>;
  /** Every commit, in order: the history. */
  history(id: string): Promise<readonly Commit[]>;
}

/** Causes of requests may be forgotten after 30 days; those that are events never. */
const CAUSE_SECONDS = 30 * 24 * 3_600;
/** Of up to 1 MB each: far beyond any aggregate's history. */
const HISTORY_PAGES_MAX = 1_000;
/** DynamoDB's own bound on the items of a transaction. */
const TRANSACTION_ITEMS_MAX = 100;

export const aggregates = <State extends { readonly status: string }, Event extends { readonly type: string }>(
  table: Table,
  { none, state: stateCodec, events, at, evolve, about, isOwn, indexed }: Aggregate<State, Event>,
): Repository<State, Event> => {
  const { client, name: TableName } = table;

  const load = async (id: string): Promise<Stored<State>> => {
    const { Item } = await client.send(new GetItemCommand({ TableName, Key: keyOf(id, STATE), ConsistentRead: true }));
    return Item === undefined
      ? { state: none(id), version: 0 }
      : { state: z.decode(stateCodec, JSON.parse(text(Item, 'body'))), version: integer(Item, 'version') };
  };

  const history = async (id: string): Promise<Commit[]> => {
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

  /** The event's own type names the codec of its data; TypeScript can't follow it through the table of schemas. */
  const encodeEvent = (event: Event) => {
    const { type, at: when, data } = event as Event & { at: unknown; data: unknown };
    return { type, at: z.encode(at, when), data: z.encode(events[event.type as Event['type']].data, data) };
  };

  /** Each commit holds the state after it, which the law of replay checks; so one row answers as it was then. */
  const loadAt = async (id: string, version: number): Promise<Stored<State>> => {
    const { Item } = await client.send(new GetItemCommand({ TableName, Key: keyOf(id, commitKey(version)), ConsistentRead: true }));
    if (Item === undefined) throw new Error(`${id} has a cause that led to version ${version}, and no such commit`);
    return { state: stateCodec.parse(commitOf(Item).state), version };
  };

  const precedent = async (id: string, cause: Cause): Promise<Precedent | undefined> => {
    const { Item } = await client.send(new GetItemCommand({ TableName, Key: keyOf(id, causeKey(cause.id)), ConsistentRead: true }));
    return Item && { hash: text(Item, 'hash'), version: integer(Item, 'version') };
  };

  const commit = async (id: string, from: Stored<State>, decided: Accepted<Event>, cause: Cause): Promise<Stored<State> | undefined> => {
    const folded = decided.events.reduce(evolve, from.state);
    if (!exists(folded)) throw new Error(`${id}: a decision left no state`);
    const state = folded;
    const version = from.version + 1;
    const public_ = z.encode(stateCodec, state);
    const body = { recordedAt: cause.recordedAt, by: cause.by, about: about(state), events: decided.events.map(encodeEvent), state: public_ };
    const places = Object.entries(indexed(state)).flatMap(([index, [pk, sk]]) => [
      [`${index}pk`, { S: pk }] as const,
      [`${index}sk`, { S: sk }] as const,
    ]);
    const TransactItems: TransactWriteItem[] = [
      {
        Put: {
          TableName,
          Item: {
            ...keyOf(id, STATE),
            version: { N: String(version) },
            status: { S: state.status },
            body: { S: JSON.stringify(public_) },
            ...Object.fromEntries(places),
          },
          ...(from.version === 0
            ? { ConditionExpression: 'attribute_not_exists(pk)' }
            : { ConditionExpression: 'version = :read', ExpressionAttributeValues: { ':read': { N: String(from.version) } } }),
        },
      },
      {
        Put: {
          TableName,
          Item: { ...keyOf(id, commitKey(version)), version: { N: String(version) }, body: { S: JSON.stringify(body) } },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
      {
        Put: {
          TableName,
          Item: {
            ...keyOf(id, causeKey(cause.id)),
            version: { N: String(version) },
            hash: { S: cause.hash },
            ...(cause.forgettable && { expires: { N: String(Math.floor(Date.now() / 1_000) + CAUSE_SECONDS) } }),
          },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
      ...(decided.claims ?? []).map((claim) => putClaim(table, claim)),
    ];
    if (TransactItems.length > TRANSACTION_ITEMS_MAX) throw new Error(`${id}: ${TransactItems.length} items are more than one transaction holds`);
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems }));
      return { state, version };
    } catch (error) {
      if (error instanceof TransactionCanceledException && error.CancellationReasons?.every(passes)) return undefined;
      throw error;
    }
  };

  const sees = (viewer: Viewer, state: State): boolean => viewer.sees === 'all' || (exists(state) && isOwn(state, viewer));
  const store: Store<State, Event> = { none, sees, load, loadAt, precedent, commit };

  const decide = async <Reason extends string, Facts>(
    id: string,
    cause: Cause,
    command: (state: State, facts: Facts) => Decision<Event, Reason>,
    facts?: () => Promise<Facts>,
  ): Promise<Outcome<Existing<State>, Reason>> => {
    // Without a loader the command takes no facts, which the first signature of `decide` says.
    const outcome = await handle(store, { id, cause, decide: command, facts: facts ?? (async () => undefined as Facts) });
    if ('refused' in outcome) return outcome;
    if (!exists(outcome.state)) throw new Error(`${id}: nothing was decided about nothing`);
    return { state: outcome.state, version: outcome.version };
  };

  const find = async (id: string, viewer: Viewer): Promise<Stored<Existing<State>> | Refused<'not-found'>> => {
    const { state, version } = await load(id);
    return exists(state) && sees(viewer, state) ? { state, version } : refuse('not-found');
  };

  return { decide, find, history };
};

const exists = <State extends { readonly status: string }>(state: State): state is Existing<State> => state.status !== 'none';

/** Reasons for which another attempt may succeed, or find that it already has. Any other is a fault of ours. */
const contention = new Set(['None', 'ConditionalCheckFailed', 'TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);
const passes = ({ Code = 'None' }: CancellationReason): boolean => contention.has(Code);

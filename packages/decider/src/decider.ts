/**
 * The heart of every write: a pure decision on a state, and `handle`, which makes it durable exactly once.
 * Knows nothing of AWS, HTTP or any business; `Store` is the port that `@echelon/store` implements on DynamoDB.
 */
import type { Claim } from './claim.ts';
import type { TallyChange } from './tally.ts';

export * from './claim.ts';
export * from './tally.ts';

/** The state as the member of its union that an event can follow; any other is a history that was never decided. */
export const was = <State extends { readonly status: string }, const Status extends State['status']>(
  state: State,
  event: string,
  ...statuses: readonly Status[]
): Extract<State, { status: Status }> => {
  if (!statuses.some((status) => status === state.status)) throw new Error(`${event} in a state that is ${state.status}`);
  // The status was just found among those that name the members.
  return state as Extract<State, { status: Status }>;
};

/** What was decided: events in order and what is written with them; or a refusal by its kebab-case reason. */
export type Decision<Event, Reason extends string = never> = Accepted<Event> | Refused<Reason>;
export interface Accepted<Event> extends Effects {
  readonly events: readonly Event[];
}
/** What a decision writes beside its events, in their transaction. */
export interface Effects {
  /** The lines of claims as they are to stand. */
  readonly claims?: readonly Claim[];
  readonly tallies?: readonly TallyChange[];
  /** The aggregate's one private record as it is to stand; `null` erases it. It never becomes part of events, state or history. */
  readonly record?: object | null;
  /** Entries of the aggregate as they are to stand, each in place of the one of its key. */
  readonly entries?: readonly Entry[];
}
/** What an aggregate has too many of for its state: a ledger’s lines, listed in the order of their keys. */
export interface Entry {
  readonly key: string;
  readonly value: object;
}
export interface Refused<Reason extends string> {
  readonly refused: Reason;
  /** One sentence for people, with the figures that decided. Never personal data; another partner's only where none but the vendor's people are answered. */
  readonly because?: string;
}

export const accept = <Event>(events: readonly Event[], effects: Effects = {}): Accepted<Event> => ({ events, ...effects });
export const refuse = <const Reason extends string>(refused: Reason, because?: string): Refused<Reason> =>
  because === undefined ? { refused } : { refused, because };

/** A state as it stands in the store. Version 0 is no state at all: nothing has been decided yet. */
export interface Stored<State> {
  readonly state: State;
  readonly version: number;
}

/** Why something is decided: one request (principal + route + Idempotency-Key) or one event at one aggregate. */
export interface Cause {
  readonly id: string;
  /** Hash of the input; the same cause with another hash is another request that stole its key. */
  readonly hash: string;
  /** Who, when and on whose behalf: recorded with the commit, as the audit trail. */
  readonly by: Readonly<Record<string, string>>;
  /** RecordedTime of what is decided: RFC 3339, UTC. */
  readonly recordedAt: string;
  /** May be forgotten after a while, because whoever repeats it stops trying: true of requests, never of events. */
  readonly forgettable: boolean;
  /** The version the caller last saw (`If-Match`); anything else is `stale`. */
  readonly ifMatch?: number;
  /** On whose eyes: what it doesn't see does not exist for it. Absent for events and sweeps, which see everything. */
  readonly viewer?: Viewer;
  /** Milliseconds of wall time left to contend for the aggregate. */
  readonly timeLeft: () => number;
}

/** Who looks: a partner's principal sees what is its partner's or its own doing, the vendor's sees all. */
export interface Viewer {
  readonly principal: string;
  readonly sees: 'all' | 'own';
  readonly partnerId?: string;
}

/** A cause that was committed earlier: what it was then, and the version it led to. */
export interface Precedent {
  readonly hash: string;
  readonly version: number;
}

export interface Store<State, Event> {
  /** The state of what nobody has decided anything about. */
  none(id: string): State;
  sees(viewer: Viewer, state: State): boolean;
  load(id: string): Promise<Stored<State>>;
  /** As it stood after the commit of that version: the fold of the commits up to it. */
  loadAt(id: string, version: number): Promise<Stored<State>>;
  precedent(id: string, cause: Cause): Promise<Precedent | undefined>;
  /** One transaction. `undefined` where another writer was in between or the cause is already recorded. */
  commit(committing: Committing<State, Event>): Promise<Stored<State> | undefined>;
}
export interface Committing<State, Event> {
  readonly id: string;
  /** As it was read; nobody may have been in between. */
  readonly from: Stored<State>;
  readonly decided: Accepted<Event>;
  readonly cause: Cause;
}

/** What can be said of any command, beside its own refusals. */
export type CommonRefusal = 'stale' | 'key-reused';
export type Outcome<State, Reason extends string> = Stored<State> | Refused<Reason | CommonRefusal>;

/** The aggregate stayed contended for as long as the caller could wait: nothing was decided, and it is safe to try again. */
export class Contended extends Error {
  override readonly name = 'Contended';
}

/** What was decided is more than can be stored or told: nothing was decided, and trying again leads to the same. */
export class Oversized extends Error {
  override readonly name = 'Oversized';
}

const ATTEMPTS_MAX = 100;
const PAUSE_MS_MAX = 200;

export interface Command<State, Event, Reason extends string, Facts> {
  readonly id: string;
  readonly cause: Cause;
  /**
   * Read at each attempt, beside the state: in the same sequential step, unless they follow from the state and wait for it. They
   * are promised what the caller sees of it.
   */
  readonly facts: (state: Promise<State>) => Promise<Facts>;
  readonly decide: (state: State, facts: Facts) => Decision<Event, Reason>;
}

/**
 * Decide on the state as it stands, and commit. A cause is looked up only after a refusal or an unsuccessful commit, so the
 * happy path costs one read and one write; the same cause is answered as it was then. Refusals are not recorded.
 * @throws Contended when writers kept coming in between until the time was up
 */
export const handle = async <State, Event, Reason extends string, Facts>(
  store: Store<State, Event>,
  { id, cause, facts, decide }: Command<State, Event, Reason, Facts>,
): Promise<Outcome<State, Reason>> => {
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    const loading = store.load(id);
    const seeing = loading.then((stored) => isSeen(store, stored, cause));
    const visible = Promise.all([loading, seeing]).then(([{ state }, seen]) => (seen ? state : store.none(id)));
    const [stored, seen, state, known] = await Promise.all([loading, seeing, visible, facts(visible)]);
    const decision = decide(state, known);
    // An id follows from a request's own key: where it names what the caller no longer sees, that key was theirs as someone else.
    const refusal = seen ? (stale(stored, cause) ?? refusalOf(decision)) : (refusalOf(decision) ?? refuse('key-reused'));
    if (refusal === undefined && 'events' in decision) {
      if (decision.events.length === 0) return stored;
      const committed = await store.commit({ id, from: stored, decided: decision, cause });
      if (committed !== undefined) return committed;
    }
    const [precedent, since] = await Promise.all([seen ? store.precedent(id, cause) : undefined, refusal && store.load(id)]);
    if (precedent !== undefined) {
      return precedent.hash === cause.hash ? store.loadAt(id, precedent.version) : refuse('key-reused');
    }
    // Facts are read after the state, or beside it: a refusal holds if the state they were judged with stood until then.
    if (refusal !== undefined && since?.version === stored.version) return refusal;
    await pause(attempt, cause);
  }
  throw new Contended(`${id} stayed contended for ${ATTEMPTS_MAX} attempts`);
};

const isSeen = <State>(store: Pick<Store<State, never>, 'sees'>, { state, version }: Stored<State>, { viewer }: Cause): boolean =>
  viewer === undefined || version === 0 || store.sees(viewer, state);

const refusalOf = <Event, Reason extends string>(decision: Decision<Event, Reason>): Refused<Reason> | undefined =>
  'refused' in decision ? decision : undefined;

/** Said before any other refusal, which would be of a state that the caller does not know. Of what is not there nothing was seen. */
const stale = ({ version }: Stored<unknown>, { ifMatch }: Cause): Refused<'stale'> | undefined =>
  ifMatch === undefined || ifMatch === version || version === 0 ? undefined : refuse('stale');

/** Full jitter: racing writers spread out instead of meeting again. */
const pause = async (attempt: number, cause: Cause): Promise<void> => {
  const wait = Math.random() * Math.min(PAUSE_MS_MAX, 5 * 2 ** attempt);
  if (cause.timeLeft() < wait) throw new Contended('the time to contend is up');
  await new Promise((resolve) => setTimeout(resolve, wait));
};

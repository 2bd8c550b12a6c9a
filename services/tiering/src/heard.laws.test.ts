/** Facts as queues bring them: each once, twice or three times, in any order, through `handle` with the event as cause. */
import type { CountedActivity } from '@echelon/contracts/tiering';
import { type Cause, handle, type Store } from '@echelon/decider';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { partnerId, programId, standingId } from '../../../test/given.ts';
import { noon } from '../../../test/standing.ts';
import { enrolment, known, today, versions } from './arbitraries.ts';
import { count } from './commands.ts';
import type { Telling } from './facts-heard.ts';
import { evolve, none, type StandingEvent, type StandingState } from './standing.ts';
import type { Versions } from './versions.ts';

const id = standingId(1);

/** One partition in memory: a commit takes each cause once. */
const memory = () => {
  const commits: { readonly cause: Cause; readonly state: StandingState }[] = [];
  const ledger = new Map<string, CountedActivity>();
  const at = (version: number) => ({ state: commits[version - 1]?.state ?? none(id), version });
  const store: Store<StandingState, StandingEvent> = {
    ...{ none, sees: () => true, load: async () => at(commits.length), loadAt: async (_, version) => at(version) },
    precedent: async (_, cause) => {
      const found = commits.findIndex((commit) => commit.cause.id === cause.id);
      return found === -1 ? undefined : { hash: cause.hash, version: found + 1 };
    },
    commit: async ({ from, decided, cause }) => {
      if (from.version !== commits.length || commits.some((commit) => commit.cause.id === cause.id)) return undefined;
      commits.push({ cause, state: decided.events.reduce(evolve, from.state) });
      // The store's codec says of which kind an entry is; here there is one kind.
      for (const { key, value } of decided.entries ?? []) ledger.set(key, value as CountedActivity);
      return at(commits.length);
    },
  };
  return { store, ledger };
};

interface Message {
  readonly event: number;
  readonly fact: Telling;
}
const causeOf = (event: number): Cause => ({
  ...{ id: `event ${event}`, hash: 'said', by: {}, recordedAt: '2026-11-20T17:00:00.000Z', forgettable: false },
  timeLeft: () => 60_000,
});

const told = async (messages: readonly Message[], of: Versions) => {
  const { store, ledger } = memory();
  const now = noon(today);
  for (const { event, fact } of messages) {
    const decide = count({ programId: programId(1), partnerId: partnerId(1), fact, now });
    await handle(store, { id, cause: causeOf(event), facts: async () => ({ versions: of, counted: ledger.get(fact.ledgerKey ?? '') }), decide });
  }
  const { state } = await store.load(id);
  if (state.status === 'none') throw new Error('nothing was heard');
  // `since` is history: it keeps that a tier was held for a while.
  return {
    ...state,
    positions: state.positions.map(({ since: _, ...position }) => position),
    ledger: [...ledger].toSorted(([a], [b]) => (a < b ? -1 : 1)),
  };
};

/** Orders and engagements are added up: only their causes tell that one comes again. */
const messages = known.map((list) =>
  [enrolment, ...list.flatMap(({ fact, taking }, n) => (n % 3 === 0 ? [fact, taking] : [fact]))].map((fact, event): Message => ({ event, fact })),
);
const delivered = messages.chain((list) =>
  fc.array(fc.integer({ min: 1, max: 3 }), { minLength: list.length, maxLength: list.length }).chain((times) => {
    const copies = list.flatMap((message, n) => Array.from({ length: times[n] ?? 1 }, () => message));
    return fc.tuple(fc.constant(list), fc.shuffledSubarray(copies, { minLength: copies.length }));
  }),
);

it.each(versions)('facts that come once to three times each, in any order, give what each gives once', async (...of) => {
  await fc.assert(
    fc.asyncProperty(delivered, async ([once, copies]) => {
      expect(await told(copies, of)).toEqual(await told(once, of));
    }),
  );
});

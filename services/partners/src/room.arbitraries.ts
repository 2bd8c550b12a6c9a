/** The whole room in memory: what the table does for its aggregates, at the pace that is set. */
import { type Cause, type Claim, type Committing, type Decision, handle, type Store, type Tally, tallied } from '@echelon/decider';
import * as asset from './asset/asset.ts';
import * as engagement from './engagement/engagement.ts';
import * as partner from './partner/partner.ts';
import * as person from './person/person.ts';
import * as client from './system-client/system-client.ts';

export type Pace = <Value>(act: () => Value) => Promise<Value>;
export const atOnce: Pace = async (act) => act();

/** What the table does for every aggregate of the room: commits on the condition of version, claims and tallies, all or nothing. */
export const room = (pace: Pace, look: () => void) => {
  const tallies = new Map<string, Tally>();
  const tally = (key: string): Tally => tallies.get(key) ?? { key, sum: 0n, closed: false };
  const lines = new Map<string, Claim>();
  const line = (key: string): Claim => lines.get(key) ?? { key, version: 0, line: [] };
  const shelf = <State, Event>(none: (id: string) => State, evolve: (state: State, event: Event) => State) => {
    const histories = new Map<string, Event[][]>();
    const at = (id: string) => {
      const commits = histories.get(id) ?? [];
      return { state: commits.flat().reduce(evolve, none(id)), version: commits.length };
    };
    const commit = ({ id, from, decided }: Committing<State, Event>) => {
      const changed = (decided.tallies ?? []).map((change) => tallied(tally(change.key), change));
      const claims = decided.claims ?? [];
      const moved = claims.some(({ key, version }) => line(key).version !== version);
      if (at(id).version !== from.version || changed.includes(undefined) || moved) return undefined;
      for (const one of claims) lines.set(one.key, { ...one, version: one.version + 1 });
      for (const one of changed) if (one) tallies.set(one.key, one);
      histories.set(id, [...(histories.get(id) ?? []), [...decided.events]]);
      look();
      return at(id);
    };
    const store: Store<State, Event> = {
      none,
      sees: () => true,
      load: (id) => pace(() => at(id)),
      loadAt: async (id) => at(id),
      precedent: async () => undefined,
      commit: (committing) => pace(() => commit(committing)),
    };
    const decide = <Facts>(id: string, facts: () => Facts | Promise<Facts>, command: (state: State, facts: Facts) => Decision<Event, string>) =>
      handle(store, { id, cause, facts: async (): Promise<Facts> => pace<Facts | Promise<Facts>>(facts), decide: command });
    return { decide, at, histories, all: () => [...histories.keys()].map((id) => at(id).state) };
  };
  return {
    tally,
    line,
    pace,
    partners: shelf(partner.none, partner.evolve),
    people: shelf(person.none, person.evolve),
    engagements: shelf(engagement.none, engagement.evolve),
    assets: shelf(asset.none, asset.evolve),
    clients: shelf(client.none, client.evolve),
  };
};
export type Room = ReturnType<typeof room>;

const cause: Cause = { id: 'c', hash: 'h', by: {}, recordedAt: '2026-03-02T15:00:00.000Z', forgettable: true, timeLeft: () => 60_000 };

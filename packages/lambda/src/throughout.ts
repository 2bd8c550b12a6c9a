/** A list from its start to its end, for sweeps: page after page while there is time, each of its items by itself. */
import type { Refused, Stored } from '@echelon/decider';
import type { Listed } from '@echelon/store';
import type { OpenRound } from './rounds.ts';
import type { Swept } from './sweep.ts';

/** Longer than any list: a cursor that never ends is a fault, not work. */
const PAGES_MAX = 1_000;

export interface Paging<State> extends Pick<Swept, 'timeLeft'> {
  readonly list: (cursor: string | undefined) => Promise<Listed<State>>;
  /** What is done to one of them; undefined where there is nothing to do. A page is done at once, so it is as long as a function can spare. */
  readonly act: (item: Listed<State>['items'][number]) => Promise<Stored<unknown> | Refused<string> | undefined>;
  /** Where it is taken up and how far it came is kept, of a list in which nothing ceases to stand by being done. */
  readonly round?: OpenRound;
}

export interface Gone {
  /** How many were changed: a list lags, and of what was done before nothing is due. */
  readonly done: number;
  readonly failed: readonly unknown[];
  /** Whether the end of the list was reached. */
  readonly isWhole: boolean;
}

/** What can't be done is passed over, and does not keep the others from being done. */
export const throughout = async <State>({ list, act, timeLeft, round }: Paging<State>): Promise<Gone> => {
  let [done, cursor]: [number, string | undefined] = [0, round?.from];
  const failed: unknown[] = [];
  for (let pages = 0; pages < PAGES_MAX && timeLeft() > 0; pages++) {
    const { items, next } = await list(cursor);
    const outcomes = await Promise.allSettled(items.map(async (item) => ({ before: item.version, after: await act(item) })));
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') failed.push(outcome.reason);
      else if (outcome.value.after && 'version' in outcome.value.after && outcome.value.after.version > outcome.value.before) done += 1;
    }
    cursor = next;
    await round?.reached(cursor);
    if (cursor === undefined) return { done, failed, isWhole: true };
  }
  return { done, failed, isWhole: false };
};

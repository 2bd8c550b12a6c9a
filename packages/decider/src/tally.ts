/**
 * A tally is a sum that many aggregates change at once. It has no version, which all but one of them would lose by: a decision
 * carries arithmetic and the condition on which it holds, and the transaction does both.
 */
export interface Tally {
  readonly key: string;
  /** Never negative. */
  readonly sum: bigint;
  /** For good: nothing is added to it or taken from it any more. */
  readonly closed: boolean;
}

/** Add to it, or take from it what is there; or close it, which holds at zero only. */
export type TallyChange = { readonly key: string; readonly add: bigint } | { readonly key: string; readonly close: true };

/** What a change makes of a tally; undefined where its condition does not hold, and the decision is to be made anew. */
export const tallied = (tally: Tally, change: TallyChange): Tally | undefined => {
  if ('close' in change) return tally.sum === 0n ? { ...tally, closed: true } : undefined;
  const sum = tally.sum + change.add;
  return tally.closed || sum < 0n ? undefined : { ...tally, sum };
};

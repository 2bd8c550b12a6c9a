/** Numbers that look random and are the same for the same seed (mulberry32). */
export interface Chance {
  /** 0 ≤ n < bound */
  below(bound: number): number;
  /** One time in so many. */
  oneIn(times: number): boolean;
  shuffle<T>(values: readonly T[]): T[];
}

export const chanceOf = (seed: number): Chance => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (bound: number): number => Math.floor(next() * bound);
  return {
    below,
    oneIn: (times) => below(times) === 0,
    shuffle: (values) =>
      values
        .map((value) => ({ value, place: next() }))
        .sort((a, b) => a.place - b.place)
        .map(({ value }) => value),
  };
};

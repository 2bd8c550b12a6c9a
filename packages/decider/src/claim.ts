/**
 * A claim is what makes something unique: the line of those who want one key, in the order in which they came. The first that
 * is still live holds it. Joining all lines of all one's keys happens in one transaction, so two that overlap in any key see
 * each other in the same order everywhere, and nobody waits in a circle.
 */
export interface Claim {
  readonly key: string;
  /** As read; the commit is refused if it has moved on. 0: nobody ever stood here. */
  readonly version: number;
  readonly line: readonly Claimant[];
}

export interface Claimant {
  /** The aggregate that claims. */
  readonly id: string;
  /** On whose behalf: one place per party and line. */
  readonly by: string;
  /** RFC 3339, UTC, exclusive; absent while it has no end. */
  readonly until?: string;
  /** What those who come later are to know of it. */
  readonly says?: string;
}

/** Bounds the item and the work of a decision; a full line refuses those who come. */
export const LINE_MAX = 500;

export const live = (claim: Claim, at: string): readonly Claimant[] => claim.line.filter(({ until }) => until === undefined || at < until);

export const holder = (claim: Claim, at: string): Claimant | undefined => live(claim, at)[0];

export const isFull = (claim: Claim, at: string): boolean => live(claim, at).length >= LINE_MAX;

/** Stand in line, behind all who are live at that time; who is not is forgotten. */
export const join = (claim: Claim, claimant: Claimant, at: string): Claim => ({ ...claim, line: [...live(claim, at), claimant] });

export const leave = (claim: Claim, id: string): Claim => ({ ...claim, line: claim.line.filter((one) => one.id !== id) });

/** Keep one's place until then and no longer. */
export const holdUntil = (claim: Claim, id: string, until: string): Claim => ({
  ...claim,
  line: claim.line.map((one) => (one.id === id ? { ...one, until } : one)),
});

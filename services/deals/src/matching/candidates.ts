/** Of those that may want the same, whom a person is shown. */
import type { DealCandidate } from '@echelon/contracts/deals';
import type { Match } from './match.ts';

/** One that may want the same; of one that was found by its very name alone there is neither score nor evidence. */
export type Found = DealCandidate & { readonly score?: number };

/** One that is so much less alike than the best is not shown. */
const BEHIND_MAX = 0.15;

/**
 * Those that a person is to look at: which were decided, which are of one group, have one id or bear the very name, and which are about as
 * alike as the best of those that were not found different. Where any is left that was not found different, the best of these is shown.
 * First whoever was not found different, then who stands out, then the best: where only so many are kept or shown, these are.
 */
export const shownOf = (found: readonly Found[]): readonly DealCandidate[] => {
  const isNear = nearTheBest(found.filter((one) => !isDifferent(one)).flatMap(rankOf));
  return found
    .filter((one) => one.decision !== undefined || standsOut(one) || rankOf(one).some(isNear))
    .toSorted((a, b) => Number(isDifferent(a)) - Number(isDifferent(b)) || Number(standsOut(b)) - Number(standsOut(a)) || scoreOf(b) - scoreOf(a))
    .map(({ score: _, ...candidate }) => candidate);
};

const isDifferent = ({ decision }: Found): boolean => decision === 'different';
const DECISIVE: ReadonlySet<string> = new Set(['registry-id', 'domain']);
const standsOut = ({ by, evidence = [] }: Found): boolean =>
  by !== 'likeness' || evidence.some(({ of, finding }) => DECISIVE.has(of) && finding === 'same');
const scoreOf = ({ score = 0 }: Found): number => score;

type Ranked = Pick<Match, 'evidence' | 'score'>;
const rankOf = ({ evidence, score }: Found): readonly Ranked[] => (evidence === undefined || score === undefined ? [] : [{ evidence, score }]);

/**
 * Is one about as alike as the best of these? Where the best bears the very name, only those are that bear it too: beside "Volvo AB"
 * itself nobody asks for "Volvo Car AB".
 */
const nearTheBest = (likely: readonly Ranked[]): ((one: Ranked) => boolean) => {
  const [best] = likely.toSorted((a, b) => b.score - a.score);
  if (best === undefined) return () => false;
  return bearsTheName(best) ? bearsTheName : (one) => one.score >= best.score - BEHIND_MAX;
};

const bearsTheName = ({ evidence }: Ranked): boolean => evidence.some(({ of, finding }) => of === 'name' && finding === 'same');

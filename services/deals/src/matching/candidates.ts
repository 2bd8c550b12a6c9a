/** Of those that stand under a customer's keys, the few that a person should look at. */
import { compare, known, type Match, type Wanted } from './match.ts';

export type Candidate<Found> = Match & { readonly found: Found };

/** One that is so much less alike than the best is not shown. */
const BEHIND_MAX = 0.15;

type Ranked = Pick<Match, 'evidence' | 'score'>;

/**
 * Is one about as alike as the best of these? Where the best bears the very name, only those are that bear it too: beside "Volvo AB"
 * itself nobody asks for "Volvo Car AB".
 */
export const nearTheBest = (likely: readonly Ranked[]): ((one: Ranked) => boolean) => {
  const [best] = likely.toSorted((a, b) => b.score - a.score);
  if (best === undefined) return () => false;
  return bearsTheName(best) ? bearsTheName : (one) => one.score >= best.score - BEHIND_MAX;
};

const bearsTheName = ({ evidence }: Ranked): boolean => evidence.some(({ of, finding }) => of === 'name' && finding === 'same');

/** Best first; the same before the likely. */
export const candidatesFor = <Found extends Wanted>(wanted: Wanted, found: readonly Found[]): readonly Candidate<Found>[] => {
  const looking = known(wanted);
  const alike = found
    .map((one): Candidate<Found> => ({ ...compare(looking, known(one)), found: one }))
    .filter(({ verdict }) => verdict !== 'different')
    .toSorted((a, b) => Number(b.verdict === 'same') - Number(a.verdict === 'same') || b.score - a.score);
  const isNear = nearTheBest(alike.filter(({ verdict }) => verdict === 'likely'));
  return alike.filter((one) => one.verdict === 'same' || isNear(one));
};

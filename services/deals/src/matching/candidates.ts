/** Of those that stand under a customer's keys, the few that a person should look at. */
import { compare, known, type Match, type Wanted } from './match.ts';

export type Candidate<Found> = Match & { readonly found: Found };

/** A person looks at so many. */
export const CANDIDATES_MAX = 10;
/** One that is so much less alike than the best is not shown. */
const BEHIND_MAX = 0.15;

/**
 * Best first; the same before the likely. Where the best bears the very name, only those are shown that bear it too: beside "Volvo AB" itself
 * nobody asks for "Volvo Car AB".
 */
export const candidatesFor = <Found extends Wanted>(wanted: Wanted, found: readonly Found[]): readonly Candidate<Found>[] => {
  const looking = known(wanted);
  const alike = found
    .map((one): Candidate<Found> => ({ ...compare(looking, known(one)), found: one }))
    .filter(({ verdict }) => verdict !== 'different')
    .toSorted((a, b) => Number(b.verdict === 'same') - Number(a.verdict === 'same') || b.score - a.score);
  const best = alike.find(({ verdict }) => verdict === 'likely');
  const isNear = (one: Match): boolean => best !== undefined && (bearsTheName(best) ? bearsTheName(one) : one.score >= best.score - BEHIND_MAX);
  return alike.filter((one) => one.verdict === 'same' || isNear(one)).slice(0, CANDIDATES_MAX);
};

const bearsTheName = ({ evidence }: Match): boolean => evidence.some(({ of, finding }) => of === 'name' && finding === 'same');

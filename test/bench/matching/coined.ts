/** Customers that do not exist, called as those of a pool are: words of theirs, and words coined letter by letter from theirs. */
import { legalFormsOf } from '../../../services/deals/src/matching/legal-forms.ts';
import { kindOf, standardOf } from '../../../services/deals/src/matching/words.ts';
import type { Company } from './companies.ts';

/** Of the words by which a company is told apart so many are coined; the others are those that several companies have, as surnames are. */
const COINED_SHARE = 0.6;
const LETTERS_MAX = 12;

/** The same ones on every machine: the seed says which. */
export function* coined(pool: readonly Company[], count: number, seed = 20_275): Generator<Company> {
  const random = randomBy(seed);
  const pick = <One>(all: readonly One[]): One => all[Math.floor(random() * all.length)] as One;
  const names = pool.map(({ customer }) => partsOf(customer));
  const telling = names.flat().flatMap(({ text, isTelling }) => (isTelling ? [text] : []));
  const [following, several] = [followersIn(telling), severalIn(telling)];
  const coin = (): string => {
    let word = pick(telling).slice(0, 2);
    while (word.length < LETTERS_MAX) {
      const next = pick(following.get(word.slice(-2)) ?? ['']);
      if (next === '') break;
      word += next;
    }
    return word;
  };
  for (let i = 0; i < count; i++) {
    const words = pick(names).map(({ text, isTelling }) =>
      isTelling ? (random() < COINED_SHARE || several.length === 0 ? coin() : pick(several)) : text,
    );
    // A country and a city of one company, so that as many are in Paris as there are in the pool.
    const { country, city } = pick(pool).customer;
    yield { id: `coined-${i}`, customer: { name: words.join('').slice(0, NAME_MAX), country, ...(city !== undefined && { city }) } };
  }
}
const NAME_MAX = 200;

/** A name's words and what is between them, and of which words it is told apart. */
const partsOf = ({ name, country }: Company['customer']): readonly { readonly text: string; readonly isTelling: boolean }[] => {
  const forms = legalFormsOf(country);
  const isTelling = (text: string): boolean => /[\p{L}\p{N}]{3}/u.test(text) && !forms.has(text) && kindOf(standardOf(text)) === 'distinctive';
  return (name.toLowerCase().match(/[\p{L}\p{N}]+|[^\p{L}\p{N}]+/gu) ?? []).map((text) => ({ text, isTelling: isTelling(text) }));
};

/** As often as they are there. */
const severalIn = (words: readonly string[]): readonly string[] => {
  const counts = Map.groupBy(words, (word) => word);
  return words.filter((word) => (counts.get(word)?.length ?? 0) > 1);
};

/** Which letters follow any two, as often as they do; an end is the empty one. */
const followersIn = (words: readonly string[]): ReadonlyMap<string, readonly string[]> => {
  const following = new Map<string, string[]>();
  for (const word of words) {
    for (let at = 2; at <= word.length; at++) {
      const two = word.slice(at - 2, at);
      following.set(two, [...(following.get(two) ?? []), word.slice(at, at + 1)]);
    }
  }
  return following;
};

/** mulberry32: the same numbers for the same seed. */
const randomBy = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

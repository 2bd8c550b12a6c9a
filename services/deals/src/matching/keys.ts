/** Under which keys a customer is kept and looked for: two that are likely one have one of them in common, and nobody has more than seven. */
import type { EndCustomer } from '@echelon/contracts/deals';
import { cityOf } from './cities.ts';
import { ACRONYM_MAX, ACRONYM_MIN } from './likeness.ts';
import { nameOf, type Word } from './name.ts';
import type { Kind } from './words.ts';

/** Of each customer, whatever it is called: three of words, one of a pair of them, three of its city. A search reads the same ones. */
export const KEYS_MAX = 7;

/**
 * Customers that stand under one key, and that a search reads there. Who comes when it is full takes no place in it, and is found by its other
 * keys: those of a pair of words or of a city are seldom full where that of a common word is.
 */
export const UNDER_KEY_MAX = 100;

/** Letters of a word that a register would hardly cut or misspell. */
const [WORD_LETTERS, HERE_LETTERS, PAIR_LETTERS] = [5, 3, 15] as const;

export const candidateKeys = ({ name, country, city }: Pick<EndCustomer, 'name' | 'country' | 'city'>): readonly string[] => {
  const { words } = nameOf(name, country);
  if (words.length === 0) return [];
  const telling = tellingOf(words);
  const here = cityOf(city).replaceAll(' ', '-');
  const start = beginning(ofKinds(words, 'distinctive', 'trade', 'small'), HERE_LETTERS);
  const inCity = [...(start === '' ? [] : [`here:${start}`]), ...initialsOf(words, telling).map((two) => `initials:${two}`)];
  const keys = [
    ...chosen(telling).map((i) => `word:${country}:${beginning(telling.slice(i))}`),
    `pair:${country}:${pairOf(telling)}`,
    ...(here === '' ? [] : inCity.map((key) => `${key}:${country}:${here}`)),
  ];
  return [...new Set(keys)];
};

/** The first two, and the last, where some write what everybody calls the company: "Fabbrica Italiana Automobili Torino FIAT". */
const chosen = (words: readonly Word[]): readonly number[] => [...new Set([0, 1, words.length - 1])].filter((i) => i < words.length);

/** Words by which a company is told from others, then what it does; where it says neither, what there is. */
const tellingOf = (words: readonly Word[]): readonly Word[] =>
  [[...ofKinds(words, 'distinctive'), ...ofKinds(words, 'trade')], ofKinds(words, 'generic'), ofKinds(words, 'small')].find(
    (told) => told.length > 0,
  ) ?? [];
const ofKinds = (words: readonly Word[], ...kinds: readonly Kind[]): readonly Word[] => words.filter(({ kind }) => kinds.includes(kind));

/** Where a word is so common that its key is full, who has another beside it is found by both; who has none that tells, by three that don't. */
const pairOf = (telling: readonly Word[]): string => {
  if (telling.length === 1) return beginning(telling, PAIR_LETTERS);
  const several = telling.slice(0, telling[0]?.kind === 'generic' ? 3 : 2);
  return several
    .map((word) => beginning([word]))
    .toSorted()
    .join('+');
};

/** Across spaces, which registers set in other places: "Ubi Soft" and "Ubisoft". */
const beginning = (words: readonly Word[], letters: number = WORD_LETTERS): string =>
  Array.from(words.map(({ skeleton }) => skeleton).join(''))
    .slice(0, letters)
    .join('');

/** First and last, by which "ADP" meets "Aeroports de Paris": of a short word, and of all words. */
const initialsOf = (words: readonly Word[], [lead]: readonly Word[]): readonly string[] => {
  const letters = Array.from(lead?.text ?? '');
  const initials = words.flatMap(({ kind, text }) => (kind === 'small' ? [] : Array.from(text).slice(0, 1)));
  const asAcronym = letters.length >= ACRONYM_MIN && letters.length <= ACRONYM_MAX ? [letters] : [];
  return [...asAcronym, ...(initials.length > 1 ? [initials] : [])].map((all) => `${all[0]}${all.at(-1)}`);
};

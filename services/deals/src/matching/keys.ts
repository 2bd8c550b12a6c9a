/** Under which keys a customer is kept and looked for: two that are likely one have one of them in common, but for what README names, and nobody has more than seven. */
import type { EndCustomer } from '@echelon/contracts/deals';
import { cityOf } from './cities.ts';
import { ACRONYM_MAX, ACRONYM_MIN, isAcronymOf } from './likeness.ts';
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
  const { words, told } = nameOf(name, country);
  if (words.length === 0) return [];
  const described = words.slice(told);
  const telling = tellingOf(words.slice(0, told), described);
  const acronym = described.find((word) => isAcronymOf({ words: [word] }, { words: words.slice(0, told) }));
  const here = cityOf(city).replaceAll(' ', '-');
  const start = beginning(ofKinds(words, 'distinctive', 'trade', 'small'), HERE_LETTERS);
  const inCity = [...(start === '' ? [] : [`here:${start}`]), ...initialsOf(words, telling).map((two) => `initials:${two}`)];
  const keys = [
    ...chosen(telling, acronym).map((from) => `word:${country}:${beginning(from)}`),
    `pair:${country}:${pairOf(telling)}`,
    ...(here === '' ? [] : inCity.map((key) => `${key}:${country}:${here}`)),
  ];
  return [...new Set(keys)];
};

/** From the first two, and from the last, where some write what everybody calls the company: "Fabbrica Italiana Automobili Torino FIAT", or "SpA F.I.A.T.". */
const chosen = (words: readonly Word[], acronym?: Word): readonly (readonly Word[])[] =>
  [words, words.slice(1), acronym ? [acronym] : words.slice(2).slice(-1)].filter((from) => from.length > 0);

/**
 * Words by which a company is told from others, then what it does; where it says neither, what there is. What describes it is often left out, and
 * stands for it, behind that, only where nothing else tells.
 */
const tellingOf = (words: readonly Word[], described: readonly Word[]): readonly Word[] => {
  const telling = byWhatTells(words);
  if (telling.length > 0) return telling;
  const generic = ofKinds(words, 'generic');
  return [...(generic.length > 0 ? generic : ofKinds(words, 'small')), ...byWhatTells(described)];
};
const byWhatTells = (words: readonly Word[]): readonly Word[] => [...ofKinds(words, 'distinctive'), ...ofKinds(words, 'trade')];
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

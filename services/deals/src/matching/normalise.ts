/** How a name or a city is evened out before it is compared: script, accents, case, dots, spaces, and nothing that needs a language. */
import slugify from 'slugify';

/** What of a name or city is looked at. The contract takes 200 characters; compatibility forms may be many times as long. */
export const LETTERS_MAX = 200;
/** Words of it that are looked at: names of companies have up to fifteen. */
export const WORDS_MAX = 24;

/** Lower-case words of letters and digits, in Latin script where `slugify` knows how to write them so: Greek, Cyrillic, Arabic and others. */
export const wordsOf = (text: string): readonly string[] => {
  const letters = text
    .slice(0, 2 * LETTERS_MAX)
    .normalize('NFKC')
    .replace(APOSTROPHES, '')
    .replace(NO_LETTERS, ' ');
  return Array.from(latin(letters).replace(DOTTED, withoutDots))
    .slice(0, LETTERS_MAX)
    .join('')
    .split(PARTING)
    .filter((word) => word !== '')
    .slice(0, WORDS_MAX);
};

/** Properties of Unicode take a millisecond to look up when the function starts: there is one such pattern. */
const NO_LETTERS = /[^\p{L}\p{M}\p{N}.]+/gu;
/** Elisions and abbreviations belong to the word: "Tod's" is "tods", "S.A." is "sa". */
const APOSTROPHES = /['’‘`´ʼ]/g;
const DOTTED = /\b(?:[a-z]\.)+[a-z]\b\.?/g;
const withoutDots = (dotted: string): string => `${dotted.replaceAll('.', '')} `;
const PARTING = /[ .]+/;

/** `slugify` writes some Greek letters by what they look like ("8" for theta); here as ISO 843 transcribes them. */
const GREEK: Readonly<Record<string, string>> = { η: 'i', θ: 'th', ξ: 'x', υ: 'y', χ: 'ch', ψ: 'ps', ω: 'o' };
/** Latin, Greek or Cyrillic with an accent; in other scripts, as in Japanese, a mark makes another letter. */
const ACCENTED = /([a-zͰ-ӿ])[\u0300-\u036f]+/g;
const NOTHING = /(?!)/g;
const latin = (text: string): string => {
  const bare = text
    .toLowerCase()
    .normalize('NFKD')
    .replace(ACCENTED, '$1')
    .replace(/[ηθξυχψω]/g, (letter) => GREEK[letter] ?? letter);
  return slugify(bare, { replacement: ' ', remove: NOTHING }).toLowerCase().normalize('NFKC').replace(NO_LETTERS, ' ');
};

/**
 * What different spellings of one sound have in common: Göteborg, Goteborg and Goeteborg; alpha and alfa; Kifissia and Kifisia; Yandex and Yandeks,
 * as Яндекс is transcribed. A skeleton to compare, not to show.
 */
export const skeleton = (word: string): string =>
  word
    .replace(/([aou])e+/g, '$1')
    .replace(/ou/g, 'u')
    .replace(/ph/g, 'f')
    .replace(/ck/g, 'k')
    .replace(/(?<=.)x|x(?=.)/g, 'ks')
    .replace(/y/g, 'i')
    .replace(/(?<=..)(.)\1+/g, '$1');

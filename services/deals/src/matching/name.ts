/** A company's name, taken apart into the words that tell it from others, and those that many have. */
import { isFormInBrackets, legalFormsOf } from './legal-forms.ts';
import { LETTERS_MAX, skeleton, WORDS_MAX, wordsOf } from './normalise.ts';
import { type Kind, kindOf, standardOf } from './words.ts';

export interface Word {
  readonly text: string;
  /** The one that stands for its spellings and translations. */
  readonly standard: string;
  readonly skeleton: string;
  readonly kind: Kind;
  readonly weight: number;
}
export interface Name {
  /** Without legal forms; where it has nothing else, with them. */
  readonly words: readonly Word[];
  /** Of these the first so many are the name itself: the rest, behind a form or in brackets, describes it. */
  readonly told: number;
  /** All of them in one, as written. */
  readonly compact: string;
}

export const nameOf = (name: string, country: string): Name => {
  const forms = legalFormsOf(country);
  const [main, aside] = asides(name);
  const written = wordsOf(main).map((word) => withoutForm(word, forms));
  const { words, described } = withoutForms(written, forms);
  const told = withInitialsTogether(words).map((word) => asWord(word));
  const beside = [...described, ...wordsOf(aside).filter((word) => !forms.has(word) && !isFormInBrackets(word))]
    .slice(0, WORDS_MAX - told.length)
    .map((word) => asWord(word, DESCRIBED));
  return { words: [...told, ...beside], told: told.length, compact: [...told, ...beside].map(({ text }) => text).join('') };
};

/** What stands in brackets, be they wide ones or part of a letter (㈱), says more of a company, and is often left out; unless nothing else is there. */
const asides = (name: string): readonly [string, string] => {
  const shown = name.slice(0, 2 * LETTERS_MAX).normalize('NFKC');
  const main = shown.replace(/\([^()]*\)?/g, ' ');
  return wordsOf(main).length > 0 ? [main, (shown.match(/\([^()]*/g) ?? []).join(' ')] : [shown, ''];
};

/** Chosen by us, by what parted the bench's pairs from what they were confused with. */
const WEIGHTS = { distinctive: 1, trade: 0.6, generic: 0.3, small: 0.05 } as const satisfies Record<Kind, number>;
/** A word of one, two or three letters tells less. */
const SHORT = [0, 0.3, 0.6, 0.8] as const;

/** Of its weight a word keeps so much that follows the legal form, or stands in brackets: "Orange SA Telecommunications and Media". */
const DESCRIBED = 0.15;

const asWord = (text: string, share = 1): Word => {
  const standard = standardOf(text);
  const kind = text.length === 1 && /^[a-z]$/.test(text) ? 'small' : kindOf(standard);
  const weight = share * WEIGHTS[kind] * (kind === 'distinctive' && /^[a-z0-9]/.test(text) ? (SHORT[text.length] ?? 1) : 1);
  return { text, standard, skeleton: skeleton(standard), kind, weight };
};

/** "Sociedade Gestora de Participacoes Sociais" is one of the longest; "S. p. A." is three words. */
const FORM_WORDS_MAX = 6;

/**
 * Without the forms at both ends, longest first, and between words those that are one word; never without everything. What follows a form in
 * the middle describes the company that is named before it.
 */
const withoutForms = (words: readonly string[], forms: ReadonlySet<string>): { words: readonly string[]; described: readonly string[] } => {
  let to = words.length;
  for (let cut = formAtEnd(words, forms); cut > 0; cut = formAtEnd(words.slice(0, to), forms)) to -= cut;
  const from = to > 1 && forms.has(words[0] ?? '') && words[0]?.length !== 1 ? 1 : 0;
  const left = words.slice(from, to);
  const middle = left.findIndex(
    (word, i) => i > 0 && isForm(word, left[i + 1], forms) && left.slice(0, i).some((one) => kindOf(standardOf(one)) === 'distinctive'),
  );
  const isOther = (word: string, i: number): boolean => i === 0 || word.length === 1 || !forms.has(word);
  if (middle === -1) return { words: left.filter(isOther), described: [] };
  return { words: left.slice(0, middle).filter(isOther), described: left.slice(middle + 1).filter((word) => !forms.has(word)) };
};

const isForm = (word: string, next: string | undefined, forms: ReadonlySet<string>): boolean =>
  (word.length > 1 && word !== 'co' && forms.has(word)) || (next !== undefined && forms.has(word + next) && word.length > 1);

/** A form that was cut off is known from so many letters. */
const FORM_CUT_MIN = 8;

const formAtEnd = (words: readonly string[], forms: ReadonlySet<string>): number => {
  for (let length = Math.min(FORM_WORDS_MAX, words.length - 1); length > 0; length--) {
    const end = words.slice(-length).join('');
    if (forms.has(end) || (length > 1 && end.length >= FORM_CUT_MIN && isBegun(end, forms))) return length;
  }
  return 0;
};

const isBegun = (end: string, forms: ReadonlySet<string>): boolean => {
  for (const form of forms) if (form.length > end.length && form.startsWith(end)) return true;
  return false;
};

/** "K+S", "K & S" and "KS" are one; so are "L D C" and "LDC". */
const withInitialsTogether = (words: readonly string[]): readonly string[] =>
  words.reduce<string[]>((together, word, i) => {
    const isInitial = (one: string | undefined): boolean => one !== undefined && /^[a-z0-9]$/.test(one);
    if (i > 0 && isInitial(word) && isInitial(words[i - 1])) together.push(`${together.pop() ?? ''}${word}`);
    else together.push(word);
    return together;
  }, []);

/** Scripts that part no words write the forms at either end of the one, and one before another: 株式会社トヨタ, 华为集团有限公司. */
const withoutForm = (word: string, forms: ReadonlySet<string>): string => {
  if (!UNPARTED.test(word)) return word;
  const [longest] = Array.from(forms)
    .filter((form) => UNPARTED.test(form) && form.length < word.length && (word.startsWith(form) || word.endsWith(form)))
    .toSorted((one, other) => other.length - one.length);
  if (longest === undefined) return word;
  return withoutForm(word.endsWith(longest) ? word.slice(0, -longest.length) : word.slice(longest.length), forms);
};
/** Hiragana, katakana, Han and Hangul, as most are written. */
const UNPARTED = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;

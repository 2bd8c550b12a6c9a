/** How alike two names are, and by which rule that is enough for a person to look. */
import { align, type Pair } from './alignment.ts';
import type { Name, Word } from './name.ts';

export interface Likeness {
  /** Of each name's weight, how much was found in the other, 0 to 1: of the name of which more was found, and of the other. */
  readonly more: number;
  readonly less: number;
  /** The weight that both have in common: a word by which companies are told apart is 1. */
  readonly common: number;
  /** The first word of one that tells companies apart is that of the other. */
  readonly isLed: boolean;
  /** One is the beginning of the other, letter by letter: so many letters. */
  readonly begins: number;
  /** One is made of the initials of the other. */
  readonly isAcronym: boolean;
  /** Both are numbered, and not alike: "Prime II" and "Prime III" are of one series, and two. */
  readonly isOtherNumber: boolean;
}

/** Which of the two comes first makes no difference. */
export const likenessOf = (name: Name, counterpart: Name): Likeness => {
  const [one, other] = orderOf(name) <= orderOf(counterpart) ? [name, counterpart] : [counterpart, name];
  const pairs = align(one.words, other.words);
  const [found, foundOther] = [weightOf(pairs, one.words, 'one'), weightOf(pairs, other.words, 'other')];
  const shares = [found / (total(one.words) || 1), foundOther / (total(other.words) || 1)] as const;
  const [lead, leadOther] = [leadOf(one.words), leadOf(other.words)];
  return {
    more: Math.max(...shares),
    less: Math.min(...shares),
    common: Math.min(found, foundOther),
    isLed: pairs.some((pair) => pair.one.includes(lead) && pair.other.includes(leadOther)),
    begins: one.compact.startsWith(other.compact) || other.compact.startsWith(one.compact) ? Math.min(one.compact.length, other.compact.length) : 0,
    isAcronym: isAcronymOf(one, other) || isAcronymOf(other, one),
    isOtherNumber: isOtherNumber(numbersOf(one.words), numbersOf(other.words)),
  };
};

type Rule = readonly [sentence: string, holds: (likeness: Likeness) => boolean];

/** Letters after which registers cut names off: shorter ones are whole. */
const CUT_OFF_MIN = 16;

/** The first that holds is the reason. How the figures were found, and what they part: README.md, "How a verdict is reached". */
const RULES: readonly Rule[] = [
  ['They bear the same name, but for spelling, abbreviations, word order and legal form.', ({ less }) => less >= 0.9],
  [
    'One name is the other with words that many names have.',
    ({ more, less, common, isLed }) => isLed && more >= 0.95 && less >= 0.7 && common >= 0.5,
  ],
  ['One name is the other, cut off.', ({ begins }) => begins >= CUT_OFF_MIN],
  ['All of one name, of several words, is in the other.', ({ more, less, common }) => more >= 0.95 && less >= 0.55 && common >= 1.9],
  ['One name has the initials of the other beside what both have.', ({ isAcronym, more }) => isAcronym && more >= 0.95],
  ['Most of both names is the same.', ({ more, less, common, isLed }) => isLed && more >= 0.85 && less >= 0.6 && common >= 1.9],
];
/** Enough where the city is the same. */
const RULES_HERE: readonly Rule[] = [
  ['All of one name is in the other, in the same city.', ({ more, common }) => more >= 0.95 && common >= 0.6],
  ['Much of both names is the same, in the same city.', ({ more, less, common, isLed }) => isLed && more >= 0.75 && less >= 0.55 && common >= 0.75],
  ['One name is made of the initials of the other, in the same city.', ({ isAcronym }) => isAcronym],
];

/** Why a person should look, in one sentence; nothing where no rule holds. */
export const reasonFor = (likeness: Likeness, isHere: boolean): string | undefined =>
  likeness.isOtherNumber ? undefined : [...RULES, ...(isHere ? RULES_HERE : [])].find(([, holds]) => holds(likeness))?.[0];

export const isSameName = (likeness: Likeness): boolean => reasonFor(likeness, false) === RULES[0]?.[0];

/** By which candidates are ranked: what of both names was found, and a tenth where the city is the same. Of a name that was cut off nobody knows the rest. */
export const scoreOf = ({ more, less, begins }: Likeness, isHere: boolean): number =>
  (begins >= CUT_OFF_MIN ? more : (more + less) / 2) + (isHere ? 0.1 : 0);

const orderOf = ({ compact, words }: Name): string => `${compact} ${words.map(({ text, weight }) => `${text} ${weight}`).join(' ')}`;
const total = (words: readonly Word[]): number => words.reduce((sum, { weight }) => sum + weight, 0);
const weightOf = (pairs: readonly Pair[], words: readonly Word[], side: 'one' | 'other'): number =>
  pairs.reduce((sum, pair) => sum + pair.quality * total(pair[side].flatMap((i) => words[i] ?? [])), 0);
const leadOf = (words: readonly Word[]): number => words.findIndex(({ kind }) => kind === 'distinctive');

/** Letters of an acronym. */
export const [ACRONYM_MIN, ACRONYM_MAX] = [3, 6] as const;
/** Words that tell companies apart beside the acronym: "BMW Motorrad" has one. */
const BESIDE_MAX = 1;

/** "ADP" of "Aeroports de Paris", "SEAT" of "Sociedad Espanola de Automoviles de Turismo": of the small words any or none. */
export const isAcronymOf = (one: Pick<Name, 'words'>, other: Pick<Name, 'words'>): boolean => {
  const [acronym, ...beside] = one.words.flatMap(({ kind, text }) => (kind === 'distinctive' ? [text] : []));
  if (acronym === undefined || beside.length > BESIDE_MAX || acronym.length < ACRONYM_MIN || acronym.length > ACRONYM_MAX) return false;
  const others = other.words.filter(({ text }) => text !== acronym);
  const telling = initialsOf(others.filter(({ kind }) => kind !== 'small'));
  return telling.length > 1 && isWithin(telling, acronym) && isWithin(acronym, initialsOf(others));
};
const initialsOf = (words: readonly Word[]): string => words.map(({ text }) => text[0]).join('');

/** All its letters in their order. */
const isWithin = (letters: string, text: string): boolean => {
  let at = 0;
  for (const letter of text) if (letter === letters[at]) at += 1;
  return at === letters.length;
};

/** Figures, and Roman numerals up to thirty-nine: so far go series of funds and holdings. */
const NUMBER = /^(?:\d+|(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3}))$/;
const numbersOf = (words: readonly Word[]): string =>
  words
    .flatMap(({ text }) => (NUMBER.test(text) ? [text] : []))
    .toSorted()
    .join(' ');
const isOtherNumber = (one: string, other: string): boolean => one !== '' && other !== '' && one !== other;

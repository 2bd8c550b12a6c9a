/** Which words of one name are which of the other: the same, shortened, cut off, written together, or misspelt. */
import { distance } from 'fastest-levenshtein';
import type { Word } from './name.ts';

export interface Pair {
  /** Where its words stand in either name. */
  readonly one: readonly number[];
  readonly other: readonly number[];
  /** How much of their weight they are worth: 0 to 1. */
  readonly quality: number;
}

/** Best pairs first, those that stand at the same place before others; each word is in one pair at most. */
export const align = (one: readonly Word[], other: readonly Word[]): readonly Pair[] => {
  const taken = { one: new Set<number>(), other: new Set<number>() };
  return pairsOf(one, other)
    .toSorted((a, b) => b.quality - a.quality || apart(a) - apart(b))
    .filter((pair) => {
      if (pair.one.some((i) => taken.one.has(i)) || pair.other.some((j) => taken.other.has(j))) return false;
      for (const i of pair.one) taken.one.add(i);
      for (const j of pair.other) taken.other.add(j);
      return true;
    });
};
const apart = ({ one, other }: Pair): number => Math.abs((one.at(-1) ?? 0) - (other.at(-1) ?? 0));

const pairsOf = (one: readonly Word[], other: readonly Word[]): readonly Pair[] => {
  const others = placesIn(other);
  return placesIn(one).flatMap((here, i) =>
    others.flatMap((there, j) => {
      const quality = qualityOf(here, there);
      return [
        ...(quality > 0 ? [{ one: [i], other: [j], quality }] : []),
        ...(isTogether(one[i - 1], here.word, there.word) ? [{ one: [i - 1, i], other: [j], quality: QUALITY.together }] : []),
        ...(isTogether(other[j - 1], there.word, here.word) ? [{ one: [i], other: [j - 1, j], quality: QUALITY.together }] : []),
      ];
    }),
  );
};

interface Place {
  readonly word: Word;
  /** By it a company is called: the first that tells companies apart. */
  readonly isFirst: boolean;
  /** And may so have been cut off, in a register that takes so many letters and no more. */
  readonly isLast: boolean;
}
const placesIn = (words: readonly Word[]): readonly Place[] => {
  const first = words.findIndex(({ kind }) => kind === 'distinctive');
  return words.map((word, at) => ({ word, isFirst: at === first, isLast: at === words.length - 1 }));
};

/** "Ubi Soft" and "Ubisoft". */
const isTogether = (first: Word | undefined, second: Word, whole: Word): boolean => first !== undefined && first.text + second.text === whole.text;

/** What a pair is worth by how its words are alike. Chosen by us. */
const QUALITY = { same: 1, together: 0.99, cut: 0.95, begun: 0.8, misspelt: 0.8, shortened: 0.8, inflected: 0.6 } as const;
/** Letters that a word must have for it: shorter ones are like too many others. */
const [BEGUN_MIN, SHORTENED_MIN, MISSPELT_MIN, MISSPELT_TWICE_MIN, STEM_MIN] = [3, 3, 5, 8, 5] as const;
/** Letters that a misspelt word has more or less. */
const MISSPELT_BY_MAX = 2;

const qualityOf = (one: Place, other: Place): number => {
  if (one.word.skeleton === other.word.skeleton) return QUALITY.same;
  const [short, long] = one.word.text.length <= other.word.text.length ? [one, other] : [other, one];
  return Math.max(...[long.word.text, long.word.standard].map((text) => wayOf(short, { ...long, text })).map((way) => (way ? QUALITY[way] : 0)));
};

/** Of the word by which a company is called only the spelling may differ: "Nord" is not "Nordea". */
const wayOf = (
  { word: { text }, isFirst, isLast }: Place,
  long: Pick<Place, 'isFirst'> & { readonly text: string },
): keyof typeof QUALITY | undefined => {
  const begins = long.text.startsWith(text) && isFirst === long.isFirst;
  if (begins && isLast && !isFirst) return 'cut';
  if (isMisspelt(text, long.text)) return 'misspelt';
  if (begins && text.length >= MISSPELT_MIN && long.text.length - text.length <= MISSPELT_BY_MAX) return 'begun';
  if (begins && text.length >= BEGUN_MIN && !isFirst) return 'begun';
  if (begins && 2 * text.length >= long.text.length) return 'inflected';
  if (isFirst || long.isFirst) return undefined;
  if (text.length >= SHORTENED_MIN && isShortened(text, long.text)) return 'shortened';
  return text.length > STEM_MIN && text.slice(0, STEM_MIN) === long.text.slice(0, STEM_MIN) ? 'inflected' : undefined;
};

const isMisspelt = (one: string, other: string): boolean => {
  const length = Math.min(one.length, other.length);
  if (length < MISSPELT_MIN || Math.abs(one.length - other.length) > MISSPELT_BY_MAX) return false;
  const isLong = length >= MISSPELT_TWICE_MIN;
  const isBegunAlike = one[0] === other[0];
  return (isBegunAlike || isLong) && distance(one, other) <= (isLong && isBegunAlike ? 2 : 1);
};

/** "Tlfnkn" of "Telefunken", "enrg" of "energy": its letters in order, the first being the first, and of the vowels few. */
const isShortened = (short: string, long: string): boolean => {
  if (short[0] !== long[0] || short.replace(/[aeiouy]/g, '').length < short.length - 1) return false;
  let at = 0;
  for (const letter of short) {
    const found = long.indexOf(letter, at);
    if (found === -1) return false;
    at = found + 1;
  }
  return true;
};

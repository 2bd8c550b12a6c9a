import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LETTERS_MAX, skeleton, WORDS_MAX, wordsOf } from './normalise.ts';

describe('the words of a name', () => {
  it.each([
    ['Nestlé S.A.', 'nestle sa'],
    ["Tod's S.p.A.", 'tods spa'],
    ['L’Oréal', 'loreal'],
    ['A.S. Roma', 'as roma'],
    ['PKN Orlen – Łódź', 'pkn orlen lodz'],
    ['A.P. Møller-Mærsk A/S', 'ap moller maersk a s'],
    ['Straßenbahn', 'strassenbahn'],
    ['İş Bankası', 'is bankasi'],
    ['ＡＣＭＥ　Inc', 'acme inc'],
    ['ﷺ', 'sla allh alyh wslm'],
    ['Газпром ПАО', 'gazprom pao'],
    ['ΔΕΗ Α.Ε.', 'dei ae'],
    ['トヨタ自動車株式会社', 'トヨタ自動車株式会社'],
    ['삼성전자', '삼성전자'],
    ['בנק הפועלים', 'בנק הפועלים'],
    ['🚀', ''],
    ['', ''],
    ['...', ''],
  ])('%s: %s', (name, words) => {
    expect(wordsOf(name).join(' ')).toBe(words);
  });

  it('of four thousand characters are those of the first few hundred', () => {
    expect(wordsOf('Siemens '.repeat(500))).toHaveLength(WORDS_MAX);
    expect(wordsOf('x'.repeat(4_000)).join('')).toHaveLength(LETTERS_MAX);
  });

  it('of any text stay what they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        const words = wordsOf(text);
        expect(wordsOf(words.join(' '))).toEqual(words);
      }),
    );
  });
});

it.each([
  ['goeteborg', 'goteborg'],
  ['muenchen', 'munchen'],
  ['alpha', 'alfa'],
  ['kifissia', 'kifisia'],
  ['yandex', 'yandeks'],
  ['peania', 'peania'],
])('%s sounds like %s', (one, other) => {
  expect(skeleton(one)).toBe(skeleton(other));
});

it('the letter x alone is no word of two: X is not K+S', () => {
  expect(skeleton('x')).not.toBe(skeleton('ks'));
});

it('short words keep their doubled letters: AAB is not AB', () => {
  expect(skeleton('aab')).not.toBe(skeleton('ab'));
});

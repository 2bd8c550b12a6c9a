import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidateKeys, KEYS_MAX } from './keys.ts';

const keys = (name: string, city?: string, country = 'FR') => candidateKeys({ name, country, ...(city !== undefined && { city }) });

describe('two that are likely one meet under a key', () => {
  it.each([
    ['Ubi Soft', 'UBISOFT ENTERTAINMENT SA'],
    ['AB Volvo', 'Volvo Car Aktiebolag'],
    ['Lilly Eli & Co', 'Eli Lilly and Company'],
    ['TELEFONAKTIEBOLAGET LM ERICS', 'Telefonaktiebolaget LM Ericsson AB'],
    ['Bayer Motoren Werke', 'Bayerische Motoren Werke'],
    ['ADP', 'Aeroports de Paris'],
    ['De Longhi', 'Delonghi SpA'],
  ])('%s and %s', (one, other) => {
    expect(keys(other, 'Paris')).toEqual(expect.arrayContaining([expect.toBeOneOf([...keys(one, 'PARIS')])]));
  });
});

it('are few and short whatever the name, and the same each time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 4_000 }), fc.option(fc.string({ unit: 'binary' }), { nil: undefined }), (name, city) => {
      const found = keys(name, city);
      expect(found.length).toBeLessThanOrEqual(KEYS_MAX);
      expect(new Set(found).size).toBe(found.length);
      for (const key of found) expect(Buffer.byteLength(key)).toBeLessThan(1_024);
      expect(keys(name, city)).toEqual(found);
    }),
  );
});

it('of a name without letters there are none, so that the nameless do not crowd one key', () => {
  expect(keys('🚀', 'Paris')).toEqual([]);
  expect(keys('', 'Paris')).toEqual([]);
});

it('a name of nothing but a legal form, or of one letter, has keys of its own', () => {
  expect(keys('SA', 'Paris')).toContain('word:FR:sa');
  expect(keys('X')).toContain('word:FR:x');
});

it('keep countries apart', () => {
  const french = new Set(keys('Orange', 'Paris', 'FR'));
  expect(keys('Orange', 'Paris', 'BE').some((key) => french.has(key))).toBe(false);
});

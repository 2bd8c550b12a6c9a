import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidateKeys, KEYS_MAX } from './keys.ts';
import { matchTo } from './match.ts';

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
    ['Fila', 'Fabbrica Italiana Lapis ed Affini SA F.I.L.A.'],
    ['International Group', 'International Group (Volvo)'],
    ['Acme Holding', 'Holding (Acme)'],
  ])('%s and %s', (one, other) => {
    expect(keys(other, 'Paris')).toEqual(expect.arrayContaining([expect.toBeOneOf([...keys(one, 'PARIS')])]));
  });
});

/** A company that a word tells from others, and ways in which registers and partners write it. */
const telling = fc.constantFrom('Acme', 'Volvo', 'Ubi', 'Müller', 'Hennes', 'Saint', 'ソニー', '삼성전자');
const company = fc
  .tuple(telling, fc.array(fc.oneof(telling, fc.constantFrom('Bank', 'Pharma', 'International', 'Group', 'of')), { maxLength: 3 }))
  .map(([first, more]) => [first, ...more]);
const SHORT: Readonly<Record<string, string>> = { Saint: 'St.', International: 'Intl', Pharma: 'Pharmaceuticals', Bank: 'Bk', Group: 'Grp' };
const order = fc.constantFrom<(words: readonly string[]) => readonly string[]>(
  (words) => words,
  ([one, ...[other, ...words]]) => [other ?? '', one ?? '', ...words],
  (words) => words.map((word) => word.toUpperCase()),
  (words) => words.map((word) => SHORT[word] ?? word),
);
const before = fc.constantFrom('', 'AB', 'The', '(주)', '(The)', '㈱');
const behind = fc.constantFrom(
  '',
  'AG',
  'Holding',
  '(株)',
  '(Deutschland)',
  '(formerly Foo)',
  '(Volvo)',
  'AG Telecommunications and Media',
  'Holding (Acme) AG',
);
const written = fc.tuple(order, before, behind);

it('two ways to write a company that the matcher calls likely meet under a key, in whatever city', () => {
  fc.assert(
    fc.property(company, written, written, (words, how, otherwise) => {
      const write = ([order, before, behind]: typeof how): string => [before, ...order(words), behind].join(' ');
      const [one, other] = [
        { name: write(how), country: 'DE' },
        { name: write(otherwise), country: 'DE' },
      ];
      if (matchTo({ endCustomer: one })({ endCustomer: other }).verdict !== 'likely') return;
      const met = new Set(candidateKeys(one));
      expect(candidateKeys(other).filter((key) => met.has(key))).not.toEqual([]);
    }),
    { numRuns: 1_000 },
  );
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

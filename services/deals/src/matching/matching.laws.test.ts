import type { EndCustomer } from '@echelon/contracts/deals';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchTo, type Wanted } from './match.ts';

const match = (one: Wanted, other: Wanted) => matchTo(one)(other);

/** Words of which names are made, so that some are alike; and anything at all. */
const word = fc.constantFrom(
  'Deutsche',
  'Bank',
  'Volvo',
  'volvo',
  'Intl',
  'International',
  'Holding',
  'AG',
  'GmbH',
  'A',
  '&',
  'B',
  'Soft',
  'Ubisoft',
  'Ubi',
  'II',
  '(publ)',
);
const name = fc.oneof(
  fc.array(word, { maxLength: 8 }).map((words) => words.join(' ')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);
const customer: fc.Arbitrary<EndCustomer> = fc
  .record({
    name,
    country: fc.constantFrom('DE', 'SE', 'JP'),
    city: fc.option(fc.constantFrom('Munich', 'München', 'Bonn', '')),
    anything: fc.string({ unit: 'binary' }),
  })
  .map(({ name, country, city, anything }) => ({ name, country, ...(city !== null && { city }), ...(anything.length > 5 && { domain: anything }) }));
const nameless = customer.map(({ domain: _, ...rest }): EndCustomer => rest);
const law = (sentence: string, look: (one: EndCustomer, other: EndCustomer) => void, customers = customer) =>
  it(sentence, () => fc.assert(fc.property(customers, customers, look), { numRuns: 500 }));

describe('of any two customers', () => {
  law('it makes no difference which comes first', (one, other) => {
    expect(match({ endCustomer: one }, { endCustomer: other })).toEqual(match({ endCustomer: other }, { endCustomer: one }));
  });
  law(
    'a name alone, with country and city, never makes them the same',
    (one, other) => {
      expect(match({ endCustomer: one }, { endCustomer: other }).verdict).not.toBe('same');
      expect(match({ endCustomer: one }, { endCustomer: one }).verdict).not.toBe('same');
    },
    nameless,
  );
  law('there is an answer in a sentence, with a score that ranks', (one, other) => {
    const { sentence, score } = match({ endCustomer: one }, { endCustomer: other });
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(score >= 0 && score <= 1.1 + Number.EPSILON).toBe(true);
  });
  law(
    'of two countries neither is likely the other',
    (one, other) => {
      if (one.country !== other.country) expect(match({ endCustomer: one }, { endCustomer: other }).verdict).toBe('different');
    },
    nameless,
  );
});

it('names that no contract takes are compared all the same', () => {
  for (const one of ['', 'x', '🚀', 'x'.repeat(4_000), 'Bank '.repeat(800), '((((', 'שלום', '漢字', '\u0000', '\ud800'])
    for (const other of ['', 'y', '🚀🚀', 'x'.repeat(3_999), 'AG'])
      expect(match({ endCustomer: { name: one, country: 'DE' } }, { endCustomer: { name: other, country: 'DE' } }).verdict).toMatch(
        /likely|different/,
      );
});

it('two names without a letter have nothing in common', () => {
  expect(match({ endCustomer: { name: '🚀', country: 'DE' } }, { endCustomer: { name: '🚀', country: 'DE' } }).verdict).toBe('different');
});

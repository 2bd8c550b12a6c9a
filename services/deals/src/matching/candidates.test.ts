import { instant } from '@echelon/calendar';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dealId, partnerId } from '../../../../test/given.ts';
import { says } from '../alike.ts';
import { matchesIn } from '../lines.ts';
import { type Found, shownOf } from './candidates.ts';

const swedish = (name: string, city = 'Göteborg', domain?: string) => ({
  endCustomer: { name, country: 'SE', city, ...(domain && { domain }) },
  productFamilies: ['trucks'],
});
/** Of those in a line of customers that are alike, as a submission finds them. */
const shown = (wanted: ReturnType<typeof swedish>, ...others: ReturnType<typeof swedish>[]) => {
  const line = others.map((other, n) => ({ id: dealId(1 + n), by: partnerId(1 + n), says: says(other) }));
  const lines = { strong: [], names: [], alike: [{ key: 'alike', version: 1, line }] };
  const found = matchesIn(lines, { ...wanted, id: dealId(99), partnerId: partnerId(99) }, instant('2026-03-02T15:00:00Z'));
  return shownOf(found).map(({ endCustomer }) => endCustomer?.name);
};

describe('of those under the keys', () => {
  it('none but the likely are shown, best first', () => {
    const found = [swedish('Ericsson'), swedish('Volvo Trucks', 'Lund'), swedish('Volvo'), swedish('Volvo Cars Holding AB')];
    expect(shown(swedish('Volvo Car'), ...found)).toEqual(['Volvo Cars Holding AB', 'Volvo']);
  });
  it('one that is likely by less is not shown beside one that bears the name', () => {
    expect(shown(swedish('Volvo AB'), swedish('Volvo Car AB'), swedish('AB Volvo'))).toEqual(['AB Volvo']);
    expect(shown(swedish('Volvo AB'), swedish('Volvo Car AB'))).toEqual(['Volvo Car AB']);
  });
  it('two that bear the name are both shown, for a person', () => {
    expect(shown(swedish('Volvo'), swedish('Volvo AB', 'Kiruna'), swedish('VOLVO'))).toEqual(['VOLVO', 'Volvo AB']);
  });
  it('the same come first, and hide nobody', () => {
    const wanted = swedish('Volvo AB', 'Göteborg', 'volvo.com');
    expect(shown(wanted, swedish('AB Volvo'), swedish('Anything', 'Lund', 'www.volvo.com'))).toEqual(['Anything', 'AB Volvo']);
  });
  it('nobody is shown where nobody is there', () => {
    expect(shown(swedish('Volvo'))).toEqual([]);
  });
});

const findings = fc.constantFrom('same', 'alike', 'different', 'unknown');
const evidence = fc.record({ of: fc.constantFrom('registry-id', 'domain', 'group', 'name'), finding: findings });
const compared = fc.record({ evidence: fc.array(evidence, { maxLength: 4 }), score: fc.double({ min: 0, max: 1.1, noNaN: true }) });
const ones: fc.Arbitrary<Found> = fc
  .record({
    by: fc.constantFrom('likeness', 'group', 'name'),
    compared,
    isNamed: fc.boolean(),
    decision: fc.constantFrom(undefined, 'different', 'same-customer'),
  })
  .map(({ by, compared, isNamed, decision }) => ({
    ...{ dealId: dealId(1), partnerId: partnerId(1), by },
    ...(by === 'name' && isNamed ? {} : compared),
    ...(decision && { decision }),
  }));
const law = (sentence: string, look: (found: readonly Found[]) => void) =>
  it(sentence, () => fc.assert(fc.property(fc.array(ones, { maxLength: 12 }), look), { numRuns: 500 }));

describe('of any that were found', () => {
  law('the first that is shown was not found different, as long as there is one', (found) => {
    const isOpen = found.some(({ decision }) => decision !== 'different');
    expect(shownOf(found).some(({ decision }) => decision !== 'different')).toBe(isOpen);
    if (isOpen) expect(shownOf(found)[0]?.decision).not.toBe('different');
  });
  law('everyone that was decided is shown, and everyone of the very name or of one group', (found) => {
    const always = found.filter(({ by, decision }) => decision !== undefined || by !== 'likeness');
    expect(shownOf(found)).toEqual(expect.arrayContaining(always.map(({ score: _, ...candidate }) => candidate)));
  });
});

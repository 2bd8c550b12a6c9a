import { describe, expect, it } from 'vitest';
import { candidatesFor } from './candidates.ts';

const swedish = (name: string, city = 'Göteborg', domain?: string) => ({ endCustomer: { name, country: 'SE', city, ...(domain && { domain }) } });
const shown = (wanted: ReturnType<typeof swedish>, ...found: ReturnType<typeof swedish>[]) =>
  candidatesFor(wanted, found).map((one) => one.found.endCustomer.name);

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

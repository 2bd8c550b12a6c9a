import type { EndCustomer } from '@echelon/contracts/deals';
import { describe, expect, it } from 'vitest';
import { matchTo, type Wanted } from './match.ts';

const match = (one: Wanted, other: Wanted) => matchTo(one)(other);

const at = (country: string, city: string | undefined, name: string, more: Partial<EndCustomer> = {}) => ({
  endCustomer: { name, country, ...(city !== undefined && { city }), ...more },
});
const verdict = (country: string, [name, city]: readonly [string, string?], [other, otherCity]: readonly [string, string?]) =>
  match(at(country, city, name), at(country, otherCity, other)).verdict;

describe('by name alone customers are likely one', () => {
  it.each([
    ['SE', 'TELEFONAKTIEBOLAGET LM ERICS', 'Telefonaktiebolaget LM Ericsson AB'],
    ['FR', 'Société Générale SA', 'SOCIETE GENERALE'],
    ['DE', 'Bayerische Motoren Werke AG', 'BAYERISCHE MOTOREN WERKE AKTIENGESELLSCHAFT'],
    ['SE', 'H & M Hennes & Mauritz AB', 'Hennes & Mauritz AB, H&M'],
    ['ES', 'INTL CONSOL AIRLINES GRP', 'International Consolidated Airlines Group, S.A.'],
    ['US', 'Texas Instruments Inc', 'TEXAS INSTRUMENTS INCORPORATED'],
    ['US', 'Procter & Gamble Co', 'The Procter and Gamble Company'],
    ['GB', 'Rolls Royce Hldgs plc', 'ROLLS-ROYCE HOLDINGS PUBLIC LIMITED COMPANY'],
    ['GR', 'ΔΕΗ Α.Ε.', 'DEI SA'],
    ['RU', 'ПАО Газпром', 'GAZPROM PJSC'],
    ['RU', 'Яндекс', 'Yandex'],
    ['RU', 'ООО «Интерфакс»', 'Interfax LLC'],
    ['RU', 'Лукойл', 'LUKOIL'],
    ['DE', 'Deutsche Lufthansa', 'DEUTSCHE LUFTHANSA AG'],
    ['NL', 'Koninklijke Ahold Delhaize', 'KONINKLIJKE AHOLD DELHAIZE N.V.'],
    ['US', "St. Luke's Hospital", "Saint Luke's Hospital"],
    ['CH', 'Kantonsspital St. Gallen', 'Kantonsspital Sankt Gallen'],
    ['US', 'Mt. Sinai Hospital', 'Mount Sinai Hospital'],
    ['US', 'Ft. Worth Schools', 'Fort Worth Schools'],
    ['US', 'Dept. of Transportation', 'Department of Transportation'],
    ['JP', '株式会社トヨタ', 'トヨタ'],
    ['JP', 'ソニー(株)', 'ソニー株式会社'],
    ['CN', '华测技术有限公司', '华测技术'],
    ['TW', '台灣積體電路製造股份有限公司', '台灣積體電路製造'],
  ])('%s: %s and %s', (country, one, other) => {
    expect(verdict(country, [one, 'Here'], [other, 'Elsewhere'])).toBe('likely');
  });
});

describe('beside the same city less of a name is enough', () => {
  it.each([
    ['FR', 'Paris', 'ADP', 'Aeroports de Paris'],
    ['DE', 'Munich', 'BMW AG', 'Bayerische Motoren Werke AG'],
    ['FR', 'Rennes', 'Ubi Soft', 'UBISOFT ENTERTAINMENT SA'],
    ['FI', 'Espoo', 'Rovio', 'ROVIO ENTERTAINMENT OYJ'],
    ['ES', 'Barcelona', 'SEAT', 'Sociedad Espanola de Automoviles de Turismo'],
    ['IT', 'Turin', 'Lavazza', 'LUIGI LAVAZZA SPA'],
  ])('%s, %s: %s and %s', (country, city, one, other) => {
    expect(verdict(country, [one, city], [other, city])).toBe('likely');
  });
});

describe('homonyms and relatives are not taken for one', () => {
  it.each([
    ['DE', ['Siemens Energy AG', 'Munich'], ['Siemens Healthineers AG', 'Erlangen']],
    ['DE', ['Deutsche Bank AG', 'Frankfurt'], ['Deutsche Post AG', 'Bonn']],
    ['DE', ['Deutsche Bank AG', 'Frankfurt'], ['Deutsche Börse AG', 'Frankfurt']],
    ['DE', ['Bayer AG', 'Leverkusen'], ['Bayerische Motoren Werke AG', 'Munich']],
    ['FI', ['Nord Oyj', 'Helsinki'], ['Nordea Group Oyj', 'Espoo']],
    ['GB', ['Barclays Fund II Ltd', 'London'], ['Barclays Fund III Ltd', 'London']],
    ['US', ['American Airlines Inc', 'Fort Worth'], ['American Express Co', 'New York']],
    ['US', ['Delta Air Lines Inc', 'Atlanta'], ['Delta Faucet Co', 'Indianapolis']],
    ['US', ['Bank of America Corp', 'Charlotte'], ['Bank of New York', 'New York']],
    ['FR', ['Total SA', 'Courbevoie'], ['Totvs SA', 'Paris']],
    ['US', ["St. Luke's Hospital", 'Kansas City'], ["St. Mary's Hospital", 'Kansas City']],
    ['US', ['Department of Transportation', 'Austin'], ['Department of Public Safety', 'Austin']],
    ['CN', ['华测技术有限公司', '深圳'], ['华大技术有限公司', '深圳']],
    ['CN', ['中国工商银行股份有限公司', '北京'], ['中国农业银行股份有限公司', '北京']],
  ] as const)('%s: %s and %s', (country, one, other) => {
    expect(verdict(country, one, other)).toBe('different');
  });

  it('nor are two of one name in two countries', () => {
    const found = match(at('DE', 'Munich', 'Siemens AG'), at('AT', 'Vienna', 'Siemens AG'));
    expect([found.verdict, found.sentence]).toEqual(['different', 'They are of two countries, and have neither registry id nor domain in common.']);
  });
});

describe('a registry id, or a domain of its own, decides alone', () => {
  const duns = (value: string) => ({ registryId: { scheme: 'DUNS', value } }) as const;

  it('whatever the names and the countries', () => {
    expect(match(at('DE', 'Bonn', 'T-Systems', duns('123456789')), at('CH', 'Zollikofen', 'Anything', duns('123456789'))).verdict).toBe('same');
    expect(match(at('DE', 'Bonn', 'Telekom', { domain: 'www.telekom.de' }), at('DE', 'Bonn', 'Other', { domain: 'telekom.de' }))).toMatchObject({
      verdict: 'same',
      sentence: 'They have the same web domain.',
    });
  });

  it('a shared host or a public suffix says nothing', () => {
    for (const domain of ['gmail.com', 'co.uk', 'github.io', 'acme.wordpress.com'])
      expect(match(at('US', 'Here', 'One', { domain }), at('US', 'There', 'Else', { domain })).verdict).toBe('different');
  });

  it('punycode is a domain like any other, and what is none says nothing', () => {
    const of = (domain: string) => match(at('DE', 'Here', 'One', { domain }), at('DE', 'There', 'Else', { domain })).verdict;
    expect(of('xn--mnchen-3ya.de')).toBe('same');
    for (const domain of ['', 'localhost', 'xn--', '..', 'https://', '192.168.0.1', 'x'.repeat(4_000)]) expect(of(domain)).toBe('different');
  });

  it('two ids part relatives, and leave two of the very name to a person', () => {
    const [one, other] = [duns('111111111'), duns('222222222')];
    expect(match(at('DE', 'Bonn', 'Deutsche Telekom', one), at('DE', 'Bonn', 'Deutsche Telekom Holding', other)).verdict).toBe('different');
    expect(match(at('DE', 'Bonn', 'Deutsche Telekom', one), at('DE', 'Bonn', 'Deutsche Telekom AG', other))).toMatchObject({
      verdict: 'likely',
      evidence: expect.arrayContaining([{ of: 'registry-id', finding: 'different' }]),
    });
  });
});

it('who wants other product families is no match, though it be the same customer', () => {
  const [one, other] = [at('DE', 'Bonn', 'Telekom', { domain: 'telekom.de' }), at('DE', 'Bonn', 'Telekom', { domain: 'telekom.de' })];
  const wanting = (...productFamilies: string[]) => match({ ...one, productFamilies: ['storage'] }, { ...other, productFamilies });
  expect(wanting('storage', 'network').verdict).toBe('same');
  expect(wanting('network')).toMatchObject({ verdict: 'different', sentence: 'They want no product family in common.' });
});

it('each verdict comes with what speaks for it and against it', () => {
  expect(match(at('SE', 'GOTHENBURG', 'VOLVO AB'), at('SE', 'Göteborg', 'AB Volvo'))).toMatchObject({
    verdict: 'likely',
    sentence: 'They bear the same name, but for spelling, abbreviations, word order and legal form.',
    evidence: [
      { of: 'registry-id', finding: 'unknown' },
      { of: 'domain', finding: 'unknown' },
      { of: 'group', finding: 'unknown' },
      { of: 'name', finding: 'same' },
      { of: 'country', finding: 'same' },
      { of: 'city', finding: 'same' },
    ],
  });
});

it('one group makes two customers likely to be one, whatever they are called; two groups say nothing', () => {
  const of = (name: string, group: string) => ({
    endCustomer: { name, country: 'SE', corporateGroup: { scheme: 'DUNS' as const, value: group } },
  });
  expect(match(of('Volvo', '111111111'), of('Renault Trucks', '111111111'))).toMatchObject({
    verdict: 'likely',
    sentence: 'They belong to one corporate group.',
  });
  expect(match(of('Volvo', '111111111'), of('Ericsson', '222222222')).verdict).toBe('different');
  expect(match(of('Volvo', '111111111'), of('Volvo AB', '222222222')).evidence).toContainEqual({ of: 'group', finding: 'different' });
});

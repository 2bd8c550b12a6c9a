import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameOf } from './name.ts';

const told = (name: string, country = 'DE'): string =>
  nameOf(name, country)
    .words.map(({ text }) => text)
    .join(' ');

describe('a legal form', () => {
  it.each([
    ['Siemens AG', 'DE', 'siemens'],
    ['Siemens Aktiengesellschaft', 'DE', 'siemens'],
    ['AB Volvo', 'SE', 'volvo'],
    ['Volvo Aktiebolag (publ)', 'SE', 'volvo'],
    ['Eni S. p. A.', 'IT', 'eni'],
    ['Nokia Oyj', 'FI', 'nokia'],
    // Registers translate what another country's are called.
    ['Nokia Corporation', 'FI', 'nokia'],
    ['Novo Nordisk A/S', 'DK', 'novo nordisk'],
    ['Merck Kommanditgesellschaft auf Aktien', 'DE', 'merck'],
    ['GmbH & Co. KG', 'DE', 'gmbh'],
    ['AG', 'DE', 'ag'],
    ['株式会社トヨタ', 'JP', 'トヨタ'],
    ['トヨタ自動車株式会社', 'JP', 'トヨタ自動車'],
    ['Lukoil PAO', 'RU', 'lukoil'],
    ['华测技术有限公司', 'CN', '华测技术'],
    ['华测技术 有限责任公司', 'CN', '华测技术'],
    ['宁德时代新能源科技股份有限公司', 'CN', '宁德时代新能源科技'],
    ['中国石油集团有限公司', 'CN', '中国石油'],
    ['中国石油（集团）有限公司', 'CN', '中国石油'],
    ['台灣積體電路製造股份有限公司', 'TW', '台灣積體電路製造'],
    ['鴻海集團', 'TW', '鴻海'],
    ['腾讯控股有限公司', 'KY', '腾讯控股'],
    ['有限公司', 'CN', '有限公司'],
    ['ソニー(株)', 'JP', 'ソニー'],
    ['ソニー（株）', 'JP', 'ソニー'],
    ['㈱ソニー', 'JP', 'ソニー'],
    ['(주)삼성전자', 'KR', '삼성전자'],
    ['㈜삼성전자', 'KR', '삼성전자'],
    ['삼성전자주식회사', 'KR', '삼성전자'],
    ['(株)', 'JP', '株'],
    ['株木建設', 'JP', '株木建設'],
  ])('goes from "%s" in %s: "%s"', (name, country, words) => {
    expect(told(name, country)).toBe(words);
  });

  it('that is one in another country only is part of the name', () => {
    expect([told('Galp EE', 'GR'), told('Galp EE', 'PT')]).toEqual(['galp', 'galp ee']);
  });

  it('that was cut off goes too', () => {
    expect(told('Bayer Aktiengesellscha', 'DE')).toBe('bayer aktiengesellscha');
    expect(told('Banca Generali Societa per Azi', 'IT')).toBe('banca generali');
  });

  it('in the middle parts the name from what describes it, which weighs little', () => {
    const { words } = nameOf('Orange SA Telecommunications and Media', 'FR');
    expect(words.map(({ text, weight }) => [text, weight > 0.5])).toEqual([
      ['orange', true],
      ['telecommunications', false],
      ['and', false],
      ['media', false],
    ]);
  });
});

it.each([
  ['K+S AG', 'ks'],
  ['K & S AG', 'ks'],
  ['H & M Hennes & Mauritz', 'hm hennes mauritz'],
])('initials that stand side by side are one word: %s', (name, words) => {
  expect(told(name)).toBe(words);
});

it('what stands in brackets weighs little, unless nothing else is there', () => {
  expect(nameOf('SAP (Deutschland) SE', 'DE').words.map(({ weight }) => weight > 0.5)).toEqual([true, false]);
  expect(told('(SAP)')).toBe('sap');
});

it('every name of letters has a word of some weight, and none more than it may', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.constantFrom('DE', 'FR', 'JP', 'ZZ'), (name, country) => {
      const { words } = nameOf(name, country);
      expect(words.length).toBeLessThanOrEqual(24);
      for (const { weight } of words) expect(weight > 0 && weight <= 1).toBe(true);
    }),
  );
});

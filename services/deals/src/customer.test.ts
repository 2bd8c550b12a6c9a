import { EndCustomer } from '@echelon/contracts/deals';
import { describe, expect, it } from 'vitest';
import { groupKeys, isSameCustomer, nameKey, registrableDomain, strongKeys } from './customer.ts';

const named = (changes: Partial<EndCustomer>): EndCustomer => ({ name: 'Acme', country: 'US', ...changes });

describe('a web domain', () => {
  it.each([
    ['acme.example', 'acme.example'],
    ['www.shop.acme.co.uk', 'acme.co.uk'],
    ['xn--mnchen-3ya.de', 'xn--mnchen-3ya.de'],
    // Whoever has a place below a private suffix has registered it.
    ['acme.github.io', 'acme.github.io'],
    ['www.acme.myshopify.com', 'acme.myshopify.com'],
    ['co.uk', undefined],
    ['github.io', undefined],
  ])('%s counts as %s', (domain, registrable) => {
    expect(registrableDomain(domain)).toBe(registrable);
  });

  it.each(['acme', 'a..example', '-a.example', 'a-.example', '192.168.0.1', 'xn--.example', 'münchen.de', 'https://acme.example', 'Acme.example'])(
    '%s is none',
    (domain) => {
      expect(EndCustomer.safeParse(named({ domain })).success).toBe(false);
    },
  );

  it.each([
    ...['gmail.com', 'mail.t-online.de', 'outlook.com', 'acme.wordpress.com', 'www.acme.jimdofree.com', 'acme.business.site', 'acme.weeblysite.com'],
    ...['acme.onmicrosoft.com', 'acme.sharepoint.com', 'acme.my.salesforce.com', 'acme.atlassian.net', 'acme.webnode.com', 'tumblr.com'],
    ...['www.linkedin.com', 'instagram.com', 'x.com', 'facebook.com', 'legalmail.it', 'pec.it', 'arubapec.it', 'ziggo.nl', 'internode.on.net'],
    ...['sky.com', 'telus.net', 'telstra.com', 'example.com', 'none.com'],
  ])('%s is shared, and no key', (domain) => {
    expect(strongKeys(named({ domain }))).toEqual([]);
  });

  it.each([
    ['Sky UK Limited', 'GB', 'www.sky.com', 'sky.com'],
    ['Telstra Corporation Ltd', 'AU', 'telstra.com', 'telstra.com'],
    ['TELUS Communications Inc.', 'CA', 'telus.net', 'telus.net'],
    ['X Corp', 'US', 'x.com', 'x.com'],
    ['LinkedIn Corporation', 'US', 'linkedin.com', 'linkedin.com'],
    ['T-Online', 'DE', 't-online.de', 't-online.de'],
    // Its subscribers have their mail elsewhere.
    ['British Telecommunications plc', 'GB', 'bt.com', 'bt.com'],
    ['Salesforce, Inc.', 'US', 'www.salesforce.com', 'salesforce.com'],
  ])('%s (%s) is known by %s all the same', (name, country, domain, key) => {
    expect(strongKeys(named({ name, country, domain }))).toEqual([`domain:${key}`]);
  });

  it.each([
    ['Sky Dental Ltd', 'GB', 'sky.com'],
    ['Acme (Sky)', 'GB', 'sky.com'],
    ['Test', 'US', 'test.com'],
  ])('%s (%s) is not by %s', (name, country, domain) => {
    expect(strongKeys(named({ name, country, domain }))).toEqual([]);
  });

  it('is a key beside the registry id, each by itself', () => {
    const registryId = { scheme: 'VAT', value: 'DE123456789' } as const;
    expect(strongKeys(named({ domain: 'www.acme.de', registryId }))).toEqual(['VAT:DE123456789', 'domain:acme.de']);
  });
});

it.each(['000000000', '999999999', '12345678'])('%s is no DUNS number, whoever wrote it where the form asked for one', (value) => {
  const said = EndCustomer.safeParse(named({ registryId: { scheme: 'DUNS', value } }));
  expect(said.error?.issues).toMatchObject([{ path: ['registryId', 'value'], message: 'is nine digits, not all the same' }]);
});

describe('a name', () => {
  it.each([
    ['ACME,  Inc.', 'Acme Inc'],
    ['Ａｃｍｅ Inc', 'acme inc'],
    ['Müller & Söhne', 'MÜLLER  SÖHNE'],
  ])('%s is the same as %s', (one, other) => {
    expect(nameKey(named({ name: one }))).toBe(nameKey(named({ name: other })));
  });

  it('is another where a space parts what the other writes as one, as README says', () => {
    expect(nameKey(named({ name: 'Acme Corp' }))).not.toBe(nameKey(named({ name: 'AcmeCorp' })));
  });

  it.each([[{ name: 'Acme GmbH' }], [{ country: 'DE' }], [{ city: 'Dallas' }], [{ name: 'Muller' }]])(
    '%j is another name, alike or not',
    (changes) => {
      expect(nameKey(named(changes))).not.toBe(nameKey(named({})));
    },
  );

  it('of no letter is told from another by what it is made of', () => {
    expect(nameKey(named({ name: '🍏' }))).not.toBe(nameKey(named({ name: '🍊' })));
    expect(nameKey(named({ name: ' 🍏 ' }))).toBe(nameKey(named({ name: '🍏' })));
  });

  it('fits a key however it is written: one letter may stand for eighteen', () => {
    const name = 'ﷺ'.repeat(200);
    expect(Buffer.byteLength(nameKey(named({ name, city: name.slice(0, 120) })))).toBeLessThan(1_700);
  });
});

describe('two customers', () => {
  const registryId = { scheme: 'DUNS', value: '123456789' } as const;
  it('are one by any of registry id, domain and name', () => {
    expect(isSameCustomer(named({ name: 'A', registryId }), named({ name: 'B', registryId }))).toBe(true);
    expect(isSameCustomer(named({ name: 'A', domain: 'www.a.example' }), named({ name: 'B', domain: 'a.example' }))).toBe(true);
    expect(isSameCustomer(named({ name: 'A b' }), named({ name: 'A. B.' }))).toBe(true);
    expect(isSameCustomer(named({ name: 'A', domain: 'gmail.com' }), named({ name: 'B', domain: 'gmail.com' }))).toBe(false);
  });

  it('are found in one group as parent, daughter or sisters', () => {
    const parent = named({ name: 'Parent', registryId });
    const [one, other] = [named({ name: 'One', corporateGroup: registryId }), named({ name: 'Other', corporateGroup: registryId })];
    const meet = (a: EndCustomer, b: EndCustomer) => groupKeys(a).some((key) => groupKeys(b).includes(key));
    expect([meet(parent, one), meet(one, parent), meet(one, other), meet(one, named({ name: 'Else' }))]).toEqual([true, true, true, false]);
    expect(isSameCustomer(parent, one)).toBe(false);
  });
});

/** Each static check of what a program pays and charges: a document that fails, where and why; and its neighbour that passes. */
import { describe, expect, it } from 'vitest';
import { type Alterations, altered, alteredWire, type Shipped } from './arbitraries.ts';
import { check, refused, reported } from './check.ts';
import { ProgramDocument } from './document.ts';
import { documents } from './documents.ts';

const usd = (amount: string) => ({ amount, currency: 'USD' });
const schemes = '/rebates/schemes';
const cards = '/serviceProviders/consumption/rateCards';
const meters = '/serviceProviders/consumption/meters';
const volume = (first: string, then: string, more = {}) => ({
  model: 'volume',
  meter: 'arrays',
  bands: [
    { above: '0', upTo: '5', price: usd(first) },
    { above: '5', price: usd(then) },
  ],
  ...more,
});
const paying = (method: string, ...rates: string[]) => ({
  method,
  bandsOf: 'amount',
  bands: rates.map((rate, at) => ({ above: `${at * 5_000_000}`, ...(at < rates.length - 1 && { upTo: `${(at + 1) * 5_000_000}` }), rate })),
});
const yearly = (amount: string) => ({ '/rebates/budgets/0': { key: 'growth', name: 'Growth', every: 'fiscal-year', amount: usd(amount) } });
const later = (card: object, dates: object) => ({ ...(card as object), key: 'later', ...dates });
const [card] = documents['pure-p3'].serviceProviders?.consumption?.rateCards ?? [];
const wireCard = { key: card?.key, name: card?.name, charges: [{ model: 'flat', meter: 'arrays', amount: usd('1.00') }] };

type Case = readonly [what: string, which: Shipped, alterations: Alterations, pointer: string, message: string];
const P3: Shipped = 'pure-p3';
const LATER: Shipped = 'pure-2023';
const LOGITECH: Shipped = 'logitech-partner-connect-2023';
const VMWARE: Shipped = 'vmware-partner-connect-2022';

const faulty: readonly Case[] = [
  [
    'bands that overlap',
    LOGITECH,
    { [`${schemes}/0/pays/bands/1/above`]: '200000' },
    `${schemes}/0/pays/bands/1/above`,
    'what is between them lies in both',
  ],
  [
    'bands that leave a gap',
    LOGITECH,
    { [`${schemes}/0/pays/bands/1/above`]: '300000' },
    `${schemes}/0/pays/bands/1/above`,
    'what is between them lies in no band',
  ],
  [
    'a last band that ends',
    LOGITECH,
    { [`${schemes}/0/pays/bands/1/upTo`]: '900000' },
    `${schemes}/0/pays/bands/1/upTo`,
    'what is above it lies in no band',
  ],
  [
    'a band without an end before another',
    LOGITECH,
    { [`${schemes}/0/pays/bands/0/upTo`]: undefined },
    `${schemes}/0/pays/bands/0`,
    'overlaps all bands after it',
  ],
  ['a band in which nothing lies', LOGITECH, { [`${schemes}/1/pays/bands/1/upTo`]: '0.1' }, `${schemes}/1/pays/bands/1/upTo`, 'nothing lies in it'],
  [
    'a discount that not every volume has',
    P3,
    { '/serviceProviders/volumeDiscounts/0/bands/0/above': '10' },
    '/serviceProviders/volumeDiscounts/0/bands/0/above',
    'what is up to it lies in no band',
  ],
  [
    'a price at which the sixth unit costs less than nothing',
    P3,
    { [`${cards}/0/charges/1`]: volume('7.00', '5.50') },
    `${cards}/0/charges/1/bands/1/price`,
    '5 cost 35.00 USD and 6 cost 33.00 USD',
  ],
  [
    'a rebate that pays less for more',
    LOGITECH,
    { [`${schemes}/0/pays`]: paying('retroactive', '0.03', '0.01') },
    `${schemes}/0/pays/bands/1/rate`,
    '5,000,000.00 USD pays 150,000.00 USD and 5,000,000.01 USD pays 50,000.00 USD',
  ],
  [
    'a step that pays less than the one below it',
    LOGITECH,
    {
      [`${schemes}/0/pays`]: {
        method: 'fixed-on-target',
        steps: [
          { atLeastShare: '1', amount: usd('500.00') },
          { atLeastShare: '1.2', amount: usd('400.00') },
        ],
      },
    },
    `${schemes}/0/pays/steps/1/amount`,
    '1 of the target pays 500.00 USD and 1.2 of the target pays 400.00 USD',
  ],
  [
    'steps that do not climb',
    LOGITECH,
    {
      [`${schemes}/0/pays`]: {
        method: 'fixed-on-target',
        steps: [
          { atLeastShare: '1', amount: usd('500.00') },
          { atLeastShare: '1', amount: usd('600.00') },
        ],
      },
    },
    `${schemes}/0/pays/steps/1/atLeastShare`,
    'not above the step before',
  ],
  [
    'a budget that its schemes can exceed',
    LOGITECH,
    { '/rebates/budgets/0/amount': usd('1999999.99') },
    '/rebates/budgets/0/amount',
    'its schemes may come to 2,000,000.00 USD',
  ],
  [
    'a yearly budget that a quarterly scheme can exceed',
    LOGITECH,
    yearly('7999999.99'),
    '/rebates/budgets/0/amount',
    'each fiscal year, and its schemes may come to 8,000,000.00 USD',
  ],
  [
    'a yearly budget that a scheme exceeds in none but the years between its first and its last',
    LOGITECH,
    { [`${schemes}/1/from`]: '2027-03-31', [`${schemes}/1/until`]: '2030-04-01', ...yearly('7999999.99') },
    '/rebates/budgets/0/amount',
    'its schemes may come to 8,000,000.00 USD',
  ],
  [
    'a budget that nothing keeps a scheme within',
    LOGITECH,
    { [`${schemes}/1/amountMax`]: undefined },
    `${schemes}/1/budget`,
    'nothing keeps it within "growth"',
  ],
  [
    'a budget that its funds can exceed',
    LOGITECH,
    { '/mdf/budgets/0/amount': usd('299999.00') },
    '/mdf/budgets/0/amount',
    'its funds may come to 300,000.00 USD',
  ],
  ['a budget that is not there', LOGITECH, { [`${schemes}/1/budget`]: 'nothing' }, `${schemes}/1/budget`, 'no budget "nothing"'],
  [
    'a migration that leaves a tier unmapped',
    VMWARE,
    { '/migration/tiers/4': { key: 'gold', name: 'Gold' } },
    '/migration/tiers/4',
    '"gold" goes nowhere on ladder "tier"',
  ],
  [
    'a migration to a tier that is not there',
    VMWARE,
    { '/migration/moves/0': { by: 'mapping', from: 'community', tier: 'gold' } },
    '/migration/moves/0/tier',
    'no tier "gold"',
  ],
  [
    'a migration to two places',
    VMWARE,
    { '/migration/moves/4': { by: 'mapping', from: 'community', tier: 'select' } },
    '/migration/moves/4',
    'two places on one ladder',
  ],
  [
    'a migration from a tier that never was',
    VMWARE,
    { '/migration/moves/4': { by: 'facts', from: 'gold', ladder: 'tier' } },
    '/migration/moves/4/from',
    'no tier to move from "gold"',
  ],
  [
    'grandfathering that ends before anybody moves',
    VMWARE,
    { '/migration/grandfatheredUntil': '2023-03-30' },
    '/migration/grandfatheredUntil',
    'nobody has moved yet',
  ],
  ['dates that are the wrong way round', LATER, { '/sellerRewards/2/until': '2027-04-30' }, '/sellerRewards/2/until', 'it would never hold'],
  [
    'two rewards to one role for one deal',
    LATER,
    { '/sellerRewards/0/dealTypes': ['net-new-logo', 'upsell'] },
    '/sellerRewards/2/dealTypes/1',
    '"ae" is rewarded for upsell twice',
  ],
  [
    'two upfront margins on one day',
    LATER,
    { '/upfrontMargin/rates/1/tier': 'preferred' },
    '/upfrontMargin/rates/1',
    'tier "preferred" has an upfront margin twice',
  ],
  [
    'two prices on one day',
    P3,
    { [`${cards}/1`]: later(wireCard, { from: '2028-02-01' }) },
    `${cards}/1/charges/0/meter`,
    'meter "arrays" is charged twice',
  ],
  [
    'two schemes in one place of the order',
    LOGITECH,
    { [`${schemes}/1/stacking/order`]: 1 },
    `${schemes}/1/stacking/order`,
    'stands at 1 of the order twice',
  ],
  [
    'a product by a benefit that does not hold on every day',
    'puppet',
    { '/benefits/3/from': '2027-08-01' },
    '/productFamilies/1/benefit',
    '"service-delivery" holds from 2027-08-01, and is named here on every day',
  ],
  ['a role that does not exist', LATER, { '/sellerRewards/0/role': 'cfo' }, '/sellerRewards/0/role', 'no role "cfo"'],
  [
    'a certification that does not exist',
    LOGITECH,
    { [`${schemes}/1/qualifiers/1`]: { kind: 'certified-people', certification: 'nothing', atLeast: 1 } },
    `${schemes}/1/qualifiers/1/certification`,
    'no certification "nothing"',
  ],
  [
    'a way to a specialization by a certification that does not exist',
    VMWARE,
    { '/specializations/0/ways/0/certifications/0/certification': 'nothing' },
    '/specializations/0/ways/0/certifications/0/certification',
    'no certification "nothing"',
  ],
  [
    'an uplift for a tier that does not exist',
    LOGITECH,
    { [`${schemes}/0/tierUplifts/0/tier`]: 'gold' },
    `${schemes}/0/tierUplifts/0/tier`,
    'no tier "gold"',
  ],
  [
    'a qualifier by a tier that does not exist',
    LOGITECH,
    { [`${schemes}/0/qualifiers/0`]: { kind: 'tier', tiers: ['gold'] } },
    `${schemes}/0/qualifiers/0/tiers/0`,
    'no tier "gold"',
  ],
  [
    'a level that is a tier of another ladder',
    P3,
    { '/serviceProviders/volumeDiscounts/0/tier': 'p3-partner' },
    '/serviceProviders/volumeDiscounts/0/tier',
    'no level "p3-partner"',
  ],
  ['levels of a ladder that does not exist', P3, { '/serviceProviders/ladder': 'nothing' }, '/serviceProviders/ladder', 'no ladder "nothing"'],
  ['a price of a meter that does not exist', P3, { [`${cards}/0/charges/0/meter`]: 'nothing' }, `${cards}/0/charges/0/meter`, 'no meter "nothing"'],
  ['a region that does not exist', P3, { '/mdf/budgets/0/region': 'nothing' }, '/mdf/budgets/0/region', 'no region "nothing"'],
  [
    'a product family that does not exist',
    LATER,
    { '/upfrontMargin/productFamilies/0': 'nothing' },
    '/upfrontMargin/productFamilies/0',
    'no product family "nothing"',
  ],
  [
    'a scheme for a product family that does not exist',
    LOGITECH,
    { [`${schemes}/0/productFamilies`]: ['nothing'] },
    `${schemes}/0/productFamilies/0`,
    'no product family "nothing"',
  ],
  [
    'less spent at the most than at the least',
    P3,
    { [`${cards}/0/charges/0/minimumSpend`]: usd('100.00'), [`${cards}/0/charges/0/maximumSpend`]: usd('99.99') },
    `${cards}/0/charges/0/minimumSpend`,
    '100.00 USD at the least is above 99.99 USD at the most',
  ],
  ...['0000-01-01', '1899-12-31', '2200-01-01', '9999-12-31'].map(
    (until): Case => [
      `a day that nothing can be reckoned from: ${until}`,
      LOGITECH,
      { [`${schemes}/1/until`]: until },
      `${schemes}/1/until`,
      'is not a day',
    ],
  ),
  ['a deadline in another age', VMWARE, { '/migration/deadline': '9999-12-31' }, '/migration/deadline', 'from the year 1900 to 2199'],
  [
    'two volume discounts of one level',
    P3,
    { '/serviceProviders/volumeDiscounts/1/tier': 'level-1' },
    '/serviceProviders/volumeDiscounts/1/tier',
    'level "level-1" has volume discounts twice, here and by /serviceProviders/volumeDiscounts/0/tier',
  ],
  [
    'two uplifts of one tier',
    LOGITECH,
    { [`${schemes}/0/tierUplifts/1/tier`]: 'elite' },
    `${schemes}/0/tierUplifts/1/tier`,
    'tier "elite" has an uplift twice',
  ],
  [
    'two caps of one tier in a year',
    LATER,
    { '/mdf/tierCaps': ['1.00', '9.00'].map((cap) => ({ tier: 'elite', every: 'fiscal-year', cap: usd(cap) })) },
    '/mdf/tierCaps/1/tier',
    'tier "elite" has a cap each fiscal year twice',
  ],
  [
    'a region with a country that is none',
    LATER,
    { '/mdf/regions/1/countries': ['DE', 'UK'] },
    '/mdf/regions/1/countries/1',
    '"UK" is no country of ISO 3166-1',
  ],
  ['a country in two regions', LATER, { '/mdf/regions/1/countries': ['DE', 'US'] }, '/mdf/regions/1/countries/1', 'US belongs to a region twice'],
  ['two regions that are everywhere else', LATER, { '/mdf/regions/0/countries': [] }, '/mdf/regions/1/countries', 'is everywhere else twice'],
  [
    'two schemes at one place of the order, one of them on what the other is paid on',
    LOGITECH,
    {
      [`${schemes}/0/productFamilies`]: ['video-collaboration'],
      [`${schemes}/1/productFamilies`]: ['personal-workspace'],
      [`${schemes}/1/paysOn`]: { measure: 'sell-through' },
      [`${schemes}/1/stacking/order`]: 1,
    },
    `${schemes}/1/stacking/order`,
    'stands at 1 of the order twice',
  ],
  [
    'a cliff in what grows by any fraction',
    P3,
    { [`${meters}/1/aggregation`]: 'average', [`${cards}/0/charges/1`]: volume('7.00', '6.99') },
    `${cards}/0/charges/1/bands/1/price`,
    '5 cost 35.00 USD and 5.000000000001 cost 34.95 USD',
  ],
  ['a fee in another currency', VMWARE, { '/admission/fee/currency': 'EUR' }, '/admission/fee/currency', 'EUR is not the program'],
  [
    'a price in another currency',
    P3,
    { [`${cards}/0/charges/1/price/currency`]: 'EUR' },
    `${cards}/0/charges/1/price/currency`,
    'EUR is not the program',
  ],
  ['a negative fee', VMWARE, { '/admission/fee/amount': '-1.00' }, '/admission/fee/amount', 'is negative'],
  ['a negative price', P3, { [`${cards}/0/charges/1/price/amount`]: '-0.001' }, `${cards}/0/charges/1/price/amount`, 'is negative'],
  ['a key that stands twice', LATER, { '/sellerRewards/1/key': 'new-logo-ae' }, '/sellerRewards/1/key', 'stands twice'],
];

describe('a document is refused', () => {
  it.each(faulty)('for %s', (_, which, alterations, pointer, message) => {
    const found = refused(check(altered(which, alterations)));
    expect(
      found
        .filter((one) => one.pointer === pointer)
        .map((one) => one.message)
        .join('; '),
    ).toContain(message);
  });
});

describe('a document is not even read', () => {
  it.each<[string, Shipped, Alterations, string]>([
    ['with a rate above 100 %', LATER, { '/upfrontMargin/rates/0/rate': '1.01' }, 'upfrontMargin/rates/0/rate'],
    ['with a negative rate', LOGITECH, { [`${schemes}/0/pays/bands/0/rate`]: '-0.01' }, 'rebates/schemes/0/pays/bands/0/rate'],
    ['with a negative band', LOGITECH, { [`${schemes}/0/pays/bands/0/above`]: '-1' }, 'rebates/schemes/0/pays/bands/0/above'],
    ['with points for an unknown activity', VMWARE, { '/pointsRules/0/activity': { kind: 'golf' } }, 'pointsRules/0/activity/kind'],
    ['with a day that does not exist', VMWARE, { '/migration/deadline': '2023-02-30' }, 'migration/deadline'],
  ])('%s', (_, which, alterations, place) => {
    const { error } = ProgramDocument.safeParse(alteredWire(which, alterations));
    expect(error?.issues.map(({ path }) => path.join('/'))).toEqual([place]);
  });
});

describe('a document passes', () => {
  it.each<[string, Shipped, Alterations]>([
    ['where the sixth unit costs what it says', P3, { [`${cards}/0/charges/1`]: volume('7.00', '6.00') }],
    [
      'where as much is spent at the most as at the least',
      P3,
      { [`${cards}/0/charges/0/minimumSpend`]: usd('100.00'), [`${cards}/0/charges/0/maximumSpend`]: usd('100.00') },
    ],
    [
      'where an average is said to grow by steps, one of which costs what it says',
      P3,
      { [`${meters}/1/aggregation`]: 'average', [`${meters}/1/step`]: '1', [`${cards}/0/charges/1`]: volume('7.00', '6.00') },
    ],
    [
      'where two schemes pay on different product families, each the first',
      LOGITECH,
      {
        [`${schemes}/0/productFamilies`]: ['video-collaboration'],
        [`${schemes}/1/productFamilies`]: ['personal-workspace'],
        [`${schemes}/1/stacking/order`]: 1,
      },
    ],
    [
      'where a tier has a cap in a quarter and one in a year',
      LATER,
      { '/mdf/tierCaps': ['fiscal-quarter', 'fiscal-year'].map((every) => ({ tier: 'elite', every, cap: usd('1.00') })) },
    ],
    ['where a cliff in prices is meant', P3, { [`${cards}/0/charges/1`]: volume('7.00', '5.50', { acceptCliff: true }) }],
    [
      'where a cliff in a rebate is meant',
      LOGITECH,
      { [`${schemes}/0/pays`]: paying('retroactive', '0.03', '0.01'), [`${schemes}/0/acceptCliff`]: true },
    ],
    ['where lower rates are paid on what is above only', LOGITECH, { [`${schemes}/0/pays`]: paying('incremental', '0.03', '0.01') }],
    ['where a rebate begins only above something', LOGITECH, { [`${schemes}/0/pays/bands/0/above`]: '50000' }],
    ['where two prices follow one another', P3, { [`${cards}/0/until`]: '2028-01-31', [`${cards}/1`]: later(wireCard, { from: '2028-02-01' }) }],
    [
      'where two schemes that follow one another each use the whole budget',
      LOGITECH,
      {
        [`${schemes}/1/until`]: '2027-03-31',
        [`${schemes}/2`]: {
          ...(alteredWire(LOGITECH, {}) as { rebates: { schemes: object[] } }).rebates.schemes[1],
          key: 'leap-2',
          from: '2027-04-01',
        },
      },
    ],
    ['where a benefit that only tiers name begins later', 'puppet', { '/benefits/4/from': '2027-08-01' }],
    [
      'where a quarterly scheme uses a yearly budget in the one quarter in which it holds',
      LOGITECH,
      { [`${schemes}/1/from`]: '2026-07-01', [`${schemes}/1/until`]: '2026-09-30', ...yearly('2000000.00') },
    ],
    [
      'where a scheme holds as long as can be reckoned',
      LOGITECH,
      { [`${schemes}/1/from`]: '1900-01-01', [`${schemes}/1/until`]: '2199-12-31', ...yearly('8000000.00') },
    ],
    ['where a tier is mapped', VMWARE, { '/migration/moves/0': { by: 'mapping', from: 'community', tier: 'select' } }],
    ['where a reward ends on the day on which it begins', LATER, { '/sellerRewards/2/until': '2027-05-01' }],
  ])('%s', (_, which, alterations) => {
    expect(refused(check(altered(which, alterations)))).toEqual([]);
  });
});

describe('a jump up is reported, and not refused', () => {
  it.each<[string, readonly string[], string]>([
    ['retroactive', ['0.01', '0.03'], '5,000,000.00 USD pays 50,000.00 USD and 5,000,000.01 USD pays 150,000.00 USD: a jump of 100,000.00 USD'],
    [
      'each-band-up-to-its-bound',
      ['0.01', '0.015'],
      '5,000,000.00 USD pays 50,000.00 USD and 5,000,000.01 USD pays 125,000.00 USD: a jump of 75,000.00 USD',
    ],
    [
      'each-band-on-the-whole',
      ['0.01', '0.015'],
      '5,000,000.00 USD pays 50,000.00 USD and 5,000,000.01 USD pays 125,000.00 USD: a jump of 75,000.00 USD',
    ],
  ])('by method %s', (method, rates, message) => {
    const found = check(altered(LOGITECH, { [`${schemes}/0/pays`]: paying(method, ...rates) }));
    expect(refused(found)).toEqual([]);
    expect(reported(found)).toContainEqual({ severity: 'reported', pointer: `${schemes}/0/pays/bands/1/rate`, message });
  });
  it('but not what the next cent earns by itself', () => {
    expect(check(altered(LOGITECH, { [`${schemes}/0/pays`]: paying('retroactive', '0.6', '0.6') })).map(({ pointer }) => pointer)).not.toContain(
      `${schemes}/0/pays/bands/1/rate`,
    );
  });
  it('in a price', () => {
    const found = check(altered(P3, { [`${cards}/0/charges/1`]: volume('7.00', '8.00') }));
    expect(found).toEqual([
      {
        severity: 'reported',
        pointer: `${cards}/0/charges/1/bands/1/price`,
        message: '5 cost 35.00 USD and 6 cost 48.00 USD: one step more costs 13.00 USD',
      },
    ]);
  });
  it('and so is a weight of points that no rule gives', () => {
    const found = check(altered(VMWARE, { '/businessModels/3/weights/1': { category: 'sale', weight: '2' } }));
    expect(found).toEqual([
      {
        severity: 'reported',
        pointer: '/businessModels/3/weights/1',
        message: 'no rule gives sale points for "solution-reseller": this weighs nothing',
      },
    ]);
  });
  it('and so is a meter that nothing charges', () => {
    const found = check(altered(P3, { [`${cards}/0/charges`]: [volume('7.00', '7.00')] }));
    expect(found.map(({ severity, pointer }) => [severity, pointer])).toEqual([['reported', `${meters}/0`]]);
  });
  it('and so are the days on which nothing charges a meter that something charges on others', () => {
    const found = check(altered(P3, { [`${cards}/0/until`]: '2028-01-31', [`${cards}/1`]: later(wireCard, { from: '2028-03-01' }) }));
    expect(found).toEqual(
      ['used-capacity" from 2028-02-01', 'arrays" from 2028-02-01 until 2028-02-29'].map((what, at) => ({
        severity: 'reported',
        pointer: `${meters}/${at}`,
        message: `no rate card charges "${what}: its usage costs nothing`,
      })),
    );
  });
});

describe('beside the document that it replaces', () => {
  const before = altered('puppet', {
    '/migration': undefined,
    '/illustrative': [],
    '/ladders/0/tiers': [{ key: 'corporate', name: 'Corporate', requirements: [], benefits: [] }],
  });
  it('a plan that forgets a tier is refused', () => {
    const forgetful = altered('puppet', {
      '/migration/tiers': [{ key: 'gold', name: 'Gold' }],
      '/migration/moves': [{ by: 'facts', from: 'gold', ladder: 'category' }],
    });
    expect(refused(check(forgetful))).toEqual([]);
    expect(refused(check(forgetful, before)).map(({ pointer, message }) => [pointer, message])).toEqual([
      ['/migration/tiers', 'leaves "corporate" (Corporate) of the version before unmapped'],
    ]);
  });
  it('a plan leaves out no tier of a ladder that it fills, also where a tier of the same key is there again', () => {
    const again = altered('puppet', { '/ladders/0/tiers/0/key': 'corporate' });
    const without = altered('puppet', {
      '/ladders/0/tiers/0/key': 'corporate',
      '/migration/tiers/0': undefined,
      '/migration/moves/0': undefined,
    });
    expect(refused(check(again, before))).toEqual([]);
    expect(refused(check(without))).toEqual([]);
    expect(refused(check(without, before)).map(({ message }) => message)).toEqual(['leaves "corporate" (Corporate) of the version before unmapped']);
  });
  it('one that names them all passes, and having none is reported where a tier is gone', () => {
    expect(check(documents.puppet, before)).toEqual([]);
    expect(
      check(altered('puppet', { '/migration': undefined, '/illustrative': [] }), before).map(({ severity, pointer }) => [severity, pointer]),
    ).toEqual([['reported', '/ladders']]);
  });
});

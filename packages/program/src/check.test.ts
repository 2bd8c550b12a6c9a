import { money, rate } from '@echelon/money';
import { describe, expect, it } from 'vitest';
import { check, refused } from './check.ts';
import { baseTier, type Ladder, type ProgramDocument } from './document.ts';
import { documents } from './documents.ts';

const document = documents['reseller-example'];
const [ladder] = document.ladders;
if (ladder === undefined) throw new Error('the example has no ladder');
const base = baseTier(ladder);
const [, middle, top] = ladder.tiers;
const withTiers = (...tiers: Ladder['tiers']): ProgramDocument => ({ ...document, ladders: [{ ...ladder, tiers }] });
const withRegistration = (changes: Partial<ProgramDocument['dealRegistration']>): ProgramDocument => ({
  ...document,
  dealRegistration: { ...document.dealRegistration, ...changes },
});
const { offers } = document.dealRegistration;

describe('a program document', () => {
  it.each(Object.entries(documents))('that ships passes: %s', (_, shipped) => {
    expect(refused(check(shipped))).toEqual([]);
  });

  it.each<[string, ProgramDocument, string]>([
    [
      'a key that stands twice',
      { ...document, productFamilies: [...document.productFamilies, ...document.productFamilies] },
      '/productFamilies/2/key',
    ],
    [
      'a lowest tier that asks for something',
      withTiers({ ...base, requirements: middle?.requirements ?? [] }, middle ?? base, top ?? base),
      '/ladders/0/tiers/0/requirements',
    ],
    [
      'a higher tier that asks for nothing',
      withTiers(base, { ...(middle ?? base), requirements: [] }, top ?? base),
      '/ladders/0/tiers/1/requirements',
    ],
    [
      'a tier that asks for less than the one below it',
      withTiers(base, { ...(top ?? base), key: 'preferred' }, { ...(middle ?? base), key: 'elite' }),
      '/ladders/0/tiers/2/requirements/0',
    ],
    [
      'an offer for a tier that is not there',
      withRegistration({ offers: [...offers, ...offers.slice(0, 1).map((offer) => ({ ...offer, tier: 'nowhere' }))] }),
      `/dealRegistration/offers/${offers.length}/tier`,
    ],
    ['a tier without an offer', withRegistration({ offers: offers.slice(1) }), '/dealRegistration/offers'],
    ['a minimum in another currency', withRegistration({ minimumAmount: money(1n, 'EUR') }), '/dealRegistration/minimumAmount/currency'],
    ['a negative minimum', withRegistration({ minimumAmount: money(-1n, 'USD') }), '/dealRegistration/minimumAmount/amount'],
    [
      'a discount above the whole',
      withRegistration({ offers: offers.map((offer, at) => (at === 2 ? { ...offer, discount: rate('1.01') } : offer)) }),
      '/dealRegistration/offers/2/discount',
    ],
    [
      'a negative margin',
      withRegistration({ offers: offers.map((offer, at) => (at === 1 ? { ...offer, margin: rate('-0.01') } : offer)) }),
      '/dealRegistration/offers/1/margin',
    ],
    [
      'hours for approval that never go by',
      { ...withRegistration({ approvalHours: 1_000 }), businessHours: { ...document.businessHours, days: [1], closes: '09:01' } },
      '/dealRegistration/approvalHours',
    ],
    ['a benefit that names nothing', withTiers({ ...base, benefits: ['nothing'] }, middle ?? base, top ?? base), '/ladders/0/tiers/0/benefits/0'],
    [
      'a product that nobody may sell',
      {
        ...document,
        productFamilies: [{ key: 'services', name: 'Services', benefit: 'advisory-board' }, ...document.productFamilies],
        ladders: [{ ...ladder, tiers: [base] }],
      },
      '/productFamilies/0/benefit',
    ],
    [
      'a certification that is not there',
      withTiers(base, {
        ...(middle ?? base),
        requirements: [{ kind: 'certified-people', certification: 'nothing', atLeast: 1, strictness: 'hard' }],
      }),
      '/ladders/0/tiers/1/requirements/0/certification',
    ],
    [
      'a specialization that is not there',
      withTiers(base, { ...(middle ?? base), requirements: [{ kind: 'specialization', specialization: 'nothing', strictness: 'hard' }] }),
      '/ladders/0/tiers/1/requirements/0/specialization',
    ],
    [
      'a milestone that nothing would meet',
      withTiers(base, {
        ...(middle ?? base),
        requirements: [{ kind: 'milestone', measure: 'bookings', window: 'fiscal-quarter', atLeastShare: rate('0'), strictness: 'hard' }],
      }),
      '/ladders/0/tiers/1/requirements/0/atLeastShare',
    ],
    [
      'fewer certified people on the higher tier',
      withTiers(
        base,
        { ...(middle ?? base), requirements: [{ kind: 'certified-people', certification: 'systems-engineer', atLeast: 2, strictness: 'hard' }] },
        { ...(top ?? base), requirements: [{ kind: 'certified-people', certification: 'systems-engineer', atLeast: 1, strictness: 'hard' }] },
      ),
      '/ladders/0/tiers/2/requirements/0',
    ],
    ['two ladders with a tier of one key', { ...document, ladders: [ladder, { ...ladder, key: 'other', routes: [] }] }, '/ladders/1/tiers/0/key'],
    ['a route that two ladders decide', { ...document, ladders: [ladder, { ...ladder, key: 'other' }] }, '/ladders/1/routes/0'],
    ['offers by a route that no ladder decides', { ...document, ladders: [{ ...ladder, routes: ['reseller', 'distributor'] }] }, '/ladders'],
    [
      'points for a business model that is not there',
      {
        ...document,
        pointsRules: [{ key: 'sale', name: 'Sale', category: 'sale', businessModel: 'nothing', activity: { kind: 'deal-won' }, points: 1 }],
      },
      '/pointsRules/0/businessModel',
    ],
    ...[0n, -1n].map((amount): [string, ProgramDocument, string] => [
      `points for each ${amount} cents of an order`,
      {
        ...document,
        pointsRules: [{ key: 'sale', name: 'Sale', category: 'sale', activity: { kind: 'deal-won', per: money(amount, 'USD') }, points: 1 }],
      },
      '/pointsRules/0/activity/per/amount',
    ]),
    [
      'an automatic approval in another currency',
      withRegistration({ autoApproval: { amountMax: money(1n, 'EUR'), segments: ['smb'], productFamilies: ['storage'] } }),
      '/dealRegistration/autoApproval/amountMax/currency',
    ],
    ['something illustrative that is not there', { ...document, illustrative: ['/nothing/here'] }, '/illustrative/0'],
  ])('is refused with %s, at its place', (_, faulty, pointer) => {
    expect(refused(check(faulty)).map((finding) => finding.pointer)).toContain(pointer);
  });
});

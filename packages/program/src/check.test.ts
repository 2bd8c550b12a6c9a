import { money, rate } from '@echelon/money';
import { describe, expect, it } from 'vitest';
import { check, refused } from './check.ts';
import { baseTier, type Ladder, POINTS_RULES_EACH_MAX, type PointsRule, type ProgramDocument, type Requirement, type Tier } from './document.ts';
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
const hard = { strictness: 'hard' } as const;
const asking = (requirement: Requirement): Tier => ({ ...(middle ?? base), requirements: [requirement] });
const withRule = (activity: PointsRule['activity']): ProgramDocument => ({
  ...document,
  pointsRules: [{ key: 'rule', name: 'Rule', category: 'sale', activity, points: 1 }],
});
type Weights = NonNullable<ProgramDocument['businessModels'][number]['weights']>;
const withWeights = (...weights: Weights): ProgramDocument => ({
  ...document,
  businessModels: document.businessModels.map((model) => ({ ...model, weights: [...weights] })),
});
const { offers } = document.dealRegistration;

type Case = [what: string, document: ProgramDocument, pointer: string, message: string];

describe('a program document', () => {
  it.each(Object.entries(documents))('that ships passes: %s', (_, shipped) => {
    expect(refused(check(shipped))).toEqual([]);
  });

  it.each<Case>([
    [
      'a key that stands twice',
      { ...document, productFamilies: [...document.productFamilies, ...document.productFamilies] },
      '/productFamilies/2/key',
      '"storage" stands twice',
    ],
    [
      'a lowest tier that asks for something',
      withTiers({ ...base, requirements: middle?.requirements ?? [] }, middle ?? base, top ?? base),
      '/ladders/0/tiers/0/requirements',
      'the lowest tier is given by enrolment and has no hard requirement',
    ],
    [
      'a higher tier that asks for nothing',
      withTiers(base, { ...(middle ?? base), requirements: [] }, top ?? base),
      '/ladders/0/tiers/1/requirements',
      '"preferred" asks for nothing: every partner would hold it, and none the tiers below',
    ],
    [
      'a tier that asks for less than the one below it',
      withTiers(base, { ...(top ?? base), key: 'preferred' }, { ...(middle ?? base), key: 'elite' }),
      '/ladders/0/tiers/2/requirements/0',
      'asks for less than the tier below it, which nothing could then reach alone',
    ],
    [
      'a tier that asks for nothing but what the one below it asks for',
      withTiers(base, middle ?? base, { ...(top ?? base), requirements: middle?.requirements ?? [] }),
      '/ladders/0/tiers/2/requirements',
      '"elite" asks for nothing that the tiers below it do not: nobody would hold "preferred" alone',
    ],
    [
      'a tier that asks for less than one further below it',
      withTiers(base, top ?? base, asking({ kind: 'certified-people', certification: 'systems-engineer', atLeast: 9, ...hard }), {
        ...(middle ?? base),
        key: 'highest',
      }),
      '/ladders/0/tiers/3/requirements',
      '"highest" asks for nothing that the tiers below it do not: nobody would hold "preferred" alone',
    ],
    [
      'a tier that asks for revenue of nothing',
      withTiers(base, asking({ kind: 'revenue', measure: 'bookings', window: 'lifetime', atLeast: money(0n, 'USD'), ...hard }), top ?? base),
      '/ladders/0/tiers/1/requirements/0/atLeast/amount',
      'is not above 0: every partner would meet it',
    ],
    [
      'an offer for a tier that is not there',
      withRegistration({ offers: [...offers, ...offers.slice(0, 1).map((offer) => ({ ...offer, tier: 'nowhere' }))] }),
      `/dealRegistration/offers/${offers.length}/tier`,
      'the document has no tier "nowhere"',
    ],
    [
      'a tier without an offer',
      withRegistration({ offers: offers.slice(1) }),
      '/dealRegistration/offers',
      'tier "authorized" has no offer for net-new-logo, cross-sell, upsell, expansion by route "reseller"',
    ],
    [
      'a minimum in another currency',
      withRegistration({ minimumAmount: money(1n, 'EUR') }),
      '/dealRegistration/minimumAmount/currency',
      "EUR is not the program's currency, USD",
    ],
    ['a negative minimum', withRegistration({ minimumAmount: money(-1n, 'USD') }), '/dealRegistration/minimumAmount/amount', 'is negative'],
    [
      'a discount above the whole',
      withRegistration({ offers: offers.map((offer, at) => (at === 2 ? { ...offer, discount: rate('1.01') } : offer)) }),
      '/dealRegistration/offers/2/discount',
      'is not between 0 and 1',
    ],
    [
      'a negative margin',
      withRegistration({ offers: offers.map((offer, at) => (at === 1 ? { ...offer, margin: rate('-0.01') } : offer)) }),
      '/dealRegistration/offers/1/margin',
      'is not between 0 and 1',
    ],
    [
      'hours for approval that never go by',
      { ...withRegistration({ approvalHours: 1_000 }), businessHours: { ...document.businessHours, days: [1], closes: '09:01' } },
      '/dealRegistration/approvalHours',
      '1000 hours do not go by within a year of 0 h 1 min of business a week',
    ],
    [
      'a benefit that names nothing',
      withTiers({ ...base, benefits: ['nothing'] }, middle ?? base, top ?? base),
      '/ladders/0/tiers/0/benefits/0',
      'the document has no benefit "nothing"',
    ],
    [
      'a product that nobody may sell',
      {
        ...document,
        productFamilies: [{ key: 'services', name: 'Services', benefit: 'advisory-board' }, ...document.productFamilies],
        ladders: [{ ...ladder, tiers: [base] }],
      },
      '/productFamilies/0/benefit',
      'no tier gives "advisory-board": nobody could sell "services"',
    ],
    [
      'a certification that is not there',
      withTiers(base, {
        ...(middle ?? base),
        requirements: [{ kind: 'certified-people', certification: 'nothing', atLeast: 1, strictness: 'hard' }],
      }),
      '/ladders/0/tiers/1/requirements/0/certification',
      'the document has no certification "nothing"',
    ],
    [
      'a specialization that is not there',
      withTiers(base, { ...(middle ?? base), requirements: [{ kind: 'specialization', specialization: 'nothing', strictness: 'hard' }] }),
      '/ladders/0/tiers/1/requirements/0/specialization',
      'the document has no specialization "nothing"',
    ],
    [
      'a milestone that nothing would meet',
      withTiers(base, {
        ...(middle ?? base),
        requirements: [{ kind: 'milestone', measure: 'bookings', window: 'fiscal-quarter', atLeastShare: rate('0'), strictness: 'hard' }],
      }),
      '/ladders/0/tiers/1/requirements/0/atLeastShare',
      'is not above 0: it would be met by nothing',
    ],
    [
      'fewer certified people on the higher tier',
      withTiers(
        base,
        { ...(middle ?? base), requirements: [{ kind: 'certified-people', certification: 'systems-engineer', atLeast: 2, strictness: 'hard' }] },
        { ...(top ?? base), requirements: [{ kind: 'certified-people', certification: 'systems-engineer', atLeast: 1, strictness: 'hard' }] },
      ),
      '/ladders/0/tiers/2/requirements/0',
      'asks for less than the tier below it, which nothing could then reach alone',
    ],
    [
      'two ladders with a tier of one key',
      { ...document, ladders: [ladder, { ...ladder, key: 'other', routes: [] }] },
      '/ladders/1/tiers/0/key',
      '"authorized" stands twice',
    ],
    [
      'a route that two ladders decide',
      { ...document, ladders: [ladder, { ...ladder, key: 'other' }] },
      '/ladders/1/routes/0',
      'route "reseller" is decided twice',
    ],
    [
      'offers by a route that no ladder decides',
      { ...document, ladders: [{ ...ladder, routes: ['reseller', 'distributor'] }] },
      '/ladders',
      'offers are made by route "service-provider", and no ladder decides which',
    ],
    [
      'points for a business model that is not there',
      {
        ...document,
        pointsRules: [{ key: 'sale', name: 'Sale', category: 'sale', businessModel: 'nothing', activity: { kind: 'deal-won' }, points: 1 }],
      },
      '/pointsRules/0/businessModel',
      'the document has no business model "nothing"',
    ],
    ...[0n, -1n].map(
      (amount): Case => [
        `points for each ${amount} cents of an order`,
        {
          ...document,
          pointsRules: [{ key: 'sale', name: 'Sale', category: 'sale', activity: { kind: 'deal-won', per: money(amount, 'USD') }, points: 1 }],
        },
        '/pointsRules/0/activity/per/amount',
        'is not above 0: nothing has a number of whole amounts of it',
      ],
    ),
    [
      'an automatic approval in another currency',
      withRegistration({ autoApproval: { amountMax: money(1n, 'EUR'), segments: ['smb'], productFamilies: ['storage'] } }),
      '/dealRegistration/autoApproval/amountMax/currency',
      "EUR is not the program's currency, USD",
    ],
    [
      'points of nothing',
      withTiers(base, asking({ kind: 'points', window: 'lifetime', atLeast: 1, ...hard }), top ?? base),
      '/ladders/0/tiers/1/requirements/0',
      'no rule gives points',
    ],
    [
      'a tier that asks of the partner, told so, less than the one below it asks of it untold',
      withTiers(base, asking({ kind: 'certified-people', certification: 'systems-engineer', atLeast: 2, ...hard }), {
        ...(top ?? base),
        requirements: [{ kind: 'certified-people', certification: 'systems-engineer', atLeast: 1, level: 'partner', ...hard }],
      }),
      '/ladders/0/tiers/2/requirements/0',
      'asks for less than the tier below it, which nothing could then reach alone',
    ],
    [
      'hours for approval of which a week has not a whole one',
      { ...withRegistration({ approvalHours: 44 }), businessHours: { ...document.businessHours, days: [1], closes: '09:50' } },
      '/dealRegistration/approvalHours',
      '44 hours do not go by within a year of 0 h 50 min of business a week',
    ],
    [
      'more people than are counted',
      withTiers(base, asking({ kind: 'certified-people', certification: 'systems-engineer', atLeast: 401, ...hard }), top ?? base),
      '/ladders/0/tiers/1/requirements/0/atLeast',
      'asks for more than the 400 people that a partner counts',
    ],
    [
      'a nomination among the holders of a tier that is not there',
      withTiers(base, asking({ kind: 'nomination', among: 'nowhere', ...hard }), top ?? base),
      '/ladders/0/tiers/1/requirements/0/among',
      'the document has no tier "nowhere"',
    ],
    ...['preferred', 'elite'].map(
      (among): Case => [
        `a nomination among those whom it makes: ${among}`,
        withTiers(base, asking({ kind: 'nomination', among, ...hard }), top ?? base),
        '/ladders/0/tiers/1/requirements/0/among',
        `"preferred" is held among those who hold "${among}", which nobody holds without "preferred"`,
      ],
    ),
    [
      'two nominations, each among those whom the other makes',
      {
        ...document,
        ladders: ['one', 'two'].map((key, at) => ({
          ...{ ...ladder, key, routes: at === 0 ? ladder.routes : [], promotion: 'by-choice' as const },
          tiers: [
            { ...base, key: `${key}-base` },
            { ...base, key, requirements: [{ kind: 'nomination' as const, among: at === 0 ? 'two' : 'one', ...hard }] },
          ],
        })),
      },
      '/ladders/1/tiers/1/requirements/0/among',
      '"two" is held among those who hold "one", which nobody holds without "two"',
    ],
    [
      'points for a specialization that is not there',
      withRule({ kind: 'specialization', specialization: 'nothing' }),
      '/pointsRules/0/activity/specialization',
      'the document has no specialization "nothing"',
    ],
    [
      'points for what is measured in another currency',
      withRule({ kind: 'measured', measure: 'consumption', per: money(1n, 'EUR') }),
      '/pointsRules/0/activity/per/currency',
      "EUR is not the program's currency, USD",
    ],
    [
      'more rules for one activity than can be told',
      {
        ...document,
        pointsRules: Array.from({ length: POINTS_RULES_EACH_MAX + 1 }, (_, n) => ({
          ...{ key: `rule-${n}`, name: 'Rule', category: 'sale' as const, points: 1 },
          activity: { kind: 'deal-won' as const, ...(n % 2 === 0 && { per: money(1n, 'USD') }) },
        })),
      },
      `/pointsRules/${POINTS_RULES_EACH_MAX}/activity`,
      `more than ${POINTS_RULES_EACH_MAX} rules give points for the same activity`,
    ],
    ['a weight that takes points away', withWeights({ category: 'sale', weight: rate('-1') }), '/businessModels/0/weights/0/weight', 'is negative'],
    [
      'a category that is weighed twice',
      withWeights({ category: 'sale', weight: rate('1') }, { category: 'sale', weight: rate('2') }),
      '/businessModels/0/weights/1/category',
      '"sale" stands twice',
    ],
    [
      'something illustrative that is not there',
      { ...document, illustrative: ['/nothing/here'] },
      '/illustrative/0',
      'there is nothing at /nothing/here',
    ],
    ...['/ladders/length', '/ladders/00', '/constructor', '/dealRegistration/offers/0/discount/trillionths'].map(
      (place): Case => [
        `what is illustrative and no part of the JSON: ${place}`,
        { ...document, illustrative: [place] },
        '/illustrative/0',
        `there is nothing at ${place}`,
      ],
    ),
  ])('is refused with %s, at its place and in a sentence, once', (_, faulty, pointer, message) => {
    expect(refused(check(faulty)).filter((finding) => finding.pointer === pointer)).toEqual([{ severity: 'refused', pointer, message }]);
  });

  it('passes with something illustrative that is written: a part, a figure, one in a list', () => {
    const illustrative = ['/ladders', '/inactivityDays', '/dealRegistration/offers/0/discount', '/dealRegistration/minimumAmount/amount'];
    expect(check({ ...document, illustrative })).toEqual([]);
  });

  it('passes with a nomination among the tier below, and with a track that asks for less than the one below it', () => {
    const nominated = withTiers(base, middle ?? base, { ...(top ?? base), requirements: [{ kind: 'nomination', among: 'preferred', ...hard }] });
    expect(check(nominated)).toEqual([]);
    const tracks = withTiers(base, { ...(top ?? base), key: 'preferred' }, { ...(middle ?? base), key: 'elite', requirements: [] });
    expect(check({ ...tracks, ladders: tracks.ladders.map((one) => ({ ...one, promotion: 'by-choice' as const })) })).toEqual([]);
  });
});

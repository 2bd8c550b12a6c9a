/** What is missing, until when what is held counts, and what closes it: nearest first, in words. */
import { day } from '@echelon/calendar';
import { rate } from '@echelon/money';
import type { Ladder, PointsRule, ProgramDocument, Requirement } from '@echelon/program';
import { describe, expect, it } from 'vitest';
import { usd } from '../../../test/given.ts';
import { facts, life, noon, reseller, version, withLadders } from '../../../test/standing.ts';
import { agreeTarget, nominate, override, proposeTarget } from './decisions.ts';
import { gapOf } from './gap.ts';
import { requirementsOf } from './views.ts';

const { booked, certified, engaged, enrolled, specialized, track, won } = facts;
const [start, today] = [day('2026-01-05'), day('2026-05-15')];
const hard = { strictness: 'hard' } as const;
const engineers = (atLeast: number): Requirement => ({ kind: 'certified-people', certification: 'systems-engineer', atLeast, ...hard });
const revenue = (dollars: number, more: { strictness?: 'advisory' } = {}): Requirement => ({
  ...{ kind: 'revenue', measure: 'bookings', window: 'trailing-four-quarters', atLeast: usd(dollars), ...hard },
  ...more,
});
const points: Requirement = { kind: 'points', window: 'fiscal-year', atLeast: 100, ...hard };
const events: Requirement = { kind: 'engagement', engagement: 'event', window: 'fiscal-year', atLeast: 3, ...hard };

const asking = (
  second: readonly Requirement[],
  third: readonly Requirement[] = [revenue(10_000)],
  changes: Partial<Ladder> = {},
): ProgramDocument => ({
  ...withLadders({
    ...reseller,
    tiers: reseller.tiers.map((tier, rank) => ({ ...tier, requirements: [...([[], second, third][rank] ?? [])] })),
    ...changes,
  }),
  pointsRules: [
    { key: 'events', name: 'Events', category: 'pre-sale', activity: { kind: 'engagement', engagement: 'event' }, points: 30 },
    { key: 'orders', name: 'Orders', category: 'sale', activity: { kind: 'deal-won', per: usd(1_000) }, points: 20 },
  ],
});

const partnerOf = (document: ProgramDocument, ...heard: Parameters<ReturnType<typeof life>['hear']>[1][]) => {
  const partner = life(version(1, '2025-01-01', document));
  partner.hear(today, enrolled(start), ...heard);
  const ladder = (on = today) => {
    const [found] = gapOf(partner.standing(), { ...partner.known(on), now: noon(on) }).ladders;
    if (found === undefined) throw new Error('no ladder');
    return found;
  };
  /** Of each tier that is shown: whether the facts give it, and the sentences. */
  const told = (on = today) =>
    Object.fromEntries(ladder(on).tiers.map(({ tier, given, actions }) => [tier, [given, ...actions.map(({ sentence }) => sentence)]]));
  return { ...partner, ladder, told };
};
const spell = (from: string, until: string) => ({ from: day(from), until: day(until) });

describe('the gap', () => {
  it('says of each higher tier what is missing, until when what is held counts, and what closes it: the nearest first', () => {
    const partner = partnerOf(
      asking([revenue(200), engineers(3)], [revenue(1_000), engineers(3)]),
      booked(day('2025-08-01'), 100),
      booked(start, 90),
      certified(1, spell('2026-01-05', '2026-06-30')),
    );
    expect(partner.ladder()).toMatchObject({ official: 'authorized', projected: 'authorized' });
    const [preferred, elite] = partner.ladder().tiers;
    expect(preferred?.requirements).toMatchObject([
      // What was booked in the summer before leaves the trailing year with the second quarter.
      { have: '190.00', need: '200.00', missing: '10.00', met: false, until: day('2026-06-30'), rule: '/ladders/0/tiers/1/requirements/0' },
      { have: '1', need: '3', missing: '2', met: false, until: day('2026-06-30') },
    ]);
    expect(preferred?.actions).toMatchObject([
      { kind: 'bring-revenue', amount: usd(10), by: day('2026-06-30'), sentence: '10.00 USD more of bookings by 30 June 2026' },
      { kind: 'certify-people', people: 2, sentence: '2 more people certified in Systems Engineer by 30 June 2026' },
    ]);
    // Of the tier below what is missed comes before what this one asks for.
    expect(elite?.requirements.map(({ rule, missing }) => [rule, missing])).toEqual([
      ['/ladders/0/tiers/1/requirements/0', '10.00'],
      ['/ladders/0/tiers/1/requirements/1', '2'],
      ['/ladders/0/tiers/2/requirements/0', '810.00'],
      ['/ladders/0/tiers/2/requirements/1', '2'],
    ]);
  });

  it('is empty of the tier that is given; of the official one that is not, says what keeps it, while grace lasts', () => {
    const partner = partnerOf(asking([engineers(1)], [engineers(2)]), certified(1, spell('2026-01-05', '2026-05-31')));
    expect(partner.told()).toEqual({ preferred: [true], elite: [false, '1 more person certified in Systems Engineer by 31 May 2026'] });
    expect(partner.ladder().tiers[0]?.requirements).toMatchObject([{ met: true, missing: '0', until: day('2026-05-31') }]);
    partner.judge(day('2026-06-01'));
    expect(partner.ladder(day('2026-06-01'))).toMatchObject({ official: 'preferred', projected: 'authorized' });
    expect(partner.told(day('2026-06-01'))).toEqual({
      preferred: [false, '1 more person certified in Systems Engineer by 31 December 2026'],
      elite: [false, '2 more people certified in Systems Engineer'],
    });
  });

  it('gives as long as grace lasts, though nobody has looked since it began; and no day more, once it is over', () => {
    const partner = partnerOf(asking([engineers(1)]), certified(1, spell('2026-01-05', '2026-05-31')));
    expect(partner.told(day('2026-06-01')).preferred).toEqual([false, '1 more person certified in Systems Engineer by 31 December 2026']);
    for (const on of ['2026-06-01', '2026-12-26', '2027-01-04']) partner.judge(day(on));
    expect(partner.position().review?.proposed).toBe('authorized');
    expect(partner.told(day('2027-01-04')).preferred).toEqual([false, '1 more person certified in Systems Engineer by 4 January 2027']);
  });

  it('shows what is advisory, and asks for nothing by it', () => {
    const partner = partnerOf(asking([engineers(1), revenue(100, { strictness: 'advisory' })]), certified(1, spell('2026-01-05', '2026-12-31')));
    expect(partner.told().preferred).toEqual([true]);
    expect(partner.ladder().tiers[0]?.requirements.map(({ met, missing }) => [met, missing])).toEqual([
      [true, '0'],
      [false, '100.00'],
    ]);
  });

  it('of points counts all that any rule gives for the same: a renewal is an order too', () => {
    const document: ProgramDocument = {
      ...asking([points]),
      pointsRules: [
        { key: 'orders', name: 'Orders', category: 'sale', activity: { kind: 'deal-won', per: usd(1_000) }, points: 5 },
        {
          key: 'renewals',
          name: 'Renewals',
          category: 'post-sale',
          activity: { kind: 'deal-won', dealTypes: ['renewal'], per: usd(2_000) },
          points: 10,
        },
        { key: 'deals', name: 'Deals', category: 'pre-sale', activity: { kind: 'deal-approved' }, points: 10 },
        { key: 'own', name: 'Deals as a reseller', category: 'pre-sale', activity: { kind: 'deal-approved' }, businessModel: 'reseller', points: 15 },
      ],
    };
    const partner = partnerOf(document);
    expect(partner.ladder().tiers[0]?.actions).toMatchObject([
      {
        ways: [
          { name: 'Deals', times: 4 },
          { name: 'Deals as a reseller', times: 4 },
          { name: 'Renewals', times: 5, amount: usd(10_000) },
          { name: 'Orders', times: 20, amount: usd(20_000) },
        ],
      },
    ]);
    partner.hear(today, won(1, today, 10_000, { dealType: 'renewal' }));
    expect(partner.standing().facts.points).toEqual([{ since: '2026-05', points: [100] }]);
  });

  it('of points names each rule that gives them, as often as it takes; and says what else there is to do', () => {
    const partner = partnerOf(
      asking(
        [points, events, { kind: 'specialization', specialization: 'data-protection', ...hard }],
        [{ kind: 'nomination', among: 'preferred', ...hard }],
      ),
      engaged(start, 'event'),
      won(1, start, 500),
    );
    expect(partner.told()).toEqual({
      preferred: [
        false,
        '2 more events accepted by 31 December 2026',
        '70 more points, such as 3 × “Events” by 31 December 2026',
        'The specialization Data Protection gained by 31 December 2026',
      ],
      elite: expect.arrayContaining(['A nomination for Elite among partners that hold Preferred by 31 December 2026']),
    });
    const earning = partner.ladder().tiers[0]?.actions.find(({ kind }) => kind === 'earn-points');
    expect(earning).toMatchObject({
      points: 70,
      ways: [
        { name: 'Events', rule: '/pointsRules/0', times: 3 },
        { name: 'Orders', rule: '/pointsRules/1', times: 4, amount: usd(4_000) },
      ],
    });
    partner.hear(
      today,
      specialized(1, spell('2026-05-15', '2026-12-31')),
      engaged(today, 'event', 1, 2),
      engaged(today, 'event', 1, 3),
      won(2, today, 500),
    );
    expect(partner.told().preferred).toEqual([false, '10 more points, such as 1 × “Events” by 31 December 2026']);
  });

  it('of a milestone asks for a target first, then for what the quarter is still to bring', () => {
    const milestone: Requirement = { kind: 'milestone', measure: 'bookings', window: 'fiscal-quarter', atLeastShare: rate('0.75'), ...hard };
    const partner = partnerOf(asking([milestone]), booked(today, 100));
    expect(partner.told().preferred).toEqual([false, 'A target for bookings in FY2026-Q2 agreed, and 75 % of it reached by 30 June 2026']);
    const target = { measure: 'bookings', quarter: 'FY2026-Q2', amount: usd(1_000) } as const;
    partner.decide(today, (act) => proposeTarget({ ...act, ...target, side: 'vendor' }));
    partner.decide(today, (act) => agreeTarget({ ...act, ...target, side: 'partner' }));
    expect(partner.ladder().tiers[0]?.actions).toMatchObject([{ kind: 'meet-target', amount: usd(650), quarter: 'FY2026-Q2' }]);
    partner.hear(today, booked(today, 650));
    expect(partner.told().preferred).toEqual([true]);
  });

  it('is shown of every track, each by what it asks for itself', () => {
    const partner = partnerOf(asking([engineers(1)], [revenue(500)], { promotion: 'by-choice' }), booked(today, 500), track(today, 'preferred'));
    expect(partner.ladder()).toMatchObject({ official: 'preferred', projected: 'elite' });
    expect(partner.told()).toEqual({ authorized: [true], preferred: [false, '1 more person certified in Systems Engineer'], elite: [true] });
  });

  it('tells of an override the tier that is set, and of grace the end for the tier that it is of', () => {
    const partner = partnerOf(asking([engineers(1)], [engineers(3)]), certified(1, spell('2026-01-05', '2026-02-28')));
    partner.judge(today);
    expect(partner.position().grace).toBeDefined();
    partner.decide(today, (act) => override({ ...act, ladder: 'reseller', tier: 'elite', until: day('2026-06-30'), reason: 'Launch.' }));
    expect(partner.told()).toEqual({ elite: [false, '3 more people certified in Systems Engineer'] });
    // Nobody has looked since it ended.
    expect(partner.ladder(day('2026-07-01')).official).toBe('preferred');
    expect(partner.told(day('2026-07-01')).preferred).toEqual([false, '1 more person certified in Systems Engineer by 31 December 2026']);
    expect(requirementsOf(partner.standing(), { ...partner.known(today), now: noon(day('2026-07-01')) }).ladders).toMatchObject([
      { tier: 'preferred' },
    ]);
  });

  it('ends with the first of all that the tier asks for, what is met of the tiers below included', () => {
    const partner = partnerOf(asking([engineers(1)], [{ kind: 'nomination', ...hard }]), certified(1, spell('2026-01-05', '2026-06-30')));
    expect(partner.told().elite).toEqual([false, 'A nomination for Elite by 30 June 2026']);
    // On the very next day a nomination would give nothing.
    partner.decide(day('2026-07-01'), (act) => nominate({ ...act, tier: 'elite', until: day('2026-12-31'), reason: 'Strategic.' }));
    expect(partner.position().attained).toBe('authorized');
  });

  it('of a target ends with its quarter, though grace lasts longer', () => {
    const milestone: Requirement = { kind: 'milestone', measure: 'bookings', window: 'fiscal-quarter', atLeastShare: rate('1'), ...hard };
    const partner = partnerOf(asking([milestone], [], { promotion: 'by-choice' }), track(start, 'preferred'));
    partner.judge(today);
    expect(partner.position().grace).toMatchObject({ since: day('2026-04-01'), until: day('2026-12-31') });
    expect(partner.ladder().tiers[1]?.actions).toMatchObject([{ kind: 'agree-target', by: day('2026-06-30') }]);
  });
});

describe('points', () => {
  const services = { key: 'services', name: 'Services' };
  const practice: PointsRule = {
    ...{ key: 'practice', name: 'Practice', category: 'capability', activity: { kind: 'specialization', specialization: 'data-protection' } },
    points: 80,
  };
  const sold: PointsRule = {
    ...{ key: 'sold', name: 'Sold', category: 'sale', businessModel: 'services', activity: { kind: 'deal-won', per: usd(1_000) }, points: 10 },
  };
  const earning = (atLeast: number, rules: readonly PointsRule[], more: { readonly businessModel?: string } = {}): ProgramDocument => ({
    ...asking([{ ...points, atLeast, ...more }]),
    pointsRules: [...rules],
    businessModels: [{ key: 'reseller', name: 'Reseller' }, services],
  });
  const events: PointsRule = {
    key: 'events',
    name: 'Events',
    category: 'pre-sale',
    activity: { kind: 'engagement', engagement: 'event' },
    points: 7,
  };

  it('are told by ways that can be gone: a specialization once, by whoever does not hold it', () => {
    expect(partnerOf(earning(80, [practice, events])).told().preferred).toEqual([false, '80 more points, such as 1 × “Practice”']);
    expect(partnerOf(earning(81, [practice, events])).told().preferred).toEqual([false, '81 more points, such as 12 × “Events”']);
    const holds = partnerOf(earning(100, [practice, events]), specialized(1, spell('2025-12-01', '2026-12-31')));
    expect(holds.told().preferred).toEqual([false, '100 more points, such as 15 × “Events”']);
    // No way suffices alone, and so none is named.
    expect(partnerOf(earning(81, [practice])).told().preferred).toEqual([false, '81 more points']);
  });

  it('of a business model that the partner does not have begin with taking it up', () => {
    const partner = partnerOf(earning(20, [sold, events], { businessModel: 'services' }), won(1, start, 1_000));
    expect(partner.ladder().tiers[0]?.actions).toMatchObject([
      { kind: 'take-up-model', businessModel: 'services', points: 20, sentence: 'The business model Services, and 20 points as it' },
    ]);
    // What it has earned as it by then counts.
    partner.hear(today, enrolled(start, ['reseller'], { saidOn: today, said: 2, models: ['reseller', 'services'] }));
    expect(partner.told().preferred).toEqual([false, '10 more points as Services, such as 1,000.00 USD by “Sold” by 31 December 2026']);
    // Where anything else gives points, no model is needed.
    expect(partnerOf(earning(20, [sold, events])).told().preferred).toEqual([false, '20 more points, such as 3 × “Events”']);
    expect(partnerOf(earning(20, [sold])).told().preferred).toEqual([false, 'The business model Services, and 20 more points as it']);
  });
});

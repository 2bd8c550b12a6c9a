/** A version that replaces another: what becomes of who stands on its ladders. */
import { type Day, day } from '@echelon/calendar';
import type { Ladder, ProgramDocument } from '@echelon/program';
import { describe, expect, it } from 'vitest';
import { usd } from '../../../test/given.ts';
import { byCertificate, changed, facts, life, reseller, told, version, withLadders } from '../../../test/standing.ts';
import { benefitsOn } from './views.ts';

const on = day;
const start = on('2026-01-05');
const first = version(1, '2025-01-01');
const { enrolled, booked, certified } = facts;

const nominated: Ladder['tiers'][number]['requirements'] = [{ kind: 'nomination', strictness: 'hard' }];
const held = (from: string, until: string) => ({ from: day(from), until: day(until) });

describe('a new version', () => {
  const from = '2026-07-01';
  const second = (document: ProgramDocument) => version(2, from, document);
  const living = (document: ProgramDocument, ...known: Parameters<ReturnType<typeof life>['hear']>[1][]) => {
    const partner = life(first, second(document));
    partner.hear(start, enrolled(start), ...known);
    return partner;
  };
  const looked = (partner: ReturnType<typeof life>, at: Day = day(from)) => told(partner.judge(at));

  it('judges the days on which it holds: a tier is kept, a shortfall by it begins with it', () => {
    const dearer = changed((ladder) => ({
      ...ladder,
      tiers: ladder.tiers.map((tier) => ({
        ...tier,
        requirements: tier.requirements.map((one) => (one.kind === 'revenue' ? { ...one, atLeast: usd(5_000_000) } : one)),
      })),
    }));
    const partner = living(dearer, booked(start, 300_000));
    expect(looked(partner, day('2026-06-30'))).toEqual([]);
    expect(looked(partner, day('2026-07-04'))).toEqual(['AttainmentChanged', 'GracePeriodBegun']);
    expect(partner.position()).toMatchObject({ tier: 'preferred', grace: { since: day(from) } });
  });

  it('that asks for less promotes from its day', () => {
    const cheaper = changed((ladder) => ({ ...ladder, tiers: ladder.tiers.map((tier) => ({ ...tier, requirements: [] })) }));
    const partner = living(cheaper);
    expect(looked(partner, day('2026-06-30'))).toEqual([]);
    expect(looked(partner, day('2026-07-04'))).toEqual(['AttainmentChanged', 'authorized → elite: attained']);
    expect(partner.position().since).toEqual(day(from));
  });

  it('without the tier places the partner by what the facts give', () => {
    const renamed = changed((ladder) => ({
      ...ladder,
      tiers: ladder.tiers.map((tier) => ({ ...tier, key: `${tier.key}-partner` })),
    }));
    expect(looked(living(renamed, booked(start, 300_000)))).toEqual(['AttainmentChanged', 'preferred → preferred-partner: version']);
  });

  const planned = (
    document: ProgramDocument,
    moves: NonNullable<ProgramDocument['migration']>['moves'],
    deadline = '2026-06-30',
  ): ProgramDocument => ({
    ...document,
    migration: { tiers: reseller.tiers.map(({ key, name }) => ({ key, name })), moves, deadline: on(deadline) },
  });

  it('that maps tiers moves whoever earned them on its first day, whatever the facts give, and gives them grace for it', () => {
    const mapping = planned(
      changed((ladder) => ladder),
      [
        { by: 'mapping', from: 'authorized', tier: 'preferred' },
        { by: 'mapping', from: 'preferred', tier: 'authorized' },
      ],
    );
    const [up, down] = [living(mapping), living(mapping, booked(start, 300_000))];
    expect(looked(up, day('2026-07-04'))).toEqual(['authorized → preferred: version', 'GracePeriodBegun']);
    expect(up.position()).toMatchObject({ since: day(from), grace: { since: day(from) } });
    // What the facts give is given all the same, where the ladder promotes on attainment.
    expect(looked(down)).toEqual([]);
    expect(down.position().tier).toBe('preferred');
    const atReview = living(
      { ...mapping, ladders: mapping.ladders.map((ladder) => ({ ...ladder, promotion: 'at-review' })) },
      booked(start, 300_000),
    );
    expect(looked(atReview)).toEqual(['preferred → authorized: version']);
  });

  it('that maps tiers to those of another ladder does so whenever it is looked at, and places the others by the facts', () => {
    const category = {
      ...reseller,
      key: 'category',
      promotion: 'at-review' as const,
      tiers: reseller.tiers.map((tier) => ({ ...tier, key: `${tier.key}-two` })),
    };
    const mapping = planned(withLadders(category), [{ by: 'mapping', from: 'preferred', tier: 'elite-two' }]);
    const [timely, late, base] = [living(mapping, booked(start, 300_000)), living(mapping, booked(start, 300_000)), living(mapping)];
    timely.judge(day(from));
    for (const one of [timely, late, base]) one.judge(day('2026-08-20'));
    expect(timely.position('category')).toMatchObject({ tier: 'elite-two', settled: { tier: 'elite-two', on: day(from) } });
    expect(late.position('category')).toEqual(timely.position('category'));
    expect(base.position('category').tier).toBe('authorized-two');
  });

  it('lets no grace end before the deadline by which partners are to meet what it asks', () => {
    const dearer = changed((ladder) => ({ ...ladder, tiers: ladder.tiers.map((tier) => ({ ...tier, requirements: [] })) }));
    const asked = changed((ladder) => ladder);
    expect(dearer).not.toEqual(asked);
    const partner = life(
      version(1, '2025-01-01', dearer),
      version(2, from, planned(asked, [{ by: 'facts', from: 'elite', ladder: 'reseller' }], '2027-05-31')),
    );
    partner.hear(start, enrolled(start));
    partner.judge(day(from));
    expect(partner.position()).toMatchObject({ tier: 'elite', grace: { since: day(from), until: day('2027-05-31') } });
    for (const date of ['2027-01-01', '2027-05-26', '2027-05-31']) partner.judge(day(date));
    expect(partner.position().review?.proposed).toBe('elite');
    partner.judge(day('2027-06-01'));
    expect(partner.position().review?.proposed).toBe('authorized');
  });

  it('whose migration keeps the benefits of before does so until its day, whoever looks first and however late, as far as the program has them', () => {
    const lower = changed((ladder) => ({
      ...ladder,
      tiers: ladder.tiers.map((tier) => ({ ...tier, key: `${tier.key}-two`, requirements: tier.key === 'authorized' ? [] : nominated })),
    }));
    const keeping = (document: ProgramDocument): ProgramDocument => {
      const migration = planned(document, [{ by: 'facts', from: 'preferred', ladder: 'reseller' }]).migration;
      return { ...document, ...(migration && { migration: { ...migration, grandfatheredUntil: on('2026-12-31') } }) };
    };
    const benefits = (partner: ReturnType<typeof life>, of: string) =>
      benefitsOn(day(of), { versions: partner.known(day(of)).versions, standing: partner.standing() }).benefits.map(
        ({ key, tier }) => `${key} by ${tier}`,
      );
    const [timely, late] = [living(keeping(lower), booked(start, 300_000)), living(keeping(lower), booked(start, 300_000))];
    expect(told(timely.judge(day(from)))).toEqual(['BenefitsGrandfathered', 'AttainmentChanged', 'preferred → authorized-two: version']);
    expect(timely.judge(day('2026-07-02'))).toEqual([]);
    for (const partner of [timely, late]) {
      expect(benefits(partner, '2026-06-30')).toEqual(['deal-registration by preferred', 'demo-gear by preferred']);
      expect(benefits(partner, '2026-12-31')).toEqual(['deal-registration by authorized-two', 'demo-gear by preferred']);
      expect(benefits(partner, '2027-01-01')).toEqual(['deal-registration by authorized-two']);
    }
    const newcomer = life(first, second(keeping(lower)));
    newcomer.hear(day('2026-07-10'), enrolled(day('2026-07-10')));
    expect(told(newcomer.judge(day('2026-07-11')))).toEqual([]);
  });

  it('that brings a ladder back places everybody there as they were settled last, whether or not anybody looked while it was gone', () => {
    const other = { ...reseller, key: 'services', tiers: reseller.tiers.map((tier) => ({ ...tier, key: `${tier.key}-s` })) };
    const all = [
      version(1, '2025-01-01', byCertificate()),
      version(2, '2026-07-01', withLadders(other)),
      version(3, '2026-08-01', byCertificate()),
    ] as const;
    const lived = (...looks: string[]) => {
      const partner = life(...all);
      partner.hear(start, enrolled(start), certified(1, held('2026-01-05', '2026-03-31')));
      for (const look of [...looks, '2026-08-02']) partner.judge(day(look));
      return partner.position();
    };
    const [timely, late] = [lived('2026-06-30', '2026-07-01', '2026-08-01'), lived('2026-06-30')];
    expect(timely).toMatchObject({ tier: 'preferred', settled: { tier: 'authorized', on: start } });
    expect([late.tier, late.settled, late.grace?.since]).toEqual([timely.tier, timely.settled, timely.grace?.since]);
  });

  it('is dated by its day, whatever is heard before anybody looks', () => {
    const mapping = planned(
      changed((ladder) => ({ ...ladder, promotion: 'at-review' })),
      [{ by: 'mapping', from: 'authorized', tier: 'preferred' }],
    );
    const partner = living(mapping);
    partner.hear(day('2026-07-04'), booked(day('2026-07-04'), 1));
    expect(partner.position()).toMatchObject({ tier: 'preferred', since: day(from) });
  });

  it('that calls the tier below by another name begins the grace anew, for that one', () => {
    const engineers = (one: Ladder): Ladder => ({
      ...one,
      tiers: one.tiers.map((tier, rank) => ({
        ...tier,
        requirements: rank === 0 ? [] : [{ kind: 'certified-people', certification: 'systems-engineer', atLeast: rank, strictness: 'hard' }],
      })),
    });
    const renamed = (one: Ladder): Ladder => ({
      ...one,
      tiers: one.tiers.map((tier) => (tier.key === 'preferred' ? { ...tier, key: 'sterling' } : tier)),
    });
    const partner = life(version(1, '2025-01-01', changed(engineers)), second(changed((one) => renamed(engineers(one)))));
    partner.hear(start, enrolled(start), certified(1, held('2026-01-05', '2027-12-31')), certified(2, held('2026-01-05', '2026-05-31')));
    partner.judge(day('2026-06-01'));
    expect(partner.position()).toMatchObject({ tier: 'elite', grace: { to: 'preferred', since: day('2026-06-01') } });
    expect(told(partner.judge(day('2026-07-02')))).toEqual(['AttainmentChanged', 'GracePeriodBegun']);
    expect(partner.position()).toMatchObject({ tier: 'elite', grace: { to: 'sterling', since: day('2026-06-01') } });
  });

  it('with other ladders ends the positions on the old and takes those on the new, by the facts even where promotion waits for reviews', () => {
    const other = withLadders({ ...reseller, key: 'category', promotion: 'at-review' });
    const partner = living(other, booked(start, 300_000));
    expect(looked(partner)).toEqual(['PositionEnded', 'PartnerPlaced']);
    expect(partner.standing().positions).toMatchObject([{ ladder: 'category', tier: 'preferred', settled: { on: day(from) } }]);
    expect(looked(partner)).toEqual([]);
  });

  it('gives the same whether the facts are heard before or after it', () => {
    const other = withLadders({ ...reseller, key: 'category', promotion: 'at-review' });
    const [before, afterwards] = [living(other, booked(start, 300_000)), living(other)];
    before.judge(day(from));
    afterwards.judge(day(from));
    afterwards.hear(day(from), booked(start, 300_000));
    expect(afterwards.position('category').tier).toBe('preferred');
    expect(afterwards.standing().positions.map(({ tier, attained }) => [tier, attained])).toEqual(
      before.standing().positions.map(({ tier, attained }) => [tier, attained]),
    );
  });

  it('counts a certificate whose last day is its first', () => {
    const partner = life(version(1, '2025-01-01', byCertificate(2)), second(byCertificate(1)));
    partner.hear(start, enrolled(start), certified(1, held('2026-01-05', from)));
    expect(looked(partner, day('2026-06-30'))).toEqual([]);
    expect(looked(partner)).toEqual(['AttainmentChanged', 'authorized → preferred: attained']);
    const late = life(version(1, '2025-01-01', byCertificate(2)), second(byCertificate(1)));
    late.hear(start, enrolled(start), certified(1, held('2026-01-05', '2026-06-30')));
    expect(looked(late)).toEqual([]);
  });
});

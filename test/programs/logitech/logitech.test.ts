/** Logitech Partner Connect 2023, as PRODUCT §7 tells it. What the source leaves open is marked illustrative in the document. */
import { day } from '@echelon/calendar';
import { PartnerId, type ProgramId } from '@echelon/contracts/ids';
import type { EnrollmentTerms } from '@echelon/contracts/partners';
import { standingEvents } from '@echelon/contracts/tiering';
import { rate } from '@echelon/money';
import { type EngagementKind, NoticeDays } from '@echelon/program';
import { documents } from '@echelon/program/documents';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { PartnerAtWork } from '../../journeys/one-deal.ts';
import { localWorld } from '../../local-world.ts';
import { ChannelVendor, type TargetSet } from '../channel-vendor.ts';
import { usd } from '../vendor.ts';

const logitech = documents['logitech-partner-connect-2023'];
const ladder = 'track';
const forAll = ['mdf', 'deal-registration', 'back-end-rebate', 'lead-allocation', 'supported-pricing'];
const forEliteAndPrincipal = ['website-placement', 'higher-back-end-margin', 'channel-account-manager', 'marketing-support', 'advisory-board'];
const [elite, principal] = [
  { ladder, track: 'elite' },
  { ladder, track: 'principal' },
] as const;
/** What Elite asks for beside two certified people; and what Principal does, beside four. */
const asElite: readonly EngagementKind[] = ['business-plan', 'marketing-plan', 'quarterly-business-review', 'campaign'];
const asPrincipal: readonly EngagementKind[] = [...asElite, 'quarterly-business-review', 'campaign'];
/** 50,000.00 USD in a quarter of the fiscal year from April 2027. */
const quarterly = (quarter: 1 | 2 | 3 | 4): TargetSet => ({ measure: 'bookings', quarter: `FY2028-Q${quarter}`, amount: usd(50_000) });

describe('Logitech Partner Connect 2023', () => {
  let world: Awaited<ReturnType<typeof localWorld>>;
  let vendor: ChannelVendor;
  let programId: ProgramId;
  beforeAll(async () => {
    world = await localWorld();
    vendor = new ChannelVendor(world, logitech);
  });
  afterAll(() => world.close());
  // A fiscal year begins.
  beforeEach(async () => {
    await vendor.on(day('2027-04-05'));
    programId = await vendor.establish(logitech.name);
    await vendor.publish(programId, logitech, day('2027-04-05'));
  });

  const enrolling: EnrollmentTerms = { businessModels: ['resale'], ladders: [ladder] };
  const partner = (name: string, terms = enrolling) => vendor.partner(programId, name, terms);
  const position = (one: PartnerAtWork) => vendor.position(one, programId, ladder);
  const track = async (one: PartnerAtWork) => (await position(one)).tier;
  const engage = (one: PartnerAtWork, kinds: readonly EngagementKind[]) => vendor.engage(one, programId, ...kinds);
  const certify = (one: PartnerAtWork, people: number) => vendor.certifyPeople(one, programId, 'sales-specialist', people);
  const take = async (one: PartnerAtWork, chosen: typeof elite | typeof principal) => {
    await vendor.chooseTrack(one, programId, chosen);
    await vendor.confirmTrack(one, programId, chosen);
  };
  const inElite = async (name: string) => {
    const one = await partner(name);
    await engage(one, asElite);
    await certify(one, 2);
    await take(one, elite);
    return one;
  };
  const inPrincipal = async (name: string, terms = enrolling) => {
    const one = await partner(name, terms);
    await engage(one, asPrincipal);
    await certify(one, 4);
    await take(one, principal);
    return one;
  };

  it('has three tracks; a partner chooses its own, and a channel account manager confirms it', async () => {
    const one = await partner('Chooses Ltd');
    expect(await track(one)).toBe('premier');
    await expect(vendor.confirmTrack(one, programId, elite)).rejects.toThrow('not-chosen');
    await vendor.chooseTrack(one, programId, principal);
    expect(await track(one)).toBe('premier');
    await vendor.declineTrack(one, programId, principal);
    await vendor.chooseTrack(one, programId, elite);
    await expect(vendor.confirmTrack(one, programId, principal)).rejects.toThrow('not-chosen');
    await vendor.confirmTrack(one, programId, elite);
    expect(await track(one)).toBe('elite');
  });

  it('moves nobody to another track by itself, whatever the partner does', async () => {
    const one = await partner('Excels Ltd');
    await vendor.setTarget(one, programId, quarterly(1));
    await engage(one, asPrincipal);
    await certify(one, 4);
    await vendor.sell(one, programId, 500_000);
    for (const date of ['2027-07-01', '2028-04-01']) await vendor.on(day(date));
    expect(await track(one)).toBe('premier');
    await vendor.signOff(one, programId, ladder);
    expect(await track(one)).toBe('premier');
  });

  it('takes a Principal of a single country as readily as one of many', async () => {
    const group = await partner('Gruppe Holding AG');
    const swiss = await inPrincipal('Schweiz AG', { ...enrolling, territories: ['CH'] });
    // The national company stands for itself: what it did counts for it, and neither for nor against its parent.
    await vendor.setParent(swiss, group);
    await vendor.on(day('2027-04-06'));
    expect([await track(swiss), await track(group)]).toEqual(['principal', 'premier']);
    await expect(vendor.register(swiss, programId, { dollars: 20_000 })).rejects.toThrow('outside-territory');
  });

  it('goes by engagement and competence, not by revenue alone', async () => {
    const [sells, engaged] = [await partner('Sells Alone Ltd'), await partner('Engaged Ltd')];
    await vendor.sell(sells, programId, 5_000_000);
    await engage(engaged, asElite);
    await certify(engaged, 2);
    expect(await vendor.gapTo(engaged, programId, 'elite')).toMatchObject({ given: true, actions: [] });
    const { given, actions } = await vendor.gapTo(sells, programId, 'elite');
    expect(given).toBe(false);
    expect(actions.map(({ sentence }) => sentence)).toEqual([
      '1 more business plan accepted',
      '1 more marketing plan accepted',
      '1 more quarterly business review accepted',
      '1 more campaign accepted',
      '2 more people certified in Sales specialist',
    ]);
  });

  it('shows a partner the gap to every track, its own too, with what is still to do for each', async () => {
    const one = await inElite('Compares Ltd');
    const { official, projected, tiers } = await vendor.gap(one, programId, ladder);
    expect([official, projected]).toEqual(['elite', 'elite']);
    expect(tiers.map((shown) => [shown.tier, shown.given, shown.actions.map(({ kind }) => kind)])).toEqual([
      ['premier', true, []],
      ['elite', true, []],
      // A half of reviews, campaigns and people; all of the target.
      ['principal', false, ['engage', 'engage', 'certify-people', 'agree-target']],
    ]);
    await vendor.setTarget(one, programId, quarterly(1));
    await engage(one, ['quarterly-business-review', 'campaign']);
    await certify(one, 2);
    await vendor.sell(one, programId, 30_000);
    expect((await vendor.gapTo(one, programId, 'principal')).actions).toMatchObject([
      { kind: 'meet-target', quarter: 'FY2028-Q1', amount: usd(20_000) },
    ]);
    await vendor.sell(one, programId, 20_000);
    expect(await vendor.gap(one, programId, ladder)).toMatchObject({ official: 'elite', projected: 'principal' });
  });

  it('gives MDF, deal registration and the back-end rebate to all, and the rest to Elite and Principal alone', async () => {
    const [first, second, third] = [await partner('Premier Ltd'), await inElite('Elite Ltd'), await inPrincipal('Principal Ltd')];
    expect(await vendor.benefits(first, programId)).toEqual(forAll);
    for (const one of [second, third]) expect(await vendor.benefits(one, programId)).toEqual([...forAll, ...forEliteAndPrincipal]);
  });

  it('registers and protects the deals of every track, at the price of the track', async () => {
    const tracks = [await partner('Premier Deals Ltd'), await inElite('Elite Deals Ltd'), await inPrincipal('Principal Deals Ltd')];
    const sold = await Promise.all(tracks.map(async (one) => vendor.approve(await vendor.register(one, programId, { dollars: 20_000 }))));
    expect(sold.map(({ offer }) => offer)).toMatchObject([
      { tier: 'premier', discount: rate('0.05') },
      { tier: 'elite', discount: rate('0.08') },
      { tier: 'principal', discount: rate('0.1') },
    ]);
    // Ninety whole days in Zurich, from the sixth of April on.
    for (const { protectedUntil } of sold) expect(String(protectedUntil)).toBe('2027-07-04T22:00:00Z');
  });

  it('counts plans, reviews and campaigns once the channel account manager has accepted them, by their evidence', async () => {
    const one = await partner('Evidence Ltd');
    const plans = async () => (await vendor.gapTo(one, programId, 'elite')).requirements.find(({ rule }) => rule.endsWith('/requirements/0'))?.have;
    await expect(vendor.submit(one, programId, 'business-plan', [])).rejects.toThrow('evidence');
    const vague = await vendor.submit(one, programId, 'business-plan');
    expect(await plans()).toBe('0');
    await vendor.decline(vague, 'It names no figures.');
    expect(await plans()).toBe('0');
    await vendor.accept(await vendor.submit(one, programId, 'business-plan'));
    expect(await plans()).toBe('1');
  });

  it('sets goals of revenue together, quarter by quarter: a target counts once the other side has agreed', async () => {
    const one = await partner('Agrees Ltd');
    const share = async () =>
      (await vendor.gapTo(one, programId, 'principal')).requirements.find(({ requirement }) => requirement.kind === 'milestone');
    await vendor.proposeTarget(one, programId, quarterly(1));
    await vendor.sell(one, programId, 40_000);
    expect(await share()).toMatchObject({ have: '0', need: '1', met: false });
    await expect(vendor.agreeTarget(one, programId, { ...quarterly(1), amount: usd(40_000) })).rejects.toThrow('other-amount');
    await vendor.agreeTarget(one, programId, quarterly(1));
    expect(await share()).toMatchObject({ have: '0.8', missing: '0.2', met: false });
    await vendor.sell(one, programId, 10_000);
    expect(await share()).toMatchObject({ have: '1', missing: '0', met: true });
  });

  it('is strict with the quarterly milestones of a Principal: grace, notices, review; and only the sign-off takes the track away', async () => {
    const [misses, recovers] = [await inPrincipal('Misses Ltd'), await inPrincipal('Recovers Ltd')];
    for (const one of [misses, recovers]) {
      for (const quarter of [1, 2, 3] as const) await vendor.setTarget(one, programId, quarterly(quarter));
      await vendor.sell(one, programId, 50_000);
    }
    // The first quarter was reached; in the second nothing is sold.
    await vendor.on(day('2027-09-30'));
    expect((await position(misses)).grace).toBeUndefined();
    await vendor.on(day('2027-10-01'));
    for (const one of [misses, recovers])
      expect(await position(one)).toMatchObject({ tier: 'principal', grace: { to: 'elite', since: day('2027-10-01'), until: day('2028-03-31') } });
    await vendor.sell(recovers, programId, 50_000);
    const warnings = vendor.listen('warnings', standingEvents.DemotionNoticed);
    for (const date of ['2028-01-01', '2028-01-31', '2028-03-01', '2028-03-26']) await vendor.on(day(date));
    expect(daysBefore(warnings(), misses)).toEqual([90, 60, 30, 5]);
    await vendor.on(day('2028-04-01'));
    expect(await position(misses)).toMatchObject({ tier: 'principal', review: { proposed: 'elite' } });
    expect(await position(recovers)).toMatchObject({ tier: 'principal', review: { proposed: 'principal' } });
    for (const one of [misses, recovers]) await vendor.signOff(one, programId, ladder);
    expect([await track(misses), await track(recovers)]).toEqual(['elite', 'principal']);
  });

  it('only advises Elite of its milestones: missed, they are shown, and take nothing away', async () => {
    const one = await inElite('Advised Ltd');
    for (const quarter of [1, 2, 3, 4] as const) await vendor.setTarget(one, programId, quarterly(quarter));
    // Next year's plans, before it begins.
    await vendor.on(day('2028-03-01'));
    await engage(one, asElite);
    const { requirements } = await vendor.gapTo(one, programId, 'elite');
    expect(requirements.at(-1)).toMatchObject({ requirement: { kind: 'milestone', strictness: 'advisory' }, have: '0', met: false });
    await vendor.on(day('2028-04-01'));
    const reviewed = await position(one);
    expect(reviewed).toMatchObject({ tier: 'elite', attained: 'elite', review: { proposed: 'elite' } });
    expect(reviewed.grace).toBeUndefined();
    await vendor.signOff(one, programId, ladder);
    expect(await track(one)).toBe('elite');
  });

  it('reviews each track once a year with the channel account manager, by its evidence', async () => {
    const one = await inElite('Reviewed Ltd');
    expect((await position(one)).reviewOn).toEqual(day('2028-04-01'));
    await vendor.on(day('2028-03-31'));
    await expect(vendor.signOff(one, programId, ladder)).rejects.toThrow('no review');
    await vendor.on(day('2028-04-01'));
    const { review } = await position(one);
    expect(review?.evidence.map(({ requirement }) => ('engagement' in requirement ? requirement.engagement : requirement.kind)).slice(0, 6)).toEqual([
      ...asElite,
      'certified-people',
      'milestone',
    ]);
    await vendor.signOff(one, programId, ladder);
    const next = await position(one);
    expect([next.review, next.reviewOn]).toEqual([undefined, day('2029-04-01')]);
  });
});

const Noticed = z.object({ partnerId: PartnerId, data: z.object({ daysBefore: NoticeDays }) });
const daysBefore = (details: readonly unknown[], { partnerId }: PartnerAtWork): readonly NoticeDays[] =>
  details
    .map((detail) => Noticed.parse(detail))
    .filter((noticed) => noticed.partnerId === partnerId)
    .map(({ data }) => data.daysBefore);

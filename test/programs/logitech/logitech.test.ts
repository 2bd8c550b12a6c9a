/** Logitech Partner Connect 2023, as PRODUCT §7 tells it. What the source leaves open is marked illustrative in the document. */
import { day } from '@echelon/calendar';
import type { ProgramId } from '@echelon/contracts/ids';
import type { EnrollmentTerms } from '@echelon/contracts/partners';
import { standingEvents } from '@echelon/contracts/tiering';
import { rate } from '@echelon/money';
import type { EngagementKind } from '@echelon/program';
import { documents } from '@echelon/program/documents';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { localWorld } from '../../local-world.ts';
import { acceptEngagement, declineEngagement, engage, submitEngagement } from '../engagements.ts';
import { daysBefore } from '../notices.ts';
import { agreeTarget, proposeTarget, setTarget, type TargetSet } from '../targets.ts';
import { chooseTrack, confirmTrack, declineTrack, setParent } from '../tracks.ts';
import { type Enrolled, type LocalWorld, usd, Vendor } from '../vendor.ts';

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
  let world: LocalWorld;
  let vendor: Vendor;
  let programId: ProgramId;
  beforeAll(async () => {
    world = await localWorld();
    vendor = new Vendor(world, logitech);
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
  const position = (one: Enrolled) => vendor.position(one, ladder);
  const track = async (one: Enrolled) => (await position(one)).tier;
  const certify = (one: Enrolled, people: number) => vendor.certifyPeople(one, 'sales-specialist', people);
  const take = async (one: Enrolled, chosen: typeof elite | typeof principal) => {
    await chooseTrack(vendor, one, chosen);
    await confirmTrack(vendor, one, chosen);
  };
  const inElite = async (name: string) => {
    const one = await partner(name);
    await engage(vendor, one, ...asElite);
    await certify(one, 2);
    await take(one, elite);
    return one;
  };
  const inPrincipal = async (name: string, terms = enrolling) => {
    const one = await partner(name, terms);
    await engage(vendor, one, ...asPrincipal);
    await certify(one, 4);
    await take(one, principal);
    return one;
  };

  it('has three tracks; a partner chooses its own, and a channel account manager confirms it', async () => {
    const one = await partner('Chooses Ltd');
    expect(await track(one)).toBe('premier');
    await expect(confirmTrack(vendor, one, elite)).rejects.toThrow('not-chosen');
    await chooseTrack(vendor, one, principal);
    expect(await track(one)).toBe('premier');
    await declineTrack(vendor, one, principal);
    await chooseTrack(vendor, one, elite);
    await expect(confirmTrack(vendor, one, principal)).rejects.toThrow('not-chosen');
    await confirmTrack(vendor, one, elite);
    expect(await track(one)).toBe('elite');
  });

  it('moves nobody to another track by itself, whatever the partner does', async () => {
    const one = await partner('Excels Ltd');
    await setTarget(vendor, one, quarterly(1));
    await engage(vendor, one, ...asPrincipal);
    await certify(one, 4);
    await vendor.sell(one, { dollars: 500_000 });
    for (const date of ['2027-07-01', '2028-04-01']) await vendor.on(day(date));
    expect(await track(one)).toBe('premier');
    await vendor.signOff(one, ladder);
    expect(await track(one)).toBe('premier');
  });

  it('takes a Principal of a single country as readily as one of many', async () => {
    const group = await partner('Gruppe Holding AG');
    const swiss = await inPrincipal('Schweiz AG', { ...enrolling, territories: ['CH'] });
    // The national company stands for itself: what it did counts for it, and neither for nor against its parent.
    await setParent(vendor, { of: swiss, to: group });
    await vendor.on(day('2027-04-06'));
    expect([await track(swiss), await track(group)]).toEqual(['principal', 'premier']);
    await expect(vendor.register(swiss, { dollars: 20_000 })).rejects.toThrow('outside-territory');
  });

  it('goes by engagement and competence, not by revenue alone', async () => {
    const [sells, engaged] = [await partner('Sells Alone Ltd'), await partner('Engaged Ltd')];
    await vendor.sell(sells, { dollars: 5_000_000 });
    await engage(vendor, engaged, ...asElite);
    await certify(engaged, 2);
    expect(await vendor.gapTo(engaged, 'elite')).toMatchObject({ given: true, actions: [] });
    const { given, actions } = await vendor.gapTo(sells, 'elite');
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
    const { official, projected, tiers } = await vendor.gap(one, ladder);
    expect([official, projected]).toEqual(['elite', 'elite']);
    expect(tiers.map((shown) => [shown.tier, shown.given, shown.actions.map(({ kind }) => kind)])).toEqual([
      ['premier', true, []],
      ['elite', true, []],
      // A half of reviews, campaigns and people; all of the target.
      ['principal', false, ['engage', 'engage', 'certify-people', 'agree-target']],
    ]);
    await setTarget(vendor, one, quarterly(1));
    await engage(vendor, one, 'quarterly-business-review', 'campaign');
    await certify(one, 2);
    await vendor.sell(one, { dollars: 30_000 });
    expect((await vendor.gapTo(one, 'principal')).actions).toMatchObject([{ kind: 'meet-target', quarter: 'FY2028-Q1', amount: usd(20_000) }]);
    await vendor.sell(one, { dollars: 20_000 });
    expect(await vendor.gap(one, ladder)).toMatchObject({ official: 'elite', projected: 'principal' });
  });

  it('gives MDF, deal registration and the back-end rebate to all, and the rest to Elite and Principal alone', async () => {
    const [first, second, third] = [await partner('Premier Ltd'), await inElite('Elite Ltd'), await inPrincipal('Principal Ltd')];
    expect(await vendor.benefits(first)).toEqual(forAll);
    for (const one of [second, third]) expect(await vendor.benefits(one)).toEqual([...forAll, ...forEliteAndPrincipal]);
  });

  it('registers and protects the deals of every track, at the price of the track', async () => {
    const tracks = [await partner('Premier Deals Ltd'), await inElite('Elite Deals Ltd'), await inPrincipal('Principal Deals Ltd')];
    const sold = await Promise.all(tracks.map(async (one) => vendor.approve(await vendor.register(one, { dollars: 20_000 }))));
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
    const plans = async () => (await vendor.gapTo(one, 'elite')).requirements.find(({ rule }) => rule.endsWith('/requirements/0'))?.have;
    await expect(submitEngagement(vendor, one, { kind: 'business-plan', evidence: [] })).rejects.toThrow('evidence');
    const vague = await submitEngagement(vendor, one, { kind: 'business-plan' });
    expect(await plans()).toBe('0');
    await declineEngagement(vendor, vague, 'It names no figures.');
    expect(await plans()).toBe('0');
    await acceptEngagement(vendor, await submitEngagement(vendor, one, { kind: 'business-plan' }));
    expect(await plans()).toBe('1');
  });

  it('sets goals of revenue together, quarter by quarter: a target counts once the other side has agreed', async () => {
    const one = await partner('Agrees Ltd');
    const share = async () => (await vendor.gapTo(one, 'principal')).requirements.find(({ requirement }) => requirement.kind === 'milestone');
    await proposeTarget(vendor, one, quarterly(1));
    await vendor.sell(one, { dollars: 40_000 });
    expect(await share()).toMatchObject({ have: '0', need: '1', met: false });
    await expect(agreeTarget(vendor, one, { ...quarterly(1), amount: usd(40_000) })).rejects.toThrow('other-amount');
    await agreeTarget(vendor, one, quarterly(1));
    expect(await share()).toMatchObject({ have: '0.8', missing: '0.2', met: false });
    await vendor.sell(one, { dollars: 10_000 });
    expect(await share()).toMatchObject({ have: '1', missing: '0', met: true });
  });

  it('is strict with the quarterly milestones of a Principal: grace, notices, review; and only the sign-off takes the track away', async () => {
    const [misses, recovers] = [await inPrincipal('Misses Ltd'), await inPrincipal('Recovers Ltd')];
    for (const one of [misses, recovers]) {
      for (const quarter of [1, 2, 3] as const) await setTarget(vendor, one, quarterly(quarter));
      await vendor.sell(one, { dollars: 50_000 });
    }
    // The first quarter was reached; in the second nothing is sold.
    await vendor.on(day('2027-09-30'));
    expect((await position(misses)).grace).toBeUndefined();
    await vendor.on(day('2027-10-01'));
    for (const one of [misses, recovers])
      expect(await position(one)).toMatchObject({ tier: 'principal', grace: { to: 'elite', since: day('2027-10-01'), until: day('2028-03-31') } });
    await vendor.sell(recovers, { dollars: 50_000 });
    const warnings = vendor.listen('warnings', standingEvents.DemotionNoticed);
    for (const date of ['2028-01-01', '2028-01-31', '2028-03-01', '2028-03-26']) await vendor.on(day(date));
    expect(daysBefore(warnings(), misses)).toEqual([90, 60, 30, 5]);
    await vendor.on(day('2028-04-01'));
    expect(await position(misses)).toMatchObject({ tier: 'principal', review: { proposed: 'elite' } });
    expect(await position(recovers)).toMatchObject({ tier: 'principal', review: { proposed: 'principal' } });
    for (const one of [misses, recovers]) await vendor.signOff(one, ladder);
    expect([await track(misses), await track(recovers)]).toEqual(['elite', 'principal']);
  });

  it('only advises Elite of its milestones: missed, they are shown, and take nothing away', async () => {
    const one = await inElite('Advised Ltd');
    for (const quarter of [1, 2, 3, 4] as const) await setTarget(vendor, one, quarterly(quarter));
    // Next year's plans, before it begins.
    await vendor.on(day('2028-03-01'));
    await engage(vendor, one, ...asElite);
    const { requirements } = await vendor.gapTo(one, 'elite');
    expect(requirements.at(-1)).toMatchObject({ requirement: { kind: 'milestone', strictness: 'advisory' }, have: '0', met: false });
    await vendor.on(day('2028-04-01'));
    const reviewed = await position(one);
    expect(reviewed).toMatchObject({ tier: 'elite', attained: 'elite', review: { proposed: 'elite' } });
    expect(reviewed.grace).toBeUndefined();
    await vendor.signOff(one, ladder);
    expect(await track(one)).toBe('elite');
  });

  it('sets goals for the year too, as the sum of its quarters: what one of them missed another may bring', async () => {
    const one = await inElite('Seasonal Ltd');
    for (const quarter of [1, 2] as const) await setTarget(vendor, one, quarterly(quarter));
    const goals = async () => {
      const { requirements } = await vendor.gapTo(one, 'elite');
      return requirements.flatMap(({ requirement, have, met }) => (requirement.kind === 'milestone' ? [[requirement.window, have, met]] : []));
    };
    // Nothing in the first quarter, twice what was agreed in the second.
    await vendor.on(day('2027-07-15'));
    await vendor.sell(one, { dollars: 100_000 });
    expect(await goals()).toEqual([
      ['fiscal-quarter', '2', true],
      ['fiscal-year', '1', true],
    ]);
  });

  it('reviews each track once a year with the channel account manager, by its evidence', async () => {
    const one = await inElite('Reviewed Ltd');
    expect((await position(one)).reviewOn).toEqual(day('2028-04-01'));
    await vendor.on(day('2028-03-31'));
    await expect(vendor.signOff(one, ladder)).rejects.toThrow('no review');
    await vendor.on(day('2028-04-01'));
    const { review } = await position(one);
    expect(review?.evidence.map(({ requirement }) => ('engagement' in requirement ? requirement.engagement : requirement.kind)).slice(0, 6)).toEqual([
      ...asElite,
      'certified-people',
      'milestone',
    ]);
    await vendor.signOff(one, ladder);
    const next = await position(one);
    expect([next.review, next.reviewOn]).toEqual([undefined, day('2029-04-01')]);
  });
});

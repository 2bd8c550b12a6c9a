/** The later Pure Storage program, as PRODUCT §7 tells it. What the source leaves open, every date too, is marked illustrative in the document. */
import { addDays, type Day, day, instant } from '@echelon/calendar';
import type { DealRegistration } from '@echelon/contracts/deals';
import type { ProgramId } from '@echelon/contracts/ids';
import { rate } from '@echelon/money';
import type { DealType, Key, ProgramDocument } from '@echelon/program';
import { documents } from '@echelon/program/documents';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actor } from '../../journeys/cast.ts';
import { localWorld } from '../../local-world.ts';
import { install } from '../sales.ts';
import { type Enrolled, type LocalWorld, usd, Vendor } from '../vendor.ts';
import { before } from './before.ts';

const { 'pure-2023': later } = documents;
const enrolling = { businessModels: ['resale'], ladders: ['tier'] };

describe('Pure Storage, the later program', () => {
  let world: LocalWorld;
  let vendor: Vendor;
  let programId: ProgramId;
  beforeAll(async () => {
    world = await localWorld();
    vendor = new Vendor(world, later);
  });
  beforeEach(async () => {
    await vendor.on(day('2027-01-15'));
    programId = await vendor.establish(later.name);
  });
  afterAll(() => world.close());

  const partner = (name: string) => vendor.partner(programId, name, enrolling);
  const tier = async (one: Enrolled) => (await vendor.position(one, 'tier')).tier;
  const elite = async (name: string) => {
    const one = await partner(name);
    await vendor.certifyPeople(one, 'accreditation', 4);
    await vendor.certifyPeople(one, 'certification', 4);
    return one;
  };

  describe('two tiers, by certification and accreditation', () => {
    beforeEach(() => vendor.publish(programId, later, day('2027-01-15')));
    const missing = async (one: Enrolled) => (await vendor.gapTo(one, 'elite')).actions.map(({ sentence }) => sentence);

    it('has Elite at the top, and Preferred', async () => {
      const [ladder, ...others] = (await vendor.inForce(programId)).document.ladders;
      expect(ladder?.tiers.map(({ name }) => name)).toEqual(['Preferred', 'Elite']);
      expect(others).toEqual([]);
    });

    it('tells a Preferred partner exactly what it lacks for Elite, and makes it Elite as soon as nothing is missing', async () => {
      const one = await partner('Rising Storage Inc');
      expect(await tier(one)).toBe('preferred');
      expect(await missing(one)).toEqual([
        '4 more people certified in Accredited sales professional',
        '4 more people certified in Certified engineer',
      ]);
      await vendor.certifyPeople(one, 'accreditation', 4);
      await vendor.certifyPeople(one, 'certification', 3);
      // Both hold for 730 days.
      expect(await missing(one)).toEqual(['1 more person certified in Certified engineer by 13 January 2029']);
      expect(await tier(one)).toBe('preferred');
      await vendor.certifyPeople(one, 'certification', 1);
      expect(await tier(one)).toBe('elite');
      expect(await missing(one)).toEqual([]);
    });

    it('asks no revenue: whoever sells much and is certified in nothing stays Preferred', async () => {
      const one = await partner('Selling Much Inc');
      await vendor.sell(one, { dollars: 5_000_000 });
      expect(await tier(one)).toBe('preferred');
    });

    it('makes the difference clear: Elite has all that Preferred has, account planning, and a better offer', async () => {
      const [lower, upper] = [await partner('Preferred Storage Inc'), await elite('Elite Storage Inc')];
      await vendor.on(day('2027-02-01'));
      const [ofLower, ofUpper] = [await vendor.benefits(lower), await vendor.benefits(upper)];
      expect(ofLower).toEqual(['training', 'demo-gear', 'deal-registration', 'mdf', 'pure-rewards', 'upfront-margin']);
      expect(ofUpper).toEqual([...ofLower, 'account-team']);
      const [offered, better] = [await vendor.sell(lower, { dollars: 50_000 }), await vendor.sell(upper, { dollars: 50_000 })];
      expect(offered.offer).toMatchObject({ tier: 'preferred', discount: rate('0.15'), margin: rate('0.05') });
      expect(better.offer).toMatchObject({ tier: 'elite', discount: rate('0.2'), margin: rate('0.1') });
    });
  });

  // The margin itself is paid by rebates: until then a program says its rate, and the order its whole contract.
  describe('margin on Evergreen subscriptions', () => {
    beforeEach(() => vendor.publish(programId, later, day('2027-01-15')));
    const rates = async (on: Day) => (await vendor.inForce(programId, on)).document.upfrontMargin?.rates ?? [];

    it('is a benefit, with a rate in the document, for what is ordered from the first of February 2027 on, and not a day before', async () => {
      const one = await partner('Evergreen Resells Inc');
      for (const [today, upfront] of [
        ['2027-01-31', undefined],
        ['2027-02-01', rate('0.06')],
      ] as const) {
        await vendor.on(day(today));
        expect((await vendor.benefits(one)).includes('upfront-margin')).toBe(upfront !== undefined);
        const deal = await vendor.approve(await vendor.register(one, { dollars: 120_000, productFamilies: ['evergreen'] }));
        const { order, offer } = await vendor.order(deal, { termMonths: 36, committedTcv: usd(360_000) });
        expect(order).toMatchObject({ orderedOn: day(today), committedTcv: usd(360_000) });
        expect((await rates(order.orderedOn)).find(({ tier }) => tier === offer.tier)?.rate).toEqual(upfront);
      }
    });

    it('is in the document that holds on the day that is asked for, whatever day it is, and more for Elite', async () => {
      expect(await rates(day('2027-01-31'))).toEqual([]);
      expect(await rates(day('2027-02-01'))).toMatchObject([
        { tier: 'preferred', rate: rate('0.06') },
        { tier: 'elite', rate: rate('0.1') },
      ]);
    });

    it('is promised by the document for Evergreen alone, to be taken back pro rata where the contract is reduced', async () => {
      expect((await vendor.inForce(programId, day('2027-02-01'))).document.upfrontMargin).toMatchObject({
        productFamilies: ['evergreen'],
        clawback: 'pro-rata',
      });
    });
  });

  // What each is paid comes with rebates: until then a program says whom it rewards for which deal, and the deal of which type it is.
  describe('Pure Rewards', () => {
    beforeEach(() => vendor.publish(programId, later, day('2027-01-15')));
    const documentOn = async (date: string) => (await vendor.inForce(programId, day(date))).document;

    it('are promised by the document to the account executive and the systems engineer, for a net new logo first and most', async () => {
      const existing = ['cross-sell', 'upsell', 'expansion'];
      expect((await documentOn('2027-05-01')).sellerRewards).toMatchObject([
        { role: 'ae', dealTypes: ['net-new-logo'], pays: { amount: usd(2_000) }, caps: { deal: usd(2_000), person: usd(30_000) } },
        { role: 'se', dealTypes: ['net-new-logo'], pays: { amount: usd(1_000) }, caps: { deal: usd(1_000), person: usd(15_000) } },
        { role: 'ae', dealTypes: existing, pays: { rate: rate('0.005') }, caps: { deal: usd(1_000), person: usd(15_000) } },
        { role: 'se', dealTypes: existing, pays: { rate: rate('0.0025') }, caps: { deal: usd(500), person: usd(7_500) } },
      ]);
    });

    it('are promised by the document for existing business too from the first of May 2027, and not a day before', async () => {
      const [until, since] = [await documentOn('2027-04-30'), await documentOn('2027-05-01')];
      for (const dealType of ['cross-sell', 'upsell', 'expansion'] as const)
        expect([rewarded(until, dealType), rewarded(since, dealType)]).toEqual([[], ['ae', 'se']]);
      for (const document of [until, since]) expect(rewarded(document, 'net-new-logo')).toEqual(['ae', 'se']);
      expect(rewarded(since, 'renewal')).toEqual([]);
    });

    it('follow the deal type, which follows from what is installed at the customer', async () => {
      const [one, other] = [await partner('Of Record Inc'), await partner('Not Of Record Inc')];
      const logo = await vendor.sell(one, { dollars: 50_000 });
      expect(logo.dealType).toBe('net-new-logo');
      const { endCustomer } = logo;
      const array = await install(vendor, one, { endCustomer, productFamily: 'flasharray' });
      const typed = async (who: Enrolled, wanted: Partial<DealRegistration>) => {
        const deal = await vendor.register(who, { endCustomer, dollars: 50_000, productFamilies: ['flashblade'], ...wanted });
        await who.system.deals.withdraw({ params: { dealId: deal.id } });
        return deal.dealType;
      };
      // The account is everybody's: whoever sells another family crosses over, of the same expands.
      for (const who of [one, other]) expect(await typed(who, {})).toBe('cross-sell');
      // Once the deal of the logo is protected no more, its own partner may register the same family again.
      await vendor.on(addDays(day('2027-01-15'), 91));
      expect(await typed(one, { productFamilies: ['flasharray'] })).toBe('expansion');
      expect(await typed(one, { productFamilies: ['flasharray'], upgrades: array.id })).toBe('upsell');
      // A renewal is the partner of record's alone.
      expect(await typed(one, { productFamilies: ['flasharray'], renews: array.id })).toBe('renewal');
      await expect(typed(other, { productFamilies: ['flasharray'], renews: array.id })).rejects.toThrow('not-of-record');
    });
  });

  describe('in place of the program before', () => {
    beforeEach(async () => {
      await vendor.publish(programId, before, day('2027-01-15'));
      await vendor.on(day('2027-01-20'));
      await vendor.publish(programId, later, day('2027-02-01'));
    });
    const versions = async () => (await actor(world, 'auditor').programs.versions({ params: { programId } })).value.items;

    it('holds from the first of February on, without a gap and without overlap', async () => {
      expect((await versions()).map(({ holds }) => holds)).toEqual([
        { from: day('2027-01-15'), until: day('2027-01-31') },
        { from: day('2027-02-01') },
      ]);
      for (const [on, name] of [
        ['2027-01-15', before.name],
        ['2027-01-31', before.name],
        ['2027-02-01', later.name],
        ['2028-02-01', later.name],
      ] as const)
        expect((await vendor.inForce(programId, day(on))).document.name).toBe(name);
    });

    it('was decided on the 20th of January: by what was known on the 18th, the program before holds in March too', async () => {
      const [march, known] = [day('2027-03-01'), instant('2027-01-18T00:00:00Z')];
      expect(await vendor.inForce(programId, march, known)).toMatchObject({ holds: { from: day('2027-01-15') }, document: { name: before.name } });
      expect(await vendor.inForce(programId, march)).toMatchObject({ holds: { from: day('2027-02-01') }, document: { name: later.name } });
    });

    it('brings the margin and the rewards that it announces, and takes nothing away', async () => {
      const [since, versionId] = (await versions()).map(({ version }) => version.versionId);
      if (since === undefined || versionId === undefined) throw new Error('two versions were published');
      const { value } = await actor(world, 'auditor').programs.changes({ params: { programId, versionId }, query: { since } });
      const changes = value.items.filter(({ pointer }) => !pointer.startsWith('/illustrative'));
      const brought = ['/benefits/5', '/sellerRewards/2', '/sellerRewards/3', '/upfrontMargin'];
      expect(changes.filter(({ pointer }) => brought.includes(pointer))).toMatchObject([
        { change: 'added', after: { key: 'upfront-margin' } },
        { change: 'added', after: { key: 'existing-ae' } },
        { change: 'added', after: { key: 'existing-se' } },
        { change: 'added', after: { productFamilies: ['evergreen'] } },
      ]);
      // What else differs is its name, and that each tier names the benefit.
      for (const { pointer } of changes) expect(pointer).toMatch(/^\/(name|benefits|ladders\/0\/tiers\/\d\/benefits|sellerRewards|upfrontMargin)/);
      expect(changes.filter(({ change }) => change === 'removed')).toEqual([]);
    });

    it('keeps every partner in its tier', async () => {
      const [lower, upper] = [await partner('Staying Preferred Inc'), await elite('Staying Elite Inc')];
      expect(await vendor.benefits(lower)).not.toContain('upfront-margin');
      await vendor.on(day('2027-02-01'));
      expect(await vendor.position(lower, 'tier')).toMatchObject({ tier: 'preferred', since: day('2027-01-20') });
      expect(await vendor.position(upper, 'tier')).toMatchObject({ tier: 'elite', since: day('2027-01-20') });
      expect(await vendor.benefits(lower)).toContain('upfront-margin');
    });

    it('promises a reward for a sale in an existing account, by the document of its day, which the program before rewarded with nothing', async () => {
      const seller = await partner('Cross-Selling Inc');
      const { endCustomer } = await install(vendor, seller, { productFamily: 'flasharray' });
      const sale = { endCustomer, dollars: 80_000, productFamilies: ['flashblade'] };
      const then = await vendor.sell(seller, sale);
      await vendor.on(day('2027-05-01'));
      const now = await vendor.sell(seller, sale);
      expect([then.dealType, now.dealType]).toEqual(['cross-sell', 'cross-sell']);
      expect([then.order.amount, now.order.amount]).toEqual([usd(80_000), usd(80_000)]);

      const [old, new_] = [await vendor.inForce(programId, then.order.orderedOn), await vendor.inForce(programId, now.order.orderedOn)];
      expect([old.versionId, new_.versionId]).toEqual([then.versionId, now.versionId]);
      expect(rewarded(old.document, then.dealType)).toEqual([]);
      expect(rewarded(new_.document, now.dealType)).toEqual(['ae', 'se']);
      // Net new logos are paid under both.
      for (const document of [old.document, new_.document]) expect(rewarded(document, 'net-new-logo')).toEqual(['ae', 'se']);
    });
  });
});

/** Whom a program rewards for a deal of a type. */
const rewarded = ({ sellerRewards = [] }: ProgramDocument, dealType: DealType): readonly Key[] =>
  sellerRewards.filter(({ dealTypes }) => dealTypes.includes(dealType)).map(({ role }) => role);

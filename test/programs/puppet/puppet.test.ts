/** The Puppet program, as PRODUCT §7 tells it. What the source leaves open is marked illustrative in the document. */
import { day } from '@echelon/calendar';
import type { ProgramId } from '@echelon/contracts/ids';
import { personEvents } from '@echelon/contracts/partners';
import { standingEvents } from '@echelon/contracts/tiering';
import { rate } from '@echelon/money';
import { documents } from '@echelon/program/documents';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { localWorld } from '../../local-world.ts';
import { daysBefore } from '../notices.ts';
import { type Enrolled, type LocalWorld, Vendor } from '../vendor.ts';
import { before } from './before.ts';

const { puppet } = documents;
const enrolling = { businessModels: ['resale'], ladders: ['category', 'pricing'] };

describe('Puppet', () => {
  let world: LocalWorld;
  let vendor: Vendor;
  let programId: ProgramId;
  beforeAll(async () => {
    world = await localWorld();
    vendor = new Vendor(world, puppet);
  });
  afterAll(() => world.close());

  describe('from February 2027', () => {
    beforeEach(async () => {
      await vendor.on(day('2027-02-01'));
      programId = await vendor.establish(puppet.name);
      await vendor.publish(programId, puppet, day('2027-02-01'));
    });
    const partner = (name: string) => vendor.partner(programId, name, enrolling);
    const category = async (one: Enrolled) => (await vendor.position(one, 'category')).tier;

    it('asks no competence of an Authorized Reseller: whoever is enrolled is one', async () => {
      const reseller = await partner('Anyone Resells Inc');
      expect(await category(reseller)).toBe('authorized-reseller');
      expect(await vendor.benefits(reseller)).toEqual(['deal-registration', 'project-protection', 'mdf']);
    });

    it('protects the project of whoever registers it first', async () => {
      const [first, second] = [await partner('First Resells Inc'), await partner('Second Resells Inc')];
      const project = await vendor.register(first, { dollars: 60_000 });
      const late = await vendor.register(second, { dollars: 60_000, endCustomer: project.endCustomer });
      expect(late.conflict).toEqual({});
      const { protectedUntil, offer } = await vendor.approve(project);
      // 90 whole days after the first of February, in California, where daylight saving time has begun by then.
      expect(String(protectedUntil)).toBe('2027-05-03T07:00:00Z');
      expect(offer).toMatchObject({ tier: 'joining', dealType: 'net-new-logo' });
      await expect(vendor.approve(late)).rejects.toThrow('not-first');
    });

    it('makes a Solution Provider of whoever has the Service Delivery certification, and of nobody else', async () => {
      const [certified, other] = [await partner('Certified Services Inc'), await partner('Other Services Inc')];
      await vendor.certify(certified, 'service-delivery');
      expect([await category(certified), await category(other)]).toEqual(['solution-provider', 'authorized-reseller']);
    });

    it('lets a Solution Provider deliver services in its name, with free training; an Authorized Reseller may not', async () => {
      const provider = await partner('Provider Services Inc');
      const services = { dollars: 40_000, productFamilies: ['services'] };
      await expect(vendor.register(provider, services)).rejects.toThrow('not-authorised');
      await vendor.certify(provider, 'service-delivery');
      expect(await vendor.register(provider, services)).toMatchObject({ status: 'submitted' });
      // Illustrative: it has all that a reseller has.
      expect(await vendor.benefits(provider)).toEqual(['deal-registration', 'project-protection', 'mdf', 'service-delivery', 'free-training']);
    });

    it('warns 90, 60, 30 and 5 days before a certification lapses, and takes the category away at a review only, after grace', async () => {
      const provider = await partner('Lapsing Services Inc');
      await vendor.certify(provider, 'service-delivery');
      const lapses = vendor.listen('lapses', personEvents.CertificationExpiryNoticed);
      // The certification holds for 365 days: through 31 January 2028.
      for (const date of ['2027-11-02', '2027-12-02', '2028-01-01', '2028-01-26']) await vendor.on(day(date));
      expect(daysBefore(lapses(), provider)).toEqual([90, 60, 30, 5]);
      await vendor.on(day('2028-02-01'));
      expect(await vendor.position(provider, 'category')).toMatchObject({ tier: 'solution-provider', attained: 'authorized-reseller' });
      // The review of the first of February 2028 finds the grace barely begun, and proposes to keep; the next one is a year later.
      await vendor.signOff(provider, 'category');
      const warnings = vendor.listen('warnings', standingEvents.DemotionNoticed);
      for (const date of ['2028-11-02', '2028-12-02', '2029-01-01', '2029-01-26']) await vendor.on(day(date));
      expect(daysBefore(warnings(), provider)).toEqual([90, 60, 30, 5]);
      expect(await category(provider)).toBe('solution-provider');
      await vendor.on(day('2029-02-01'));
      expect(await category(provider)).toBe('solution-provider');
      await vendor.signOff(provider, 'category');
      expect(await category(provider)).toBe('authorized-reseller');
      await expect(vendor.register(provider, { dollars: 40_000, productFamilies: ['services'] })).rejects.toThrow('not-authorised');
    });

    it('keeps a Solution Provider whose certification is renewed in time', async () => {
      const provider = await partner('Renewing Services Inc');
      const engineer = await vendor.certify(provider, 'service-delivery');
      await vendor.on(day('2028-01-10'));
      await vendor.certify(provider, 'service-delivery', engineer);
      await vendor.on(day('2028-02-01'));
      const position = await vendor.position(provider, 'category');
      expect(position).toMatchObject({ tier: 'solution-provider', attained: 'solution-provider' });
      expect(position.grace).toBeUndefined();
    });

    it('gives a better price to whoever stays active from one year to the next', async () => {
      const [steady, once] = [await partner('Steady Resells Inc'), await partner('Once Resells Inc')];
      for (const one of [steady, once]) {
        // Helped to join by the price of joining; 30,000.00 USD are more than the 25,000.00 of being active.
        expect((await vendor.sell(one, { dollars: 30_000 })).offer).toMatchObject({ tier: 'joining', discount: rate('0.15') });
        expect((await vendor.position(one, 'pricing')).tier).toBe('active');
      }
      await vendor.on(day('2027-06-01'));
      expect((await vendor.sell(steady, { dollars: 30_000 })).offer).toMatchObject({ tier: 'active', discount: rate('0.2') });
      // A year later the trailing four quarters know nothing of February 2027 any more.
      for (const date of ['2028-02-01', '2028-05-01']) {
        await vendor.on(day(date));
        if (date === '2028-02-01') for (const one of [steady, once]) await vendor.signOff(one, 'pricing');
        if (date === '2028-05-01') await vendor.sell(steady, { dollars: 30_000 });
      }
      for (const date of ['2028-11-02', '2028-12-02', '2029-01-01', '2029-01-26', '2029-02-01']) await vendor.on(day(date));
      for (const one of [steady, once]) await vendor.signOff(one, 'pricing');
      expect((await vendor.position(steady, 'pricing')).tier).toBe('active');
      expect((await vendor.position(once, 'pricing')).tier).toBe('joining');
    });
  });

  it('replaces the old levels by certification, not by level, from the first of February', async () => {
    await vendor.on(day('2027-01-15'));
    programId = await vendor.establish(puppet.name);
    await vendor.publish(programId, before, day('2027-01-15'));
    const old = { businessModels: ['resale'], ladders: ['level', 'pricing'] };
    const platinum = await vendor.partner(programId, 'Platinum Resells Inc', old);
    const corporate = await vendor.partner(programId, 'Corporate Services Inc', old);
    await vendor.sell(platinum, { dollars: 300_000 });
    await vendor.certify(corporate, 'service-delivery');
    await vendor.publish(programId, puppet, day('2027-02-01'));

    await vendor.on(day('2027-01-31'));
    expect((await vendor.position(platinum, 'level')).tier).toBe('platinum');
    expect((await vendor.position(corporate, 'level')).tier).toBe('corporate');
    await vendor.on(day('2027-02-01'));
    expect((await vendor.position(platinum, 'category')).tier).toBe('authorized-reseller');
    expect((await vendor.position(corporate, 'category')).tier).toBe('solution-provider');
    expect((await vendor.standing(platinum)).positions.map(({ ladder }) => ladder)).toEqual(['category', 'pricing']);
  });
});

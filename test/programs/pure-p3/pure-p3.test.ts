/** The Pure Storage P3 program, as PRODUCT §7 tells it. What the source leaves open is marked illustrative in the document. */
import { day } from '@echelon/calendar';
import { dealEvents } from '@echelon/contracts/deals';
import { PartnerId, type ProgramId } from '@echelon/contracts/ids';
import { partnerEvents } from '@echelon/contracts/partners';
import { rate } from '@echelon/money';
import type { Key } from '@echelon/program';
import { documents } from '@echelon/program/documents';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Actor, actor } from '../../journeys/cast.ts';
import { opportunity } from '../../journeys/one-deal.ts';
import { localWorld } from '../../local-world.ts';
import { install, orderWithoutPartner } from '../sales.ts';
import { type Enrolled, type LocalWorld, usd, Vendor } from '../vendor.ts';

const { 'pure-p3': p3 } = documents;
const forAll = ['training', 'demo-gear', 'deal-registration', 'mdf'];

describe('Pure Storage P3, from February 2027', () => {
  let world: LocalWorld;
  let vendor: Vendor;
  let manager: Actor;
  let programId: ProgramId;
  beforeAll(async () => {
    world = await localWorld();
    vendor = new Vendor(world, p3);
    manager = actor(world, 'channel-manager');
  });
  beforeEach(async () => {
    await vendor.on(day('2027-02-01'));
    programId = await vendor.establish(p3.name);
    await vendor.publish(programId, p3, day('2027-02-01'));
  });
  afterAll(() => world.close());

  const traditional = (name: string) => vendor.partner(programId, name, { businessModels: ['traditional'], ladders: ['partner'] });
  const serviceProvider = (name: string) => vendor.partner(programId, name, { businessModels: ['service-provider'], ladders: ['service-provider'] });
  const level = async (one: Enrolled) => (await vendor.position(one, 'service-provider')).tier;
  const seen = async ({ partnerId, system }: Enrolled) => (await system.partners.get({ params: { partnerId } })).value;

  describe('a few hundred partners, on purpose', () => {
    it('lets nobody in without another person’s vetting: a competitor can apply', async () => {
      const [agreement, enrolling] = ['P3 Agreement', { businessModels: ['traditional'], ladders: ['partner'] }];
      const { value: applied } = await manager.partners.apply({ body: { legalName: 'Rival Arrays Inc', country: 'US', city: 'Boston' } });
      const params = { partnerId: applied.id };
      await expect(manager.partners.vet({ params, body: { outcome: 'passed' } })).rejects.toThrow('same-person');
      await expect(manager.partners.admit({ params, body: { agreement } })).rejects.toThrow('not-vetted');
      await expect(manager.partners.enroll({ params, body: { programId, ...enrolling } })).rejects.toThrow('not-admitted');

      const applicant = actor(world, 'partner-admin');
      const { value: rival } = await applicant.partners.apply({ body: { legalName: 'Second Rival Inc', country: 'US', city: 'Boston' } });
      const ofRival = { partnerId: rival.id };
      await manager.partners.vet({ params: ofRival, body: { outcome: 'declined', reason: 'It makes arrays itself.' } });
      await expect(manager.partners.admit({ params: ofRival, body: { agreement } })).rejects.toThrow('not-vetted');
    });

    it('admits whom another person has vetted, once the agreement is accepted', async () => {
      const { value: applied } = await actor(world, 'partner-admin').partners.apply({
        body: { legalName: 'Welcome Storage Inc', country: 'US', city: 'Reno' },
      });
      const params = { partnerId: applied.id };
      const { value: vetted } = await manager.partners.vet({ params, body: { outcome: 'passed' } });
      if (vetted.status !== 'vetted') throw new Error(`vetted, and yet ${vetted.status}`);
      expect(vetted.vettedBy).not.toBe(vetted.appliedBy);
      const { value: admitted } = await manager.partners.admit({ params, body: { agreement: 'P3 Agreement' } });
      expect(admitted).toMatchObject({ status: 'admitted', agreement: 'P3 Agreement' });
    });

    it('flags a partner that shows no activity, tells it, proposes its removal; and a person decides', async () => {
      const [silent, forgiven, active] = [await traditional('Silent Inc'), await traditional('Forgiven Inc'), await traditional('Active Inc')];
      const heard = vendor.listen('inactivity', partnerEvents.PartnerFoundInactive, partnerEvents.PartnerRemovalProposed);
      const told = ({ partnerId }: Enrolled) =>
        heard()
          .map((detail) => Told.parse(detail))
          .filter((one) => one.partnerId === partnerId)
          .map(({ type }) => type);
      await vendor.on(day('2027-12-01'));
      await vendor.register(active, { dollars: 20_000 });
      // 365 whole days after the enrolment, the last of them the first of February 2028.
      await vendor.on(day('2028-02-01'));
      expect(await seen(silent)).not.toHaveProperty('inactivity');
      await vendor.on(day('2028-02-02'));
      expect(await seen(silent)).toMatchObject({ inactivity: { lastActiveOn: day('2027-02-01'), flaggedOn: day('2028-02-02') } });
      expect(told(silent)).toEqual(['PartnerFoundInactive']);
      await vendor.on(day('2028-03-04'));
      expect(await seen(silent)).toMatchObject({ status: 'admitted', inactivity: { removalProposedOn: day('2028-03-04') } });
      expect(told(silent)).toEqual(['PartnerFoundInactive', 'PartnerRemovalProposed']);
      expect(await seen(active)).not.toHaveProperty('inactivity');

      // Nothing removes by itself: one is kept, and one goes.
      await vendor.on(day('2028-03-20'));
      await manager.partners.keep({ params: { partnerId: forgiven.partnerId }, body: { reason: 'Its first deal is near.' } });
      await manager.partners.beginOffboarding({ params: { partnerId: silent.partnerId }, body: { reason: 'It has been silent for a year.' } });
      await manager.partners.leave({ params: { partnerId: silent.partnerId } });
      expect(await seen(forgiven)).toMatchObject({ status: 'admitted', keptOn: day('2028-03-20') });
      expect(await seen(forgiven)).not.toHaveProperty('inactivity');
      expect(await seen(silent)).toMatchObject({ status: 'left' });
    });

    it('takes a deal or a certification for activity, and takes the flag back with it', async () => {
      const [selling, learning] = [await traditional('Selling Again Inc'), await traditional('Learning Again Inc')];
      await vendor.on(day('2028-02-03'));
      for (const one of [selling, learning]) expect(await seen(one)).toHaveProperty('inactivity');
      await vendor.register(selling, { dollars: 20_000 });
      await vendor.certify(learning, 'sales');
      for (const one of [selling, learning]) expect(await seen(one)).not.toHaveProperty('inactivity');
    });

    it('orphans no array: a partner leaves once another is of record for each of its own', async () => {
      const [leaver, heir] = [await traditional('Leaving Storage Inc'), await traditional('Staying Storage Inc')];
      const array = await install(vendor, leaver, { productFamily: 'flasharray' });
      const [params, ofArray] = [{ partnerId: leaver.partnerId }, { assetId: array.id }];
      await manager.partners.beginOffboarding({ params, body: { reason: 'It gives up storage.' } });
      await expect(manager.partners.leave({ params })).rejects.toThrow('of-record');

      const reassigning = { params: ofArray, body: { to: heir.partnerId, reason: 'Staying Storage looks after it.' } };
      await manager.partners.reassignAsset(reassigning);
      expect((await heir.system.partners.asset({ params: ofArray })).value).toMatchObject({ partnerOfRecord: heir.partnerId });
      await expect(leaver.system.partners.asset({ params: ofArray })).rejects.toThrow('not-found');
      expect((await manager.partners.leave({ params })).value.status).toBe('left');
      await expect(manager.partners.reassignAsset({ ...reassigning, body: { to: leaver.partnerId, reason: 'Back.' } })).rejects.toThrow(
        'not-enrolled',
      );
    });
  });

  describe('service providers', () => {
    it('stand on three levels, by revenue and certification commitments, and read in the gap what the next one takes', async () => {
      const provider = await serviceProvider('Cloud Provider Inc');
      const engineers = (count: number) => vendor.certifyPeople(provider, 'architect', count);
      const missing = async (tier: Key) => (await vendor.gapTo(provider, tier)).actions.map(({ sentence }) => sentence);
      expect((await vendor.inForce(programId)).document.ladders[1]?.tiers.map(({ key }) => key)).toEqual(['level-1', 'level-2', 'level-3']);
      expect(await level(provider)).toBe('level-1');
      expect(await missing('level-2')).toEqual(['500,000.00 USD more of bookings', '2 more people certified in Architecture certification']);

      // Revenue alone is not enough, and neither are certified people.
      const first = await vendor.sell(provider, { dollars: 500_000, route: 'service-provider' });
      expect(await level(provider)).toBe('level-1');
      expect(await missing('level-2')).toEqual(['2 more people certified in Architecture certification by 31 January 2028']);
      await engineers(2);
      expect(await level(provider)).toBe('level-2');
      expect(await missing('level-2')).toEqual([]);

      await engineers(2);
      // What was bought in February 2027 counts for four fiscal quarters.
      expect(await missing('level-3')).toEqual(['1,500,000.00 USD more of bookings by 31 January 2028']);
      expect(await level(provider)).toBe('level-2');
      const second = await vendor.sell(provider, { dollars: 1_500_000, route: 'service-provider' });
      expect(await level(provider)).toBe('level-3');
      expect(await missing('level-3')).toEqual([]);
      // Each was offered what the level of its day gave.
      expect([first.offer, second.offer]).toMatchObject([
        { tier: 'level-1', discount: rate('0.15') },
        { tier: 'level-2', discount: rate('0.18') },
      ]);
    });

    it('are promised volume discounts by the document, more on a higher level and for a higher volume; traditional partners are not', async () => {
      const { volumeDiscounts, ladder } = (await vendor.inForce(programId)).document.serviceProviders ?? {};
      expect(ladder).toBe('service-provider');
      const discounts = volumeDiscounts?.map(({ tier, bands }) => [tier, bands.map(({ discount }) => discount)]);
      // To 1,000,000.00 USD, to 5,000,000.00 and beyond.
      expect(discounts).toEqual([
        ['level-1', [rate('0.02'), rate('0.04')]],
        ['level-2', [rate('0.04'), rate('0.06'), rate('0.08')]],
        ['level-3', [rate('0.06'), rate('0.09'), rate('0.12')]],
      ]);
      expect(await vendor.benefits(await serviceProvider('Volume Provider Inc'))).toContain('volume-discount');
      expect(await vendor.benefits(await traditional('Volume Resells Inc'))).not.toContain('volume-discount');
    });

    it('are billed by consumption, as the document says, from the first of August 2027, and buy as others do until then', async () => {
      const consumption = async (on: string) => (await vendor.inForce(programId, day(on))).document.serviceProviders?.consumption;
      expect(await consumption('2027-07-31')).toBeUndefined();
      expect(await consumption('2027-08-01')).toMatchObject({
        meters: [{ key: 'used-capacity' }, { key: 'arrays' }],
        rateCards: [{ key: 'capacity' }],
      });
      for (const [today, isOn] of [
        ['2027-07-31', false],
        ['2027-08-01', true],
      ] as const) {
        await vendor.on(day(today));
        const { on, document } = await vendor.inForce(programId);
        expect(on).toEqual(day(today));
        expect(document.serviceProviders?.consumption !== undefined).toBe(isOn);
        // Levels and volume discounts stay.
        expect(document.serviceProviders?.volumeDiscounts).toHaveLength(3);
      }
    });
  });

  it('credits the account team alike, whether the customer buys from a traditional partner or from a service provider', async () => {
    const [reseller, provider] = [await traditional('Equal Resells Inc'), await serviceProvider('Equal Provider Inc')];
    const credited = vendor.listen('account team', dealEvents.AccountTeamCredited);
    const bought = await vendor.sell(reseller, { dollars: 250_000 });
    const asAService = await vendor.sell(provider, { dollars: 250_000, route: 'service-provider' });
    // What the partners themselves are offered differs.
    expect([bought.offer.margin, asAService.offer.margin]).toEqual([rate('0.05'), rate('0.04')]);
    expect(bought.accountTeamCredit).toMatchObject({ amount: usd(250_000), share: rate('1') });
    expect(asAService.accountTeamCredit).toEqual(bought.accountTeamCredit);
    const [first, second] = credited().map((detail) => Credited.parse(detail).data);
    expect([first?.route, second?.route]).toEqual(['reseller', 'service-provider']);
    expect(second?.credit).toEqual(first?.credit);
  });

  describe('100 % channel', () => {
    it('takes no order that names no fulfilling partner of the program', async () => {
      const reseller = await traditional('Fulfilling Inc');
      const deal = await vendor.approve(await vendor.register(reseller, { dollars: 250_000 }));
      const { status, code, faults } = await orderWithoutPartner(vendor, deal);
      expect([status, code, faults?.map(({ pointer }) => pointer)]).toEqual([422, 'invalid', ['/fulfilledBy']]);
      const stranger = PartnerId.parse(`ptnr_${'0'.repeat(26)}`);
      await expect(vendor.order(deal, { fulfilledBy: stranger })).rejects.toThrow('fulfiller-not-enrolled');
      expect(await vendor.order(deal)).toMatchObject({ status: 'won', order: { fulfilledBy: reseller.partnerId } });
    });

    it('lets nobody but a partner register a deal: the vendor sells nothing itself', async () => {
      const body = { ...opportunity(programId, 250_000n), productFamilies: ['flasharray'] };
      await expect(manager.deals.submit({ body })).rejects.toThrow('forbidden');
    });
  });

  describe('for every partner', () => {
    it('has training, a discount on demo gear, deal registration and MDF, whatever its tier or level', async () => {
      for (const one of [await traditional('Every Partner Inc'), await serviceProvider('Every Provider Inc')])
        expect(await vendor.benefits(one)).toEqual(expect.arrayContaining(forAll));
      const { ladders } = (await vendor.inForce(programId)).document;
      for (const { benefits } of ladders.flatMap(({ tiers }) => tiers)) expect(benefits).toEqual(expect.arrayContaining(forAll));
    });

    it('protects the deal of whoever registers it first', async () => {
      const [first, second] = [await traditional('First Storage Inc'), await serviceProvider('Second Provider Inc')];
      const deal = await vendor.register(first, { dollars: 60_000 });
      const late = await vendor.register(second, { dollars: 60_000, route: 'service-provider', endCustomer: deal.endCustomer });
      expect(late.conflict).toEqual({});
      // 90 whole days after the first of February, in California, where daylight saving time has begun by then.
      expect(String((await vendor.approve(deal)).protectedUntil)).toBe('2027-05-03T07:00:00Z');
      await expect(vendor.approve(late)).rejects.toThrow('not-first');
    });
  });
});

const Told = z.object({ type: z.string(), partnerId: PartnerId });
const Credited = z.object({ data: z.object({ route: z.string(), credit: z.unknown() }) });

/** VMware Partner Connect 2022, as PRODUCT §7 tells it. What the source leaves open is marked illustrative in the document. */
import { day } from '@echelon/calendar';
import type { ProgramId } from '@echelon/contracts/ids';
import type { ProgramDocument } from '@echelon/program';
import { check } from '@echelon/program/check';
import { documents } from '@echelon/program/documents';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PartnerAtWork } from '../../journeys/one-deal.ts';
import { localWorld } from '../../local-world.ts';
import { ChannelVendor } from '../channel-vendor.ts';
import { usd } from '../vendor.ts';
import { before } from './before.ts';

const vmware = documents['vmware-partner-connect-2022'];
const [services, builder, cloud, reseller] = ['solution-services', 'solution-builder', 'cloud-solution-provider', 'solution-reseller'] as const;
type BusinessModel = typeof services | typeof builder | typeof cloud | typeof reseller;
const customerSuccess = 'partner-led-customer-success';

describe('VMware Partner Connect 2022', () => {
  let world: Awaited<ReturnType<typeof localWorld>>;
  let vendor: ChannelVendor;
  let programId: ProgramId;
  beforeAll(async () => {
    world = await localWorld();
    vendor = new ChannelVendor(world, vmware);
  });
  afterAll(() => world.close());

  const partner = (name: string, ...businessModels: BusinessModel[]) => vendor.partner(programId, name, { businessModels, ladders: ['tier'] });
  const tier = async (one: PartnerAtWork) => (await vendor.position(one, programId, 'tier')).tier;
  const points = (one: PartnerAtWork) => vendor.points(one, programId);

  describe('from March 2022', () => {
    beforeEach(async () => {
      await vendor.on(day('2022-03-01'));
      programId = await vendor.establish(vmware.name);
      await vendor.publish(programId, vmware, day('2022-03-01'));
    });

    it('gives points before the sale, for it and after it, and for what the partner can', async () => {
      const one = await partner('Whole Life Inc', reseller);
      await vendor.engage(one, programId, 'campaign');
      await vendor.sell(one, programId, 100_000);
      await vendor.engage(one, programId, 'customer-adoption');
      await vendor.order(
        await vendor.approve(await vendor.register(one, programId, { dollars: 100_000, ...(await vendor.renewing(one, programId, 'workspace')) })),
      );
      await vendor.certifyPeople(one, programId, 'technical', 2);
      await vendor.specialize(one, programId, 'cloud-competency');
      expect(await vendor.pointsBy(one, programId)).toEqual({
        // The campaign, and two approvals, each with what a reseller's gives on top.
        'pre-sale': 20 + 2 * (10 + 10),
        // 5 for each 10,000.00 USD of either order; a new customer.
        sale: 50 + 50 + 25,
        // Adoption; 5 for each 10,000.00 USD renewed.
        'post-sale': 40 + 50,
        // Skills of two people; a competency.
        capability: 2 * 20 + 100,
      });
      // The sum of the ledger is what the next tier is judged by.
      const [asked] = (await vendor.gapTo(one, programId, 'advanced')).requirements;
      expect(asked).toMatchObject({ requirement: { kind: 'points' }, have: '415', need: '500', missing: '85' });
    });

    it('takes back what an order gave that is cancelled', async () => {
      const one = await partner('Cancelled Inc', reseller);
      const deal = await vendor.sell(one, programId, 200_000);
      expect([await points(one), await tier(one)]).toEqual([10 + 10 + 100 + 25, 'select']);
      await vendor.cancel(deal);
      expect([await points(one), await tier(one)]).toEqual([10 + 10, 'community']);
    });

    it('knows what consumption gives a Cloud Solution Provider; it has none before a service meters it', async () => {
      const [provider, other] = [await partner('Provider Inc', cloud), await partner('Reseller Inc', reseller)];
      const ways = async (one: PartnerAtWork) => {
        const { actions } = await vendor.gapTo(one, programId, 'select');
        return actions.flatMap((action) => (action.kind === 'earn-points' ? action.ways : []));
      };
      // 100 points at 8 for each 10,000.00 USD, weighted by 1.5, are nine times 12.
      expect(await ways(provider)).toContainEqual(expect.objectContaining({ name: 'Consumption', times: 9, amount: usd(90_000) }));
      expect(await ways(other)).not.toContainEqual(expect.objectContaining({ name: 'Consumption' }));
    });

    it('weighs what each of the four business models is good at', async () => {
      const all = [services, builder, cloud, reseller] as const;
      const [asServices, asBuilder, asCloud, asReseller] = [
        await partner('Services Inc', services),
        await partner('Builder Inc', builder),
        await partner('Cloud Inc', cloud),
        await partner('Resells Inc', reseller),
      ];
      const same = [asServices, asBuilder, asCloud, asReseller];
      for (const one of same) {
        await vendor.engage(one, programId, 'customer-adoption');
        await vendor.certify(one, programId, 'technical');
        await vendor.approve(await vendor.register(one, programId, { dollars: 50_000 }));
      }
      const sums = await Promise.all(same.map(async (one) => vendor.pointsBy(one, programId)));
      expect(Object.fromEntries(all.map((model, at) => [model, sums[at]]))).toEqual({
        // 20 × 1.5 more for adoption.
        'solution-services': { 'pre-sale': 10, 'post-sale': 40 + 30, capability: 20 },
        // 10 × 1.5 more for skills.
        'solution-builder': { 'pre-sale': 10, 'post-sale': 40, capability: 20 + 15 },
        // 10 × 1.5 more for adoption.
        'cloud-solution-provider': { 'pre-sale': 10, 'post-sale': 40 + 15, capability: 20 },
        // 8 × 1.25 more for a deal that was approved.
        'solution-reseller': { 'pre-sale': 10 + 10, 'post-sale': 40, capability: 20 },
      });
    });

    it('sums the points of a partner that holds several business models', async () => {
      const one = await partner('Several Inc', services, reseller);
      await vendor.sell(one, programId, 100_000);
      await vendor.engage(one, programId, 'customer-adoption');
      const entries = (await vendor.ledger(one, programId)).flatMap((activity) => activity.entries);
      const by = (businessModel: BusinessModel | undefined) =>
        entries.filter((entry) => entry.businessModel === businessModel).reduce((sum, entry) => sum + entry.points, 0);
      // Of no model: approval, sale, new customer, adoption. As Solution Services the sale at half weight, and adoption.
      expect([by(undefined), by(services), by(reseller)]).toEqual([10 + 50 + 25 + 40, 10 + 30, 10]);
      expect((await vendor.gapTo(one, programId, 'advanced')).requirements[0]).toMatchObject({ have: '175' });
    });

    it('raises a partner from Community to Select, Advanced and Principal as soon as it attains what each asks for', async () => {
      const one = await partner('Climbing Inc', reseller);
      expect(await tier(one)).toBe('community');
      await vendor.engage(one, programId, 'campaign', 'customer-adoption', 'customer-adoption');
      expect([await points(one), await tier(one)]).toEqual([100, 'select']);
      await vendor.certifyPeople(one, programId, 'technical', 2);
      expect([await points(one), await tier(one)]).toEqual([140, 'select']);
      await vendor.sell(one, programId, 700_000);
      expect([await points(one), await tier(one)]).toEqual([140 + 20 + 350 + 25, 'advanced']);
      await vendor.certifyPeople(one, programId, 'technical', 2);
      await vendor.sell(one, programId, 1_800_000);
      expect([await points(one), await tier(one)]).toEqual([535 + 40 + 20 + 900 + 25, 'principal']);
    });

    /** 1,545 points, and four people who can. */
    const principal = async (name: string): Promise<PartnerAtWork> => {
      const one = await partner(name, reseller);
      await vendor.certifyPeople(one, programId, 'technical', 4);
      await vendor.sell(one, programId, 2_840_000);
      return one;
    };

    it('makes a Pinnacle partner by nomination alone, and only of a Principal', async () => {
      const [strategic, other] = [await principal('Strategic Inc'), await partner('Other Inc', reseller)];
      // Principal at 1,500 points; ten times as many make no Pinnacle partner.
      await vendor.sell(strategic, programId, 30_000_000);
      expect(await tier(strategic)).toBe('principal');
      const { actions } = await vendor.gapTo(strategic, programId, 'pinnacle');
      expect(actions).toMatchObject([{ kind: 'be-nominated', among: 'principal' }]);
      const nomination = { tier: 'pinnacle', until: day('2024-01-31') };
      await expect(vendor.nominate(other, programId, nomination)).rejects.toThrow('not-among');
      await vendor.nominate(strategic, programId, nomination);
      expect(await tier(strategic)).toBe('pinnacle');
    });

    it('opens Ignite, the Solutions Hub and the dashboard to all, the guided Solutions Lab from Advanced on', async () => {
      const one = await partner('Hub Inc', reseller);
      const all = ['ignite', 'solutions-hub', 'deal-registration', 'dashboard'];
      expect(await vendor.benefits(one, programId)).toEqual(all);
      await vendor.certifyPeople(one, programId, 'technical', 2);
      await vendor.sell(one, programId, 100_000);
      expect([await tier(one), await vendor.benefits(one, programId)]).toEqual(['select', all]);
      await vendor.sell(one, programId, 700_000);
      expect([await tier(one), await vendor.benefits(one, programId)]).toEqual(['advanced', [...all, 'solutions-lab']]);
    });

    it('charges one admission fee to a new partner, and nothing from one year to the next', async () => {
      const charged = vendor.feesCharged();
      const [paying, excused] = [await partner('Paying Inc', reseller), await partner('Excused Inc', reseller)];
      expect(await vendor.fee(paying, programId)).toMatchObject({ status: 'charged', amount: usd(1_500), rule: '/admission/fee' });
      await vendor.settleFee(paying, programId);
      await vendor.waiveFee(excused, programId, 'Its founders built our first lab.');
      for (const date of ['2023-03-01', '2024-03-01']) await vendor.on(day(date));
      expect([(await vendor.fee(paying, programId))?.status, (await vendor.fee(excused, programId))?.status]).toEqual(['settled', 'waived']);
      await expect(vendor.settleFee(paying, programId)).rejects.toThrow('not-owed');
      expect(charged()).toHaveLength(2);
    });

    it('knows three ways to Partner-Led Customer Success: a package of one’s own, Success 360 sold, or together', async () => {
      const [own, selling, together, none] = [
        await partner('Own Package Inc', services),
        await partner('Success 360 Inc', services),
        await partner('Together Inc', services),
        await partner('Nobody Yet Inc', services),
      ];
      const grant = (one: PartnerAtWork, way?: string) => vendor.specialize(one, programId, customerSuccess, way);
      for (const one of [own, selling, together]) await vendor.certify(one, programId, 'customer-success');
      await expect(grant(own, 'own-package')).rejects.toThrow('too-few-certified');
      await vendor.certifyPeople(own, programId, 'customer-success', 2);
      await grant(own, 'own-package');
      await expect(grant(selling, 'success-360')).rejects.toThrow('too-few-certified');
      await vendor.certifyPeople(selling, programId, 'sales', 2);
      await grant(selling, 'success-360');
      // Whoever does it together with the vendor needs no more than the one person whom all ways ask for.
      await expect(grant(none, 'collaborate')).rejects.toThrow('too-few-certified');
      await expect(grant(together)).rejects.toThrow('way-missing');
      await grant(together, 'collaborate');
      // The specialization is one and the same: 200 points, beside 20 or 10 for each certificate.
      expect([await points(own), await points(selling), await points(together)]).toEqual([260, 240, 220]);
    });

    it('credits whoever influenced a sale in a strategy or a velocity play, by one set of rules', async () => {
      const [sells, advises, demonstrates] = [
        await partner('Sells Inc', reseller),
        await partner('Advises Inc', services),
        await partner('Demonstrates Inc', builder),
      ];
      const deal = await vendor.approve(await vendor.register(sells, programId, { dollars: 100_000 }));
      await expect(vendor.creditInfluence(deal, advises, 'strategy')).rejects.toThrow('not-won');
      await vendor.order(deal);
      await vendor.creditInfluence(deal, advises, 'strategy');
      await vendor.creditInfluence(deal, demonstrates, 'velocity');
      await expect(vendor.creditInfluence(deal, advises, 'strategy')).rejects.toThrow('already-credited');
      await expect(vendor.creditInfluence(deal, sells, 'velocity')).rejects.toThrow('own-deal');
      const seen = async (one: PartnerAtWork) => (await vendor.influences(one, programId)).map(({ salesPlay, dealId }) => [salesPlay, dealId]);
      expect([await seen(sells), await seen(advises), await seen(demonstrates)]).toEqual([[], [['strategy', deal.id]], [['velocity', deal.id]]]);
      // Illustrative: the credit is not points.
      expect([await points(advises), await points(demonstrates)]).toEqual([0, 0]);
    });

    it('shows the progress of the moment and where to act, the nearest first; carried out, that closes the gap', async () => {
      const one = await partner('Watching Inc', reseller);
      expect((await vendor.gap(one, programId, 'tier')).tiers.map((above) => above.tier)).toEqual(['select', 'advanced', 'principal', 'pinnacle']);
      await vendor.sell(one, programId, 800_000);
      await vendor.certify(one, programId, 'technical');
      // 20 + 400 + 25 + 20 points: of 500 points 7 % are missing, of two people 50 %; the sale counts until the fiscal year ends.
      expect(await vendor.gapTo(one, programId, 'advanced')).toMatchObject({
        given: false,
        requirements: [
          { have: '465', need: '500', missing: '35', met: false },
          { have: '1', need: '2', missing: '1', met: false },
        ],
        actions: [
          { kind: 'earn-points', points: 35, sentence: '35 more points, such as 1 × “Customer brought to adoption” by 31 January 2023' },
          { kind: 'certify-people', people: 1, sentence: '1 more person certified in Technical skills by 31 January 2023' },
        ],
      });
      await vendor.engage(one, programId, 'customer-adoption');
      expect((await vendor.gapTo(one, programId, 'advanced')).actions).toMatchObject([{ kind: 'certify-people', people: 1 }]);
      await vendor.certify(one, programId, 'technical');
      expect(await vendor.gap(one, programId, 'tier')).toMatchObject({
        ...{ official: 'advanced', projected: 'advanced' },
        tiers: [{ tier: 'advanced', given: true, actions: [] }, { tier: 'principal', given: false }, { tier: 'pinnacle' }],
      });
    });

    it('rewards the whole life of a customer more than the sale', async () => {
      const [sells, stays] = [await partner('Sells And Leaves Inc', reseller), await partner('Sells And Stays Inc', reseller)];
      for (const one of [sells, stays]) {
        await vendor.certifyPeople(one, programId, 'technical', 2);
        await vendor.sell(one, programId, 400_000);
      }
      await vendor.engage(stays, programId, 'campaign', ...Array.from({ length: 5 }, () => 'customer-adoption' as const));
      // By equal sales: 40 for skills, 20 + 200 + 25 for the sale; 20 for a campaign before it and 5 × 40 for what came after.
      expect([await points(sells), await tier(sells)]).toEqual([285, 'select']);
      expect([await points(stays), await tier(stays)]).toEqual([285 + 220, 'advanced']);
      // Nor does twice the sale reach what staying with the customer does.
      await vendor.sell(sells, programId, 280_000);
      expect([await points(sells), await tier(sells)]).toEqual([285 + 20 + 140 + 25, 'select']);
    });
  });

  describe('in place of the program before', () => {
    const old = { businessModels: [reseller], ladders: ['tier'] };
    beforeEach(async () => {
      await vendor.on(day('2022-02-05'));
      programId = await vendor.establish(vmware.name);
      await vendor.publish(programId, before, day('2022-02-05'));
    });

    it('moves the partners of every tier, with a deadline in March 2023', async () => {
      const { migration } = vmware;
      if (migration === undefined) throw new Error('there is no plan');
      expect(String(migration.deadline)).toBe('2023-03-31');
      expect(check(vmware, before)).toEqual([]);
      const forgetful: ProgramDocument = {
        ...vmware,
        migration: { ...migration, moves: migration.moves.filter(({ from }) => from !== 'principal') },
      };
      const fault = expect.objectContaining({ pointer: '/document/migration/tiers/3' });
      await expect(vendor.publish(programId, forgetful, day('2022-03-01'))).rejects.toMatchObject({ problem: { status: 422, faults: [fault] } });
      await vendor.publish(programId, vmware, day('2022-03-01'));
    });

    it('charges no admission fee to whoever was a partner before', async () => {
      const known = await vendor.partner(programId, 'Known Inc', old);
      await vendor.publish(programId, vmware, day('2022-03-01'));
      await vendor.on(day('2022-03-01'));
      const newcomer = await partner('Newcomer Inc', reseller);
      expect(await vendor.fee(known, programId)).toBeUndefined();
      expect(await vendor.fee(newcomer, programId)).toMatchObject({ status: 'charged', amount: usd(1_500) });
    });

    it('leaves partners until March 2023 to adapt: who does keeps its tier, who does not is moved by facts', async () => {
      const [adapts, waits] = [await vendor.partner(programId, 'Adapts Inc', old), await vendor.partner(programId, 'Waits Inc', old)];
      for (const one of [adapts, waits]) await vendor.sell(one, programId, 600_000);
      await vendor.publish(programId, vmware, day('2022-03-01'));
      await vendor.on(day('2022-03-01'));
      // What was sold under the program before gave no points: both are still Advanced, and short of it by the new rules.
      for (const one of [adapts, waits])
        expect(await vendor.gap(one, programId, 'tier')).toMatchObject({
          ...{ official: 'advanced', projected: 'community' },
          tiers: [
            {
              tier: 'advanced',
              actions: [
                { kind: 'earn-points', points: 500 },
                { kind: 'certify-people', people: 2 },
              ],
            },
            {},
            {},
          ],
        });
      for (const date of ['2023-01-26', '2023-02-01', '2023-03-15']) await vendor.on(day(date));
      // The yearly review is open since February, and its sign-off waits for the deadline.
      expect(await vendor.position(adapts, programId, 'tier')).toMatchObject({ tier: 'advanced', review: { proposed: 'community' } });
      await vendor.certifyPeople(adapts, programId, 'technical', 2);
      await vendor.sell(adapts, programId, 900_000);
      await vendor.on(day('2023-04-01'));
      for (const one of [adapts, waits]) await vendor.signOff(one, programId, 'tier');
      expect([await tier(adapts), await tier(waits)]).toEqual(['advanced', 'community']);
    });
  });
});

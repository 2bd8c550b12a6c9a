/** VMware Partner Connect 2022, as PRODUCT §7 tells it. What the source leaves open is marked illustrative in the document. */
import { day } from '@echelon/calendar';
import type { ProgramId } from '@echelon/contracts/ids';
import { documents } from '@echelon/program/documents';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { localWorld } from '../../local-world.ts';
import { engage, specialize } from '../engagements.ts';
import { feeOf, feesCharged, settleFee, waiveFee } from '../fees.ts';
import { ledgerOf, pointsBy, pointsOf } from '../points.ts';
import { cancelOrder, creditInfluence, influencesOf, renewing } from '../sales.ts';
import { nominate } from '../targets.ts';
import { type Enrolled, type LocalWorld, usd, Vendor } from '../vendor.ts';

const vmware = documents['vmware-partner-connect-2022'];
const [services, builder, cloud, reseller] = ['solution-services', 'solution-builder', 'cloud-solution-provider', 'solution-reseller'] as const;
type BusinessModel = typeof services | typeof builder | typeof cloud | typeof reseller;
const customerSuccess = 'partner-led-customer-success';

describe('VMware Partner Connect 2022, from March 2022', () => {
  let world: LocalWorld;
  let vendor: Vendor;
  let programId: ProgramId;
  beforeAll(async () => {
    world = await localWorld();
    vendor = new Vendor(world, vmware);
  });
  afterAll(() => world.close());

  const partner = (name: string, ...businessModels: BusinessModel[]) => vendor.partner(programId, name, { businessModels, ladders: ['tier'] });
  const tier = async (one: Enrolled) => (await vendor.position(one, 'tier')).tier;
  const points = (one: Enrolled) => pointsOf(vendor, one);

  beforeEach(async () => {
    await vendor.on(day('2022-03-01'));
    programId = await vendor.establish(vmware.name);
    await vendor.publish(programId, vmware, day('2022-03-01'));
  });

  it('gives points before the sale, for it and after it, and for what the partner can', async () => {
    const one = await partner('Whole Life Inc', reseller);
    await engage(vendor, one, 'campaign');
    await vendor.sell(one, { dollars: 100_000 });
    await engage(vendor, one, 'customer-adoption');
    await vendor.order(await vendor.approve(await vendor.register(one, { dollars: 100_000, ...(await renewing(vendor, one, 'workspace')) })));
    await vendor.certifyPeople(one, 'technical', 2);
    await specialize(vendor, one, { specialization: 'cloud-competency' });
    expect(await pointsBy(vendor, one)).toEqual({
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
    const [asked] = (await vendor.gapTo(one, 'advanced')).requirements;
    expect(asked).toMatchObject({ requirement: { kind: 'points' }, have: '415', need: '500', missing: '85' });
  });

  it('takes back what an order gave that is cancelled', async () => {
    const one = await partner('Cancelled Inc', reseller);
    const deal = await vendor.sell(one, { dollars: 200_000 });
    expect([await points(one), await tier(one)]).toEqual([10 + 10 + 100 + 25, 'select']);
    await cancelOrder(vendor, deal);
    expect([await points(one), await tier(one)]).toEqual([10 + 10, 'community']);
  });

  it('knows what consumption gives a Cloud Solution Provider; it has none before a service meters it', async () => {
    const [provider, other] = [await partner('Provider Inc', cloud), await partner('Reseller Inc', reseller)];
    const ways = async (one: Enrolled) => {
      const { actions } = await vendor.gapTo(one, 'select');
      return actions.flatMap((action) => (action.kind === 'earn-points' ? action.ways : []));
    };
    // 100 points at 8 for each 10,000.00 USD, weighted by 1.5, are nine times 12.
    expect(await ways(provider)).toContainEqual(expect.objectContaining({ name: 'Consumption', times: 9, amount: usd(90_000) }));
    expect(await ways(other)).not.toContainEqual(expect.objectContaining({ name: 'Consumption' }));
  });

  it('weighs what each of the four business models is good at', async () => {
    const sums: Partial<Record<BusinessModel, Awaited<ReturnType<typeof pointsBy>>>> = {};
    for (const model of [services, builder, cloud, reseller] as const) {
      const one = await partner(`${model} Inc`, model);
      await engage(vendor, one, 'customer-adoption');
      await vendor.certify(one, 'technical');
      await vendor.approve(await vendor.register(one, { dollars: 50_000 }));
      sums[model] = await pointsBy(vendor, one);
    }
    expect(sums).toEqual({
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
    await vendor.sell(one, { dollars: 100_000 });
    await engage(vendor, one, 'customer-adoption');
    const entries = (await ledgerOf(vendor, one)).flatMap((activity) => activity.entries);
    const by = (businessModel: BusinessModel | undefined) =>
      entries.filter((entry) => entry.businessModel === businessModel).reduce((sum, entry) => sum + entry.points, 0);
    // Of no model: approval, sale, new customer, adoption. As Solution Services the sale at half weight, and adoption.
    expect([by(undefined), by(services), by(reseller)]).toEqual([10 + 50 + 25 + 40, 10 + 30, 10]);
    expect((await vendor.gapTo(one, 'advanced')).requirements[0]).toMatchObject({ have: '175' });
  });

  it('raises a partner from Community to Select, Advanced and Principal as soon as it attains what each asks for', async () => {
    const one = await partner('Climbing Inc', reseller);
    expect(await tier(one)).toBe('community');
    await engage(vendor, one, 'campaign', 'customer-adoption', 'customer-adoption');
    expect([await points(one), await tier(one)]).toEqual([100, 'select']);
    await vendor.certifyPeople(one, 'technical', 2);
    expect([await points(one), await tier(one)]).toEqual([140, 'select']);
    await vendor.sell(one, { dollars: 700_000 });
    expect([await points(one), await tier(one)]).toEqual([140 + 20 + 350 + 25, 'advanced']);
    await vendor.certifyPeople(one, 'technical', 2);
    await vendor.sell(one, { dollars: 1_800_000 });
    expect([await points(one), await tier(one)]).toEqual([535 + 40 + 20 + 900 + 25, 'principal']);
  });

  /** 1,545 points, and four people who can. */
  const principal = async (name: string): Promise<Enrolled> => {
    const one = await partner(name, reseller);
    await vendor.certifyPeople(one, 'technical', 4);
    await vendor.sell(one, { dollars: 2_840_000 });
    return one;
  };

  it('makes a Pinnacle partner by nomination alone, and only of a Principal', async () => {
    const [strategic, other] = [await principal('Strategic Inc'), await partner('Other Inc', reseller)];
    // Principal at 1,500 points; ten times as many make no Pinnacle partner.
    await vendor.sell(strategic, { dollars: 30_000_000 });
    expect(await tier(strategic)).toBe('principal');
    const { actions } = await vendor.gapTo(strategic, 'pinnacle');
    expect(actions).toMatchObject([{ kind: 'be-nominated', among: 'principal' }]);
    const nomination = { tier: 'pinnacle', until: day('2024-01-31') };
    await expect(nominate(vendor, other, nomination)).rejects.toThrow('not-among');
    await nominate(vendor, strategic, nomination);
    expect(await tier(strategic)).toBe('pinnacle');
  });

  it('opens Ignite, the Solutions Hub and the dashboard to all, the guided Solutions Lab from Advanced on', async () => {
    const one = await partner('Hub Inc', reseller);
    const all = ['ignite', 'solutions-hub', 'deal-registration', 'dashboard'];
    expect(await vendor.benefits(one)).toEqual(all);
    await vendor.certifyPeople(one, 'technical', 2);
    await vendor.sell(one, { dollars: 100_000 });
    expect([await tier(one), await vendor.benefits(one)]).toEqual(['select', all]);
    await vendor.sell(one, { dollars: 700_000 });
    expect([await tier(one), await vendor.benefits(one)]).toEqual(['advanced', [...all, 'solutions-lab']]);
  });

  it('charges one admission fee to a new partner, and nothing from one year to the next', async () => {
    const charged = feesCharged(vendor);
    const [paying, excused] = [await partner('Paying Inc', reseller), await partner('Excused Inc', reseller)];
    expect(await feeOf(paying)).toMatchObject({ status: 'charged', amount: usd(1_500), rule: '/admission/fee' });
    await settleFee(vendor, paying);
    await waiveFee(vendor, excused, 'Its founders built our first lab.');
    for (const date of ['2023-03-01', '2024-03-01']) await vendor.on(day(date));
    expect([(await feeOf(paying))?.status, (await feeOf(excused))?.status]).toEqual(['settled', 'waived']);
    await expect(settleFee(vendor, paying)).rejects.toThrow('not-owed');
    expect(charged()).toHaveLength(2);
  });

  it('knows three ways to Partner-Led Customer Success: a package of one’s own, Success 360 sold, or together', async () => {
    const [own, selling] = [await partner('Own Package Inc', services), await partner('Success 360 Inc', services)];
    const [together, none] = [await partner('Together Inc', services), await partner('Nobody Yet Inc', services)];
    const grant = (one: Enrolled, way?: string) => specialize(vendor, one, { specialization: customerSuccess, way });
    for (const one of [own, selling, together]) await vendor.certify(one, 'customer-success');
    await expect(grant(own, 'own-package')).rejects.toThrow('too-few-certified');
    await vendor.certifyPeople(own, 'customer-success', 2);
    await grant(own, 'own-package');
    await expect(grant(selling, 'success-360')).rejects.toThrow('too-few-certified');
    await vendor.certifyPeople(selling, 'sales', 2);
    await grant(selling, 'success-360');
    // Whoever does it together with the vendor needs no more than the one person whom all ways ask for.
    await expect(grant(none, 'collaborate')).rejects.toThrow('too-few-certified');
    await expect(grant(together)).rejects.toThrow('way-missing');
    await grant(together, 'collaborate');
    // The specialization is one and the same: 200 points, beside 20 or 10 for each certificate.
    expect([await points(own), await points(selling), await points(together)]).toEqual([260, 240, 220]);
  });

  it('credits whoever influenced a sale in a strategy or a velocity play, by one set of rules', async () => {
    const sells = await partner('Sells Inc', reseller);
    const [advises, demonstrates] = [await partner('Advises Inc', services), await partner('Demonstrates Inc', builder)];
    const deal = await vendor.approve(await vendor.register(sells, { dollars: 100_000 }));
    await expect(creditInfluence(vendor, deal, { to: advises, salesPlay: 'strategy' })).rejects.toThrow('not-won');
    await vendor.order(deal);
    await creditInfluence(vendor, deal, { to: advises, salesPlay: 'strategy' });
    await creditInfluence(vendor, deal, { to: demonstrates, salesPlay: 'velocity' });
    await expect(creditInfluence(vendor, deal, { to: advises, salesPlay: 'strategy' })).rejects.toThrow('already-credited');
    await expect(creditInfluence(vendor, deal, { to: sells, salesPlay: 'velocity' })).rejects.toThrow('own-deal');
    const seen = async (one: Enrolled) => (await influencesOf(one)).map(({ salesPlay, dealId }) => [salesPlay, dealId]);
    expect([await seen(sells), await seen(advises), await seen(demonstrates)]).toEqual([[], [['strategy', deal.id]], [['velocity', deal.id]]]);
    // Illustrative: the credit is not points.
    expect([await points(advises), await points(demonstrates)]).toEqual([0, 0]);
  });

  it('shows the progress of the moment and where to act, the nearest first; carried out, that closes the gap', async () => {
    const one = await partner('Watching Inc', reseller);
    expect((await vendor.gap(one, 'tier')).tiers.map((above) => above.tier)).toEqual(['select', 'advanced', 'principal', 'pinnacle']);
    await vendor.sell(one, { dollars: 800_000 });
    await vendor.certify(one, 'technical');
    // 20 + 400 + 25 + 20 points: of 500 points 7 % are missing, of two people 50 %; the sale counts until the fiscal year ends.
    expect(await vendor.gapTo(one, 'advanced')).toMatchObject({
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
    await engage(vendor, one, 'customer-adoption');
    expect((await vendor.gapTo(one, 'advanced')).actions).toMatchObject([{ kind: 'certify-people', people: 1 }]);
    await vendor.certify(one, 'technical');
    expect(await vendor.gap(one, 'tier')).toMatchObject({
      ...{ official: 'advanced', projected: 'advanced' },
      tiers: [{ tier: 'advanced', given: true, actions: [] }, { tier: 'principal', given: false }, { tier: 'pinnacle' }],
    });
  });

  it('rewards the whole life of a customer more than the sale', async () => {
    const [sells, stays] = [await partner('Sells And Leaves Inc', reseller), await partner('Sells And Stays Inc', reseller)];
    for (const one of [sells, stays]) {
      await vendor.certifyPeople(one, 'technical', 2);
      await vendor.sell(one, { dollars: 400_000 });
    }
    await engage(vendor, stays, 'campaign', ...Array.from({ length: 5 }, () => 'customer-adoption' as const));
    // By equal sales: 40 for skills, 20 + 200 + 25 for the sale; 20 for a campaign before it and 5 × 40 for what came after.
    expect([await points(sells), await tier(sells)]).toEqual([285, 'select']);
    expect([await points(stays), await tier(stays)]).toEqual([285 + 220, 'advanced']);
    // Nor does twice the sale reach what staying with the customer does.
    await vendor.sell(sells, { dollars: 280_000 });
    expect([await points(sells), await tier(sells)]).toEqual([285 + 20 + 140 + 25, 'select']);
  });
});

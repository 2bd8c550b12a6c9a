/** Who sees and does what with a deal, and what the clock does to it, through real handlers on a real table. */
import { addDays, type Instant } from '@echelon/calendar';
import type { DealRegistration } from '@echelon/contracts/deals';
import { money } from '@echelon/money';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DealScene, dealScene, of, submit } from '../../../test/deal-scene.ts';
import { actor, refusal } from '../../../test/journeys/cast.ts';
import type { PartnerAtWork } from '../../../test/journeys/one-deal.ts';
import { usd } from '../../../test/programs/vendor.ts';

let scene: DealScene;
beforeAll(async () => {
  scene = await dealScene();
}, 120_000);
afterAll(() => scene.world.close());

const reason = { body: { reason: 'They asked for it.' } };

describe('a party to a deal', () => {
  it('that fulfils it lists, gets and wins it, and does nothing else', async () => {
    const { at, someone, programId, approve, orderOf } = scene;
    const [reseller, distributor, stranger] = [at(0), at(1), at(2)];
    expect(await refusal(submit(reseller, { ...someone(), route: 'distributor' }))).toBe('fulfiller-missing');
    const deal = await submit(reseller, { ...someone(), route: 'distributor', fulfilledBy: distributor.partnerId });
    const fulfilled = async ({ system }: PartnerAtWork) =>
      (await system.deals.list({ query: { programId, as: 'fulfilling', limit: 100 } })).value.items.map(({ id }) => id);
    expect(await fulfilled(distributor)).toEqual([deal.id]);
    expect([await fulfilled(reseller), await fulfilled(stranger)]).toEqual([[], []]);
    const own = (await distributor.system.deals.list({ query: { programId } })).value.items;
    expect(own).toEqual([]);
    const { deals } = distributor.system;
    expect((await deals.get(of(deal))).value.id).toBe(deal.id);
    await approve(deal);
    const theirs = await orderOf(deal);
    const acts = [
      deals.withdraw(of(deal)),
      deals.extend({ ...of(deal), ...reason }),
      deals.lose({ ...of(deal), ...reason }),
      deals.supplyInformation({ ...of(deal), body: { answer: 'x' } }),
      deals.win({ ...of(deal), body: theirs }),
    ];
    expect(await Promise.all(acts.map(refusal))).toEqual(acts.map(() => 'forbidden'));
    expect(await refusal(stranger.system.deals.withdraw(of(deal)))).toBe('not-found');
    expect(await refusal(stranger.system.deals.get(of(deal)))).toBe('not-found');
    const order = await orderOf(deal, { fulfilledBy: distributor.partnerId });
    expect((await deals.win({ ...of(deal), body: order })).value.status).toBe('won');
  });

  it('to whom it was transferred has it, and for the former one it was never there', async () => {
    const { at, someone, approve, manager } = scene;
    const deal = await approve(await submit(at(0), someone()));
    const { value } = await manager.deals.transfer({ ...of(deal), body: { to: at(1).partnerId, reason: 'They agreed.' } });
    expect(value).toMatchObject({ partnerId: at(1).partnerId, offer: deal.offer, submittedAt: deal.submittedAt });
    expect(await refusal(at(0).system.deals.get(of(deal)))).toBe('not-found');
    expect(await refusal(at(0).system.deals.withdraw(of(deal)))).toBe('not-found');
    expect(await refusal(submit(at(1), { ...someone(), endCustomer: deal.endCustomer }))).toBe('already-registered');
    expect((await at(1).system.deals.extend({ ...of(deal), ...reason })).value.partnerId).toBe(at(1).partnerId);
  });

  it('is credited by the vendor; what was credited is corrected with the order, and adds up', async () => {
    const { at, someone, approve, manager, orderOf, world, said } = scene;
    const deal = await approve(await submit(at(0), someone()));
    await at(0).system.deals.win({ ...of(deal), body: await orderOf(deal, { committedTcv: usd(150_000) }) });
    const body = { partnerId: at(2).partnerId, salesPlay: 'ransomware-recovery', reason: 'Ran the workshop.' };
    await manager.deals.creditInfluence({ ...of(deal), body });
    expect(await refusal(manager.deals.creditInfluence({ ...of(deal), body }))).toBe('already-credited');
    await world.stage.settle();
    const [given] = (await at(2).system.deals.influences({ query: { programId: scene.programId } })).value.items;
    expect(given).toMatchObject({ dealId: deal.id, partnerId: at(2).partnerId, orderedOn: await scene.vendor.today() });
    expect(given).not.toHaveProperty('reversed');
    expect((await at(0).system.deals.get(of(deal))).value).not.toHaveProperty('influences');
    const billing = actor(world, 'billing-system').deals;
    await billing.amendOrder({ ...of(deal), body: { amount: usd(40_000), committedTcv: usd(100_000), reason: 'A year less.' } });
    const { value } = await billing.cancelOrder({ ...of(deal), ...reason });
    expect(value).toMatchObject({ status: 'cancelled', accountTeamCredit: { amount: money(0n, 'USD') } });
    await world.stage.settle();
    const seen = async (n: number) => (await at(n).system.deals.influences({ query: { programId: scene.programId } })).value.items;
    expect(await seen(2)).toMatchObject([{ dealId: deal.id, salesPlay: body.salesPlay, reason: body.reason, reversed: reason.body }]);
    expect(await seen(0)).toEqual([]);
    expect((await manager.deals.influences({ query: { programId: scene.programId } })).value.items).toHaveLength(1);
    const credits = said('AccountTeamCredited', deal.id).map(({ data }) => (data as { credit: { amount: { amount: string } } }).credit.amount.amount);
    expect(credits).toEqual(['150000.00', '-50000.00', '-100000.00']);
  });
});

describe('two customers that are alike', () => {
  it('are shown side by side to the vendor’s people, and what one of them decides is remembered', async () => {
    const { at, someone, manager, world } = scene;
    const written = (name: string, city: string) => ({ ...someone(), endCustomer: { name, country: 'DE', city } });
    const first = await submit(at(0), written('Heidelberger Druckmaschinen Aktiengesellschaft', 'Heidelberg'));
    const second = await submit(at(1), written('HEIDELBERGER DRUCKMASCH', 'Wiesloch'));
    expect(second.conflict).toEqual({ underReview: true });
    expect(await refusal(at(1).system.deals.matches(of(second)))).toBe('forbidden');
    const { value } = await manager.deals.matches(of(second));
    expect(value).toMatchObject({
      endCustomer: { city: 'Wiesloch' },
      matches: [{ dealId: first.id, by: 'likeness', endCustomer: { city: 'Heidelberg' }, evidence: expect.any(Array), sentence: expect.any(String) }],
    });
    const decide = (dealId: DealRegistration['id'], decision: 'different' | 'same-customer') =>
      manager.deals.decideMatch({ ...of({ id: dealId }), body: { dealId: first.id, decision, reason: 'I asked them.' } });
    await decide(second.id, 'same-customer');
    await world.stage.settle();
    await at(1).system.deals.withdraw(of(second));
    const third = await submit(at(2), written('Heidelberger Druckmasch.', 'Wiesloch'));
    expect(third.conflict).toEqual({});
    expect(await refusal(manager.deals.approve(of(third)))).toBe('not-first');
    await decide(third.id, 'different');
    expect((await manager.deals.approve(of(third))).value.status).toBe('approved');
  });
});

// Last, because the clock goes on from here.
describe('by the clock', () => {
  const now = async (): Promise<Instant> => (await actor(scene.world, 'operator').platform.clock({})).value.now;
  const moveTo = (to: Instant) => actor(scene.world, 'operator').platform.moveClock({ body: { now: to } });
  const sweepTwice = async (sweep: 'expire' | 'overdue' | 'close') => {
    for (const _ of [1, 2]) await scene.world.sweep('deals', sweep);
    await scene.world.stage.settle();
  };

  it('a decision that is late is said once, dated when it was due, by sweeps that are late and doubled', async () => {
    const { at, someone, manager, approve, said } = scene;
    const [late, asked] = [await submit(at(0), someone()), await submit(at(1), someone())];
    await manager.deals.requestInformation({ ...of(asked), body: { question: 'Where?' } });
    if (late.status !== 'submitted') throw new Error(late.status);
    for (const hours of [30, 300]) {
      await moveTo(late.dueAt.add({ hours }));
      await sweepTwice('overdue');
    }
    expect(said('DealDecisionOverdue', late.id).map(({ occurredAt }) => occurredAt)).toEqual([late.dueAt.toString({ fractionalSecondDigits: 3 })]);
    expect(said('DealDecisionOverdue', asked.id)).toEqual([]);
    expect((await at(0).system.deals.get(of(late))).value).toMatchObject({ overdue: true });
    expect((await approve(late)).status).toBe('approved');
  });

  it('protection is extended in its last seconds and not after; an order of its last day wins when another holds the key', async () => {
    const { at, someone, manager, approve, orderOf, document } = scene;
    const [first, second] = [at(0), at(1)];
    const deal = await approve(await submit(first, someone()));
    const next = await submit(second, { ...someone(), endCustomer: deal.endCustomer });
    await moveTo(deal.protectedUntil.subtract({ seconds: 5 }));
    const { value: extended } = await first.system.deals.extend({ ...of(deal), ...reason });
    if (extended.status !== 'approved') throw new Error(extended.status);
    expect(await refusal(manager.deals.approve(of(next)))).toBe('not-first');
    await moveTo(extended.protectedUntil);
    expect(await refusal(first.system.deals.extend({ ...of(deal), ...reason }))).toBe('protection-ended');
    expect((await approve(next)).status).toBe('approved');
    await sweepTwice('expire');
    const orderedOn = extended.protectedUntil.subtract({ seconds: 1 }).toZonedDateTimeISO(document.timeZone).toPlainDate();
    const order = await orderOf(deal, { orderedOn });
    expect((await first.system.deals.win({ ...of(deal), body: order })).value.status).toBe('won');
    expect((await manager.deals.get(of(next))).value.status).toBe('approved');
    const again = await orderOf(next, { orderNumber: order.orderNumber, fulfilledBy: order.fulfilledBy });
    expect(await refusal(second.system.deals.win({ ...of(next), body: again }))).toBe('order-taken');
  });

  it('the deals of a suspended partner are frozen at once and closed by a sweep, once, and the next in line succeeds', async () => {
    const { at, someone, manager, approve, said, join, world } = scene;
    const idle = await join('Idle Hands Inc');
    const [open, held] = [await submit(idle, someone()), await approve(await submit(idle, someone()))];
    const next = await submit(at(0), { ...someone(), endCustomer: open.endCustomer });
    const params = { partnerId: idle.partnerId };
    await manager.partners.suspend({ params, body: { reason: 'Unpaid invoices.' } });
    await world.stage.settle();
    expect(await refusal(manager.deals.approve(of(open)))).toBe('partner-suspended');
    expect(await refusal(idle.system.deals.extend({ ...of(held), ...reason }))).toBe('partner-suspended');
    expect(await refusal(submit(idle, someone()))).toBe('partner-suspended');
    await sweepTwice('close');
    await moveTo((await now()).add({ hours: 5 }));
    await sweepTwice('close');
    for (const { id } of [open, held]) expect(said('DealClosed', id)).toMatchObject([{ data: { reason: 'partner-suspended' } }]);
    expect((await approve(next)).status).toBe('approved');

    await manager.partners.reinstate({ params, body: { reason: 'Paid.' } });
    await world.stage.settle();
    const again = await submit(idle, someone());
    await sweepTwice('close');
    expect((await manager.deals.get(of(again))).value.status).toBe('submitted');
  });

  it('an influence is credited by the sales plays of the day of the order, whatever the program has by now', async () => {
    const { at, someone, manager, approve, orderOf, vendor, programId, document } = scene;
    const deal = await approve(await submit(at(0), someone()));
    await at(0).system.deals.win({ ...of(deal), body: await orderOf(deal) });
    await vendor.publish(programId, { ...document, salesPlays: [] }, addDays(await vendor.today(), 1));
    await vendor.on(addDays(await vendor.today(), 2));
    const body = { partnerId: at(2).partnerId, salesPlay: 'ransomware-recovery', reason: 'Ran the workshop.' };
    expect((await manager.deals.creditInfluence({ ...of(deal), body })).value.influences).toMatchObject([{ versionId: deal.versionId }]);
  });
});

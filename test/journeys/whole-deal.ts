/** What else a deal may live through: a match that a person decides, extension, transfer, a late report, amendment and cancellation. */
import { addDays, dayOf } from '@echelon/calendar';
import type { DealRegistration } from '@echelon/contracts/deals';
import { type Money, money } from '@echelon/money';
import { documents } from '@echelon/program/documents';
import { expect } from 'vitest';
import type { World } from '../world.ts';
import { actor, eventually } from './cast.ts';
import { clockMoved } from './clock.ts';
import { opportunity, partnerAtWork, programInForce, submitted } from './one-deal.ts';

const document = documents['reseller-example'];
const usd = (dollars: bigint): Money => money(dollars * 100n, 'USD');
const approvedOf = (deal: DealRegistration) => {
  if (deal.status !== 'approved') throw new Error(`approved, and yet ${deal.status}`);
  return deal;
};

export const wholeDeal = async (world: World): Promise<void> => {
  const programId = await programInForce(world);
  const [first, heir] = [await partnerAtWork(world, programId, 'Granite Systems LLC'), await partnerAtWork(world, programId, 'Basalt Data Inc')];
  const [manager, billing] = [actor(world, 'channel-manager'), actor(world, 'billing-system')];

  // The same name in the same city, without anything stronger: a person looks, and the partner learns no more than that.
  const { endCustomer, ...submission } = opportunity(programId, 300_000n);
  const { registryId: _, domain: __, ...byName } = endCustomer;
  const other = await submitted(heir, { ...submission, endCustomer: byName });
  const deal = await submitted(first, { ...submission, endCustomer });
  const params = { dealId: deal.id };
  expect([deal.conflict, deal.matches]).toEqual([{ underReview: true }, undefined]);
  await expect(manager.deals.approve({ params })).rejects.toThrow('match-undecided');
  await manager.deals.decideMatch({ params, body: { dealId: other.id, decision: 'different', reason: 'Two firms of one name.' } });
  const approved = approvedOf((await manager.deals.approve({ params })).value);
  const until = approved.protectedUntil;

  const { value: extended } = await first.system.deals.extend({ params, body: { reason: 'Their budget comes a month later.' } });
  expect(approvedOf(extended).protectedUntil.epochMilliseconds).toBeGreaterThan(until.epochMilliseconds);
  await manager.deals.transfer({ params, body: { to: heir.partnerId, reason: 'Granite has sold this business to Basalt.' } });
  await expect(first.system.deals.get({ params })).rejects.toThrow('not-found');
  expect((await heir.system.deals.get({ params })).value.partnerId).toBe(heir.partnerId);

  // Ordered on the last day but one, and reported when the protection has been over for days.
  const end = approvedOf(extended).protectedUntil;
  const orderedOn = addDays(dayOf(end, document.timeZone), -2);
  const order = { orderNumber: `PO-${deal.id.slice(-6)}`, orderedOn, amount: usd(300_000n), fulfilledBy: heir.partnerId };
  await clockMoved(world, end.add({ hours: 50 }), async () => {
    await world.sweep('deals', 'expire');
    expect((await heir.system.deals.get({ params })).value.status).toBe('expired');
    const { value: won } = await billing.deals.win({ params, body: order });
    expect(won).toMatchObject({ status: 'won', accountTeamCredit: { amount: usd(300_000n), rule: '/dealRegistration/accountTeamCredit' } });
    const standing = (tier: string) =>
      eventually(`the order has made the partner ${tier}`, async () => {
        const { value } = await heir.system.tiering.list({ query: { programId } });
        return value.items.find(({ positions }) => positions.some((position) => position.tier === tier));
      });
    await standing('preferred');

    // What the order gave is taken back by the difference, in the quarter in which it stood.
    await billing.deals.amendOrder({ params, body: { amount: usd(100_000n), reason: 'Two of three sites dropped out.' } });
    await standing('authorized');
    const { value: cancelled } = await billing.deals.cancelOrder({ params, body: { reason: 'And then the third.' } });
    expect(cancelled.status).toBe('cancelled');
    await eventually('the cancelled order counts nothing', async () => {
      const { value } = await heir.system.tiering.list({ query: { programId } });
      return value.items.find(({ facts }) => facts.revenue.every(({ amount, orders }) => amount.amount === 0n && orders === 0));
    });
  });
};

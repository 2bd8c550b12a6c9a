/** What stands at end customers, what becomes of an order, and who is credited for it. */
import { Problem } from '@echelon/contracts';
import type { DealRegistration, DealSubmission, InfluenceStatement } from '@echelon/contracts/deals';
import type { Asset, AssetRegistration } from '@echelon/contracts/partners';
import { Money } from '@echelon/money';
import type { Key } from '@echelon/program';
import * as z from 'zod';
import { opportunity } from '../journeys/one-deal.ts';
import type { Enrolled, Vendor } from './vendor.ts';

type Registered = Pick<AssetRegistration, 'productFamily'> & Partial<AssetRegistration>;

/** It goes to an end customer, a new one unless told, and the partner is of record for it. */
export const install = async (vendor: Vendor, { partnerId, programId }: Enrolled, registered: Registered): Promise<Asset> => {
  const { endCustomer } = opportunity(programId, 1n);
  const body = { programId, endCustomer, installedOn: await vendor.today(), partnerOfRecord: partnerId, ...registered };
  return vendor.after(vendor.billing.partners.registerAsset({ body }));
};

/** An asset that the partner sold before our time, and looks after: what its renewal says of the deal. */
export const renewing = async (vendor: Vendor, partner: Enrolled, productFamily: Key): Promise<Partial<DealSubmission>> => {
  const { id, endCustomer } = await install(vendor, partner, { productFamily });
  return { endCustomer, productFamilies: [productFamily], renews: id };
};

export const cancelOrder = async (vendor: Vendor, { id }: DealRegistration): Promise<void> => {
  await vendor.after(vendor.billing.deals.cancelOrder({ params: { dealId: id }, body: { reason: 'The customer does not go on.' } }));
};

/** What the typed client can't even say. */
export const orderWithoutPartner = async (vendor: Vendor, { id, amount }: DealRegistration): Promise<Pick<Problem, 'status' | 'code' | 'faults'>> => {
  const orderedOn = await vendor.today();
  const answer = await fetch(`${vendor.world.url}/v1/deals/${id}/order`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await vendor.world.token('billing-system')}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    },
    body: JSON.stringify({ orderNumber: 'ORDER-1', orderedOn: String(orderedOn), amount: z.encode(Money, amount) }),
  });
  return Problem.parse(await answer.json());
};

export const creditInfluence = async (
  vendor: Vendor,
  { id }: DealRegistration,
  { to, salesPlay }: { readonly to: Enrolled; readonly salesPlay: Key },
): Promise<void> => {
  const body = { partnerId: to.partnerId, salesPlay, reason: 'It won the customer’s architects.' };
  await vendor.after(vendor.manager.deals.creditInfluence({ params: { dealId: id }, body }));
};

/** What the partner's own system is told of its credits. */
export const influencesOf = async ({ system, programId }: Enrolled): Promise<readonly InfluenceStatement[]> => {
  const { value } = await system.deals.influences({ query: { programId } });
  return value.items;
};

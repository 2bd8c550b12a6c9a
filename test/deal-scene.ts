/** A program with every rule of deal registration, five partners in it, and short words for what they do with deals. */
import { type DealRegistration, type DealSubmission, dealEvents, type Order } from '@echelon/contracts/deals';
import { rate } from '@echelon/money';
import type { ProgramDocument } from '@echelon/program';
import { document as example } from './given.ts';
import { actor } from './journeys/cast.ts';
import { opportunity, type PartnerAtWork } from './journeys/one-deal.ts';
import { localWorld } from './local-world.ts';
import { usd, Vendor } from './programs/vendor.ts';

/** Approves small ones at once, gives runners-up a half, and closes the deals of whoever is suspended. */
const document: ProgramDocument = {
  ...example,
  dealRegistration: {
    ...example.dealRegistration,
    autoApproval: { amountMax: usd(20_000), segments: ['smb'], productFamilies: ['backup'] },
    runnerUpShare: rate('0.5'),
    suspension: { openDeals: 'close' },
  },
};

const cast = ['Ash', 'Birch', 'Cedar', 'Dogwood', 'Elm'];

export const of = ({ id }: Pick<DealRegistration, 'id'>) => ({ params: { dealId: id } });

export const submit = async ({ system }: PartnerAtWork, body: DealSubmission): Promise<DealRegistration> =>
  (await system.deals.submit({ body })).value;

export const dealScene = async () => {
  const world = await localWorld();
  const vendor = new Vendor(world, document);
  const manager = actor(world, 'channel-manager');
  const programId = await vendor.establish('Deals');
  await vendor.publish(programId, document, await vendor.today());
  const join = (legalName: string) => vendor.partner(programId, legalName, { businessModels: ['reseller'], ladders: ['reseller'] });
  const partners = await Promise.all(cast.map((name) => join(`${name} Systems Inc`)));
  const { DealDecisionOverdue, DealClosed, AccountTeamCredited } = dealEvents;
  const heard = vendor.listen('heard', DealDecisionOverdue, DealClosed, AccountTeamCredited);

  return {
    ...{ world, vendor, manager, programId, document, join },
    at: (n: number): PartnerAtWork => {
      const partner = partners[n];
      if (partner === undefined) throw new Error(`the scene has no partner ${n}`);
      return partner;
    },
    /** An opportunity that nobody else has met. */
    someone: () => opportunity(programId, 50_000n),
    approve: async (deal: DealRegistration) => {
      const { value } = await manager.deals.approve(of(deal));
      if (value.status !== 'approved') throw new Error(`approved, and yet ${value.status}`);
      return value;
    },
    orderOf: async ({ id, amount, partnerId }: DealRegistration, changes: Partial<Order> = {}): Promise<Order> => ({
      ...{ orderNumber: `PO-${id}`, orderedOn: await vendor.today(), amount, fulfilledBy: partnerId },
      ...changes,
    }),
    /** What the bus has carried of a deal: each event once, in order. */
    said: (type: keyof typeof dealEvents, dealId: string) => {
      // Envelopes, as the bus carries them.
      const all = heard() as readonly { id: string; type: string; aggregateId: string; version: number; occurredAt: string; data: unknown }[];
      const ofIt = all.filter((one) => one.type === type && one.aggregateId === dealId);
      return [...new Map(ofIt.map((one) => [one.id, one])).values()].toSorted((a, b) => a.version - b.version);
    },
  };
};
export type DealScene = Awaited<ReturnType<typeof dealScene>>;

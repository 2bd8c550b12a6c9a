/** A vendor of arrays: what stands at its end customers and who is of record for it, orders by any route, and what each side reads of the program. */
import type { Day, Instant } from '@echelon/calendar';
import { Problem } from '@echelon/contracts';
import type { DealRegistration, DealSubmission, Order } from '@echelon/contracts/deals';
import type { ProgramId } from '@echelon/contracts/ids';
import type { Asset, AssetRegistration } from '@echelon/contracts/partners';
import type { TierGap } from '@echelon/contracts/tiering';
import { Money } from '@echelon/money';
import type { Key, ProgramDocument } from '@echelon/program';
import * as z from 'zod';
import { type Actor, actor } from '../journeys/cast.ts';
import { opportunity, type PartnerAtWork } from '../journeys/one-deal.ts';
import type { localWorld } from '../local-world.ts';
import { Vendor } from './vendor.ts';

type LocalWorld = Awaited<ReturnType<typeof localWorld>>;
type Won = Extract<DealRegistration, { status: 'won' }>;
type Wanted = Partial<DealSubmission> & { readonly dollars: number };

export class PureVendor extends Vendor {
  readonly #world: LocalWorld;
  readonly #manager: Actor;
  readonly #billing: Actor;
  #reported = 0;

  constructor(world: LocalWorld, document: ProgramDocument) {
    super(world, document);
    this.#world = world;
    this.#manager = actor(world, 'channel-manager');
    this.#billing = actor(world, 'billing-system');
  }

  /** An array goes to an end customer, a new one unless told, and the partner is of record for it. */
  async install(partner: PartnerAtWork, programId: ProgramId, registered: Partial<AssetRegistration> = {}): Promise<Asset> {
    const { value } = await this.#manager.partners.registerAsset({
      body: {
        programId,
        endCustomer: opportunity(programId, 0n).endCustomer,
        productFamily: 'flasharray',
        installedOn: await this.today(),
        partnerOfRecord: partner.partnerId,
        ...registered,
      },
    });
    await this.#world.stage.settle();
    return value;
  }

  override register(partner: PartnerAtWork, programId: ProgramId, wanted: Wanted): Promise<DealRegistration> {
    return super.register(partner, programId, { productFamilies: ['flasharray'], ...wanted });
  }

  /** Registered, approved and ordered on one day. */
  async win(partner: PartnerAtWork, programId: ProgramId, wanted: Wanted): Promise<Won> {
    return this.order(await this.approve(await this.register(partner, programId, wanted)));
  }

  /** Billing reports the order of today, fulfilled by the deal's own partner unless told. */
  async order(deal: DealRegistration, told: Partial<Order> = {}): Promise<Won> {
    const body = { ...(await this.#nextOrder(deal)), fulfilledBy: deal.partnerId, ...told };
    const { value } = await this.#billing.deals.win({ params: { dealId: deal.id }, body });
    await this.#world.stage.settle();
    if (value.status !== 'won') throw new Error(`ordered, and yet ${value.status}`);
    return value;
  }

  /** What the typed client can't even say. */
  async orderWithoutPartner(deal: DealRegistration): Promise<Pick<Problem, 'status' | 'code' | 'faults'>> {
    const { orderNumber, orderedOn, amount } = await this.#nextOrder(deal);
    const answer = await fetch(`${this.#world.url}/v1/deals/${deal.id}/order`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await this.#world.token('billing-system')}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      body: JSON.stringify({ orderNumber, orderedOn: String(orderedOn), amount: z.encode(Money, amount) }),
    });
    return Problem.parse(await answer.json());
  }

  async #nextOrder({ amount }: DealRegistration) {
    this.#reported += 1;
    return { orderNumber: `ORDER-${this.#reported}`, orderedOn: await this.today(), amount };
  }

  /** The program on a day, today unless told, as it was known at an instant. */
  async inForce(programId: ProgramId, on?: Day, known?: Instant) {
    const { value } = await this.#manager.programs.inForce({ params: { programId }, query: { ...(on && { on }), ...(known && { known }) } });
    return value;
  }

  /** What a partner is told that it lacks for a tier. */
  async gap(partner: PartnerAtWork, programId: ProgramId, tier: Key): Promise<TierGap> {
    const { id } = await this.standing(partner, programId);
    const { value } = await partner.system.tiering.gap({ params: { standingId: id } });
    const found = value.ladders.flatMap(({ tiers }) => tiers).find((one) => one.tier === tier);
    if (found === undefined) throw new Error(`${partner.partnerId} is told nothing of ${tier}`);
    return found;
  }
}

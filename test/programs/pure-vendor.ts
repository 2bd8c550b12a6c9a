/** A vendor of arrays: what stands at its end customers and who is of record for it, orders by any route, and what each side reads of the program. */
import type { Day, Instant } from '@echelon/calendar';
import { Problem } from '@echelon/contracts';
import type { DealRegistration, DealSubmission } from '@echelon/contracts/deals';
import type { ProgramId } from '@echelon/contracts/ids';
import type { Asset, AssetRegistration } from '@echelon/contracts/partners';
import { Money } from '@echelon/money';
import type { ProgramDocument } from '@echelon/program';
import * as z from 'zod';
import { type Actor, actor } from '../journeys/cast.ts';
import { opportunity, type PartnerAtWork } from '../journeys/one-deal.ts';
import type { localWorld } from '../local-world.ts';
import { Vendor, type Won } from './vendor.ts';

type LocalWorld = Awaited<ReturnType<typeof localWorld>>;
type Wanted = Partial<DealSubmission> & { readonly dollars: number };

export class PureVendor extends Vendor {
  readonly #world: LocalWorld;
  readonly #manager: Actor;

  constructor(world: LocalWorld, document: ProgramDocument) {
    super(world, document);
    this.#world = world;
    this.#manager = actor(world, 'channel-manager');
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

  /** Registered, approved and ordered on one day. */
  async win(partner: PartnerAtWork, programId: ProgramId, wanted: Wanted): Promise<Won> {
    return this.order(await this.approve(await this.register(partner, programId, wanted)));
  }

  /** What the typed client can't even say. */
  async orderWithoutPartner(deal: DealRegistration): Promise<Pick<Problem, 'status' | 'code' | 'faults'>> {
    const orderedOn = await this.today();
    const answer = await fetch(`${this.#world.url}/v1/deals/${deal.id}/order`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await this.#world.token('billing-system')}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      body: JSON.stringify({ orderNumber: 'ORDER-1', orderedOn: String(orderedOn), amount: z.encode(Money, deal.amount) }),
    });
    return Problem.parse(await answer.json());
  }

  /** The program on a day, today unless told, as it was known at an instant. */
  async inForce(programId: ProgramId, on?: Day, known?: Instant) {
    const { value } = await this.#manager.programs.inForce({ params: { programId }, query: { ...(on && { on }), ...(known && { known }) } });
    return value;
  }
}

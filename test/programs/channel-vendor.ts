/** What a vendor and its partners do beside deals: engagements, specializations, tracks, targets, nominations, fees, credit for influence. */
import type { Day } from '@echelon/calendar';
import type { DealRegistration, DealSubmission, InfluenceStatement } from '@echelon/contracts/deals';
import type { ProgramId } from '@echelon/contracts/ids';
import { type AdmissionFee, type Engagement, type EngagementSubmission, partnerEvents } from '@echelon/contracts/partners';
import type { CountedActivity, Gap, Target } from '@echelon/contracts/tiering';
import type { EngagementKind, Key, PointsCategory, ProgramDocument } from '@echelon/program';
import { type Actor, actor } from '../journeys/cast.ts';
import { opportunity, type PartnerAtWork } from '../journeys/one-deal.ts';
import { type LocalWorld, Vendor } from './vendor.ts';

export interface OnLadder {
  readonly ladder: Key;
  readonly track: Key;
}
export type TargetSet = Pick<Target, 'measure' | 'quarter' | 'amount'>;

const plan: EngagementSubmission['evidence'] = [{ name: 'What was done', url: 'https://files.example/done.pdf', mediaType: 'application/pdf' }];

export class ChannelVendor extends Vendor {
  readonly #world: LocalWorld;
  readonly #manager: Actor;
  readonly #programManager: Actor;
  readonly #billing: Actor;

  constructor(world: LocalWorld, document: ProgramDocument) {
    super(world, document);
    this.#world = world;
    this.#manager = actor(world, 'channel-manager');
    this.#programManager = actor(world, 'program-manager');
    this.#billing = actor(world, 'billing-system');
  }

  async #after<Value>(asked: Promise<{ readonly value: Value }>): Promise<Value> {
    const { value } = await asked;
    await this.#world.stage.settle();
    return value;
  }

  /** The partner says what it did today, and shows it. */
  async submit({ system }: PartnerAtWork, programId: ProgramId, kind: EngagementKind, evidence = plan): Promise<Engagement> {
    const heldOn = await this.today();
    return this.#after(system.partners.submitEngagement({ body: { programId, kind, title: `A ${kind}`, heldOn, evidence } }));
  }

  accept({ id }: Engagement): Promise<Engagement> {
    return this.#after(this.#manager.partners.acceptEngagement({ params: { engagementId: id } }));
  }

  decline({ id }: Engagement, reason: string): Promise<Engagement> {
    return this.#after(this.#manager.partners.declineEngagement({ params: { engagementId: id }, body: { reason } }));
  }

  /** Each of them done today, and accepted. */
  async engage(partner: PartnerAtWork, programId: ProgramId, ...kinds: readonly EngagementKind[]): Promise<void> {
    for (const kind of kinds) await this.accept(await this.submit(partner, programId, kind));
  }

  /** So many of the partner's people pass the examination today. */
  async certifyPeople(partner: PartnerAtWork, programId: ProgramId, certification: Key, people: number): Promise<void> {
    for (let person = 0; person < people; person += 1) await this.certify(partner, programId, certification);
  }

  async specialize({ partnerId }: PartnerAtWork, programId: ProgramId, specialization: Key, way?: Key): Promise<void> {
    const body = { programId, specialization, from: await this.today(), ...(way !== undefined && { way }) };
    await this.#after(this.#manager.partners.grantSpecialization({ params: { partnerId }, body }));
  }

  async chooseTrack({ partnerId, system }: PartnerAtWork, programId: ProgramId, { ladder, track }: OnLadder): Promise<void> {
    await this.#after(system.partners.chooseTrack({ params: { partnerId, programId }, body: { ladder, track } }));
  }

  async confirmTrack({ partnerId }: PartnerAtWork, programId: ProgramId, { ladder, track }: OnLadder): Promise<void> {
    await this.#after(this.#manager.partners.confirmTrack({ params: { partnerId, programId, ladder }, body: { track } }));
  }

  async declineTrack({ partnerId }: PartnerAtWork, programId: ProgramId, { ladder, track }: OnLadder): Promise<void> {
    const body = { track, reason: 'Not this year.' };
    await this.#after(this.#manager.partners.declineTrack({ params: { partnerId, programId, ladder }, body }));
  }

  async setParent({ partnerId }: PartnerAtWork, parent: PartnerAtWork): Promise<void> {
    const body = { parentId: parent.partnerId, reason: 'A national company of it.' };
    await this.#after(this.#manager.partners.group({ params: { partnerId }, body }));
  }

  /** What the partner's own system is told of its fee. */
  async fee({ partnerId, system }: PartnerAtWork, programId: ProgramId): Promise<AdmissionFee | undefined> {
    const { value } = await system.partners.get({ params: { partnerId } });
    return 'enrollments' in value ? value.enrollments.find((one) => one.programId === programId)?.admissionFee : undefined;
  }

  async settleFee({ partnerId }: PartnerAtWork, programId: ProgramId): Promise<void> {
    const body = { settledOn: await this.today(), reference: 'Bank transfer 1' };
    await this.#after(this.#billing.partners.settleAdmissionFee({ params: { partnerId, programId }, body }));
  }

  async waiveFee({ partnerId }: PartnerAtWork, programId: ProgramId, reason: string): Promise<void> {
    await this.#after(this.#programManager.partners.waiveAdmissionFee({ params: { partnerId, programId }, body: { reason } }));
  }

  /** All fees that partners are charged from now on. */
  feesCharged(): () => readonly unknown[] {
    return this.listen('fees', partnerEvents.AdmissionFeeCharged);
  }

  async gap(partner: PartnerAtWork, programId: ProgramId, ladder: Key): Promise<Gap['ladders'][number]> {
    const { id } = await this.standing(partner, programId);
    const { value } = await partner.system.tiering.gap({ params: { standingId: id } });
    const found = value.ladders.find((one) => one.ladder === ladder);
    if (found === undefined) throw new Error(`${partner.partnerId} stands on no ladder ${ladder}`);
    return found;
  }

  async ledger(partner: PartnerAtWork, programId: ProgramId): Promise<readonly CountedActivity[]> {
    const { id } = await this.standing(partner, programId);
    const { value } = await partner.system.tiering.points({ params: { standingId: id }, query: { limit: 100 } });
    return value.items;
  }

  async pointsBy(partner: PartnerAtWork, programId: ProgramId): Promise<Readonly<Partial<Record<PointsCategory, number>>>> {
    const sums: Partial<Record<PointsCategory, number>> = {};
    for (const { entries } of await this.ledger(partner, programId))
      for (const { category, points } of entries) sums[category] = (sums[category] ?? 0) + points;
    return sums;
  }

  async points(partner: PartnerAtWork, programId: ProgramId): Promise<number> {
    return Object.values(await this.pointsBy(partner, programId)).reduce((total, points) => total + points, 0);
  }

  async nominate(partner: PartnerAtWork, programId: ProgramId, { tier, until }: { readonly tier: Key; readonly until: Day }): Promise<void> {
    const { id } = await this.standing(partner, programId);
    const body = { tier, until, reason: 'A most strategic partner.' };
    await this.#after(this.#programManager.tiering.nominate({ params: { standingId: id }, body }));
  }

  /** By the vendor. */
  async proposeTarget(partner: PartnerAtWork, programId: ProgramId, target: TargetSet): Promise<void> {
    const { id } = await this.standing(partner, programId);
    await this.#after(this.#manager.tiering.proposeTarget({ params: { standingId: id }, body: target }));
  }

  /** By the partner. */
  async agreeTarget(partner: PartnerAtWork, programId: ProgramId, target: TargetSet): Promise<void> {
    const { id } = await this.standing(partner, programId);
    await this.#after(partner.system.tiering.agreeTarget({ params: { standingId: id }, body: target }));
  }

  async setTarget(partner: PartnerAtWork, programId: ProgramId, target: TargetSet): Promise<void> {
    await this.proposeTarget(partner, programId, target);
    await this.agreeTarget(partner, programId, target);
  }

  async cancel({ id }: DealRegistration): Promise<void> {
    await this.#after(this.#billing.deals.cancelOrder({ params: { dealId: id }, body: { reason: 'The customer does not go on.' } }));
  }

  /** An asset that the partner sold before our time, and looks after: what its renewal says of the deal. */
  async renewing({ partnerId }: PartnerAtWork, programId: ProgramId, productFamily: Key): Promise<Partial<DealSubmission>> {
    const { endCustomer } = opportunity(programId, 1n);
    const body = { programId, endCustomer, productFamily, installedOn: await this.today(), partnerOfRecord: partnerId };
    const { id } = await this.#after(this.#billing.partners.registerAsset({ body }));
    return { endCustomer, productFamilies: [productFamily], renews: id };
  }

  async creditInfluence({ id }: DealRegistration, { partnerId }: PartnerAtWork, salesPlay: Key): Promise<void> {
    const body = { partnerId, salesPlay, reason: 'It won the customer’s architects.' };
    await this.#after(this.#manager.deals.creditInfluence({ params: { dealId: id }, body }));
  }

  /** What the partner's own system is told of its credits. */
  async influences({ system }: PartnerAtWork, programId: ProgramId): Promise<readonly InfluenceStatement[]> {
    const { value } = await system.deals.influences({ query: { programId } });
    return value.items;
  }
}

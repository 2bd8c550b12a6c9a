/**
 * A vendor's program, lived: whoever may do a thing does it through the API, the clock is moved from day to day, and when an act
 * returns, all that follows from it has followed. What is done in one program and not in another are verbs of their own, which take the vendor.
 */
import { addDays, type Day, dayOf, type Instant, startOfDay } from '@echelon/calendar';
import type { EventContract } from '@echelon/contracts';
import type { DealRegistration, DealSubmission, Order } from '@echelon/contracts/deals';
import type { PersonId, ProgramId } from '@echelon/contracts/ids';
import { services } from '@echelon/contracts/services';
import type { Gap, Position, Standing, TierGap } from '@echelon/contracts/tiering';
import { type Money, money } from '@echelon/money';
import type { Key, ProgramDocument } from '@echelon/program';
import { type Actor, actor, eventually } from '../journeys/cast.ts';
import { opportunity, type PartnerAtWork } from '../journeys/one-deal.ts';
import type { localWorld } from '../local-world.ts';

export type LocalWorld = Awaited<ReturnType<typeof localWorld>>;

export const usd = (dollars: number): Money => money(BigInt(dollars) * 100n, 'USD');

export type Won = Extract<DealRegistration, { status: 'won' }>;

export interface Enrolling {
  readonly businessModels: Key[];
  readonly ladders: Key[];
}

/** A partner in the program in which it acts. */
export interface Enrolled extends PartnerAtWork {
  readonly programId: ProgramId;
}

/** A deal that nobody else has met, of so many dollars, but for what is said. */
export type Wanted = Partial<DealSubmission> & { readonly dollars: number };

export class Vendor {
  readonly world: LocalWorld;
  readonly manager: Actor;
  readonly programManager: Actor;
  readonly billing: Actor;
  readonly #zone: ProgramDocument['timeZone'];
  /** Sold where a deal says nothing else. */
  readonly #families: Key[];
  #orders = 0;

  constructor(world: LocalWorld, { timeZone, productFamilies }: ProgramDocument) {
    this.world = world;
    this.#zone = timeZone;
    this.#families = productFamilies.slice(0, 1).map(({ key }) => key);
    this.manager = actor(world, 'channel-manager');
    this.programManager = actor(world, 'program-manager');
    this.billing = actor(world, 'billing-system');
  }

  /** What was answered, once all that follows from it has followed. */
  async after<Value>(asked: Promise<{ readonly value: Value }>): Promise<Value> {
    const { value } = await asked;
    await this.world.stage.settle();
    return value;
  }

  /** It is noon of that day where the program is at home; what was due by then has been done, and some of it twice. */
  async on(day: Day): Promise<void> {
    await actor(this.world, 'operator').platform.moveClock({ body: { now: startOfDay(day, this.#zone).add({ hours: 12 }) } });
    for (const { name, sweeps } of services) for (const sweep of Object.keys(sweeps)) await this.world.sweep(name, sweep);
    await this.world.stage.settle();
    for (const { name, sweeps } of services) for (const sweep of Object.keys(sweeps)) await this.world.sweep(name, sweep);
    await this.world.stage.settle();
  }

  async today(): Promise<Day> {
    const { value } = await actor(this.world, 'operator').platform.clock({});
    return dayOf(value.now, this.#zone);
  }

  async establish(name: string): Promise<ProgramId> {
    const { value } = await this.programManager.programs.establish({ body: { name } });
    return value.id;
  }

  /** Drafted by one person, approved by another, in force from that day. */
  async publish(programId: ProgramId, document: ProgramDocument, effectiveFrom: Day): Promise<void> {
    const { value: drafted } = await this.programManager.programs.draft({ params: { programId }, body: { document } });
    const version = drafted.versions.at(-1);
    if (version === undefined) throw new Error('the draft left no version');
    const params = { programId, versionId: version.versionId };
    await actor(this.world, 'second-program-manager').programs.approve({ params });
    await this.after(this.programManager.programs.activate({ params, body: { effectiveFrom } }));
  }

  /** The program on a day, today unless told, as it was known at an instant. */
  async inForce(programId: ProgramId, on?: Day, known?: Instant) {
    const { value } = await this.manager.programs.inForce({ params: { programId }, query: { ...(on && { on }), ...(known && { known }) } });
    return value;
  }

  async partner(programId: ProgramId, legalName: string, enrolling: Enrolling): Promise<Enrolled> {
    const { value: applied } = await actor(this.world, 'partner-admin').partners.apply({ body: { legalName, country: 'US', city: 'Portland' } });
    const params = { partnerId: applied.id };
    await this.manager.partners.vet({ params, body: { outcome: 'passed' } });
    await this.manager.partners.admit({ params, body: { agreement: 'Partner Agreement' } });
    await this.manager.partners.enroll({ params, body: { programId, ...enrolling } });
    const { client, clientSecret } = await this.after(
      this.manager.partners.registerClient({ body: { name: `${legalName}: CRM`, actsFor: { role: 'partner-system', ...params } } }),
    );
    const credentials = { clientId: client.oauthClientId, clientSecret };
    const system = await eventually('the system has its rights', async () => {
      const working = actor(this.world, credentials);
      await working.partners.get({ params });
      return working;
    });
    return { ...params, programId, system };
  }

  /** One of the partner's people passes the examination today. */
  async certify({ partnerId, programId }: Enrolled, certification: Key, known?: PersonId): Promise<PersonId> {
    const from = await this.today();
    const personId = known ?? (await this.#engineer(partnerId, from));
    await this.after(this.manager.partners.grantCertification({ params: { personId }, body: { programId, certification, from } }));
    return personId;
  }

  /** So many of the partner's people pass the examination today. */
  async certifyPeople(partner: Enrolled, certification: Key, people: number): Promise<void> {
    for (let person = 0; person < people; person += 1) await this.certify(partner, certification);
  }

  async #engineer(partnerId: PartnerAtWork['partnerId'], employedFrom: Day): Promise<PersonId> {
    const record = { name: 'Ada Lovelace', email: 'ada@partner.example' };
    const { value } = await this.manager.partners.addPerson({ params: { partnerId }, body: { record, roles: ['se'], employedFrom } });
    return value.id;
  }

  async register({ programId, system }: Enrolled, { dollars, ...wanted }: Wanted): Promise<DealRegistration> {
    const body = {
      ...opportunity(programId, BigInt(dollars)),
      productFamilies: this.#families,
      expectedCloseOn: addDays(await this.today(), 30),
      ...wanted,
    };
    return this.after(system.deals.submit({ body }));
  }

  async approve({ id }: DealRegistration): Promise<Extract<DealRegistration, { status: 'approved' }>> {
    const value = await this.after(this.manager.deals.approve({ params: { dealId: id } }));
    if (value.status !== 'approved') throw new Error(`approved, and yet ${value.status}`);
    return value;
  }

  /** Ordered today, as it was registered and fulfilled by its own partner, unless told. */
  async order({ id, amount, partnerId }: DealRegistration, told: Partial<Order> = {}): Promise<Won> {
    this.#orders += 1;
    const body = { orderNumber: `PO-${this.#orders}`, orderedOn: await this.today(), amount, fulfilledBy: partnerId, ...told };
    const value = await this.after(this.billing.deals.win({ params: { dealId: id }, body }));
    if (value.status !== 'won') throw new Error(`ordered, and yet ${value.status}`);
    return value;
  }

  /** Registered, approved and ordered on one day. */
  async sell(partner: Enrolled, wanted: Wanted): Promise<Won> {
    return this.order(await this.approve(await this.register(partner, wanted)));
  }

  /** What a partner is told of a ladder: of tiers those above its own, of tracks every one. */
  async gap(partner: Enrolled, ladder: Key): Promise<Gap['ladders'][number]> {
    const found = (await this.#gaps(partner)).find((one) => one.ladder === ladder);
    if (found === undefined) throw new Error(`${partner.partnerId} stands on no ladder ${ladder}`);
    return found;
  }

  /** What a partner is told that it lacks for a tier. */
  async gapTo(partner: Enrolled, tier: Key): Promise<TierGap> {
    const found = (await this.#gaps(partner)).flatMap(({ tiers }) => tiers).find((one) => one.tier === tier);
    if (found === undefined) throw new Error(`${partner.partnerId} is told nothing of ${tier}`);
    return found;
  }

  async #gaps(partner: Enrolled): Promise<Gap['ladders']> {
    const { id } = await this.standing(partner);
    return (await partner.system.tiering.gap({ params: { standingId: id } })).value.ladders;
  }

  async standing({ partnerId, programId, system }: Enrolled): Promise<Standing> {
    const { value } = await system.tiering.list({ query: { programId } });
    const [standing] = value.items;
    if (standing === undefined) throw new Error(`${partnerId} has no standing`);
    return standing;
  }

  async position(partner: Enrolled, ladder: Key): Promise<Position> {
    const { positions } = await this.standing(partner);
    const found = positions.find((position) => position.ladder === ladder);
    if (found === undefined) throw new Error(`${partner.partnerId} stands on no ladder ${ladder}`);
    return found;
  }

  async benefits(partner: Enrolled): Promise<readonly Key[]> {
    const { id } = await this.standing(partner);
    const { value } = await partner.system.tiering.benefits({ params: { standingId: id }, query: {} });
    return value.benefits.map(({ key }) => key);
  }

  /** As it proposes, or as is said. */
  async signOff(partner: Enrolled, ladder: Key, said?: { readonly tier: Key; readonly reason: string }): Promise<void> {
    const { id, positions } = await this.standing(partner);
    const proposed = positions.find((position) => position.ladder === ladder)?.review?.proposed;
    if (proposed === undefined) throw new Error(`no review of ${ladder} is open`);
    await this.after(this.manager.tiering.signOff({ params: { standingId: id, ladder }, body: said ?? { tier: proposed } }));
  }

  /** All events of these kinds that the bus has carried since, as it carries them. */
  listen(name: string, ...events: readonly EventContract[]): () => readonly unknown[] {
    const listener = this.world.stage.listen(name, events);
    return () => listener.received().map(({ detail }) => detail);
  }
}

/**
 * A vendor's program, lived: whoever may do a thing does it through the API, the clock is moved from day to day, and when an act
 * returns, all that follows from it has followed.
 */
import { addDays, type Day, dayOf, startOfDay } from '@echelon/calendar';
import type { EventContract } from '@echelon/contracts';
import type { DealRegistration, DealSubmission, Order } from '@echelon/contracts/deals';
import type { PersonId, ProgramId } from '@echelon/contracts/ids';
import { services } from '@echelon/contracts/services';
import type { Position, Standing, TierGap } from '@echelon/contracts/tiering';
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

export class Vendor {
  readonly #world: LocalWorld;
  readonly #zone: ProgramDocument['timeZone'];
  /** Sold where a deal says nothing else. */
  readonly #families: Key[];
  readonly #manager: Actor;
  readonly #programManager: Actor;
  #orders = 0;

  constructor(world: LocalWorld, { timeZone, productFamilies }: ProgramDocument) {
    this.#world = world;
    this.#zone = timeZone;
    this.#families = productFamilies.slice(0, 1).map(({ key }) => key);
    this.#manager = actor(world, 'channel-manager');
    this.#programManager = actor(world, 'program-manager');
  }

  /** It is noon of that day where the program is at home; what was due by then has been done, and some of it twice. */
  async on(day: Day): Promise<void> {
    await actor(this.#world, 'operator').platform.moveClock({ body: { now: startOfDay(day, this.#zone).add({ hours: 12 }) } });
    for (const { name, sweeps } of services) for (const sweep of Object.keys(sweeps)) await this.#world.sweep(name, sweep);
    await this.#world.stage.settle();
    for (const { name, sweeps } of services) for (const sweep of Object.keys(sweeps)) await this.#world.sweep(name, sweep);
    await this.#world.stage.settle();
  }

  async today(): Promise<Day> {
    const { value } = await actor(this.#world, 'operator').platform.clock({});
    return dayOf(value.now, this.#zone);
  }

  async establish(name: string): Promise<ProgramId> {
    const { value } = await this.#programManager.programs.establish({ body: { name } });
    return value.id;
  }

  /** Drafted by one person, approved by another, in force from that day. */
  async publish(programId: ProgramId, document: ProgramDocument, effectiveFrom: Day): Promise<void> {
    const { value: drafted } = await this.#programManager.programs.draft({ params: { programId }, body: { document } });
    const version = drafted.versions.at(-1);
    if (version === undefined) throw new Error('the draft left no version');
    const params = { programId, versionId: version.versionId };
    await actor(this.#world, 'second-program-manager').programs.approve({ params });
    await this.#programManager.programs.activate({ params, body: { effectiveFrom } });
    await this.#world.stage.settle();
  }

  async partner(programId: ProgramId, legalName: string, enrolling: Enrolling): Promise<PartnerAtWork> {
    const { value: applied } = await actor(this.#world, 'partner-admin').partners.apply({ body: { legalName, country: 'US', city: 'Portland' } });
    const params = { partnerId: applied.id };
    await this.#manager.partners.vet({ params, body: { outcome: 'passed' } });
    await this.#manager.partners.admit({ params, body: { agreement: 'Partner Agreement' } });
    await this.#manager.partners.enroll({ params, body: { programId, ...enrolling } });
    const { value: registered } = await this.#manager.partners.registerClient({
      body: { name: `${legalName}: CRM`, actsFor: { role: 'partner-system', ...params } },
    });
    await this.#world.stage.settle();
    const credentials = { clientId: registered.client.oauthClientId, clientSecret: registered.clientSecret };
    const system = await eventually('the system has its rights', async () => {
      const working = actor(this.#world, credentials);
      await working.partners.get({ params });
      return working;
    });
    return { ...params, system };
  }

  /** One of the partner's people passes the examination today. */
  async certify({ partnerId }: PartnerAtWork, programId: ProgramId, certification: Key, known?: PersonId): Promise<PersonId> {
    const from = await this.today();
    const personId = known ?? (await this.#engineer(partnerId, from));
    await this.#manager.partners.grantCertification({ params: { personId }, body: { programId, certification, from } });
    await this.#world.stage.settle();
    return personId;
  }

  async #engineer(partnerId: PartnerAtWork['partnerId'], employedFrom: Day): Promise<PersonId> {
    const record = { name: 'Ada Lovelace', email: 'ada@partner.example' };
    const { value } = await this.#manager.partners.addPerson({ params: { partnerId }, body: { record, roles: ['se'], employedFrom } });
    return value.id;
  }

  async register(partner: PartnerAtWork, programId: ProgramId, wanted: Partial<DealSubmission> & { dollars: number }): Promise<DealRegistration> {
    const { dollars, ...rest } = wanted;
    const body = {
      ...opportunity(programId, BigInt(dollars)),
      productFamilies: this.#families,
      expectedCloseOn: addDays(await this.today(), 30),
      ...rest,
    };
    const { value } = await partner.system.deals.submit({ body });
    await this.#world.stage.settle();
    return value;
  }

  async approve({ id }: DealRegistration): Promise<Extract<DealRegistration, { status: 'approved' }>> {
    const { value } = await this.#manager.deals.approve({ params: { dealId: id } });
    await this.#world.stage.settle();
    if (value.status !== 'approved') throw new Error(`approved, and yet ${value.status}`);
    return value;
  }

  /** Ordered today, as it was registered and fulfilled by its own partner, unless told. */
  async order({ id, amount, partnerId }: DealRegistration, told: Partial<Order> = {}): Promise<Won> {
    this.#orders += 1;
    const body = { orderNumber: `PO-${this.#orders}`, orderedOn: await this.today(), amount, fulfilledBy: partnerId, ...told };
    const { value } = await actor(this.#world, 'billing-system').deals.win({ params: { dealId: id }, body });
    await this.#world.stage.settle();
    if (value.status !== 'won') throw new Error(`ordered, and yet ${value.status}`);
    return value;
  }

  /** What a partner is told that it lacks for a tier. */
  async gapTo(partner: PartnerAtWork, programId: ProgramId, tier: Key): Promise<TierGap> {
    const { id } = await this.standing(partner, programId);
    const { value } = await partner.system.tiering.gap({ params: { standingId: id } });
    const found = value.ladders.flatMap(({ tiers }) => tiers).find((one) => one.tier === tier);
    if (found === undefined) throw new Error(`${partner.partnerId} is told nothing of ${tier}`);
    return found;
  }

  /** Registered, approved and ordered on one day. */
  async sell(partner: PartnerAtWork, programId: ProgramId, dollars: number): Promise<Extract<DealRegistration, { status: 'approved' }>> {
    const deal = await this.approve(await this.register(partner, programId, { dollars }));
    await this.order(deal);
    return deal;
  }

  async standing({ partnerId, system }: PartnerAtWork, programId: ProgramId): Promise<Standing> {
    const { value } = await system.tiering.list({ query: { programId } });
    const [standing] = value.items;
    if (standing === undefined) throw new Error(`${partnerId} has no standing`);
    return standing;
  }

  async position(partner: PartnerAtWork, programId: ProgramId, ladder: Key): Promise<Position> {
    const { positions } = await this.standing(partner, programId);
    const found = positions.find((position) => position.ladder === ladder);
    if (found === undefined) throw new Error(`${partner.partnerId} stands on no ladder ${ladder}`);
    return found;
  }

  async benefits(partner: PartnerAtWork, programId: ProgramId): Promise<readonly Key[]> {
    const { id } = await this.standing(partner, programId);
    const { value } = await partner.system.tiering.benefits({ params: { standingId: id }, query: {} });
    return value.benefits.map(({ key }) => key);
  }

  async signOff(partner: PartnerAtWork, programId: ProgramId, ladder: Key): Promise<void> {
    const { id, positions } = await this.standing(partner, programId);
    const proposed = positions.find((position) => position.ladder === ladder)?.review?.proposed;
    if (proposed === undefined) throw new Error(`no review of ${ladder} is open`);
    await this.#manager.tiering.signOff({ params: { standingId: id, ladder }, body: { tier: proposed } });
    await this.#world.stage.settle();
  }

  /** The days of all events of a kind that the bus has carried since. */
  listen(name: string, ...events: readonly EventContract[]): () => readonly unknown[] {
    const listener = this.#world.stage.listen(name, events);
    return () => listener.received().map(({ detail }) => detail);
  }
}

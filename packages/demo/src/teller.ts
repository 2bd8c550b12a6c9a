/** Tells stories: whoever may do a thing does it, month by month, the partners of all programs side by side. */
import { type Day, dayOf, isBefore, startOfDay, systemClock } from '@echelon/calendar';
import type { PartnerId, ProgramId } from '@echelon/contracts/ids';
import { documents } from '@echelon/program/documents';
import { type Clients, type Credentials, clientsOf, type Place } from './clients.ts';
import { type Acting, dayIn, MONTHS, type PartnerStory, type Story, type Vendor } from './story.ts';

export interface Telling extends Place {
  /** Resolves when all that was done has arrived wherever it is heard. */
  readonly settled: () => Promise<unknown>;
  /** Told what is being done, for whoever waits. */
  readonly says: (what: string) => void;
}
interface Joined {
  readonly partnerId: PartnerId;
  readonly credentials: Credentials;
  readonly system: Clients;
}
interface Established {
  readonly story: Story;
  readonly programId: ProgramId;
}
export interface Told extends Established {
  readonly joined: ReadonlyMap<string, Joined>;
}

/** Of all programs the zone where a day begins and ends last: what has happened there has happened everywhere. */
const zone = documents.puppet.timeZone;
/** Of acts that name what they change: a key belongs to its route and to that. */
const key = 'demo';
const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/**
 * Told again, or taken up after it was cut off, it changes nothing that was done: every act has a key of its own, and the clock does
 * not go back to months that are over.
 */
export const tell = async (stories: readonly Story[], telling: Telling): Promise<readonly Told[]> => {
  const { settled, says } = telling;
  const vendor: Vendor = {
    partnerAdmin: clientsOf(telling, 'partner-admin'),
    channelManager: clientsOf(telling, 'channel-manager'),
    programManager: clientsOf(telling, 'program-manager'),
    secondProgramManager: clientsOf(telling, 'second-program-manager'),
    billing: clientsOf(telling, 'billing-system'),
    operator: clientsOf(telling, 'operator'),
  };
  const established = await Promise.all(stories.map((story) => establish(story, vendor)));
  const { began, reached } = await takenUp(established, vendor);
  const enter = async (month: number): Promise<void> => {
    if (month < reached) return;
    const now = month === MONTHS ? systemClock.now() : startOfDay(dayIn(began, month), zone).add({ hours: 12 });
    await vendor.operator.platform.moveClock({ body: { now } });
    await vendor.operator.sweep();
    await settled();
  };
  await enter(0);
  says(`${dayIn(began, 0)}: ${stories.length} programs in force, ${stories.flatMap(({ partners }) => partners).length} partners join them`);
  await Promise.all(established.map((one) => bringInForce(one, began, vendor)));
  await settled();
  const told = await Promise.all(established.map(async (one) => ({ ...one, joined: await join(one, telling, vendor) })));
  await settled();
  for (let month = 1; month <= MONTHS; month++) {
    says(`${dayIn(began, month)}: ${month === MONTHS ? 'the present' : `month ${month} of ${MONTHS}`}`);
    await enter(month);
    // What is due for review now is left to whoever looks at the demo.
    if (month >= reached && month < MONTHS) await Promise.all(told.map((one) => signOff(one, vendor)));
    await Promise.all(told.map((one) => live(one, { month, began, vendor })));
    await settled();
  }
  return told;
};

/** When it all begins, and how far an earlier load came: the programs and the clock tell. */
const takenUp = async (established: readonly Established[], { programManager, operator }: Vendor): Promise<{ began: Day; reached: number }> => {
  const today = dayOf(systemClock.now(), zone);
  for (const { programId } of established) {
    const { value } = await programManager.programs.get({ params: { programId } });
    const active = value.versions.find((version) => version.status === 'active');
    if (active?.status !== 'active') continue;
    const { value: clock } = await operator.platform.clock({});
    const began = active.effectiveFrom;
    const on = dayOf(clock.now, zone);
    const months = Array.from({ length: MONTHS }, (_, before) => dayIn(began, before + 1));
    return { began, reached: months.filter((day) => !isBefore(on, day)).length };
  }
  return { began: dayIn(today, -MONTHS), reached: 0 };
};

const establish = async (story: Story, { programManager }: Vendor): Promise<Established> => {
  const body = { name: documents[story.document].name };
  const { value } = await programManager.programs.establish({ key: slugOf(story.document), body });
  return { story, programId: value.id };
};

const bringInForce = async (
  { story, programId }: Established,
  effectiveFrom: Day,
  { programManager, secondProgramManager }: Vendor,
): Promise<void> => {
  const document = documents[story.document];
  const { value } = await programManager.programs.draft({ key, params: { programId }, body: { document } });
  const versionId = value.versions[0]?.versionId;
  if (versionId === undefined) throw new Error('the draft left no version');
  const params = { programId, versionId };
  await secondProgramManager.programs.approve({ key, params });
  await programManager.programs.activate({ key, params, body: { effectiveFrom } });
};

const join = async ({ story, programId }: Established, telling: Telling, vendor: Vendor): Promise<ReadonlyMap<string, Joined>> =>
  new Map(
    await Promise.all(story.partners.map(async (partner) => [partner.legalName, await joinOne(partner, { programId, telling, vendor })] as const)),
  );

interface Joining {
  readonly programId: ProgramId;
  readonly telling: Telling;
  readonly vendor: Vendor;
}
const joinOne = async (partner: PartnerStory, { programId, telling, vendor: { partnerAdmin, channelManager } }: Joining): Promise<Joined> => {
  const { legalName, country, city, businessModels, ladders } = partner;
  const named = slugOf(legalName);
  const { value: applied } = await partnerAdmin.partners.apply({ key: named, body: { legalName, country, city } });
  const params = { partnerId: applied.id };
  await channelManager.partners.vet({ key, params, body: { outcome: 'passed' } });
  await channelManager.partners.admit({ key, params, body: { agreement: 'Partner Agreement (illustrative)' } });
  await channelManager.partners.enroll({ key, params, body: { programId, businessModels, ladders } });
  const { value } = await channelManager.partners.registerClient({
    key: named,
    body: { name: `${legalName}: CRM`, actsFor: { role: 'partner-system', ...params } },
  });
  const credentials = { clientId: value.client.oauthClientId, clientSecret: value.clientSecret };
  return { ...params, credentials, system: clientsOf(telling, credentials) };
};

interface Month {
  readonly month: number;
  readonly began: Day;
  readonly vendor: Vendor;
}
/** Partners side by side; what one of them does, in order. */
const live = async ({ story, programId, joined }: Told, { month, began, vendor }: Month): Promise<void> => {
  const { productFamilies, fiscalCalendar } = documents[story.document];
  const [family] = productFamilies;
  if (family === undefined) throw new Error(`${story.document} sells nothing`);
  const partnerNamed = (name: string): Joined => {
    const found = joined.get(name);
    if (found === undefined) throw new Error(`${story.document} tells of no ${name}`);
    return found;
  };
  const lived = story.partners.map(async ({ legalName, route = 'reseller', year }) => {
    const slug = slugOf(legalName);
    const acting: Acting = {
      ...partnerNamed(legalName),
      programId,
      route,
      slug,
      productFamily: family.key,
      fiscalStartMonth: fiscalCalendar.startMonth,
      began,
      today: dayIn(began, month),
      present: dayIn(began, MONTHS),
      key: (name) => `${slug}-${month}-${slugOf(name)}`,
      vendor,
      other: (name) => partnerNamed(name).partnerId,
    };
    try {
      for (const [due, ...acts] of year) if (due === month) for (const act of acts) await act(acting);
    } catch (cause) {
      throw new Error(`${legalName}, month ${month}: ${cause instanceof Error ? cause.message : cause}`, { cause });
    }
  });
  await Promise.all(lived);
};

/** Each open review, as proposed. */
const signOff = async ({ story, programId, joined }: Told, { channelManager }: Vendor): Promise<void> => {
  const left = new Set(story.partners.filter(({ reviewIsLeftOpen }) => reviewIsLeftOpen).map(({ legalName }) => joined.get(legalName)?.partnerId));
  for await (const { id, partnerId, positions } of channelManager.tiering.list.all({ query: { programId, limit: 100 } }))
    for (const { ladder, review } of positions)
      if (review !== undefined && !left.has(partnerId))
        await channelManager.tiering.signOff({ params: { standingId: id, ladder }, body: { tier: review.proposed } });
};

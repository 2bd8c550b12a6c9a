/** Through the real handlers, on a real table: who sees what, what races come to, and a year lived with the clock. */
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { addDays, type Day, dayOf, Instant, startOfDay } from '@echelon/calendar';
import { Envelope } from '@echelon/contracts';
import type { AssetId, CertificationId, PartnerId, PersonId, ProgramId } from '@echelon/contracts/ids';
import { partners as contract, Person, type PersonRecord, partnerEvents, personEvents } from '@echelon/contracts/partners';
import { programs } from '@echelon/contracts/programs';
import { accept } from '@echelon/decider';
import { listing, openTable } from '@echelon/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { document } from '../../../test/given.ts';
import { type Actor, actor, eventually } from '../../../test/journeys/cast.ts';
import { type PartnerAtWork, partnerAtWork, programInForce } from '../../../test/journeys/one-deal.ts';
import { localWorld } from '../../../test/local-world.ts';
import * as person from './person/person.ts';
import { lists, peopleIn } from './store.ts';

const zone = document.timeZone;
let world: Awaited<ReturnType<typeof localWorld>>;
let programId: ProgramId;
let manager: Actor['partners'];
let billing: Actor['partners'];
let operator: Actor;
let today: Day;
let told: () => readonly Envelope[];

beforeAll(async () => {
  world = await localWorld({ services: [{ contract: programs }, { contract }] });
  const { received } = world.stage.listen('watch', Object.values({ ...partnerEvents, ...personEvents }));
  told = () => received().map(({ detail }) => Envelope.parse(detail));
  programId = await programInForce(world);
  [manager, billing, operator] = [actor(world, 'channel-manager').partners, actor(world, 'billing-system').partners, actor(world, 'operator')];
  today = dayOf((await operator.platform.clock({})).value.now, zone);
});
afterAll(() => world.close());

let number = 0;
const newPartner = (): Promise<PartnerAtWork> => partnerAtWork(world, programId, `Partner ${++number} Ltd`);
/** One of the partner's people who looks after the others. */
const adminOf = async (partnerId: PartnerId): Promise<Actor['partners']> => {
  const clientId = `admin-${partnerId}`;
  await world.stage.register({ clientId, secret: 'secret', role: 'partner-admin', partnerId });
  return actor(world, { clientId, clientSecret: 'secret' }).partners;
};
const assetOf = async (partnerOfRecord: PartnerId): Promise<AssetId> => {
  const body = { programId, endCustomer: { name: 'Acme', country: 'US' }, productFamily: 'storage', installedOn: today, partnerOfRecord };
  return (await billing.registerAsset({ body })).value.id;
};
const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: { problem?: { code?: string } }) => error.problem?.code ?? String(error),
  );
const because = { reason: 'It leaves the market.' };

describe('offboarding', () => {
  it('is refused its end while the partner is of record for anything, and then is for good', async () => {
    const [leaver, heir] = [await newPartner(), await newPartner()];
    const params = { partnerId: leaver.partnerId };
    const [first, second] = [await assetOf(leaver.partnerId), await assetOf(leaver.partnerId)];
    expect(await refusal(manager.leave({ params }))).toBe('not-offboarding');
    await manager.beginOffboarding({ params, body: because });
    await expect(manager.leave({ params })).rejects.toThrow('Assets that the partner is still of record for: 2.');
    expect(await refusal(assetOf(leaver.partnerId))).toBe('not-enrolled');

    await manager.reassignAsset({ params: { assetId: first }, body: { to: heir.partnerId, ...because } });
    await expect(manager.leave({ params })).rejects.toThrow('of record for: 1.');
    await billing.retireAsset({ params: { assetId: second }, body: { on: today, reason: 'Replaced.' } });
    expect((await manager.leave({ params })).value.status).toBe('left');
    expect(await refusal(manager.reassignAsset({ params: { assetId: first }, body: { to: leaver.partnerId, ...because } }))).toBe('not-enrolled');
    expect(await refusal(manager.reinstate({ params, body: because }))).toBe('not-suspended');
  });

  it('and an asset that comes in between: whoever is first, no asset is orphaned', async () => {
    const heir = await newPartner();
    for (let round = 0; round < 6; round++) {
      const { partnerId } = await newPartner();
      const params = { partnerId };
      const moved = await assetOf(heir.partnerId);
      const leaving = manager.beginOffboarding({ params, body: because }).then(() => refusal(manager.leave({ params })));
      const coming = [
        assetOf(partnerId),
        assetOf(partnerId),
        manager.reassignAsset({ params: { assetId: moved }, body: { to: partnerId, ...because } }),
      ];
      const [left, ...came] = await Promise.all([leaving, ...coming.map(refusal)]);
      for (const outcome of came) expect(['done', 'not-enrolled']).toContain(outcome);
      expect(left).toBe(came.includes('done') ? 'of-record' : 'done');
      const { value: asset } = await manager.asset({ params: { assetId: moved } });
      expect(asset.partnerOfRecord).toBe(came[2] === 'done' ? partnerId : heir.partnerId);
    }
  });
});

describe('an asset', () => {
  it('is seen by its partner of record: after a reassignment the former sees nothing, and the list follows', async () => {
    const [one, other] = [await newPartner(), await newPartner()];
    const params = { assetId: await assetOf(one.partnerId) };
    const seenBy = async ({ system }: PartnerAtWork) => {
      const { value } = await system.partners.assets({ query: { programId } });
      return [await refusal(system.partners.asset({ params })), value.items.map(({ id }) => id)];
    };
    const missing = await refusal(one.system.partners.asset({ params: { assetId: `asset_${'0'.repeat(26)}` as AssetId } }));
    await eventually('it is listed', async () => ((await seenBy(one))[1]?.length === 1 ? true : undefined));
    expect([await seenBy(one), await seenBy(other)]).toEqual([
      ['done', [params.assetId]],
      [missing, []],
    ]);
    await manager.reassignAsset({ params, body: { to: other.partnerId, reason: 'The customer asked for it.' } });
    await eventually('the list follows', async () => ((await seenBy(other))[1]?.length === 1 ? true : undefined));
    expect([await seenBy(one), await seenBy(other)]).toEqual([
      [missing, []],
      ['done', [params.assetId]],
    ]);
    const of = async (query: { partnerId?: PartnerId }, who = manager) => (await who.assets({ query: { programId, ...query } })).value.items.length;
    expect([await of({ partnerId: other.partnerId }), await of({ partnerId: one.partnerId })]).toEqual([1, 0]);
    expect(await of({ partnerId: other.partnerId }, one.system.partners)).toBe(0);
  });
});

describe('a person', () => {
  const record: PersonRecord = { name: 'Wilhelmina Quartermaine', email: 'w.quartermaine@personal.example' };
  const personal = /Quartermaine|personal\.example|Wilhelm/i;
  const everything = async () => {
    const { Items = [] } = await world.stage.dynamodb.send(new ScanCommand({ TableName: `${world.stage.tables.partners}`, ConsistentRead: true }));
    return Items;
  };

  it('has a name in one record alone, which goes with anonymisation; history and replay stay whole', async () => {
    const readLog = world.logFromNow();
    const { partnerId } = await newPartner();
    const admin = await adminOf(partnerId);
    const adding = { params: { partnerId }, body: { record, roles: ['se'], employedFrom: today }, key: crypto.randomUUID() };
    const { value: added } = await admin.addPerson(adding);
    const params = { personId: added.id };
    await admin.correctRecord({ params, body: { ...record, name: 'Wilhelmina van Quartermaine' } });
    await manager.grantCertification({ params, body: { programId, certification: 'systems-engineer', from: today } });

    const seen = async (who: Actor['partners']) => (await who.person({ params })).value.record?.name;
    expect(await seen(admin)).toBe('Wilhelmina van Quartermaine');
    for (const role of ['channel-manager', 'auditor'] as const) expect(await seen(actor(world, role).partners)).toBe('Wilhelmina van Quartermaine');
    for (const role of ['finance', 'program-manager', 'billing-system'] as const) expect(await seen(actor(world, role).partners)).toBeUndefined();
    const holding = (await everything()).filter((item) => personal.test(JSON.stringify(item)));
    expect(holding.map(({ pk, sk }) => [pk?.S, sk?.S])).toEqual([[added.id, 'RECORD']]);

    // What a repetition is recognised by is no hash of what is personal alone: the same, sent under another key, gives another.
    const { value: twin } = await admin.addPerson({ ...adding, key: crypto.randomUUID() });
    const causes = (await everything()).filter(
      ({ pk, sk, version }) => sk?.S?.startsWith('CAUSE#') && version?.N === '1' && [added.id, twin.id].includes(`${pk?.S}` as PersonId),
    );
    expect(new Set(causes.map(({ hash }) => hash?.S)).size).toBe(2);
    await admin.endEmployment({ params: { personId: twin.id }, body: { employedUntil: today } });
    await admin.anonymise({ params: { personId: twin.id } });

    expect(await refusal(admin.anonymise({ params }))).toBe('still-employed');
    await admin.endEmployment({ params, body: { employedUntil: today } });
    expect((await admin.anonymise({ params })).value).toMatchObject({ status: 'anonymised', certifications: [{ until: today, ended: 'revoked' }] });
    expect([await seen(admin), await seen(manager)]).toEqual([undefined, undefined]);
    expect(await refusal(admin.correctRecord({ params, body: record }))).toBe('anonymised');
    // The very first request, repeated, is answered as then, and says no name; with another name it is another request.
    expect((await admin.addPerson(adding)).value).toEqual(added);
    expect(await refusal(admin.addPerson({ ...adding, body: { ...adding.body, record: { ...record, name: 'Another' } } }))).toBe('key-reused');

    await world.stage.settle();
    expect((await everything()).filter((item) => personal.test(JSON.stringify(item)))).toEqual([]);
    expect(told().filter((envelope) => personal.test(JSON.stringify(envelope)))).toEqual([]);
    expect((await readLog()).filter((line) => personal.test(line))).toEqual([]);
    expect(await replayed(added.id)).toEqual((await manager.person({ params })).value.person);
  });

  const replayed = async (id: PersonId) => {
    const commits = await peopleIn(openTable(world.stage.dynamodb, `${world.stage.tables.partners}`)).history(id);
    const events = commits
      .flatMap((commit) => commit.events)
      .map(({ type, at, data }) => {
        // The name finds the schema of its own data, which TypeScript can't follow.
        const schema: z.ZodType = personEvents[type as keyof typeof personEvents].data;
        return { type, ...z.object({ at: Instant, data: schema }).parse({ at, data }) } as person.PersonEvent;
      });
    return events.reduce(person.evolve, person.none(id));
  };

  it('is its own partner’s: another sees none, lists none and adds none', async () => {
    const [own, other] = [await newPartner(), await newPartner()];
    const [admin, stranger] = [await adminOf(own.partnerId), await adminOf(other.partnerId)];
    const of = { params: { partnerId: own.partnerId } };
    const adding = { ...of, body: { record, roles: [], employedFrom: today } };
    const { value: added } = await admin.addPerson(adding);
    expect(await refusal(stranger.addPerson(adding))).toBe('not-found');
    expect(await refusal(stranger.people(of))).toBe('not-found');
    // Who applied for a partner sees it, and is not thereby of its people.
    const applicant = actor(world, 'partner-admin').partners;
    expect([await refusal(applicant.get(of)), await refusal(applicant.people(of)), await refusal(applicant.addPerson(adding))]).toEqual([
      'done',
      'not-found',
      'not-found',
    ]);
    for (const call of [stranger.person, stranger.anonymise]) expect(await refusal(call({ params: { personId: added.id } }))).toBe('not-found');
    const listed = await eventually('the person is listed', async () => (await admin.people(of)).value.items[0]);
    expect([listed, personal.test(JSON.stringify(z.encode(Person, listed)))]).toEqual([added, false]);
  });
});

describe('a specialization', () => {
  it('is granted once as many people as the program asks for are certified', async () => {
    const { partnerId } = await newPartner();
    const params = { partnerId };
    const body = { programId, specialization: 'data-protection', from: today };
    const certify = async () => {
      const { value } = await manager.addPerson({
        params,
        body: { record: { name: 'Ada', email: 'ada@a.example' }, roles: [], employedFrom: today },
      });
      await manager.grantCertification({ params: { personId: value.id }, body: { programId, certification: 'systems-engineer', from: today } });
    };
    await certify();
    expect(await refusal(manager.grantSpecialization({ params, body }))).toBe('too-few-certified');
    await certify();
    const { value } = await eventually('both are seen', () => manager.grantSpecialization({ params, body }));
    expect(value).toMatchObject({ specializations: [{ specialization: 'data-protection', from: today }] });
  });
});

describe('an engagement', () => {
  const submission = { kind: 'event', title: 'Autumn fair', evidence: [{ name: 'Photos', url: 'https://files.example/photos.zip' }] } as const;
  it('is submitted by the partner with its evidence, and judged by a channel manager', async () => {
    const { partnerId, system } = await newPartner();
    const body = { programId, heldOn: today, ...submission, evidence: [...submission.evidence] };
    const { value: submitted } = await system.partners.submitEngagement({ body });
    const params = { engagementId: submitted.id };
    expect(submitted).toMatchObject({ status: 'submitted', partnerId, heldOn: today });
    expect(await refusal(system.partners.acceptEngagement({ params }))).toBe('forbidden');
    expect((await manager.acceptEngagement({ params })).value.status).toBe('accepted');
    expect((await manager.revokeEngagement({ params, body: because })).value).toMatchObject({ status: 'revoked', decidedBy: 'channel-manager' });
    const [own] = await eventually('it is listed', async () => {
      const { value } = await system.partners.engagements({ query: { programId, status: 'revoked' } });
      return value.items.length > 0 ? value.items : undefined;
    });
    expect(own?.id).toBe(submitted.id);
    expect((await (await newPartner()).system.partners.engagements({ query: { programId, partnerId } })).value.items).toEqual([]);
  });

  it('is none of a suspended partner, which goes on reading what is its own', async () => {
    const { partnerId, system } = await newPartner();
    const params = { partnerId };
    await manager.suspend({ params, body: because });
    const body = { programId, heldOn: today, ...submission, evidence: [...submission.evidence] };
    expect(await refusal(system.partners.submitEngagement({ body }))).toBe('not-enrolled');
    expect((await system.partners.get({ params })).value.status).toBe('suspended');
    await manager.reinstate({ params, body: { reason: 'Paid.' } });
    expect(await refusal(system.partners.submitEngagement({ body }))).toBe('done');
  });
});

describe('as time goes by', () => {
  /** The first instant of so many days from today. */
  const at = (days: number): Instant => startOfDay(addDays(today, days), zone);
  const livedUntil = async (days: number, ...sweeps: readonly string[]) => {
    await operator.platform.moveClock({ body: { now: at(days) } });
    // Each twice, since a sweep may be doubled.
    for (const sweep of [...sweeps, ...sweeps]) await world.sweep('partners', sweep);
  };
  const toldOf = async (id: string, count: number) =>
    eventually(`${count} events of ${id}`, async () => {
      const seen = [
        ...new Map(
          told()
            .filter(({ aggregateId }) => aggregateId === id)
            .map((envelope) => [envelope.id, envelope]),
        ).values(),
      ];
      if (seen.length < count) return undefined;
      expect(seen.length).toBe(count);
      return seen.toSorted((a, b) => a.version - b.version);
    });

  it('a certification is announced and ends: late sweeps give one notice, doubled ones none more', async () => {
    const before = (await operator.platform.clock({})).value.now;
    const { partnerId } = await newPartner();
    const body = { record: { name: 'Ada', email: 'ada@a.example' }, roles: [], employedFrom: today };
    const { value } = await manager.addPerson({ params: { partnerId }, body });
    const params = { personId: value.id };
    await manager.grantCertification({ params, body: { programId, certification: 'systems-engineer', from: today, until: addDays(today, 100) } });
    try {
      await livedUntil(9, 'certifications');
      await livedUntil(10, 'certifications');
      // The sweeps of two months don't run: of 60 and 30 days only the later is still worth saying.
      await livedUntil(80, 'certifications');
      await livedUntil(150, 'certifications');
      const events = await toldOf(value.id, 5);
      const said = events.map(({ type, data }) => [type, (data as { daysBefore?: number }).daysBefore]);
      expect(said.slice(2)).toEqual([
        ['CertificationExpiryNoticed', 90],
        ['CertificationExpiryNoticed', 30],
        ['CertificationExpired', undefined],
      ]);
      expect([events.at(-1)?.occurredAt, events.at(-1)?.recordedAt.epochMilliseconds]).toEqual([at(101), expect.any(Number)]);
      expect((await manager.person({ params })).value.person).toMatchObject({ certifications: [{ noticed: 30, ended: 'expired' }] });
    } finally {
      await operator.platform.moveClock({ body: { now: before } });
    }
  });

  it('all that is due is told in one run, however much it is', async () => {
    const MANY = 130;
    const table = openTable(world.stage.dynamodb, `${world.stage.tables.partners}`);
    const people = peopleIn(table);
    const { partnerId } = await newPartner();
    const now = at(0);
    const granted: person.PersonEvent = {
      type: 'CertificationGranted',
      at: now,
      data: {
        certification: {
          ...{ id: `cert_${'0'.repeat(26)}` as CertificationId, programId, certification: 'systems-engineer', timeZone: zone },
          ...{ from: addDays(today, -400), until: addDays(today, -10) },
        },
        by: 'bob',
      },
    };
    const added: person.PersonEvent = { type: 'PersonAdded', at: now, data: { partnerId, roles: [], employedFrom: today, by: 'bob' } };
    const ids = Array.from({ length: MANY }, (_, n) => `prsn_${String(n).padStart(26, '0')}`);
    const cause = { id: 'many', hash: 'h', by: {}, recordedAt: z.encode(Instant, now), forgettable: true, timeLeft: () => 60_000 };
    for (const id of ids) await people.decide(id, cause, () => accept([added, granted]));
    await eventually('all are listed as due', async () => {
      const { items } = await listing(table, Person)({ ...lists.certificationsDue, limit: 2 * MANY });
      return items.length >= MANY ? true : undefined;
    });
    await world.sweep('partners', 'certifications');
    for (const id of ids)
      expect(await people.find(id, { principal: 'x', sees: 'all' })).toMatchObject({ state: { certifications: [{ ended: 'expired' }] } });
  });

  it('a partner is found inactive, proposed for removal, kept, and active again by what it does', async () => {
    const before = (await operator.platform.clock({})).value.now;
    const { partnerId } = await newPartner();
    const params = { partnerId };
    const inactivity = async () => {
      const { value } = await manager.get({ params });
      return value.status === 'admitted' ? value.inactivity : undefined;
    };
    const days = document.inactivityDays;
    try {
      await livedUntil(days, 'inactivity');
      expect(await inactivity()).toBeUndefined();
      await livedUntil(days + 10, 'inactivity');
      expect(await inactivity()).toEqual({ lastActiveOn: today, flaggedOn: addDays(today, days + 10) });
      await livedUntil(days + 60, 'inactivity');
      expect(await inactivity()).toMatchObject({ removalProposedOn: addDays(today, days + 60) });
      await manager.keep({ params, body: { reason: 'It has a new owner.' } });
      await livedUntil(days + 61, 'inactivity');
      expect(await inactivity()).toBeUndefined();

      await livedUntil(3 * days, 'inactivity');
      expect(await inactivity()).toMatchObject({ flaggedOn: addDays(today, 3 * days) });
      const body = { record: { name: 'Ada', email: 'ada@a.example' }, roles: [], employedFrom: today };
      const { value } = await manager.addPerson({ params, body });
      await manager.grantCertification({
        params: { personId: value.id },
        body: { programId, certification: 'systems-engineer', from: addDays(today, 3 * days) },
      });
      await eventually('it is active again', async () => ((await inactivity()) === undefined ? true : undefined));
      await livedUntil(3 * days + 1, 'inactivity');
      expect(await inactivity()).toBeUndefined();
    } finally {
      await operator.platform.moveClock({ body: { now: before } });
    }
  });
});

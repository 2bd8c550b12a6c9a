/** Through the real handlers, on a real table: where a person has a name, who sees it, and what is left without it. */
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { addDays, Instant } from '@echelon/calendar';
import type { PersonId } from '@echelon/contracts/ids';
import { Person, type PersonRecord, personEvents } from '@echelon/contracts/partners';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Actor, actor, eventually } from '../../../../test/journeys/cast.ts';
import { partnersWorld, refusal } from '../../../../test/partners-world.ts';
import { peopleIn } from '../store.ts';
import * as person from './person.ts';

let here: Awaited<ReturnType<typeof partnersWorld>>;
beforeAll(async () => {
  here = await partnersWorld();
});
afterAll(() => here.world.close());

describe('a person', () => {
  const record: PersonRecord = { name: 'Wilhelmina Quartermaine', email: 'w.quartermaine@personal.example' };
  const personal = /Quartermaine|personal\.example|Wilhelm/i;
  const everything = async () => {
    const { Items = [] } = await here.world.stage.dynamodb.send(
      new ScanCommand({ TableName: `${here.world.stage.tables.partners}`, ConsistentRead: true }),
    );
    return Items;
  };

  it('has a name in one record alone, which goes with anonymisation; history and replay stay whole', async () => {
    const readLog = here.world.logFromNow();
    const { partnerId } = await here.newPartner();
    const admin = await here.adminOf(partnerId);
    const adding = { params: { partnerId }, body: { record, roles: ['se'], employedFrom: addDays(here.today, -30) }, key: crypto.randomUUID() };
    const { value: added } = await admin.addPerson(adding);
    const params = { personId: added.id };
    await admin.correctRecord({ params, body: { ...record, name: 'Wilhelmina van Quartermaine' } });
    await here.manager.grantCertification({ params, body: { programId: here.programId, certification: 'systems-engineer', from: here.today } });

    const seen = async (who: Actor['partners']) => (await who.person({ params })).value.record?.name;
    expect(await seen(admin)).toBe('Wilhelmina van Quartermaine');
    for (const role of ['channel-manager', 'auditor'] as const)
      expect(await seen(actor(here.world, role).partners)).toBe('Wilhelmina van Quartermaine');
    for (const role of ['finance', 'program-manager', 'billing-system'] as const)
      expect(await seen(actor(here.world, role).partners)).toBeUndefined();
    const holding = (await everything()).filter((item) => personal.test(JSON.stringify(item)));
    expect(holding.map(({ pk, sk }) => [pk?.S, sk?.S])).toEqual([[added.id, 'RECORD']]);

    // What a repetition is recognised by is no hash of what is personal alone: the same, sent under another key, gives another.
    const { value: twin } = await admin.addPerson({ ...adding, key: crypto.randomUUID() });
    const causes = (await everything()).filter(
      ({ pk, sk, version }) => sk?.S?.startsWith('CAUSE#') && version?.N === '1' && [added.id, twin.id].includes(`${pk?.S}` as PersonId),
    );
    expect(new Set(causes.map(({ hash }) => hash?.S)).size).toBe(2);
    // Over wherever they work.
    const lastDay = addDays(here.today, -2);
    await admin.endEmployment({ params: { personId: twin.id }, body: { employedUntil: lastDay } });
    await admin.anonymise({ params: { personId: twin.id } });

    expect(await refusal(admin.anonymise({ params }))).toBe('still-employed');
    await admin.endEmployment({ params, body: { employedUntil: lastDay } });
    expect((await admin.anonymise({ params })).value).toMatchObject({
      status: 'anonymised',
      certifications: [{ until: lastDay, ended: 'revoked' }],
    });
    expect([await seen(admin), await seen(here.manager)]).toEqual([undefined, undefined]);
    expect(await refusal(admin.correctRecord({ params, body: record }))).toBe('anonymised');
    // The very first request, repeated, is answered as then, and says no name; with another name it is another request.
    expect((await admin.addPerson(adding)).value).toEqual(added);
    expect(await refusal(admin.addPerson({ ...adding, body: { ...adding.body, record: { ...record, name: 'Another' } } }))).toBe('key-reused');

    await here.world.stage.settle();
    expect((await everything()).filter((item) => personal.test(JSON.stringify(item)))).toEqual([]);
    expect(here.told().filter((envelope) => personal.test(JSON.stringify(envelope)))).toEqual([]);
    expect((await readLog()).filter((line) => personal.test(line))).toEqual([]);
    expect(await replayed(added.id)).toEqual((await here.manager.person({ params })).value.person);
  });

  const replayed = async (id: PersonId) => {
    const commits = await peopleIn(here.table).history(id);
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
    const [own, other] = [await here.newPartner(), await here.newPartner()];
    const [admin, stranger] = [await here.adminOf(own.partnerId), await here.adminOf(other.partnerId)];
    const of = { params: { partnerId: own.partnerId } };
    const adding = { ...of, body: { record, roles: [], employedFrom: here.today } };
    const { value: added } = await admin.addPerson(adding);
    expect(await refusal(stranger.addPerson(adding))).toBe('not-found');
    expect(await refusal(stranger.people(of))).toBe('not-found');
    // Who applied for a partner sees it, and is not thereby of its people.
    const applicant = actor(here.world, 'partner-admin').partners;
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

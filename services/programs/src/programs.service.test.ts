/** Through the real handlers, on a real table: versions side by side, and what was in force when, as far as was known then. */
import { addDays, day, dayOf, type Instant, instant, startOfDay } from '@echelon/calendar';
import type { ProgramId, VersionId } from '@echelon/contracts/ids';
import type { ProgramDocument } from '@echelon/program';
import { documents } from '@echelon/program/documents';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actor, refusal } from '../../../test/journeys/cast.ts';
import { localWorld } from '../../../test/local-world.ts';

const later = documents['pure-2023'];
const { timeZone } = later;
const before: ProgramDocument = { ...later, name: 'Before', inactivityDays: 180 };

let world: Awaited<ReturnType<typeof localWorld>>;
beforeAll(async () => {
  world = await localWorld();
}, 120_000);
afterAll(() => world.close());

const as = (who: 'program-manager' | 'second-program-manager' | 'auditor' | 'partner-admin') => actor(world, who).programs;
const setClock = (now: Instant) => actor(world, 'operator').platform.moveClock({ body: { now } });
const noonOf = (text: string): Instant => startOfDay(day(text), timeZone).add({ hours: 12 });

const established = async (): Promise<ProgramId> => (await as('program-manager').establish({ body: { name: 'Pure' } })).value.id;
const drafted = async (programId: ProgramId, document: ProgramDocument): Promise<VersionId> => {
  const { value } = await as('program-manager').draft({ params: { programId }, body: { document } });
  const version = value.versions.at(-1);
  if (version === undefined) throw new Error('the draft left no version');
  return version.versionId;
};
const published = async (programId: ProgramId, document: ProgramDocument, from: string): Promise<VersionId> => {
  const params = { programId, versionId: await drafted(programId, document) };
  await as('second-program-manager').approve({ params });
  await as('program-manager').activate({ params, body: { effectiveFrom: day(from) } });
  return params.versionId;
};

describe('what is in force', () => {
  let programId: ProgramId;
  let [first, second] = ['', ''] as unknown as [VersionId, VersionId];
  const answer = async (query: { on?: string; known?: Instant }) => {
    const { value } = await as('auditor').inForce({
      params: { programId },
      query: { ...(query.on !== undefined && { on: day(query.on) }), ...(query.known && { known: query.known }) },
    });
    return { versionId: value.versionId, name: value.document.name, holds: JSON.parse(JSON.stringify(value.holds)) };
  };
  beforeAll(async () => {
    await setClock(noonOf('2027-01-04'));
    programId = await established();
    first = await published(programId, before, '2027-01-10');
    await setClock(noonOf('2027-01-20'));
    second = await published(programId, later, '2027-04-01');
    await setClock(noonOf('2027-04-02'));
  });

  it('is, on each day from the first on, exactly one version', async () => {
    expect(await refusal(as('auditor').inForce({ params: { programId }, query: { on: day('2027-01-09') } }))).toBe('not-found');
    const held = { versionId: first, name: 'Before', holds: { from: '2027-01-10', until: '2027-03-31' } };
    expect(await answer({ on: '2027-01-10' })).toEqual(held);
    expect(await answer({ on: '2027-03-31' })).toEqual(held);
    expect(await answer({ on: '2027-04-01' })).toEqual({ versionId: second, name: later.name, holds: { from: '2027-04-01' } });
    expect(await answer({})).toMatchObject({ versionId: second });
  });
  it('was another one, as far as was known before the second was activated', async () => {
    const known = noonOf('2027-01-19');
    expect(await answer({ on: '2027-06-01', known })).toEqual({ versionId: first, name: 'Before', holds: { from: '2027-01-10' } });
    expect(await answer({ on: '2027-06-01', known: noonOf('2027-01-21') })).toMatchObject({ versionId: second });
    expect(await refusal(as('auditor').inForce({ params: { programId }, query: { on: day('2027-06-01'), known: noonOf('2027-01-01') } }))).toBe(
      'not-found',
    );
  });
  it('is answered by all that is known as of any instant to come, up to the last that can be written', async () => {
    expect(await answer({ on: '2027-06-01', known: instant('9999-12-31T23:59:59.999Z') })).toMatchObject({ versionId: second });
  });
  it('has what is dated from its day on', async () => {
    const on = async (text: string) => (await as('partner-admin').inForce({ params: { programId }, query: { on: day(text) } })).value.document;
    const rewarded = ({ sellerRewards = [] }: ProgramDocument) => sellerRewards.map(({ key }) => key);
    expect(rewarded(await on('2027-04-30'))).toEqual(['new-logo-ae', 'new-logo-se']);
    expect(rewarded(await on('2027-05-01'))).toEqual(['new-logo-ae', 'new-logo-se', 'existing-ae', 'existing-se']);
  });
  it('stands side by side with the others: who, when, and on which days', async () => {
    const draft = await drafted(programId, later);
    const { value } = await as('auditor').versions({ params: { programId } });
    expect(value.items.map(({ version, holds }) => [version.versionId, version.status, holds && `${holds.from} to ${holds.until ?? 'now'}`])).toEqual(
      [
        [first, 'active', '2027-01-10 to 2027-03-31'],
        [second, 'active', '2027-04-01 to now'],
        [draft, 'draft', undefined],
      ],
    );
    expect(value.items[0]?.version).toMatchObject({ draftedBy: 'program-manager', approvedBy: 'second-program-manager' });
    const seen = (await as('partner-admin').versions({ params: { programId } })).value.items;
    expect(seen.map(({ version }) => version.versionId)).toEqual([first, second]);
  });
  it('is compared with another place by place; a draft only by the vendor', async () => {
    const changes = async (versionId: VersionId, since: VersionId) =>
      (await as('auditor').changes({ params: { programId, versionId }, query: { since } })).value.items;
    expect(await changes(second, first)).toEqual([
      { change: 'changed', pointer: '/name', before: 'Before', after: later.name },
      { change: 'changed', pointer: '/inactivityDays', before: 180, after: 365 },
    ]);
    const draft = await drafted(programId, later);
    expect(await changes(draft, second)).toEqual([]);
    const params = { programId, versionId: draft };
    expect(await refusal(as('partner-admin').changes({ params, query: { since: first } }))).toBe('not-found');
  });
});

describe('a partner', () => {
  const account = { name: 'Acme', registryIds: ['DUNS:123456789'], domains: ['acme.example'] };
  const named: ProgramDocument = { ...later, dealRegistration: { ...later.dealRegistration, namedAccounts: [account] } };
  let programId: ProgramId;
  beforeEach(async () => {
    programId = await established();
  });

  it('is shown no program before it has a version that holds or will', async () => {
    const partner = as('partner-admin');
    const isListed = async () => (await partner.list({ query: { limit: 100 } })).value.items.some(({ id }) => id === programId);
    const params = { programId, versionId: await drafted(programId, later) };
    const asked = [partner.get({ params }), partner.versions({ params }), partner.inForce({ params }), partner.version({ params })];
    expect(await Promise.all(asked.map(refusal))).toEqual(asked.map(() => 'not-found'));
    expect(await isListed()).toBe(false);
    await published(programId, later, '2028-01-01');
    expect(await isListed()).toBe(true);
    expect((await partner.get({ params })).value.versions.length).toBe(1);
  });
  it('is shown no named accounts and no budgets, and the vendor is', async () => {
    const since = await published(programId, later, '2028-01-01');
    const params = { programId, versionId: await published(programId, named, '2028-02-01') };
    const answers = async (who: 'partner-admin' | 'auditor') => [
      (await as(who).inForce({ params, query: { on: day('2028-02-01') } })).value.document,
      (await as(who).version({ params })).value.document,
    ];
    for (const { dealRegistration, mdf } of await answers('partner-admin'))
      expect([dealRegistration.namedAccounts, mdf?.budgets, mdf?.funds.some(({ amountMax }) => amountMax)]).toEqual([[], [], false]);
    for (const { dealRegistration, mdf } of await answers('auditor'))
      expect([dealRegistration.namedAccounts, mdf?.budgets]).toEqual([[account], later.mdf?.budgets]);
    const changes = async (who: 'partner-admin' | 'auditor') => (await as(who).changes({ params, query: { since } })).value.items;
    expect([(await changes('auditor')).length, await changes('partner-admin')]).toEqual([1, []]);
  });
});

describe('a draft', () => {
  let programId: ProgramId;
  beforeEach(async () => {
    programId = await established();
  });

  it('is answered with what is reported of it, and so is whoever reads it before approving', async () => {
    const document = documents['logitech-partner-connect-2023'];
    const { value } = await as('program-manager').draft({ params: { programId }, body: { document } });
    const pointers = ['/rebates/schemes/1/pays/bands/1/rate', '/rebates/schemes/1/pays/bands/2/rate'];
    expect(value.findings?.map(({ pointer }) => pointer)).toEqual(pointers);
    const versionId = value.versions[0]?.versionId;
    if (versionId === undefined) throw new Error('the draft left no version');
    const read = await as('second-program-manager').version({ params: { programId, versionId } });
    expect(read.value.findings).toEqual(value.findings);
  });

  it('that forgets a tier of the version before is told, and so is one without a migration; its activation alone is refused', async () => {
    const { now } = (await actor(world, 'operator').platform.clock({})).value;
    const vmware = documents['vmware-partner-connect-2022'];
    const { migration, ...others } = vmware;
    if (migration === undefined) throw new Error('VMware’s partners move');
    const [ladder] = vmware.ladders;
    if (ladder === undefined) throw new Error('the document has no ladder');
    const isIllustrative = (pointer: string) => !/^\/(migration|ladders)/.test(pointer);
    const old: ProgramDocument = {
      ...others,
      ladders: [{ ...ladder, tiers: ladder.tiers.map((tier) => (tier.key === 'select' ? { ...tier, key: 'gold' } : tier)) }],
    };
    const withOffers: ProgramDocument = {
      ...old,
      illustrative: old.illustrative.filter(isIllustrative),
      dealRegistration: {
        ...old.dealRegistration,
        offers: old.dealRegistration.offers.map((offer) => (offer.tier === 'select' ? { ...offer, tier: 'gold' } : offer)),
      },
    };
    await published(programId, withOffers, `${dayOf(now, timeZone)}`);
    const forgetful = { programId, versionId: await drafted(programId, vmware) };
    const { findings } = (await as('second-program-manager').version({ params: forgetful })).value;
    expect(findings?.map(({ message }) => message)).toContain('leaves "gold" (Select) of the version before unmapped');
    await as('second-program-manager').approve({ params: forgetful });
    const tomorrow = addDays(dayOf(now, timeZone), 1);
    expect(await refusal(as('program-manager').activate({ params: forgetful, body: { effectiveFrom: tomorrow } }))).toBe('tier-unmapped');
    const silent: ProgramDocument = { ...others, illustrative: vmware.illustrative.filter(isIllustrative) };
    const { value } = await as('program-manager').draft({ params: { programId }, body: { document: silent } });
    expect(value.findings?.map(({ message }) => message)).toEqual([
      '"gold" (Select) of the version before is gone, and no migration moves who holds it',
    ]);
    const [first, , second] = value.versions.map(({ versionId }) => ({ programId, versionId }));
    if (!first || !second) throw new Error('the draft left no version');
    // Whoever approves it is told so; so is whoever looks it up once it holds, and not of the version that it replaced.
    const approver = as('second-program-manager');
    expect((await approver.version({ params: second })).value.findings).toEqual(value.findings);
    await approver.approve({ params: second });
    await approver.activate({ params: second, body: { effectiveFrom: tomorrow } });
    expect((await approver.version({ params: second })).value.findings).toEqual(value.findings);
    expect((await approver.version({ params: first })).value.findings).toEqual([]);
  });

  it('becomes a version by a second person alone, and holds from today at the earliest', async () => {
    const params = { programId, versionId: await drafted(programId, later) };
    expect(await refusal(as('program-manager').approve({ params }))).toBe('same-person');
    await as('second-program-manager').approve({ params });
    const { now } = (await actor(world, 'operator').platform.clock({})).value;
    const today = dayOf(now, timeZone);
    const activate = (effectiveFrom: typeof today) => as('program-manager').activate({ params, body: { effectiveFrom } });
    expect(await refusal(activate(addDays(today, -1)))).toBe('day-past');
    expect((await activate(today)).value.timeline).toMatchObject([{ versionId: params.versionId }]);
  });
});

it('two versions that race for one day: one has it', async () => {
  await setClock(instant('2027-06-01T12:00:00Z'));
  const programId = await established();
  const ready = await Promise.all(
    [before, later].map(async (document) => {
      const params = { programId, versionId: await drafted(programId, document) };
      await as('second-program-manager').approve({ params });
      return params;
    }),
  );
  const outcomes = await Promise.all(
    ready.map((params) => refusal(as('program-manager').activate({ params, body: { effectiveFrom: day('2027-07-01') } }))),
  );
  expect(outcomes.filter((reason) => reason !== undefined)).toEqual(['day-taken']);
});

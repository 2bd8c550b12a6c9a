/** Through the real handlers, on a real table: versions that replace one another, their migrations and their days. */
import { type Day, day, startOfDay, TimeZone } from '@echelon/calendar';
import type { ProgramId, VersionId } from '@echelon/contracts/ids';
import { ProgramDocument } from '@echelon/program';
import { documents } from '@echelon/program/documents';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import * as z from 'zod';
import { actor, refusal } from '../../../test/journeys/cast.ts';
import { localWorld } from '../../../test/local-world.ts';

let world: Awaited<ReturnType<typeof localWorld>>;
let programId: ProgramId;
beforeAll(async () => {
  world = await localWorld();
}, 120_000);
afterAll(() => world.close());

const as = (who: 'program-manager' | 'second-program-manager') => actor(world, who).programs;
const drafted = async (document: ProgramDocument) => {
  const { value } = await as('program-manager').draft({ params: { programId }, body: { document } });
  const { versionId } = value.versions.at(-1) ?? {};
  if (versionId === undefined) throw new Error('the draft left no version');
  return { versionId, findings: value.findings?.map(({ message }) => message) };
};
const approved = async (document: ProgramDocument): Promise<VersionId> => {
  const { versionId } = await drafted(document);
  await as('second-program-manager').approve({ params: { programId, versionId } });
  return versionId;
};
const activated = (versionId: VersionId, from: string) =>
  as('program-manager').activate({ params: { programId, versionId }, body: { effectiveFrom: day(from) } });

const example = z.encode(ProgramDocument, documents['reseller-example']);
const [ladder] = example.ladders;
/** The example, its tiers called otherwise; and a plan that moves those of others. */
const called = (name: string, ...moving: string[]): ProgramDocument => {
  const before = moving.flatMap((other) => (ladder?.tiers ?? []).map((tier) => ({ key: `${other}-${tier.key}`, name: tier.name })));
  const { dealRegistration, ...rest } = example;
  return ProgramDocument.parse({
    ...rest,
    illustrative: [],
    ladders: [{ ...ladder, tiers: ladder?.tiers.map((tier) => ({ ...tier, key: `${name}-${tier.key}` })) }],
    dealRegistration: { ...dealRegistration, offers: dealRegistration.offers.map((offer) => ({ ...offer, tier: `${name}-${offer.tier}` })) },
    ...(moving.length > 0 && {
      migration: { tiers: before, moves: before.map(({ key }) => ({ by: 'facts', from: key, ladder: ladder?.key })), deadline: '2099-12-31' },
    }),
  });
};

beforeEach(async () => {
  programId = (await as('program-manager').establish({ body: { name: 'Example' } })).value.id;
  await activated(await approved(called('a')), '2099-01-01');
});

it('a version that is activated in between leaves no tier of its own to a plan that does not know it', async () => {
  const [last, between] = [await approved(called('b', 'a')), await approved(called('c', 'a'))];
  await activated(last, '2099-06-01');
  expect(await refusal(activated(between, '2099-03-01'))).toBe('tier-unmapped');
});

it('a version that is to come before the last is told at drafting what would be wrong after it, and judged by the one before its day', async () => {
  await activated(await approved(called('b', 'a', 'c')), '2099-06-01');
  const { versionId, findings } = await drafted(called('c', 'a'));
  const [lowest] = ladder?.tiers ?? [];
  expect(findings).toContain(`leaves "b-${lowest?.key}" (${lowest?.name}) of the version before unmapped`);
  await as('second-program-manager').approve({ params: { programId, versionId } });
  expect(await refusal(activated(versionId, '2099-09-01'))).toBe('tier-unmapped');
  await activated(versionId, '2099-03-01');
});

it('today is a day on which the version in force holds, also where the next one counts its days further west', async () => {
  const [tokyo, angeles] = ['Asia/Tokyo', 'America/Los_Angeles'].map((zone) => TimeZone.parse(zone));
  if (tokyo === undefined || angeles === undefined) throw new Error('two zones');
  await activated(await approved({ ...called('a'), timeZone: tokyo }), '2099-02-01');
  await activated(await approved({ ...called('a'), timeZone: angeles }), '2099-03-01');
  // In Tokyo it is 1 March, in Los Angeles still 28 February.
  await actor(world, 'operator').platform.moveClock({ body: { now: startOfDay(day('2099-03-01'), tokyo).add({ hours: 3 }) } });
  const inForce = async (query: { on?: Day }) => (await as('program-manager').inForce({ params: { programId }, query })).value;
  const today = await inForce({});
  expect(`${today.on}`).toBe('2099-02-28');
  expect(await inForce({ on: today.on })).toEqual(today);
});

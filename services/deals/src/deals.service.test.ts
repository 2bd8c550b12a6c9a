/** Deals through real handlers on a real table, all in the same instant: races, replays, names, types. */
import { addDays, Instant } from '@echelon/calendar';
import { DealRegistration, type DealSubmission, dealEvents } from '@echelon/contracts/deals';
import { rate } from '@echelon/money';
import { openTable } from '@echelon/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type DealScene, dealScene, of, submit } from '../../../test/deal-scene.ts';
import { refusal } from '../../../test/journeys/cast.ts';
import { opportunity } from '../../../test/journeys/one-deal.ts';
import { type DealEvent, evolve, none } from './deal.ts';
import { dealsIn } from './store.ts';

let scene: DealScene;
beforeAll(async () => {
  scene = await dealScene();
}, 120_000);
afterAll(() => scene.world.close());

const ROUNDS = 5;

describe('in the same instant', () => {
  it('submissions whose keys overlap in part leave one first in each key, and none is approved beside another', async () => {
    const { at, someone, manager } = scene;
    for (let round = 0; round < ROUNDS; round++) {
      const { endCustomer, ...rest } = someone();
      const { name, country, city, registryId, domain } = endCustomer;
      const known = [
        { name: `${name} A`, country, registryId, domain },
        { name, country, city, domain: `www.${domain}` },
        { name, country, city, registryId },
        { name, country, city, domain },
        { name: `${name} E`, country, registryId, domain },
      ];
      const deals = await Promise.all(known.map((customer, n) => submit(at(n), { ...rest, endCustomer: customer })));
      // Of two that have one key each, another each, both may be first.
      expect(deals.filter(({ conflict }) => conflict === undefined || conflict.underReview).length).toBeLessThanOrEqual(2);
      const outcomes = await Promise.all(deals.map((deal) => refusal(manager.deals.approve(of(deal)))));
      for (const outcome of outcomes) expect([undefined, 'not-first', 'match-undecided']).toContain(outcome);
      const approved = deals.filter((_, n) => outcomes[n] === undefined);
      const held = approved.flatMap(({ endCustomer: one }) => [one.registryId?.value, one.domain?.replace('www.', '')]).filter(Boolean);
      expect(approved.length).toBeGreaterThan(0);
      expect(held.length).toBe(new Set(held).size);
    }
  });

  it('submissions of one customer, each written in its own way, leave one first; the others wait for a person', async () => {
    const { at, someone, manager } = scene;
    for (const { country, city, ways } of [
      {
        country: 'NL',
        city: 'Amsterdam',
        ways: ['Koninklijke Philips N.V.', 'KONINKLIJKE PHILIPS NV', 'Philips (Koninklijke) NV', 'Koninklijke Philips'],
      },
      {
        country: 'DE',
        city: 'München',
        ways: ['Bayerische Motoren Werke AG', 'Bayerische Motoren Werke Aktiengesellschaft', 'BAYERISCHE MOTOREN WER'],
      },
    ]) {
      const { endCustomer: _, ...rest } = someone();
      const deals = await Promise.all(ways.map((name, n) => submit(at(n), { ...rest, endCustomer: { name, country, city } })));
      expect(deals.filter(({ conflict }) => conflict === undefined)).toHaveLength(1);
      const outcomes = await Promise.all(deals.map((deal) => refusal(manager.deals.approve(of(deal)))));
      expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1);
      for (const outcome of outcomes) expect([undefined, 'match-undecided']).toContain(outcome);
    }
  });

  it('an approval and a withdrawal are decided one after the other, and the next in line is first', async () => {
    const { at, someone, manager, approve } = scene;
    for (let round = 0; round < ROUNDS; round++) {
      const deal = await submit(at(0), someone());
      const next = await submit(at(1), { ...someone(), endCustomer: deal.endCustomer });
      const [approval, withdrawal] = await Promise.all([refusal(manager.deals.approve(of(deal))), refusal(at(0).system.deals.withdraw(of(deal)))]);
      expect([approval, withdrawal]).toEqual([approval === undefined ? undefined : 'not-open', undefined]);
      expect((await manager.deals.get(of(deal))).value.status).toBe('withdrawn');
      expect((await approve(next)).status).toBe('approved');
    }
  });

  it('of two orders of one number one wins', async () => {
    const { at, someone, manager, approve, orderOf } = scene;
    const deals = await Promise.all([submit(at(0), someone()), submit(at(0), someone())]);
    await Promise.all(deals.map(approve));
    const body = await orderOf(deals[0]);
    const wins = await Promise.all(deals.map((deal) => refusal(manager.deals.win({ ...of(deal), body }))));
    expect(wins.toSorted()).toEqual(['order-taken', undefined]);
  });

  it('what is sent five times with one key is decided once, and answered alike', async () => {
    const { at, someone, manager } = scene;
    const deal = await submit(at(0), someone());
    const five = <Value>(send: () => Promise<{ value: Value; version: number | undefined }>) => Promise.all(Array.from({ length: 5 }, send));
    const approvals = await five(() => manager.deals.approve({ ...of(deal), key: 'the-same' }));
    expect(new Set(approvals.map(({ version }) => version))).toEqual(new Set([2]));
    const extending = { ...of(deal), body: { reason: 'Slow.' }, key: 'the-same' };
    const extended = await five(() => at(0).system.deals.extend(extending));
    expect(extended.map(({ value }) => 'extensions' in value && value.extensions?.length)).toEqual(Array(5).fill(1));
    await at(0).system.deals.withdraw(of(deal));
    expect(await at(0).system.deals.extend(extending)).toMatchObject({ version: 3, value: { status: 'approved' } });
  });
});

describe('a name', () => {
  it('goes to a person: the partner learns that somebody looks, and the evidence is the vendor’s', async () => {
    const { at, someone, manager, approve } = scene;
    const { registryId: _, domain: __, ...named } = someone().endCustomer;
    const first = await submit(at(0), { ...someone(), endCustomer: named });
    const second = await submit(at(1), { ...someone(), endCustomer: { ...named, name: `  ${named.name.toUpperCase()}!` } });
    expect(second.conflict).toEqual({ underReview: true });
    for (const other of [first.id, at(0).partnerId]) expect(JSON.stringify(z.encode(DealRegistration, second))).not.toContain(other);
    expect(await refusal(manager.deals.approve(of(second)))).toBe('match-undecided');
    const body = { dealId: first.id, reason: 'Another plant of another owner.' };
    const { value } = await manager.deals.decideMatch({ ...of(second), body: { ...body, decision: 'same-customer' } });
    expect(value.matches).toMatchObject([{ dealId: first.id, partnerId: at(0).partnerId, decision: 'same-customer' }]);
    expect((await at(1).system.deals.get(of(second))).value.conflict).toEqual({});
    expect(await refusal(manager.deals.approve(of(second)))).toBe('not-first');
    await manager.deals.decideMatch({ ...of(second), body: { ...body, decision: 'different' } });
    expect((await approve(second)).status).toBe('approved');
    expect((await approve(first)).status).toBe('approved');
  });
});

it('the policy approves at once what is small and clear, and of five at once only one', async () => {
  const { at, programId, manager } = scene;
  const body = { ...opportunity(programId, 15_000n), productFamilies: ['backup'], segment: 'smb' as const };
  const deals = await Promise.all([0, 1, 2, 3, 4].map((n) => submit(at(n), body)));
  expect(deals.map(({ status }) => status).toSorted()).toEqual(['approved', ...Array(4).fill('submitted')]);
  expect(deals.find(({ status }) => status === 'approved')).toMatchObject({ decidedBy: 'policy', offer: { tier: 'authorized' } });
  for (const second of deals.filter(({ status }) => status === 'submitted').slice(0, 1)) {
    const { value } = await manager.deals.reject({ ...of(second), body: { reason: 'Another came first.' } });
    expect(value).toMatchObject({ runnerUpOffer: { discount: rate('0.05'), margin: rate('0'), rule: '/dealRegistration/runnerUpShare' } });
  }
});

it('a customer called like a named account goes to a person, who sees why beside the matches', async () => {
  const { at, programId, manager } = scene;
  const endCustomer = { name: 'Example Named Account, Ltd.', country: 'US' as const };
  const deal = await submit(at(0), { ...opportunity(programId, 15_000n), productFamilies: ['backup'], segment: 'smb', endCustomer });
  expect(deal.status).toBe('submitted');
  const { value } = await manager.deals.matches(of(deal));
  expect(value).toMatchObject({ matches: [], namedAccounts: [{ name: 'Example Named Account', rule: '/dealRegistration/namedAccounts/0' }] });
});

it('the deal type follows the assets of record as they are heard of, and a renewal its partner of record', async () => {
  const { at, someone, vendor, programId, manager, world } = scene;
  const { endCustomer, ...rest } = someone();
  const corporateGroup = { scheme: 'DUNS', value: '987654321' } as const;
  const installedOn = addDays(await vendor.today(), -300);
  const registration = { programId, endCustomer: { ...endCustomer, corporateGroup }, productFamily: 'storage', installedOn };
  const { value: asset } = await manager.partners.registerAsset({ body: { ...registration, partnerOfRecord: at(0).partnerId } });
  await world.stage.settle();
  const typed = async (n: number, changes: Partial<DealSubmission>) => {
    const deal = await submit(at(n), { ...rest, endCustomer, ...changes });
    await at(n).system.deals.withdraw(of(deal));
    return deal.dealType;
  };
  expect(await typed(1, {})).toBe('expansion');
  expect(await typed(1, { productFamilies: ['backup'] })).toBe('cross-sell');
  expect(await typed(1, { upgrades: asset.id })).toBe('upsell');
  expect(await typed(0, { renews: asset.id })).toBe('renewal');
  expect(await refusal(typed(1, { renews: asset.id }))).toBe('not-of-record');
  expect(await typed(1, { endCustomer: { name: 'A sister', country: 'DE', corporateGroup } })).toBe('expansion');
  expect(await typed(1, { endCustomer: { name: 'A stranger', country: 'DE' } })).toBe('net-new-logo');
  const writtenOtherwise = { name: `${endCustomer.name}, Inc.`, country: endCustomer.country };
  expect(await typed(1, { endCustomer: writtenOtherwise })).toBe('expansion');
  expect(await typed(0, { endCustomer: writtenOtherwise, renews: asset.id })).toBe('renewal');

  await manager.partners.reassignAsset({ params: { assetId: asset.id }, body: { to: at(1).partnerId, reason: 'Asked for.' } });
  await world.stage.settle();
  expect(await typed(1, { renews: asset.id })).toBe('renewal');
  expect(await refusal(typed(0, { renews: asset.id }))).toBe('not-of-record');
});

it.each(['co.uk', 'github.io'])('a customer’s domain that is the public suffix %s is refused', async (domain) => {
  const { at, someone } = scene;
  expect(await refusal(submit(at(0), { ...someone(), endCustomer: { name: 'A', country: 'US', domain } }))).toBe('domain-not-registrable');
});

// After all of it.
it('the commits of every deal are all there, and replay to its state', async () => {
  const { world, programId, manager } = scene;
  const deals = dealsIn(openTable(world.stage.dynamodb, `${world.stage.tables.deals}`));
  let looked = 0;
  for await (const { id } of manager.deals.list.all({ query: { programId, limit: 100 } })) {
    const history = await deals.history(id);
    const found = await deals.find(id, { principal: 'test', sees: 'all' });
    if ('refused' in found) throw new Error(found.refused);
    expect(history.map(({ version }) => version)).toEqual(Array.from({ length: found.version }, (_, n) => n + 1));
    expect(history.flatMap(({ events }) => events.map(eventOf)).reduce(evolve, none(id))).toEqual(found.state);
    looked += 1;
  }
  expect(looked).toBeGreaterThan(40);
});

/** The event as a commit's row has it. */
const eventOf = ({ type, at, data }: { type: string; at: string; data: unknown }): DealEvent => {
  const schema: z.ZodType = dealEvents[type as DealEvent['type']].data;
  // The name found the schema of its own data, which TypeScript can't follow.
  return { type, at: z.decode(Instant, at), data: schema.parse(data) } as DealEvent;
};

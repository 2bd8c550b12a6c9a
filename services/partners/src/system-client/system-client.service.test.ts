/** Through the real handlers, on a real table: what is answered of a partner's systems, and to whom. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { actor, eventually } from '../../../../test/journeys/cast.ts';
import { partnersWorld, refusal } from '../../../../test/partners-world.ts';

let here: Awaited<ReturnType<typeof partnersWorld>>;
beforeAll(async () => {
  here = await partnersWorld();
});
afterAll(() => here.world.close());

it('a registration that is repeated is answered as it was then, though the partner is suspended since', async () => {
  const { partnerId } = await here.newPartner();
  const registering = { body: { name: 'ERP', actsFor: { role: 'partner-system', partnerId } as const }, key: crypto.randomUUID() };
  const { value } = await here.manager.registerClient(registering);
  await here.manager.suspend({ params: { partnerId }, body: { reason: 'Unpaid invoices.' } });
  expect((await here.manager.registerClient(registering)).value).toEqual(value);
  expect(await refusal(here.manager.registerClient({ ...registering, body: { ...registering.body, name: 'CRM' } }))).toBe('key-reused');
  expect(await refusal(here.manager.registerClient({ ...registering, key: crypto.randomUUID() }))).toBe('partner-not-admitted');
});

it('the systems of a partner are listed for its own people and the vendor’s, page after page, and for no other partner', async () => {
  const [own, other] = [await here.newPartner(), await here.newPartner()];
  const params = { partnerId: own.partnerId };
  const actsFor = { role: 'partner-system', partnerId: own.partnerId } as const;
  const { client } = (await here.manager.registerClient({ body: { name: 'ERP', actsFor } })).value;
  await here.manager.revokeClient({ params: { systemClientId: client.id } });
  const admin = await here.adminOf(own.partnerId);
  const [latest, first] = await eventually('both are listed', async () => {
    const { items } = (await admin.clients({ params })).value;
    return items.length === 2 && items.some(({ status }) => status === 'revoked') ? items : undefined;
  });
  expect([latest?.id, latest?.status, first?.status]).toEqual([client.id, 'revoked', 'registered']);
  const { next, items } = (await here.manager.clients({ params, query: { limit: 1 } })).value;
  expect(items).toEqual([latest]);
  expect((await here.manager.clients({ params, query: { limit: 1, ...(next !== undefined && { cursor: next }) } })).value.items).toEqual([first]);

  const stranger = await here.adminOf(other.partnerId);
  expect(await refusal(stranger.clients({ params }))).toBe('not-found');
  expect(await refusal(actor(here.world, 'finance').partners.clients({ params }))).toBe('forbidden');
});

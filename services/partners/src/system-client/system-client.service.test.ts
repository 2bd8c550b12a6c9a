/** Through the real handlers, on a real table: what is answered of a partner's systems, and to whom. */
import { afterAll, beforeAll, expect, it } from 'vitest';
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

/** A partner that leaves: its people, its assets, its open deals. Nothing is orphaned, and nobody's name stays behind. */
import { addDays, dayOf, systemClock } from '@echelon/calendar';
import { documents } from '@echelon/program/documents';
import { expect } from 'vitest';
import type { World } from '../world.ts';
import { actor, eventually } from './cast.ts';
import { opportunity, partnerAtWork, programInForce, submitted } from './one-deal.ts';

const today = () => dayOf(systemClock.now(), documents['reseller-example'].timeZone);

export const leaving = async (world: World): Promise<void> => {
  const programId = await programInForce(world);
  const [leaver, heir] = [await partnerAtWork(world, programId, 'Ending Systems LLC'), await partnerAtWork(world, programId, 'Lasting Data Inc')];
  const manager = actor(world, 'channel-manager');
  const params = { partnerId: leaver.partnerId };

  const record = { name: 'Grace Hopper', email: 'grace@ending.example' };
  const { value: person } = await manager.partners.addPerson({ params, body: { record, roles: ['se'], employedFrom: addDays(today(), -30) } });
  const ofPerson = { personId: person.id };
  await manager.partners.grantCertification({ params: ofPerson, body: { programId, certification: 'systems-engineer', from: today() } });
  await eventually('the certification counts', async () => {
    const { value } = await leaver.system.tiering.list({ query: { programId } });
    return value.items.find(({ facts }) => facts.certifications.some(({ personId }) => personId === person.id));
  });

  const { endCustomer } = opportunity(programId, 50_000n);
  const body = { programId, endCustomer, productFamily: 'storage', installedOn: today(), partnerOfRecord: leaver.partnerId };
  const { value: asset } = await manager.partners.registerAsset({ body });
  const open = await submitted(leaver, opportunity(programId, 40_000n));

  await manager.partners.suspend({ params, body: { reason: 'An invoice is in dispute.' } });
  await eventually('a suspended partner registers nothing', async () => {
    const refused = await leaver.system.deals.submit({ body: opportunity(programId, 30_000n) }).then(
      () => undefined,
      (error: Error) => error,
    );
    return refused?.message.includes('partner-suspended') ? refused : undefined;
  });
  await expect(manager.deals.approve({ params: { dealId: open.id } })).rejects.toThrow('partner-suspended');

  await manager.partners.beginOffboarding({ params, body: { reason: 'The dispute could not be settled.' } });
  await expect(manager.partners.leave({ params })).rejects.toThrow('of-record');
  await manager.partners.reassignAsset({
    params: { assetId: asset.id },
    body: { to: heir.partnerId, reason: 'Their customer goes to Lasting Data.' },
  });
  await expect(leaver.system.partners.asset({ params: { assetId: asset.id } })).rejects.toThrow('not-found');
  expect((await heir.system.partners.asset({ params: { assetId: asset.id } })).value.partnerOfRecord).toBe(heir.partnerId);
  expect((await manager.partners.leave({ params })).value.status).toBe('left');
  await expect(manager.partners.registerAsset({ body })).rejects.toThrow('not-enrolled');
  await eventually('what was open is closed', async () => {
    await world.sweep('deals', 'close');
    const { value } = await manager.deals.get({ params: { dealId: open.id } });
    return value.status === 'closed' ? value : undefined;
  });

  await manager.partners.endEmployment({ params: ofPerson, body: { employedUntil: addDays(today(), -2) } });
  await manager.partners.anonymise({ params: ofPerson });
  const { value: nameless } = await manager.partners.person({ params: ofPerson });
  expect(nameless).toMatchObject({ person: { status: 'anonymised', certifications: [{ certification: 'systems-engineer' }] } });
  expect(nameless.record).toBeUndefined();
};

/** A tier is never lost in silence: what it rests on lapses with notices, then comes grace, and then a review that a person signs. */
import { addDays, dayOf, startOfDay, systemClock } from '@echelon/calendar';
import type { Position } from '@echelon/contracts/tiering';
import { documents } from '@echelon/program/documents';
import { expect } from 'vitest';
import type { World } from '../world.ts';
import { actor, eventually } from './cast.ts';
import { clockMoved } from './clock.ts';
import { partnerAtWork, programInForce } from './one-deal.ts';

const { puppet } = documents;

export const lapse = async (world: World): Promise<void> => {
  const programId = await programInForce(world, puppet);
  const partner = await partnerAtWork(world, programId, 'Lapsing Services Inc', { businessModels: ['services'], ladders: ['category', 'pricing'] });
  const manager = actor(world, 'channel-manager');
  const today = dayOf(systemClock.now(), puppet.timeZone);
  const noonOf = (days: number) => startOfDay(addDays(today, days), puppet.timeZone).add({ hours: 12 });

  const record = { name: 'Katherine Johnson', email: 'kj@lapsing.example' };
  const { value: person } = await manager.partners.addPerson({
    params: { partnerId: partner.partnerId },
    body: { record, roles: ['se'], employedFrom: today },
  });
  await manager.partners.grantCertification({
    params: { personId: person.id },
    body: { programId, certification: 'service-delivery', from: today, until: addDays(today, 9) },
  });
  const category = async (sentence: string, is: (position: Position) => boolean) =>
    eventually(sentence, async () => {
      const { value } = await partner.system.tiering.list({ query: { programId } });
      const [standing] = value.items;
      const position = standing?.positions.find(({ ladder }) => ladder === 'category');
      return standing && position && is(position) ? { standing, position } : undefined;
    });
  await category('the certification makes a Solution Provider', ({ tier }) => tier === 'solution-provider');

  await clockMoved(world, noonOf(5), async () => {
    await world.sweep('partners', 'certifications');
    const { value } = await manager.partners.person({ params: { personId: person.id } });
    expect(value.person.certifications).toMatchObject([{ noticed: 5 }]);
  });
  await clockMoved(world, noonOf(10), async () => {
    await world.sweep('tiering', 'judge');
    const { position } = await category('grace has begun', ({ grace }) => grace !== undefined);
    expect(position).toMatchObject({ tier: 'solution-provider', attained: 'authorized-reseller' });
  });
  // Through the notices to the first review after grace: the daily look comes a few times only, and twice each.
  const { position } = await category('it is known how long grace lasts', ({ grace }) => grace !== undefined);
  const end = position.grace?.until ?? today;
  for (const days of [-90, -60, -30, -5, 1])
    await clockMoved(world, startOfDay(addDays(end, days), puppet.timeZone).add({ hours: 12 }), async () => {
      await world.sweep('tiering', 'judge');
      await world.sweep('tiering', 'judge');
      if (days < 1) return;
      const { standing, position: due } = await category('the review is open', ({ review }) => review !== undefined);
      expect(due).toMatchObject({ tier: 'solution-provider', review: { proposed: 'authorized-reseller' } });
      await manager.tiering.signOff({ params: { standingId: standing.id, ladder: 'category' }, body: { tier: 'authorized-reseller' } });
      await category('the sign-off has taken the category away', ({ tier }) => tier === 'authorized-reseller');
    });
};

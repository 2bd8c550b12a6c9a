/** How VMware Partner Connect 2022 takes the place of the program before, as PRODUCT §7 tells it. */
import { day } from '@echelon/calendar';
import type { ProgramId } from '@echelon/contracts/ids';
import { standingEvents } from '@echelon/contracts/tiering';
import type { ProgramDocument } from '@echelon/program';
import { check } from '@echelon/program/check';
import { documents } from '@echelon/program/documents';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { localWorld } from '../../local-world.ts';
import { feeOf } from '../fees.ts';
import { daysBefore } from '../notices.ts';
import { type Enrolled, type LocalWorld, usd, Vendor } from '../vendor.ts';
import { before } from './before.ts';

const vmware = documents['vmware-partner-connect-2022'];

describe('VMware Partner Connect 2022, in place of the program before', () => {
  let world: LocalWorld;
  let vendor: Vendor;
  let programId: ProgramId;
  beforeAll(async () => {
    world = await localWorld();
    vendor = new Vendor(world, vmware);
  });
  afterAll(() => world.close());

  const tier = async (one: Enrolled) => (await vendor.position(one, 'tier')).tier;
  const partner = (name: string) => vendor.partner(programId, name, { businessModels: ['solution-reseller'], ladders: ['tier'] });
  beforeEach(async () => {
    await vendor.on(day('2022-02-05'));
    programId = await vendor.establish(vmware.name);
    await vendor.publish(programId, before, day('2022-02-05'));
  });

  it('moves the partners of every tier, with a deadline in March 2023', async () => {
    const { migration } = vmware;
    if (migration === undefined) throw new Error('there is no plan');
    expect(String(migration.deadline)).toBe('2023-03-31');
    expect(check(vmware, before)).toEqual([]);
    const forgetful: ProgramDocument = {
      ...vmware,
      migration: { ...migration, moves: migration.moves.filter(({ from }) => from !== 'principal') },
    };
    const fault = expect.objectContaining({ pointer: '/document/migration/tiers/3' });
    await expect(vendor.publish(programId, forgetful, day('2022-03-01'))).rejects.toMatchObject({ problem: { status: 422, faults: [fault] } });
    await vendor.publish(programId, vmware, day('2022-03-01'));
  });

  it('charges no admission fee to whoever was a partner before', async () => {
    const known = await partner('Known Inc');
    await vendor.publish(programId, vmware, day('2022-03-01'));
    await vendor.on(day('2022-03-01'));
    const newcomer = await partner('Newcomer Inc');
    expect(await feeOf(known)).toBeUndefined();
    expect(await feeOf(newcomer)).toMatchObject({ status: 'charged', amount: usd(1_500) });
  });

  it('leaves partners until March 2023 to adapt: who does keeps its tier, who does not is moved by facts', async () => {
    const [adapts, waits] = [await partner('Adapts Inc'), await partner('Waits Inc')];
    for (const one of [adapts, waits]) await vendor.sell(one, { dollars: 600_000 });
    await vendor.publish(programId, vmware, day('2022-03-01'));
    await vendor.on(day('2022-03-01'));
    // What was sold under the program before gave no points: both are still Advanced, and short of it by the new rules.
    for (const one of [adapts, waits])
      expect(await vendor.gap(one, 'tier')).toMatchObject({
        ...{ official: 'advanced', projected: 'community' },
        tiers: [
          {
            tier: 'advanced',
            actions: [
              { kind: 'earn-points', points: 500 },
              { kind: 'certify-people', people: 2 },
            ],
          },
          {},
          {},
        ],
      });
    const warnings = vendor.listen('warnings', standingEvents.DemotionNoticed);
    for (const date of ['2022-12-31', '2023-01-30', '2023-02-01', '2023-03-01', '2023-03-26', '2023-03-31']) await vendor.on(day(date));
    expect(daysBefore(warnings(), waits)).toEqual([90, 60, 30, 5]);
    // The yearly review is open since February, and takes nothing away before the deadline has passed.
    expect(await vendor.position(waits, 'tier')).toMatchObject({
      ...{ tier: 'advanced', grace: { to: 'community', until: day('2023-03-31') } },
      review: { dueOn: day('2023-02-01'), proposed: 'advanced' },
    });
    await expect(vendor.signOff(waits, 'tier', { tier: 'community', reason: 'It is short.' })).rejects.toThrow('demotion-not-due');
    await vendor.certifyPeople(adapts, 'technical', 2);
    await vendor.sell(adapts, { dollars: 900_000 });
    await vendor.on(day('2023-04-01'));
    expect(await vendor.position(waits, 'tier')).toMatchObject({ tier: 'advanced', review: { proposed: 'community' } });
    for (const one of [adapts, waits]) await vendor.signOff(one, 'tier');
    expect([await tier(adapts), await tier(waits)]).toEqual(['advanced', 'community']);
  });
});

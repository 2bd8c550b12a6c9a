/** Through the real handlers, on a real table: years lived with the clock, sweeps late and doubled. */
import { addDays, Instant, startOfDay } from '@echelon/calendar';
import type { CertificationId } from '@echelon/contracts/ids';
import { Person } from '@echelon/contracts/partners';
import { accept } from '@echelon/decider';
import { listing } from '@echelon/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { document } from '../../../test/given.ts';
import { eventually } from '../../../test/journeys/cast.ts';
import { partnersWorld } from '../../../test/partners-world.ts';
import type * as person from './person/person.ts';
import { lists, peopleIn } from './store.ts';

let here: Awaited<ReturnType<typeof partnersWorld>>;
beforeAll(async () => {
  here = await partnersWorld();
});
afterAll(() => here.world.close());

const zone = document.timeZone;

describe('as time goes by', () => {
  /** The first instant of so many days from today. */
  const at = (days: number): Instant => startOfDay(addDays(here.today, days), zone);
  const livedUntil = async (days: number, ...sweeps: readonly string[]) => {
    await here.operator.platform.moveClock({ body: { now: at(days) } });
    // Each twice, since a sweep may be doubled.
    for (const sweep of [...sweeps, ...sweeps]) await here.world.sweep('partners', sweep);
  };
  const toldOf = async (id: string, count: number) =>
    eventually(`${count} events of ${id}`, async () => {
      const seen = [
        ...new Map(
          here
            .told()
            .filter(({ aggregateId }) => aggregateId === id)
            .map((envelope) => [envelope.id, envelope]),
        ).values(),
      ];
      if (seen.length < count) return undefined;
      expect(seen.length).toBe(count);
      return seen.toSorted((a, b) => a.version - b.version);
    });

  it('a certification is announced and ends: late sweeps give one notice, doubled ones none more', async () => {
    const before = (await here.operator.platform.clock({})).value.now;
    const { partnerId } = await here.newPartner();
    const body = { record: { name: 'Ada', email: 'ada@a.example' }, roles: [], employedFrom: here.today };
    const { value } = await here.manager.addPerson({ params: { partnerId }, body });
    const params = { personId: value.id };
    await here.manager.grantCertification({
      params,
      body: { programId: here.programId, certification: 'systems-engineer', from: here.today, until: addDays(here.today, 100) },
    });
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
      expect((await here.manager.person({ params })).value.person).toMatchObject({ certifications: [{ noticed: 30, ended: 'expired' }] });
    } finally {
      await here.operator.platform.moveClock({ body: { now: before } });
    }
  });

  it('all that is due is told in one run, however much it is', async () => {
    const MANY = 70;
    const people = peopleIn(here.table);
    const { partnerId } = await here.newPartner();
    const now = at(0);
    const granted: person.PersonEvent = {
      type: 'CertificationGranted',
      at: now,
      data: {
        certification: {
          ...{ id: `cert_${'0'.repeat(26)}` as CertificationId, programId: here.programId, certification: 'systems-engineer', timeZone: zone },
          ...{ from: addDays(here.today, -400), until: addDays(here.today, -10) },
        },
        by: 'bob',
      },
    };
    const added: person.PersonEvent = { type: 'PersonAdded', at: now, data: { partnerId, roles: [], employedFrom: here.today, by: 'bob' } };
    const ids = Array.from({ length: MANY }, (_, n) => `prsn_${String(n).padStart(26, '0')}`);
    const cause = { id: 'many', hash: 'h', by: {}, recordedAt: z.encode(Instant, now), forgettable: true, timeLeft: () => 60_000 };
    for (const id of ids) await people.decide(id, cause, () => accept([added, granted]));
    await eventually('all are listed as due', async () => {
      const { items } = await listing(here.table, Person)({ ...lists.certificationsDue, limit: 2 * MANY });
      return items.length >= MANY ? true : undefined;
    });
    await here.world.sweep('partners', 'certifications');
    for (const id of ids)
      expect(await people.find(id, { principal: 'x', sees: 'all' })).toMatchObject({ state: { certifications: [{ ended: 'expired' }] } });
  });

  it('a partner is found inactive, proposed for removal, kept, and active again by what it does', async () => {
    const before = (await here.operator.platform.clock({})).value.now;
    const { partnerId } = await here.newPartner();
    const params = { partnerId };
    const inactivity = async () => {
      const { value } = await here.manager.get({ params });
      return value.status === 'admitted' ? value.inactivity : undefined;
    };
    const days = document.inactivityDays;
    try {
      await livedUntil(days, 'inactivity');
      expect(await inactivity()).toBeUndefined();
      await livedUntil(days + 10, 'inactivity');
      expect(await inactivity()).toEqual({ lastActiveOn: here.today, flaggedOn: addDays(here.today, days + 10) });
      await livedUntil(days + 60, 'inactivity');
      expect(await inactivity()).toMatchObject({ removalProposedOn: addDays(here.today, days + 60) });
      await here.manager.keep({ params, body: { reason: 'It has a new owner.' } });
      await livedUntil(days + 61, 'inactivity');
      expect(await inactivity()).toBeUndefined();

      await livedUntil(3 * days, 'inactivity');
      expect(await inactivity()).toMatchObject({ flaggedOn: addDays(here.today, 3 * days) });
      const body = { record: { name: 'Ada', email: 'ada@a.example' }, roles: [], employedFrom: here.today };
      const { value } = await here.manager.addPerson({ params, body });
      await here.manager.grantCertification({
        params: { personId: value.id },
        body: { programId: here.programId, certification: 'systems-engineer', from: addDays(here.today, 3 * days) },
      });
      await eventually('it is active again', async () => ((await inactivity()) === undefined ? true : undefined));
      await livedUntil(3 * days + 1, 'inactivity');
      expect(await inactivity()).toBeUndefined();
    } finally {
      await here.operator.platform.moveClock({ body: { now: before } });
    }
  });
});

import { addDays, dayOf, isUpTo, systemClock } from '@echelon/calendar';
import { DealRegistration } from '@echelon/contracts/deals';
import type { ProgramId } from '@echelon/contracts/ids';
import { loadDemo } from '@echelon/demo';
import { documents } from '@echelon/program/documents';
import { describe, expect, it } from 'vitest';
import { localWorld } from '../local-world.ts';
import type { Persona } from '../world.ts';
import { actor } from './cast.ts';

type LocalWorld = Awaited<ReturnType<typeof localWorld>>;
const inWorld = async (look: (world: LocalWorld) => Promise<void>): Promise<void> => {
  const world = await localWorld();
  try {
    await look(world);
  } finally {
    await world.close();
  }
};
const placeOf = ({ url, token, stage }: LocalWorld) => ({
  url,
  // The demo knows people by the names of their roles, which are the cast's.
  token: (who: string | { clientId: string; clientSecret: string }) => token(who as Persona),
  settled: stage.settle,
});

const collected = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const all = [];
  for await (const item of items) all.push(item);
  return all;
};
const told = async (world: LocalWorld, programId: ProgramId) => {
  const auditor = actor(world, 'auditor');
  // Three to a page, so that the lists have several.
  const query = { programId, limit: 3 };
  return { deals: await collected(auditor.deals.list.all({ query })), standings: await collected(auditor.tiering.list.all({ query })) };
};
const everyStatus = DealRegistration.options.map(({ shape }) => shape.status.value).toSorted();

describe('the demo', () => {
  it('tells its story once: taken up after it was cut off, and told again, it changes nothing that was told', { timeout: 240_000 }, () =>
    inWorld(async (world) => {
      const options = { ...placeOf(world), programs: ['puppet'] } as const;
      const cutOff = loadDemo({
        ...options,
        says: (what) => {
          if (what.includes('month 9')) throw new Error('cut off');
        },
      });
      await expect(cutOff).rejects.toThrow('cut off');
      const first = await loadDemo(options);
      const [program] = first.programs;
      if (program === undefined) throw new Error('no program');
      const { programId } = program;
      const before = await told(world, programId);
      expect([...new Set(before.deals.map(({ status }) => status))].toSorted()).toEqual(everyStatus);
      expect(await loadDemo(options)).toEqual(first);
      expect(await told(world, programId)).toEqual(before);
    }),
  );

  it('has all five programs: partners on each tier and track, deals in every state, and what a year brings', { timeout: 480_000 }, () =>
    inWorld(async (world) => {
      const { programs } = await loadDemo(placeOf(world));
      const auditor = actor(world, 'auditor');
      const partners = await collected(auditor.partners.list.all({ query: { limit: 100 } }));
      expect(programs.map(({ name }) => name).toSorted()).toEqual(
        Object.values(documents)
          .filter(({ name }) => name !== documents['reseller-example'].name)
          .map(({ name }) => name)
          .toSorted(),
      );
      for (const { programId, name, shows } of programs) {
        const { value: inForce } = await auditor.programs.inForce({ params: { programId }, query: {} });
        const { deals, standings } = await told(world, programId);
        const positions = standings.flatMap((standing) => standing.positions);
        for (const { key, tiers } of inForce.document.ladders) {
          const held = new Set(positions.filter(({ ladder }) => ladder === key).map(({ tier }) => tier));
          expect([...held].toSorted(), `${name}: ${key}`).toEqual(tiers.map((tier) => tier.key).toSorted());
        }
        expect([...new Set(deals.map(({ status }) => status))].toSorted(), name).toEqual(everyStatus);
        expect(
          positions.some(({ grace }) => grace),
          name,
        ).toBe(true);
        expect(
          positions.some(({ review }) => review),
          name,
        ).toBe(true);
        const here = partners.filter((one) => 'enrollments' in one && one.enrollments.some((enrollment) => enrollment.programId === programId));
        expect(
          here.some((one) => 'inactivity' in one && one.inactivity),
          name,
        ).toBe(true);
        expect(
          here.some((one) => 'parentId' in one && one.parentId),
          name,
        ).toBe(true);
        const today = dayOf(systemClock.now(), inForce.document.timeZone);
        const lapsing = standings
          .flatMap(({ facts }) => facts.certifications)
          .filter(({ until }) => isUpTo(today, until) && isUpTo(until, addDays(today, 30)));
        expect(lapsing.length, name).toBeGreaterThan(0);
        const { value: gap } = await auditor.tiering.gap({ params: { standingId: shows.standingId } });
        expect(
          gap.ladders.some(({ tiers }) => tiers.some(({ actions }) => actions.length > 0)),
          name,
        ).toBe(true);
      }
      const { value: clock } = await actor(world, 'operator').platform.clock({});
      expect(Math.abs(clock.now.epochMilliseconds - Date.now())).toBeLessThan(60_000);
    }),
  );
});

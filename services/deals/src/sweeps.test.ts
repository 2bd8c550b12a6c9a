import { expect, it } from 'vitest';
import { dealId, partnerId } from '../../../test/given.ts';
import { dealIn, monday, registry, submission } from '../../../test/registry.ts';
import { type Deps, sweeps } from './sweeps.ts';

const due = dealIn(registry().submit(dealId(1), partnerId(1), submission, monday));

/** A list of that many deals that are due, page by page, some of which can't be decided; and those that were. */
const deps = (count: number, isStuck: (n: number) => boolean) => {
  const all = Array.from({ length: count }, (_, n) => ({ state: { ...due, id: dealId(n) }, version: 1 }));
  const decided: string[] = [];
  const list: Deps['list'] = async ({ limit, cursor = '0' }) => {
    const end = Number(cursor) + limit;
    return { items: all.slice(Number(cursor), end), ...(end < count && { next: String(end) }) };
  };
  const decide = async (id: string) => {
    if (isStuck(Number(id.slice(-4)))) throw new Error(`${id} is stuck`);
    decided.push(id);
    return { state: due, version: 2 };
  };
  // The sweep asks for no more of them than this.
  return { deps: { list, deals: { decide } } as unknown as Deps, decided };
};
const swept = (timeLeft = () => 1_000) => ({ now: monday.add({ hours: 900 }), causeFor: () => undefined as never, timeLeft });

it('passes over what is stuck, a whole page of it, and does the rest', async () => {
  const { deps: place, decided } = deps(170, (n) => n < 60);
  const { done, failed, more } = await sweeps.overdue(swept(), place);
  expect([done, failed.length, more]).toEqual([110, 60, false]);
  expect(decided[0]).toBe(dealId(60));
});

it('ends with the page in which its time is up', async () => {
  const { deps: place } = deps(170, () => false);
  let left = 1;
  const { done } = await sweeps.expire(
    swept(() => left--),
    place,
  );
  expect(done).toBe(50);
});

/** Partners that stand down, page by page, some of which can't be read; and those that were settled. */
const toClose = (count: number, isStuck: (n: number) => boolean) => {
  const all = Array.from({ length: count }, (_, n) => ({ state: partnerId(n), version: 1 }));
  const settled: string[] = [];
  const read = async (limit: number, cursor = '0') => {
    const end = Number(cursor) + limit;
    return { items: all.slice(Number(cursor), end), ...(end < count && { next: String(end) }) };
  };
  const get = async (id: string) => {
    if (isStuck(Number(id.slice(-4)))) throw new Error(`${id} is stuck`);
    return undefined;
  };
  const agenda = { read, settle: async (id: string) => void settled.push(id) };
  // The sweep asks for no more of them than this, where there is no partner whose deals it could look for.
  return { deps: { toClose: agenda, partners: { get } } as unknown as Deps, settled };
};

it('looks at every partner that stands down, past those that are stuck', async () => {
  const { deps: place, settled } = toClose(170, (n) => n < 110);
  const { failed } = await sweeps.close(swept(), place);
  expect([failed.length, settled.length, settled[0]]).toEqual([110, 60, partnerId(110)]);
});

it('looks at no further partner once its time is up', async () => {
  const { deps: place, settled } = toClose(170, () => false);
  let left = 3;
  await sweeps.close(
    swept(() => left--),
    place,
  );
  expect(settled.length).toBe(3);
});

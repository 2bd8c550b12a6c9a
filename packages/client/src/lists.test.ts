/** Lists, item by item; and what the types of calls allow. */
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import type * as z from 'zod';
import { body, json, openShop, type Price, problem, type Shop, wire } from './toy/shop.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.close());

describe('all items of a list', () => {
  const pages = [json(200, { items: [wire, wire], next: 'a' }), json(200, { items: [], next: 'b' }), json(200, { items: [wire] })];

  it('come page by page, each page when it is needed, with the query that was asked', async () => {
    const { list } = shop.calling(pages);
    const items = [];
    for await (const item of list.all({ query: { of: 'x&y', limit: 2 } })) {
      items.push(item);
      if (items.length === 2) expect(shop.seen.length).toBe(1);
    }
    expect(items).toEqual([body, body, body]);
    expect(shop.seen.map(({ url }) => url)).toEqual(['', 'cursor=a&', 'cursor=b&'].map((cursor) => `/v1/prices?of=x%26y&${cursor}limit=2`));
  });

  it('go on from a cursor, over failures, and no further than they are wanted', async () => {
    const { list } = shop.calling([problem(503, 'busy'), ...pages]);
    for await (const item of list.all({ query: { of: 'x', cursor: 'kept' } })) {
      expect(item).toEqual(body);
      break;
    }
    expect(shop.seen.map(({ url }) => url)).toEqual(Array(2).fill('/v1/prices?of=x&cursor=kept'));
  });

  it('do not go round in a list that names a page as its own next', async () => {
    const { list } = shop.calling(Array(9).fill(pages[0]));
    const through = async () => {
      for await (const item of list.all({ query: { of: 'x' } })) expect(item).toEqual(body);
    };
    await expect(through()).rejects.toThrow('does not go on');
    expect(shop.seen.length).toBe(2);
  });

  it('are offered, by type and in fact, where the contract has a cursor and a page, and nowhere else', () => {
    const client = shop.calling([]);
    type Item = ReturnType<typeof client.list.all> extends AsyncIterable<infer One> ? One : never;
    expectTypeOf<Item>().toEqualTypeOf<z.output<typeof Price>>();
    expectTypeOf(client.top).not.toHaveProperty('all');
    expectTypeOf(client.odd).not.toHaveProperty('all');
    expectTypeOf(client.set).not.toHaveProperty('all');
    expect(
      Object.entries(client)
        .filter(([, operation]) => 'all' in operation)
        .map(([name]) => name),
    ).toEqual(['list']);
  });
});

it('a call carries what its route needs: types say so', () => {
  const client = shop.calling([]);
  // @ts-expect-error the list asks what it is of
  const unasked = () => client.list({});
  // @ts-expect-error a read has no key
  const keyed = () => client.get({ params: { name: 'a' }, key: 'mine' });
  // @ts-expect-error a read matches nothing
  const matched = () => client.top({ ifMatch: 3 });
  const goesOn = (last: Awaited<ReturnType<typeof client.get>>) => client.set({ body, ifMatch: last.version });
  expect([unasked, keyed, matched, goesOn]).toHaveLength(4);
});

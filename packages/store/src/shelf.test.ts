/** On a real table: what is found under several keys, and what a sweep has to look at. */
import { service } from '@echelon/contracts';
import { startStage } from '@echelon/local-stage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { agenda, openTable, shelf, type Table } from './store.ts';

const Book = z.object({ title: z.string(), pages: z.codec(z.string(), z.bigint(), { decode: BigInt, encode: String }) });

let stage: Awaited<ReturnType<typeof startStage>>;
let table: Table;
beforeAll(async () => {
  stage = await startStage({ services: [{ contract: service('books', { summary: 'Books.', routes: {} }), create: () => ({}) }] });
  table = openTable(stage.dynamodb, `${stage.tables.books}`);
}, 60_000);
afterAll(() => stage.stop());

describe('a shelf', () => {
  const said = (version: number, title: string) => ({ version, value: { title, pages: BigInt(version) } });

  it('gives what stands under any of the keys, each once, and nothing of other keys or shelves', async () => {
    const books = shelf(table, 'BOOKS', Book);
    await books.put(['ann', 'red'], 'b1', said(1, 'Emma'));
    await books.put(['ann'], 'b2', said(1, 'Persuasion'));
    await books.put(['bob'], 'b3', said(1, 'Ivanhoe'));
    await shelf(table, 'MAPS', Book).put(['ann'], 'm1', said(1, 'Bath'));
    expect((await books.read(['ann', 'red'])).map(({ title }) => title).toSorted()).toEqual(['Emma', 'Persuasion']);
    expect(await books.read(['red'])).toEqual([{ title: 'Emma', pages: 1n }]);
    expect(await books.read(['nobody'])).toEqual([]);
    expect(await books.read([])).toEqual([]);
  });

  it('keeps the highest version, whichever comes last and under whichever key it has arrived', async () => {
    const books = shelf(table, 'LATE', Book);
    await books.put(['one', 'other'], 'b1', said(2, 'second'));
    await books.put(['one', 'other'], 'b1', said(1, 'first'));
    expect(await books.read(['one'])).toEqual([{ title: 'second', pages: 2n }]);
    await books.put(['other'], 'b1', said(3, 'third'));
    expect(await books.read(['one', 'other'])).toEqual([{ title: 'third', pages: 3n }]);
  });

  it('gives all that stands under a key, however many pages of the table that fills, and fails where it can not', async () => {
    const books = shelf(table, 'LONG', Book);
    const title = 'x'.repeat(350_000);
    const put = (from: number, to: number) =>
      Promise.all(Array.from({ length: to - from }, (_, n) => books.put(['long'], `b${from + n}`, said(1, title))));
    await put(0, 5);
    expect(await books.read(['long'])).toHaveLength(5);
    await put(5, 40);
    await expect(books.read(['long'])).rejects.toThrow('more than 10 pages stand under LONG#long');
  });
});

describe('an agenda', () => {
  const due = (version: number, dueAt = '2026-03-02') => ({ version, dueAt });
  const ids = async (list: ReturnType<typeof agenda>) => (await list.read(10)).items.map(({ state }) => state);

  it('lists what is not settled, the longest due first', async () => {
    const list = agenda(table, 'calls');
    await list.put('late', due(1, '2026-03-03'));
    await list.put('early', due(1, '2026-03-01'));
    await agenda(table, 'letters').put('other', due(1));
    expect(await ids(list)).toEqual(['early', 'late']);
    const { items, next } = await list.read(1);
    expect([items[0]?.state, (await list.read(1, next)).items[0]?.state]).toEqual(['early', 'late']);
    await list.settle('early', 1);
    expect(await ids(list)).toEqual(['late']);
  });

  it('does not settle what was said anew meanwhile, nor take up again what was settled', async () => {
    const list = agenda(table, 'again');
    await list.put('x', due(1));
    await list.put('x', due(2));
    await list.settle('x', 1);
    expect(await ids(list)).toEqual(['x']);
    await list.settle('x', 2);
    await list.put('x', due(1));
    await list.put('x', due(2));
    expect(await ids(list)).toEqual([]);
    await list.put('x', due(3));
    expect(await ids(list)).toEqual(['x']);
  });
});

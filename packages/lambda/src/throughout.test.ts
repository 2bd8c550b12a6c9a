import { refuse } from '@echelon/decider';
import { describe, expect, it } from 'vitest';
import { type Paging, throughout } from './throughout.ts';

const jars = ['a', 'b', 'c', 'd', 'e'];
const emptying = (changes: Partial<Paging<string>> = {}) => {
  const emptied: string[] = [];
  const paging: Paging<string> = {
    list: async (cursor = '0') => {
      const [from, to] = [Number(cursor), Number(cursor) + 2];
      return { items: jars.slice(from, to).map((state) => ({ state, version: 1 })), ...(to < jars.length && { next: String(to) }) };
    },
    act: async ({ state }) => {
      emptied.push(state);
      return { state, version: 2 };
    },
    timeLeft: () => 1,
    ...changes,
  };
  return { paging, emptied };
};

describe('throughout a list', () => {
  it('each item is done once, page after page', async () => {
    const { paging, emptied } = emptying();
    expect(await throughout(paging)).toEqual({ done: 5, failed: [], isWhole: true });
    expect(emptied).toEqual(jars);
  });

  it('what is stuck is passed over, and only what was changed is counted', async () => {
    const stuck = new Error('b is stuck');
    const outcomes = { a: { state: 'a', version: 1 }, c: refuse('not-due'), d: undefined, e: { state: 'e', version: 2 } };
    const act: Paging<string>['act'] = async ({ state }) => {
      if (state === 'b') throw stuck;
      return outcomes[state as keyof typeof outcomes];
    };
    expect(await throughout(emptying({ act }).paging)).toEqual({ done: 1, failed: [stuck], isWhole: true });
  });

  it('what is kept as a round is taken up where it was left, and says how far it came', async () => {
    const reached: (string | undefined)[] = [];
    const { paging, emptied } = emptying({ round: { from: '2', reached: async (cursor) => void reached.push(cursor) } });
    expect(await throughout(paging)).toMatchObject({ done: 3, isWhole: true });
    expect([emptied, reached]).toEqual([
      ['c', 'd', 'e'],
      ['4', undefined],
    ]);
  });

  it('no page is begun for which there is no time, and a list without an end ends', async () => {
    let left = 2;
    const { paging, emptied } = emptying({ timeLeft: () => left-- });
    expect(await throughout(paging)).toEqual({ done: 4, failed: [], isWhole: false });
    expect(emptied).toEqual(['a', 'b', 'c', 'd']);
    expect(await throughout(emptying({ list: async () => ({ items: [], next: '0' }) }).paging)).toMatchObject({ isWhole: false });
  });
});

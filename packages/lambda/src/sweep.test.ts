import { describe, expect, it } from 'vitest';
import { openEdges } from './edges.ts';
import { type SweepRow, sweepOf } from './sweep.ts';

const contract = { name: 'jars', summary: '', routes: {}, events: {}, reacts: [], sweeps: { empty: { every: '1 hour', summary: '' } } } as const;

const sweeping = (empty: SweepRow<object>) => {
  const lines: object[] = [];
  const sweep = sweepOf({
    contract,
    rows: { empty },
    deps: {},
    edges: openEdges({ STAGE: 'test' }, { region: 'eu-central-1' }),
    openLog: (_what, opened) => {
      const line = { ...opened };
      return { note: (fields) => void Object.assign(line, fields), close: (outcome) => void lines.push({ ...line, outcome }) };
    },
  });
  return { sweep, lines };
};

/** Takes two of the due at a time, as a row does: what fails stays due, and is passed over. */
const twoAtATime = (due: readonly string[], fails: string): { row: SweepRow<object>; emptied: string[] } => {
  const emptied: string[] = [];
  let at = 0;
  const row: SweepRow<object> = async () => {
    const round = due.slice(at, at + 2);
    at += 2;
    const done = round.filter((jar) => jar !== fails);
    emptied.push(...done);
    return { done: done.length, more: at < due.length, failed: round.includes(fails) ? [new Error(`${fails} is stuck`)] : [] };
  };
  return { row, emptied };
};

describe('a sweep', () => {
  it('goes on, round after round, while more are due', async () => {
    const { row, emptied } = twoAtATime(['a', 'b', 'c', 'd', 'e'], 'none');
    const { sweep, lines } = sweeping(row);
    expect(await sweep({ sweep: 'empty' })).toEqual({ done: 5 });
    expect(emptied).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(lines).toMatchObject([{ sweep: 'empty', done: 5, failed: 0, outcome: 'done' }]);
  });

  it('does all the others where one can not be done, and fails by its name', async () => {
    const { row, emptied } = twoAtATime(['a', 'poison', 'c', 'd', 'e'], 'poison');
    const { sweep, lines } = sweeping(row);
    await expect(sweep({ sweep: 'empty' })).rejects.toThrow('1 could not be swept: Error: poison is stuck');
    expect(emptied).toEqual(['a', 'c', 'd', 'e']);
    expect(lines).toMatchObject([{ done: 4, failed: 1, outcome: 'failed' }]);
  });

  it('begins no round for which there is no time', async () => {
    const { row, emptied } = twoAtATime(['a', 'b'], 'none');
    expect(await sweeping(row).sweep({ sweep: 'empty' }, { getRemainingTimeInMillis: () => 0 })).toEqual({ done: 0 });
    expect(emptied).toEqual([]);
  });

  it('gives one state of an aggregate one cause, whenever it runs', async () => {
    const ids: string[][] = [];
    const { sweep } = sweeping(async ({ causeFor }) => {
      ids.push([causeFor('a', 1), causeFor('a', 2), causeFor('b', 1)].map(({ id }) => id));
      return { done: 0, more: false, failed: [] };
    });
    await sweep({ sweep: 'empty' });
    await sweep({ sweep: 'empty' });
    expect(ids[0]).toEqual(ids[1]);
    expect(new Set(ids.flat()).size).toBe(3);
  });

  it('is one of its service: no other name runs anything', async () => {
    const { sweep } = sweeping(async () => ({ done: 1, more: false, failed: [] }));
    await expect(sweep({ sweep: 'toString' })).rejects.toThrow('jars has no sweep "toString"');
  });
});

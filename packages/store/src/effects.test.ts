/** On a real table: what a decision writes beside its events, and what races for it come to. */
import { accept, join, refuse, type TallyChange, tallied } from '@echelon/decider';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BadCursor, claims, entries, tallies } from './store.ts';
import { causeOf, event, Label, openJars, put } from './toy/jars.ts';

let room: Awaited<ReturnType<typeof openJars>>;
let id: string;
beforeAll(async () => {
  room = await openJars();
});
afterAll(() => room.stop());
let count = 0;
beforeEach(() => {
  id = `jar-${String(++count).padStart(4, '0')}`;
});

describe('claims', () => {
  const joining = (jar: string, keys: readonly string[]) =>
    room.jars.decide(jar, causeOf(), {
      facts: () => claims(room.table).read(keys),
      command: (_, lines) => {
        if (lines.some(({ line }) => line.length > 0)) return refuse('taken');
        return accept([event(1n)], { claims: lines.map((line) => join(line, { id: jar, by: jar }, '2026-03-02T15:00:00.000Z')) });
      },
    });

  it('of two that overlap at once, one is first, and the other sees it', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, n) => joining(`${id}-${n}`, n % 2 === 0 ? [`${id}:a`, `${id}:b`] : [`${id}:c`, `${id}:b`])),
    );
    expect(outcomes.filter((outcome) => 'state' in outcome)).toHaveLength(1);
    expect(outcomes.filter((outcome) => 'refused' in outcome && outcome.refused === 'taken')).toHaveLength(9);
    const [b] = await claims(room.table).read([`${id}:b`]);
    expect(b).toMatchObject({ key: `${id}:b`, version: 1, line: [{}] });
  });

  it('are read in the order of their keys, unclaimed ones as version 0', async () => {
    await joining(id, [`${id}:x`]);
    expect(await claims(room.table).read([`${id}:y`, `${id}:x`])).toEqual([
      { key: `${id}:y`, version: 0, line: [] },
      { key: `${id}:x`, version: 1, line: [{ id, by: id }] },
    ]);
    expect(await claims(room.table).read([])).toEqual([]);
  });
});

describe('tallies', () => {
  const read = (key: string) => tallies(room.table).read(key);
  /** Decides by the tally as it stands, as a service does: what does not hold is refused, what held a moment ago is tried again. */
  const changing = (jar: string, change: TallyChange) =>
    room.jars.decide(jar, causeOf(), {
      facts: () => read(change.key),
      command: (_, tally) => (tallied(tally, change) ? accept([event(1n)], { tallies: [change] }) : refuse('no')),
    });

  it('hold what many aggregates add and take at once, and never fall below zero', async () => {
    await changing(`${id}-0`, { key: id, add: 5n });
    const outcomes = await Promise.all(
      Array.from({ length: 24 }, (_, n) => changing(`${id}-${n + 1}`, { key: id, add: n % 3 === 0 ? 2n : -1n }).then((done) => [n, done] as const)),
    );
    const sum = outcomes.reduce((all, [n, done]) => all + ('refused' in done ? 0n : n % 3 === 0 ? 2n : -1n), 5n);
    expect(await read(id)).toEqual({ key: id, sum, closed: false });
    expect(sum >= 0n).toBe(true);
    expect(await read(`${id}-none`)).toEqual({ key: `${id}-none`, sum: 0n, closed: false });
  });

  it('close at zero only: whether what is added or the close comes first, the other is refused', async () => {
    for (let n = 0; n < 12; n++) {
      const key = `${id}-${n}`;
      const [added, closed] = await Promise.all([changing(`${key}-a`, { key, add: 1n }), changing(`${key}-b`, { key, close: true })]);
      expect(['refused' in added, 'refused' in closed].toSorted()).toEqual([false, true]);
      expect(await read(key)).toEqual('refused' in added ? { key, sum: 0n, closed: true } : { key, sum: 1n, closed: false });
    }
  });

  it('refuse in the transaction what a decision did not look at, so that it is never written', async () => {
    await changing(id, { key: id, close: true });
    const blind = (change: TallyChange) =>
      room.jars.decide(`${id}-b`, causeOf({ timeLeft: () => 0 }), () => accept([event(1n)], { tallies: [change] }));
    for (const change of [
      { key: id, add: 1n },
      { key: `${id}-other`, add: -1n },
    ])
      await expect(blind(change)).rejects.toThrow('time to contend');
    expect(await room.items(`${id}-b`)).toEqual([]);
  });
});

describe('the private record', () => {
  const label = (maker: string): Label => ({ maker, made: 7n });
  const labelling = (record: object | null) => () => accept([event(1n)], { record });

  it('stands beside the state, is replaced and erased with a commit, and is in nothing else that is written', async () => {
    await room.jars.decide(id, causeOf(), labelling(label('Ann Arbor')));
    await room.jars.decide(id, causeOf(), put(2n));
    expect(await room.jars.record(id)).toEqual(label('Ann Arbor'));
    await room.jars.decide(id, causeOf(), labelling(label('Bob Bower')));
    expect(await room.jars.record(id)).toEqual(label('Bob Bower'));
    const holding = (await room.items(id)).filter((item) => JSON.stringify(item).includes('Bower'));
    expect(holding.map(({ sk }) => sk?.S)).toEqual(['RECORD']);
    await room.jars.decide(id, causeOf(), labelling(null));
    expect(await room.jars.record(id)).toBeUndefined();
    expect(JSON.stringify(await room.items(id))).not.toMatch(/Arbor|Bower/);
    expect(await room.jars.history(id)).toHaveLength(4);
  });

  it('is refused where it is of another shape, and then nothing is written', async () => {
    await expect(room.jars.decide(id, causeOf(), labelling({ maker: 3 }))).rejects.toThrow();
    expect(await room.items(id)).toEqual([]);
    expect(await room.jars.record(id)).toBeUndefined();
  });
});

describe('entries', () => {
  const label = (maker: string): Label => ({ maker, made: 7n });
  const entering = (...makers: readonly string[]) =>
    room.jars.decide(id, causeOf(), () => accept([event(1n)], { entries: makers.map((maker) => ({ key: maker.slice(0, 2), value: label(maker) })) }));
  const of = () => entries(room.table, Label);

  it('stand beside the state, each in place of the one of its key, and are listed in pages, the last keys first', async () => {
    await entering('aa', 'bb', 'cc');
    await entering('bb again', 'dd');
    expect([await of().read(id, 'bb'), await of().read(id, 'ee')]).toEqual([label('bb again'), undefined]);
    const first = await of().page(id, { limit: 3 });
    expect(first.items.map(({ maker }) => maker)).toEqual(['dd', 'cc', 'bb again']);
    expect(await of().page(id, { limit: 3, cursor: first.next })).toEqual({ items: [label('aa')] });
    expect(await room.jars.history(id)).toHaveLength(2);
  });

  it('that are left out take no place on a page, however many they are', async () => {
    const keys = Array.from({ length: 150 }, (_, n) => n.toString(36).padStart(2, '0'));
    for (let n = 0; n < keys.length; n += 30) await entering(...keys.slice(n, n + 30));
    const shows = ({ maker }: Label): boolean => ['45', '30', '01'].includes(maker);
    const first = await of().page(id, { limit: 1, shows });
    expect(first.items).toEqual([label('45')]);
    const second = await of().page(id, { limit: 1, shows, cursor: first.next });
    expect(second.items).toEqual([label('30')]);
    expect(await of().page(id, { limit: 2, shows, cursor: second.next })).toEqual({ items: [label('01')] });
  });

  it('are not written where the decision is not, nor in another shape; and take no cursor that is none', async () => {
    const wrong = () => accept([event(1n)], { entries: [{ key: 'a', value: { maker: 3 } }] });
    await expect(room.jars.decide(id, causeOf(), wrong)).rejects.toThrow();
    expect(await of().page(id, { limit: 3 })).toEqual({ items: [] });
    for (const cursor of ['', 'x', Buffer.from('STATE').toString('base64url')])
      await expect(of().page(id, { limit: 3, cursor })).rejects.toThrow(BadCursor);
  });
});

/** On a real table: what one transaction writes, what races come to, and what lists and projections keep. */
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { accept, Oversized } from '@echelon/decider';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { BadCursor, listing, projection } from './store.ts';
import { causeOf, event, JarCodec, openJars, Pebbles, put } from './toy/jars.ts';

const all = { principal: 'x', sees: 'all' } as const;

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

describe('a commit', () => {
  it('writes state, history and cause in one, and what it does not write it leaves', async () => {
    const cause = causeOf({ forgettable: false });
    expect(await room.jars.decide(id, cause, put(7n))).toEqual({ state: { status: 'open', id, owner: 'ann', pebbles: [7n] }, version: 1 });
    const rows = await room.items(id);
    expect(rows.map(({ sk }) => sk?.S).toSorted()).toEqual([`CAUSE#${cause.id}`, 'COMMIT#000000000001', 'STATE']);
    const ofCause = rows.find(({ sk }) => sk?.S?.startsWith('CAUSE#'));
    expect([ofCause?.version?.N, ofCause?.hash?.S, ofCause?.expires]).toEqual(['1', 'h', undefined]);
  });

  it('lets the cause of a request be forgotten after thirty days', async () => {
    const cause = causeOf();
    await room.jars.decide(id, cause, put(7n));
    const { Item } = await room.table.client.send(
      new GetItemCommand({ TableName: room.table.name, Key: { pk: { S: id }, sk: { S: `CAUSE#${cause.id}` } } }),
    );
    expect(Number(Item?.expires?.N) - Date.now() / 1_000).toBeCloseTo(30 * 86_400, -2);
  });

  it('replays: the history, folded, is the state that is stored, and what each commit says of it', async () => {
    for (let n = 1n; n <= 12n; n++) await room.jars.decide(id, causeOf(), () => accept([event(n), event(-n)]));
    const history = await room.jars.history(id);
    const found = await room.jars.find(id, all);
    if ('refused' in found) throw new Error(found.refused);
    const wire: unknown[] = history.flatMap(({ events }) => events.map(({ data }) => (data as { pebble: string }).pebble));
    expect(wire).toEqual(found.state.pebbles.map(String));
    expect(history.map(({ version }) => version)).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
    expect(found.version).toBe(12);
    expect(history.at(-1)?.state).toEqual(JarCodec.encode(found.state));
    expect(history[0]).toMatchObject({ recordedAt: '2026-03-02T15:00:00.000Z', by: { principal: 'ann' }, about: { partnerId: 'ann' } });
  });

  it('that nobody could be told of is not written: an event with its state fits what EventBridge takes', async () => {
    // In the state and in the event's data: twice its digits.
    await room.jars.decide(id, causeOf(), put(10n ** 124_000n));
    const other = `${id}-other`;
    await expect(room.jars.decide(other, causeOf(), put(10n ** 126_000n))).rejects.toThrow(Oversized);
    expect(await room.items(other)).toEqual([]);
    await expect(room.jars.decide(id, causeOf(), put(10n ** 124_000n))).rejects.toThrow(Oversized);
    expect(await room.jars.history(id)).toHaveLength(1);
  });

  it('is answered as then where its cause comes again, and refused where that cause was another request', async () => {
    const cause = causeOf();
    const first = await room.jars.decide(id, cause, put(1n));
    await room.jars.decide(id, causeOf(), put(2n));
    expect(await room.jars.decide(id, cause, put(1n))).toEqual(first);
    expect(await room.jars.decide(id, { ...cause, hash: 'other' }, put(1n))).toEqual({ refused: 'key-reused' });
    expect(await room.jars.history(id)).toHaveLength(2);
  });

  it('of many at once loses none, and takes each cause once', async () => {
    const twice = Array.from({ length: 12 }, (_, n) => causeOf({ id: `${id}-${n}` })).flatMap((cause) => [cause, cause]);
    const outcomes = await Promise.all(twice.map((cause, n) => room.jars.decide(id, cause, put(BigInt(n >> 1)))));
    expect(outcomes.every((outcome) => 'state' in outcome)).toBe(true);
    const found = await room.jars.find(id, all);
    expect('state' in found && found.state.pebbles.map(Number).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, n) => n));
  });

  it('is not written where the time to contend is up', async () => {
    await room.jars.decide(id, causeOf(), put(1n));
    const raced = room.jars.decide(id, causeOf({ timeLeft: () => 0 }), {
      command: () => accept([event(2n)]),
      facts: async (loading) => {
        await loading;
        await room.jars.decide(id, causeOf(), put(3n));
      },
    });
    // The facts write in between, each time; without time left the first meeting is the last.
    await expect(raced.then((outcome) => ('state' in outcome ? outcome.state.pebbles : outcome))).rejects.toThrow('time to contend');
  });
});

describe('as of a time', () => {
  const at = (day: number): string => `2026-03-${String(day).padStart(2, '0')}T15:00:00.000Z`;
  const putOn = (...days: number[]) =>
    days.reduce(async (last: Promise<unknown>, day) => {
      await last;
      return room.jars.decide(id, causeOf({ recordedAt: at(day) }), put(BigInt(day)));
    }, Promise.resolve());

  it('stands what was recorded before it, be it one commit or many', async () => {
    await putOn(2, 2, 5, 7, 8);
    const pebbles = async (day: number) => (await room.jars.asOf(id, at(day)))?.pebbles.map(Number);
    expect(await Promise.all([2, 3, 5, 6, 7, 8, 9].map(pebbles))).toEqual([
      undefined,
      ...[
        [2, 2],
        [2, 2],
        [2, 2, 5],
        [2, 2, 5],
        [2, 2, 5, 7],
        [2, 2, 5, 7, 8],
      ],
    ]);
    expect(await room.jars.asOf('jar-none', at(9))).toBeUndefined();
  });

  it('is found without reading the history', async () => {
    await putOn(...Array.from({ length: 30 }, (_, n) => n + 1));
    const sent = vi.spyOn(room.table.client, 'send');
    await room.jars.asOf(id, at(10));
    // Its version, and five halvings of thirty.
    expect(sent).toHaveBeenCalledTimes(6);
    sent.mockRestore();
  });
});

describe('find', () => {
  it('answers what is not there and what is not seen alike', async () => {
    await room.jars.decide(id, causeOf(), put(1n));
    expect(await room.jars.find(id, { principal: 'ann', sees: 'own' })).toMatchObject({ version: 1 });
    expect(await room.jars.find(id, { principal: 'bob', sees: 'own' })).toEqual(await room.jars.find('jar-none', all));
  });
});

describe('a projection', () => {
  const kept = () => projection(room.table, 'KEPT', Pebbles);
  it('is never replaced by a lower version, in whatever order they come', async () => {
    for (const order of [
      [1, 2, 3],
      [3, 1, 2],
      [2, 3, 3, 1],
    ]) {
      const key = `${id}-${order.join('')}`;
      for (const version of order) await kept().put(key, version, BigInt(version));
      expect(await kept().get(key)).toBe(3n);
    }
  });
  it('keeps what a version said first, and knows nothing of what nobody said', async () => {
    await kept().put(id, 1, 10n);
    await kept().put(id, 1, 20n);
    expect(await kept().get(id)).toBe(10n);
    expect(await kept().get('nobody')).toBeUndefined();
  });
});

describe('a list', () => {
  const list = () => listing(room.table, JarCodec);
  const pages = async (wanted: Partial<Parameters<ReturnType<typeof list>>[0]>) => {
    const seen: string[][] = [];
    let cursor: string | undefined;
    do {
      const page = await list()({ index: 'own', partition: id, limit: 3, cursor, ...wanted });
      seen.push(page.items.map(({ state }) => state.id.slice(-1)));
      cursor = page.next;
    } while (cursor !== undefined);
    return seen;
  };
  const seven = () =>
    Promise.all([1, 2, 3, 4, 5, 6, 7].map((n) => room.jars.decide(`${id}-${n}`, causeOf(), put(1n, { owner: id, shut: n % 3 === 0 }))));

  it('comes in pages that together hold each once, in order, and the other way round', async () => {
    await seven();
    expect((await pages({})).flat()).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect((await pages({ newestFirst: true })).flat()).toEqual(['7', '6', '5', '4', '3', '2', '1']);
    expect((await pages({ limit: 7 }))[0]).toHaveLength(7);
    expect(await pages({ partition: 'nobody' })).toEqual([[]]);
  });

  it('filters by status over as many pages as it takes, and stops before a place', async () => {
    await seven();
    expect((await pages({ status: 'shut', limit: 1 })).flat()).toEqual(['3', '6']);
    expect((await pages({ before: `${id}-4` })).flat()).toEqual(['1', '2', '3']);
    expect((await list()({ index: 'due', partition: 'due', limit: 100, before: `${id}~` })).items.some(({ state }) => state.id === `${id}-3`)).toBe(
      false,
    );
  });

  it('takes no cursor of another list, and none that is no cursor', async () => {
    await seven();
    const { next } = await list()({ index: 'own', partition: id, limit: 2 });
    const asking = (partition: string, cursor: string | undefined) => list()({ index: 'own', partition, limit: 2, cursor });
    await expect(asking(id, next)).resolves.toMatchObject({ items: [{}, {}] });
    const empty = Buffer.from(
      JSON.stringify([
        ['pk', ''],
        ['sk', 'STATE'],
        ['ownpk', id],
        ['ownsk', 'x'],
      ]),
    ).toString('base64url');
    await expect(asking('another', next)).rejects.toThrow(BadCursor);
    for (const cursor of ['', 'x', 'bm9uZQ', empty]) await expect(asking(id, cursor)).rejects.toThrow(BadCursor);
  });
});

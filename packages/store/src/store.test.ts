/** On a real table: what one transaction writes, what races come to, and what lists and projections keep. */
import { GetItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { service } from '@echelon/contracts';
import { type Accepted, accept, type Cause, join, refuse, type TallyChange, tallied } from '@echelon/decider';
import { startStage } from '@echelon/local-stage';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { aggregates, BadCursor, claims, listing, openTable, projection, type Repository, type Table, tallies } from './store.ts';

/** A jar that takes pebbles: enough of an aggregate to be stored, claimed, listed and raced for. */
const Jar = z.object({ status: z.enum(['open', 'shut']), id: z.string(), owner: z.string(), pebbles: z.array(z.bigint()) });
const Pebbles = z.codec(z.string(), z.bigint(), { decode: BigInt, encode: String });
const JarCodec = Jar.extend({ pebbles: z.array(Pebbles) });
const Label = z.object({ maker: z.string(), made: z.codec(z.string(), z.bigint(), { decode: BigInt, encode: String }) });
type Label = z.output<typeof Label>;
type State = { readonly status: 'none'; readonly id: string } | z.output<typeof JarCodec>;
interface Added {
  readonly type: 'Added';
  readonly at: Date;
  readonly data: { readonly pebble: bigint; readonly owner: string; readonly shut: boolean };
}
const at = z.codec(z.string(), z.date(), { decode: (text) => new Date(text), encode: (date) => date.toISOString() });
const evolve = (state: State, { data: { pebble, owner, shut } }: Added): State => ({
  status: shut ? 'shut' : 'open',
  id: state.id,
  owner: state.status === 'none' ? owner : state.owner,
  pebbles: [...(state.status === 'none' ? [] : state.pebbles), pebble],
});
const event = (pebble: bigint, more: Partial<Added['data']> = {}): Added => ({
  type: 'Added',
  at: new Date(0),
  data: { pebble, owner: 'ann', shut: false, ...more },
});
const put =
  (pebble: bigint, more: Partial<Added['data']> = {}) =>
  (): Accepted<Added> =>
    accept([event(pebble, more)]);

let causes = 0;
const causeOf = (more: Partial<Cause> = {}): Cause => ({
  id: `cause-${++causes}`,
  hash: 'h',
  by: { principal: 'ann', correlationId: 'c' },
  recordedAt: '2026-03-02T15:00:00.000Z',
  forgettable: true,
  timeLeft: () => 20_000,
  ...more,
});

let stage: Awaited<ReturnType<typeof startStage>>;
let table: Table;
let jars: Repository<State, Added, Label>;
let id: string;
beforeAll(async () => {
  const contract = service('jars', { summary: 'Jars.', routes: {} });
  stage = await startStage({ services: [{ contract, create: () => ({}) }] });
  table = openTable(stage.dynamodb, `${stage.tables.jars}`);
  jars = aggregates<State, Added, Label>(table, {
    none: (name) => ({ status: 'none', id: name }),
    state: JarCodec,
    events: { Added: { data: z.object({ pebble: Pebbles, owner: z.string(), shut: z.boolean() }) } },
    at,
    evolve,
    about: ({ owner }) => ({ partnerId: owner }),
    isOwn: ({ owner }, viewer) => owner === viewer.principal,
    record: Label,
    indexed: (jar) => ({ all: ['jars', jar.id], own: [jar.owner, jar.id], ...(jar.status === 'open' && { due: ['due', jar.id] as const }) }),
  });
});
afterAll(() => stage.stop());
let count = 0;
beforeEach(() => {
  id = `jar-${String(++count).padStart(4, '0')}`;
});

const items = async (partition: string) => {
  const { Items = [] } = await table.client.send(
    new ScanCommand({
      TableName: table.name,
      FilterExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: partition } },
      ConsistentRead: true,
    }),
  );
  return Items;
};
const all = { principal: 'x', sees: 'all' } as const;

describe('a commit', () => {
  it('writes state, history and cause in one, and what it does not write it leaves', async () => {
    const cause = causeOf({ forgettable: false });
    expect(await jars.decide(id, cause, put(7n))).toEqual({ state: { status: 'open', id, owner: 'ann', pebbles: [7n] }, version: 1 });
    const rows = await items(id);
    expect(rows.map(({ sk }) => sk?.S).toSorted()).toEqual([`CAUSE#${cause.id}`, 'COMMIT#000000000001', 'STATE']);
    const ofCause = rows.find(({ sk }) => sk?.S?.startsWith('CAUSE#'));
    expect([ofCause?.version?.N, ofCause?.hash?.S, ofCause?.expires]).toEqual(['1', 'h', undefined]);
  });

  it('lets the cause of a request be forgotten after thirty days', async () => {
    const cause = causeOf();
    await jars.decide(id, cause, put(7n));
    const { Item } = await table.client.send(new GetItemCommand({ TableName: table.name, Key: { pk: { S: id }, sk: { S: `CAUSE#${cause.id}` } } }));
    expect(Number(Item?.expires?.N) - Date.now() / 1_000).toBeCloseTo(30 * 86_400, -2);
  });

  it('replays: the history, folded, is the state that is stored, and what each commit says of it', async () => {
    for (let n = 1n; n <= 12n; n++) await jars.decide(id, causeOf(), () => accept([event(n), event(-n)]));
    const history = await jars.history(id);
    const found = await jars.find(id, all);
    if ('refused' in found) throw new Error(found.refused);
    const wire: unknown[] = history.flatMap(({ events }) => events.map(({ data }) => (data as { pebble: string }).pebble));
    expect(wire).toEqual(found.state.pebbles.map(String));
    expect(history.map(({ version }) => version)).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
    expect(found.version).toBe(12);
    expect(history.at(-1)?.state).toEqual(JarCodec.encode(found.state));
    expect(history[0]).toMatchObject({ recordedAt: '2026-03-02T15:00:00.000Z', by: { principal: 'ann' }, about: { partnerId: 'ann' } });
  });

  it('is answered as then where its cause comes again, and refused where that cause was another request', async () => {
    const cause = causeOf();
    const first = await jars.decide(id, cause, put(1n));
    await jars.decide(id, causeOf(), put(2n));
    expect(await jars.decide(id, cause, put(1n))).toEqual(first);
    expect(await jars.decide(id, { ...cause, hash: 'other' }, put(1n))).toEqual({ refused: 'key-reused' });
    expect(await jars.history(id)).toHaveLength(2);
  });

  it('of many at once loses none, and takes each cause once', async () => {
    const twice = Array.from({ length: 12 }, (_, n) => causeOf({ id: `${id}-${n}` })).flatMap((cause) => [cause, cause]);
    const outcomes = await Promise.all(twice.map((cause, n) => jars.decide(id, cause, put(BigInt(n >> 1)))));
    expect(outcomes.every((outcome) => 'state' in outcome)).toBe(true);
    const found = await jars.find(id, all);
    expect('state' in found && found.state.pebbles.map(Number).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, n) => n));
  });

  it('is not written where the time to contend is up', async () => {
    await jars.decide(id, causeOf(), put(1n));
    const raced = jars.decide(id, causeOf({ timeLeft: () => 0 }), {
      command: () => accept([event(2n)]),
      facts: async (loading) => {
        await loading;
        await jars.decide(id, causeOf(), put(3n));
      },
    });
    // The facts write in between, each time; without time left the first meeting is the last.
    await expect(raced.then((outcome) => ('state' in outcome ? outcome.state.pebbles : outcome))).rejects.toThrow('time to contend');
  });
});

describe('find', () => {
  it('answers what is not there and what is not seen alike', async () => {
    await jars.decide(id, causeOf(), put(1n));
    expect(await jars.find(id, { principal: 'ann', sees: 'own' })).toMatchObject({ version: 1 });
    expect(await jars.find(id, { principal: 'bob', sees: 'own' })).toEqual(await jars.find('jar-none', all));
  });
});

describe('claims', () => {
  const joining = (jar: string, keys: readonly string[]) =>
    jars.decide(jar, causeOf(), {
      facts: () => claims(table).read(keys),
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
    const [b] = await claims(table).read([`${id}:b`]);
    expect(b).toMatchObject({ key: `${id}:b`, version: 1, line: [{}] });
  });

  it('are read in the order of their keys, unclaimed ones as version 0', async () => {
    await joining(id, [`${id}:x`]);
    expect(await claims(table).read([`${id}:y`, `${id}:x`])).toEqual([
      { key: `${id}:y`, version: 0, line: [] },
      { key: `${id}:x`, version: 1, line: [{ id, by: id }] },
    ]);
    expect(await claims(table).read([])).toEqual([]);
  });
});

describe('tallies', () => {
  const read = (key: string) => tallies(table).read(key);
  /** Decides by the tally as it stands, as a service does: what does not hold is refused, what held a moment ago is tried again. */
  const changing = (jar: string, change: TallyChange) =>
    jars.decide(jar, causeOf(), {
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
    const blind = (change: TallyChange) => jars.decide(`${id}-b`, causeOf({ timeLeft: () => 0 }), () => accept([event(1n)], { tallies: [change] }));
    for (const change of [
      { key: id, add: 1n },
      { key: `${id}-other`, add: -1n },
    ])
      await expect(blind(change)).rejects.toThrow('time to contend');
    expect(await items(`${id}-b`)).toEqual([]);
  });
});

describe('the private record', () => {
  const label = (maker: string): Label => ({ maker, made: 7n });
  const labelling = (record: object | null) => () => accept([event(1n)], { record });

  it('stands beside the state, is replaced and erased with a commit, and is in nothing else that is written', async () => {
    await jars.decide(id, causeOf(), labelling(label('Ann Arbor')));
    await jars.decide(id, causeOf(), put(2n));
    expect(await jars.record(id)).toEqual(label('Ann Arbor'));
    await jars.decide(id, causeOf(), labelling(label('Bob Bower')));
    expect(await jars.record(id)).toEqual(label('Bob Bower'));
    const holding = (await items(id)).filter((item) => JSON.stringify(item).includes('Bower'));
    expect(holding.map(({ sk }) => sk?.S)).toEqual(['RECORD']);
    await jars.decide(id, causeOf(), labelling(null));
    expect(await jars.record(id)).toBeUndefined();
    expect(JSON.stringify(await items(id))).not.toMatch(/Arbor|Bower/);
    expect(await jars.history(id)).toHaveLength(4);
  });

  it('is refused where it is of another shape, and then nothing is written', async () => {
    await expect(jars.decide(id, causeOf(), labelling({ maker: 3 }))).rejects.toThrow();
    expect(await items(id)).toEqual([]);
    expect(await jars.record(id)).toBeUndefined();
  });
});

describe('a projection', () => {
  const kept = () => projection(table, 'KEPT', Pebbles);
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
  const list = () => listing(table, JarCodec);
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
  const seven = () => Promise.all([1, 2, 3, 4, 5, 6, 7].map((n) => jars.decide(`${id}-${n}`, causeOf(), put(1n, { owner: id, shut: n % 3 === 0 }))));

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

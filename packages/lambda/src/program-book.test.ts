import { Readable } from 'node:stream';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { day, instant, startOfDay } from '@echelon/calendar';
import { ProgramId, VersionId } from '@echelon/contracts/ids';
import { documents } from '@echelon/program/documents';
import type { Timeline } from '@echelon/program/timeline';
import { openTable } from '@echelon/store';
import { describe, expect, it } from 'vitest';
import { newId } from './cause.ts';
import { Behind, programBook } from './program-book.ts';

const document = documents['reseller-example'];
const programId = newId(ProgramId, { id: 'program' });
const versionOf = (n: number) => newId(VersionId, { id: `version ${n}` });
const hashOf = (n: number) => `hash-${n}`;

type Sent = { readonly Key?: { readonly pk: { readonly S: string } }; readonly Item?: { readonly pk: { readonly S: string } } };

/** A table of puts and gets at the end of the wire, which counts how often each item is read. */
const tableThatCounts = () => {
  const items = new Map<string, object>();
  const reads: string[] = [];
  const handle = async ({ body }: { body: Uint8Array | string }) => {
    const { Key, Item } = JSON.parse(body instanceof Uint8Array ? new TextDecoder().decode(body) : body) as Sent;
    if (Item) items.set(Item.pk.S, Item);
    if (Key) reads.push(Key.pk.S);
    const found = Key && items.get(Key.pk.S);
    return { response: { statusCode: 200, headers: {}, body: Readable.from([Buffer.from(JSON.stringify(found ? { Item: found } : {}))]) } };
  };
  const sdk = { region: 'eu-central-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' }, requestHandler: { handle } as never };
  return { book: programBook(openTable(new DynamoDBClient(sdk), 'jars')), readsOf: (pk: string) => reads.filter((read) => read === pk).length };
};

/** The nth version holds from the nth of the days after New Year. */
const holding = (n: number): Timeline[number] => {
  const from = day('2026-01-01').add({ days: n });
  return { from, at: startOfDay(from, document.timeZone), versionId: versionOf(n), hash: hashOf(n) };
};
const activated = (n: number, timeline: Timeline) =>
  ({ aggregateId: programId, version: n + 1, state: { timeline }, data: { hash: hashOf(n), document } }) as never;

const timelineOf = (count: number): Timeline => Array.from({ length: count }, (_, n) => holding(n));

describe('a program book', () => {
  it('finds the version that holds at an instant, and the one that something was decided under', async () => {
    const { book } = tableThatCounts();
    await book.learn(activated(0, timelineOf(1)));
    await book.learn(activated(1, timelineOf(2)));
    expect(await book.at(programId, instant('2025-12-31T00:00:00Z'))).toBeUndefined();
    expect(await book.at(programId, holding(0).at)).toEqual({ versionId: versionOf(0), document });
    expect(await book.at(programId, holding(1).at)).toMatchObject({ versionId: versionOf(1) });
    expect(await book.under(programId, versionOf(0))).toMatchObject({ versionId: versionOf(0) });
    expect(await book.on(programId, day('2025-12-31'))).toBeUndefined();
    expect(await book.on(programId, day('2026-01-01'))).toMatchObject({ versionId: versionOf(0) });
    expect(await book.on(programId, day('2026-01-02'))).toMatchObject({ versionId: versionOf(1) });
  });

  it('is behind while what must hold is not here: the program, the version, the document', async () => {
    const { book } = tableThatCounts();
    const at = holding(0).at;
    expect(await book.at(programId, at)).toBeUndefined();
    await expect(book.history(programId, at)).rejects.toThrow(Behind);
    await book.learn(activated(0, timelineOf(2)));
    await expect(book.under(programId, versionOf(2))).rejects.toThrow(Behind);
    await expect(book.at(programId, holding(1).at)).rejects.toThrow(`document ${hashOf(1)} is not here yet`);
    // It was behind then; it is not held against it.
    await book.learn(activated(1, timelineOf(2)));
    expect(await book.at(programId, holding(1).at)).toMatchObject({ versionId: versionOf(1) });
  });

  it('reads a document once, and the timeline each time', async () => {
    const { book, readsOf } = tableThatCounts();
    await book.learn(activated(0, timelineOf(1)));
    for (let n = 0; n < 3; n++) await book.at(programId, holding(0).at);
    expect([readsOf(`DOCUMENT#${hashOf(0)}`), readsOf(`PROGRAM#${programId}`)]).toEqual([1, 3]);
  });

  it('keeps fifty documents: the one that came first is the one that goes', async () => {
    const { book, readsOf } = tableThatCounts();
    const timeline = timelineOf(51);
    for (let n = 0; n < timeline.length; n++) await book.learn(activated(n, timeline));
    for (const { at } of timeline) await book.at(programId, at);
    await book.at(programId, holding(50).at);
    await book.at(programId, holding(1).at);
    await book.at(programId, holding(0).at);
    expect([0, 1, 50].map((n) => readsOf(`DOCUMENT#${hashOf(n)}`))).toEqual([2, 1, 1]);
  });
});

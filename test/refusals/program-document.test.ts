/** A program document that is not taken: the terminal and the API say the same of it, sentence by sentence, and nothing is left of it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { addDays, type Day, dayOf, systemClock } from '@echelon/calendar';
import { ApiProblem } from '@echelon/client';
import { Problem } from '@echelon/contracts';
import type { ProgramId } from '@echelon/contracts/ids';
import { ProgramDocument } from '@echelon/program';
import { documents } from '@echelon/program/documents';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actor } from '../journeys/cast.ts';
import { localWorld } from '../local-world.ts';

type Json = Record<string, unknown>;
/** A line of the terminal, or a fault of the API: where, and what. */
type Said = readonly [place: string, message: string];

const { puppet } = documents;
const today = dayOf(systemClock.now(), puppet.timeZone);
const wire = (changes: Json = {}): Json => JSON.parse(JSON.stringify({ ...(ProgramDocument.encode(puppet) as Json), illustrative: [], ...changes }));
const [category, ...ladders] = wire().ladders as { tiers: Json[] }[];
const [, solutionProvider] = category?.tiers ?? [];
/** Of two tiers that a migration has to move: one is gone, the other lives on. */
const bronze = { key: 'bronze', name: 'Bronze', requirements: [], benefits: [] };
const replaced = wire({ migration: undefined, ladders: [{ ...category, tiers: [bronze, solutionProvider] }, ...ladders] });
const moving = (...keys: string[]) => ({
  tiers: keys.map((key) => ({ key, name: key })),
  moves: keys.map((from) => ({ by: 'facts', from, ladder: 'category' })),
  deadline: `${today}`,
});

const mapped = moving('bronze', 'solution-provider');

describe('what is said of a document', () => {
  let world: Awaited<ReturnType<typeof localWorld>>;
  let programId: ProgramId;
  const folder = mkdtempSync(join(tmpdir(), 'program-document-'));
  const as = (who: 'program-manager' | 'second-program-manager') => actor(world, who).programs;
  const established = async () => (await as('program-manager').establish({ body: { name: 'Puppet' } })).value.id;
  const drafted = async (ofProgram: ProgramId, document: Json) => {
    const { value } = await as('program-manager').draft({ params: { programId: ofProgram }, body: { document: ProgramDocument.parse(document) } });
    const version = value.versions.at(-1);
    if (version === undefined) throw new Error('the draft left no version');
    return { params: { programId: ofProgram, versionId: version.versionId }, findings: value.findings };
  };
  const approved = async (ofProgram: ProgramId, document: Json) => {
    const { params } = await drafted(ofProgram, document);
    await as('second-program-manager').approve({ params });
    return (effectiveFrom: Day) => as('program-manager').activate({ params, body: { effectiveFrom } });
  };

  beforeAll(async () => {
    world = await localWorld();
    writeFileSync(join(folder, 'replaced.json'), JSON.stringify(replaced));
    programId = await established();
    await (await approved(programId, replaced))(today);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
    return world.close();
  });

  const onTheTerminal = (
    document: Json,
    severity: 'refused' | 'reported' = 'refused',
    beside = ['--replaces', join(folder, 'replaced.json')],
  ): Said[] => {
    writeFileSync(join(folder, 'document.json'), JSON.stringify(document));
    const files = [join(folder, 'document.json'), ...beside];
    const { stdout } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', '.dev/program.ts', 'check', ...files], {
      encoding: 'utf8',
    });
    return stdout.split('\n').flatMap((line): Said[] => {
      const [what, place = '', ...message] = line.split('  ');
      return what === severity ? [[place === '/' ? '' : place, message.join('  ')]] : [];
    });
  };
  const drafting = async (document: Json) => {
    const answer = await fetch(`${world.url}/v1/programs/${programId}/versions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await world.token('program-manager')}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      body: JSON.stringify({ document }),
    });
    const { code, faults = [] } = Problem.parse(await answer.json());
    return { code, said: faults.map((fault): Said => [`${fault.in} ${fault.pointer}`.replace('body /document', ''), fault.message]) };
  };
  const stored = async () => {
    const { Items = [] } = await world.stage.dynamodb.send(
      new ScanCommand({ TableName: `${world.stage.tables.programs}`, ProjectionExpression: 'pk, sk, version', ConsistentRead: true }),
    );
    return Items.map(({ pk, sk, version }) => [pk?.S, sk?.S, version?.N].join(' ')).toSorted();
  };

  it.each<[string, string, Json]>([
    ['a field that it does not know', 'invalid', { licence: 'MIT' }],
    ['figures that no schema takes', 'invalid', { inactivityDays: 0, fiscalCalendar: { startMonth: 13 } }],
    [
      'names that meet nothing, and a key that stands twice',
      'invalid',
      { productFamilies: [1, 2].map(() => ({ key: 'enterprise', name: 'Enterprise', benefit: 'nothing' })) },
    ],
    ['what is illustrative and not there', 'invalid', { illustrative: ['/nothing', '/nowhere'] }],
    ['a fee that is negative and in another currency', 'invalid', { admission: { fee: { amount: '-1.00', currency: 'EUR' } } }],
    ['a plan that moves each tier to two places', 'invalid', { migration: { ...mapped, moves: [...mapped.moves, ...mapped.moves] } }],
    ['more than 200 KB', 'document-too-large', { illustrative: Array.from({ length: 500 }, () => `/${'x'.repeat(420)}`) }],
  ])('that has %s', async (_, code, changes) => {
    const before = await stored();
    const said = onTheTerminal(wire(changes), 'refused', []);
    expect(said.length).toBeGreaterThan(0);
    expect(await drafting(wire(changes))).toEqual({ code, said });
    expect(await stored()).toEqual(before);
  });

  it('that passes: what is reported of it, to whoever drafts it and to whoever approves it', async () => {
    const document = wire({ migration: undefined });
    const said = onTheTerminal(document, 'reported');
    expect(said).toEqual([['/ladders', '"bronze" (Bronze) of the version before is gone, and no migration moves who holds it']]);
    const { params, findings } = await drafted(programId, document);
    const read = await as('second-program-manager').version({ params });
    for (const told of [findings, read.value.findings]) expect(told?.map(({ pointer, message }) => [pointer, message])).toEqual(said);
  });

  it('that forgets tiers of the version which holds last: told when it is drafted, for its day is not known yet', async () => {
    const document = wire({ migration: moving('gold') });
    const said = onTheTerminal(document);
    expect(said.length).toBe(2);
    const { findings } = await drafted(programId, document);
    expect(findings?.map(({ pointer, message }) => [pointer, message])).toEqual(said);
  });

  it('that is approved, and is to replace another one than when it was drafted: the same sentences, of the version', async () => {
    const other = await established();
    const document = wire({ migration: moving('authorized-reseller', 'solution-provider') });
    await (await approved(other, wire({ migration: undefined })))(today);
    const activate = await approved(other, document);
    await (await approved(other, replaced))(addDays(today, 1));
    const problem = await activate(addDays(today, 2)).catch((error) => (error instanceof ApiProblem ? error.problem : Promise.reject(error)));
    const said = onTheTerminal(document);
    expect(said).toEqual([['/migration/tiers', 'leaves "bronze" (Bronze) of the version before unmapped']]);
    expect(problem).toMatchObject({ code: 'tier-unmapped', faults: said.map(([, message]) => ({ in: 'path', pointer: '/versionId', message })) });
  });
});

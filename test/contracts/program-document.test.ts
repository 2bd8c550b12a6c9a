/** A program document for those who write one: its JSON Schema, and the check on the terminal. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programSchema } from '@echelon/contracts/platform';
import { ProgramDocument } from '@echelon/program';
import { documents } from '@echelon/program/documents';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';

type Json = { [name: string]: unknown };
interface Part {
  readonly description?: string;
  readonly const?: unknown;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Part>>;
  readonly items?: Part;
  readonly oneOf?: readonly Part[];
  readonly anyOf?: readonly Part[];
}
const wire = (changes: Json = {}): Json => ({ ...(ProgramDocument.encode(documents['logitech-partner-connect-2023']) as Json), ...changes });

describe('the JSON Schema of a program document', () => {
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(programSchema());
  const refusedAt = (document: Json): string | undefined => (validate(document) ? undefined : validate.errors?.[0]?.instancePath);

  it.each(Object.entries(documents))('takes %s', (_, document) => {
    expect(refusedAt(ProgramDocument.encode(document) as Json)).toBeUndefined();
  });
  it.each<[string, Json, string]>([
    ['a field that it does not know', { licence: 'MIT' }, ''],
    ['the same within a part', { fiscalCalendar: { startMonth: 2, startDay: 1 } }, '/fiscalCalendar'],
    ['a month that no year has', { fiscalCalendar: { startMonth: 13 } }, '/fiscalCalendar/startMonth'],
  ])('refuses %s', (_, changes, place) => {
    expect(refusedAt(wire(changes))).toBe(place);
  });
  it('says of every field what it is', () => {
    const schema = programSchema() as { $defs: Record<string, Part> };
    const isDescribed = ({ description, const: constant, $ref }: Part): boolean =>
      description !== undefined || constant !== undefined || ($ref !== undefined && isDescribed(schema.$defs[$ref.slice('#/$defs/'.length)] ?? {}));
    const silent = (place: string, { properties = {}, items, oneOf = [], anyOf = [] }: Part): string[] => [
      ...Object.entries(properties).flatMap(([name, part]) => [
        ...(isDescribed(part) ? [] : [`${place}.${name}`]),
        ...silent(`${place}.${name}`, part),
      ]),
      ...[...(items ? [items] : []), ...oneOf, ...anyOf].flatMap((part) => silent(place, part)),
    ];
    expect(Object.keys(schema.$defs)).toEqual(
      expect.arrayContaining(['ProgramDocument', 'MdfPolicy', 'RebateScheme', 'SellerReward', 'RateCard', 'Migration']),
    );
    expect(Object.entries(schema.$defs).flatMap(([name, part]) => silent(name, part))).toEqual([]);
  });
});

describe('npm run program -- check', { timeout: 60_000 }, () => {
  const run = (...rest: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', '.dev/program.ts', ...rest], {
      encoding: 'utf8',
    });
    return { status, lines: stdout.trim().split('\n'), stderr };
  };
  const checking = (text: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'program-'));
    const file = join(folder, 'document.json');
    writeFileSync(file, text);
    const { status, lines, stderr } = run('check', file);
    rmSync(folder, { recursive: true });
    return { status, lines: lines.map((line) => line.replace(file, 'FILE')), stderr: stderr.replace(file, 'FILE') };
  };

  it('passes a document, and tells what is reported of it', () => {
    const { status, lines } = checking(JSON.stringify(wire()));
    expect([status, lines.at(-1)]).toEqual([0, 'FILE: passes, 2 reported']);
    expect(lines[0]).toMatch(/^reported {2}\/rebates\/schemes\/1\/pays\/bands\/1\/rate {2}110,000.00 USD /);
  });
  it('refuses one with places and sentences, as the API does', () => {
    expect(checking(JSON.stringify(wire({ illustrative: ['/nothing'] }))).lines).toContain('refused  /illustrative/0  there is nothing at /nothing');
    expect(checking(JSON.stringify(wire({ licence: 'MIT' })))).toMatchObject({
      status: 1,
      lines: ['refused  /licence  This field is not known here.', 'FILE: refused for 1'],
    });
  });
  it('says of what is no JSON that it is none, and of a misuse how it is used', () => {
    expect(checking('{')).toMatchObject({ status: 1, stderr: expect.stringContaining('FILE: It is not JSON') });
    expect(run('check')).toMatchObject({ status: 2, stderr: expect.stringContaining('npm run program -- check FILE') });
    expect(run('check', '/nowhere/at/all.json')).toMatchObject({ status: 2, stderr: expect.stringContaining('be read') });
  });
});

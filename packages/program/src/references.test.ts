/** The table of references beside the schema: a name that a new or renamed field gives is checked, or this fails. */
import { expect, it } from 'vitest';
import * as z from 'zod';
import { check } from './check.ts';
import { Key, ProgramDocument } from './document.ts';
import { documents } from './documents.ts';
import { references } from './references.ts';

interface Part {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Part>>;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Part>>;
  readonly items?: Part;
  readonly oneOf?: readonly Part[];
  readonly anyOf?: readonly Part[];
}
const partOf = (schema: z.ZodType): Part => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Part;
const { pattern: ofKeys } = partOf(Key);
const whole = partOf(ProgramDocument);

/** Every place of the schema at which a key may stand, `key` itself left out. */
const named = (place: string, { $ref, pattern, properties = {}, items, oneOf = [], anyOf = [] }: Part): string[] => [
  ...($ref === undefined ? [] : named(place, whole.$defs?.[$ref.slice('#/$defs/'.length)] ?? {})),
  ...(pattern === ofKeys ? [place] : []),
  ...Object.entries(properties).flatMap(([name, part]) => (name === 'key' ? [] : named(`${place}/${name}`, part))),
  ...(items ? named(`${place}/*`, items) : []),
  ...[...oneOf, ...anyOf].flatMap((part) => named(place, part)),
];

it('each field that names a part stands in the table once, and nothing else does', () => {
  expect(ofKeys).toBeDefined();
  expect(Object.keys(references).toSorted()).toEqual([...new Set(named('', whole))].toSorted());
});

it('a key stands once in any list of parts that have one', () => {
  const { mdf, ...document } = documents['pure-p3'];
  if (mdf === undefined) throw new Error('P3 has funds');
  const [activity] = mdf.activities;
  if (activity === undefined) throw new Error('which are spent on something');
  const twice: ProgramDocument = { ...document, mdf: { ...mdf, activities: [...mdf.activities, activity] } };
  const pointer = `/mdf/activities/${mdf.activities.length}/key`;
  expect(check(twice)).toContainEqual({ severity: 'refused', pointer, message: `"${activity.key}" stands twice` });
});

import type { Fault } from '@echelon/contracts';
import * as z from 'zod';

export type Decoded<Value> = { readonly value: Value } | { readonly faults: readonly Fault[] };

/** At most as many faults as a person reads. */
const FAULTS_MAX = 50;

/**
 * Decodes a part of a request by its schema. Unknown fields are refused at any depth: a field that does not come back when the
 * value is encoded again is one that the schema doesn't know. (Rows and events ignore them: so stacks deploy in any order.)
 */
export const decodeStrictly = <Schema extends z.ZodType>(schema: Schema, place: Fault['in'], input: unknown): Decoded<z.output<Schema>> => {
  const parsed = schema.safeParse(input, { reportInput: true });
  if (!parsed.success) return { faults: parsed.error.issues.flatMap((issue) => faultsOf(issue, place)).slice(0, FAULTS_MAX) };
  const broken = brokenTexts(input, '');
  if (broken.length > 0) return { faults: broken.slice(0, FAULTS_MAX).map((pointer) => ({ in: place, pointer, message: 'Is no Unicode text.' })) };
  const unknown = unknownFields(input, z.encode(schema, parsed.data), '');
  return unknown.length === 0
    ? { value: parsed.data }
    : { faults: unknown.slice(0, FAULTS_MAX).map((pointer) => ({ in: place, pointer, message: 'This field is not known here.' })) };
};

const faultsOf = (issue: z.core.$ZodIssue, place: Fault['in']): Fault[] => {
  const nested = issue.code === 'invalid_union' ? issue.errors.flat() : [];
  if (nested.length > 0) return nested.flatMap((inner) => faultsOf({ ...inner, path: [...issue.path, ...inner.path] }, place));
  return [{ in: place, pointer: pointerOf(issue.path), message: isMissing(issue) ? 'Is missing.' : issue.message }];
};

const isMissing = (issue: z.core.$ZodIssue): boolean => issue.code === 'invalid_type' && issue.input === undefined && issue.path.length > 0;

/** RFC 6901. */
export const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** Half a surrogate pair can be written in JSON, and is stored as another character: two keys that differ in it would be one, and neither found. */
const brokenTexts = (input: unknown, pointer: string): string[] => {
  if (typeof input === 'string') return input.isWellFormed() ? [] : [pointer];
  return isObject(input) ? Object.keys(input).flatMap((name) => brokenTexts(input[name], `${pointer}${pointerOf([name])}`)) : [];
};

const unknownFields = (input: unknown, known: unknown, pointer: string): string[] => {
  if (!isObject(input) || !isObject(known)) return [];
  return Object.keys(input).flatMap((name) => {
    const at = `${pointer}${pointerOf([name])}`;
    return Object.hasOwn(known, name) ? unknownFields(input[name], known[name], at) : [at];
  });
};

/** A value that a schema accepts, on the wire side: made of its parts' own examples, so that what is new has one without being asked. */
import type * as z from 'zod';
import { type Json, wireSchema } from './json-schema.ts';

/** Of several branches of a union, the one to show; the first unless told. */
export type Choose = (branches: readonly Json[]) => Json | undefined;

/** @throws where a part has a pattern of its own and no example */
export const exampleOf = (schema: z.ZodType, choose: Choose = ([first]) => first): unknown => {
  const { $defs = {}, ...whole } = wireSchema(schema) as Json & { $defs?: Readonly<Record<string, Json>> };
  const value = instance(whole, { $defs, choose });
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Error(`no example of ${JSON.stringify(whole).slice(0, 200)}: give its parts examples. ${parsed.error.message}`);
  return value;
};

interface Making {
  readonly $defs: Readonly<Record<string, Json>>;
  readonly choose: Choose;
}

const instance = (schema: Json, making: Making): unknown => {
  const { $ref, const: constant, enum: values, examples, anyOf, oneOf, properties = {}, required = [], type, items, minItems = 0 } = schema;
  if (Array.isArray(examples)) return examples[0];
  if (typeof $ref === 'string') return instance(making.$defs[$ref.replace('#/$defs/', '')] ?? {}, making);
  if (constant !== undefined) return constant;
  if (Array.isArray(values)) return values[0];
  const union = anyOf ?? oneOf;
  if (Array.isArray(union)) return instance(making.choose(union) ?? union[0], making);
  if (type === 'object') {
    const names = required as readonly string[];
    return Object.fromEntries(names.map((name) => [name, instance((properties as Record<string, Json>)[name] ?? {}, making)]));
  }
  if (type === 'array') return Array.from({ length: Math.max(1, Number(minItems)) }, () => instance(items as Json, making));
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
  if (type === 'boolean') return true;
  return 'text';
};

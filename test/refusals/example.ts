/** A value that a schema accepts, on the wire side: from its own examples, so that a new route is tried without being asked. */
import * as z from 'zod';

interface Json {
  readonly [name: string]: unknown;
}

export const exampleOf = (schema: z.ZodType): unknown => {
  const { $defs = {}, ...whole } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', override }) as Json & {
    $defs?: Readonly<Record<string, Json>>;
  };
  const value = instance(whole, $defs);
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Error(`no example of ${JSON.stringify(whole).slice(0, 200)}: give its parts examples. ${parsed.error.message}`);
  return value;
};

/** zod leaves out the examples of what a codec lies in. */
const override = ({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: Json & { examples?: unknown } }): void => {
  const { examples } = z.globalRegistry.get(zodSchema) ?? {};
  if (examples !== undefined) jsonSchema.examples = examples;
};

const instance = (schema: Json, defs: Readonly<Record<string, Json>>): unknown => {
  const {
    $ref,
    const: constant,
    enum: values,
    examples,
    anyOf,
    oneOf,
    properties = {},
    required = [],
    type,
    items,
    minItems = 0,
    minimum = 1,
  } = schema;
  if (Array.isArray(examples)) return examples[0];
  if (typeof $ref === 'string') return instance(defs[$ref.replace('#/$defs/', '')] ?? {}, defs);
  if (constant !== undefined) return constant;
  if (Array.isArray(values)) return values[0];
  const union = anyOf ?? oneOf;
  if (Array.isArray(union)) return instance(union[0] as Json, defs);
  if (type === 'object') {
    const names = required as readonly string[];
    return Object.fromEntries(names.map((name) => [name, instance((properties as Record<string, Json>)[name] ?? {}, defs)]));
  }
  if (type === 'array') return Array.from({ length: Math.max(1, Number(minItems)) }, () => instance(items as Json, defs));
  if (type === 'integer' || type === 'number') return minimum;
  if (type === 'boolean') return true;
  return 'text';
};

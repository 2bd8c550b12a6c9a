/** JSON Schema (2020-12) of the wire side, with its named parts kept apart: one set of components for each document. */
import * as z from 'zod';

export type Json = Record<string, unknown>;
export type Components = Record<string, Json>;

/** As zod writes it, with the examples that zod leaves out: those of what a codec lies in. */
export const wireSchema = (schema: z.core.$ZodType): Json =>
  z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const { examples } = z.globalRegistry.get(zodSchema) ?? {};
      if (Array.isArray(examples)) jsonSchema.examples = examples;
    },
  });

/** Named parts become components; a name means the same schema everywhere. */
export const schemaOf = (schema: z.core.$ZodType, components: Components): Json => {
  const { $defs, $schema: _, ...whole } = wireSchema(schema) as Json & { $defs?: Components };
  const moved = readable(whole) as Json;
  for (const [name, part] of Object.entries($defs ?? {})) components[name] = readable(part) as Json;
  const named = z.globalRegistry.get(schema)?.id;
  // A codec's name stands on its wire side, which zod already refers to.
  if (named === undefined || '$ref' in whole) return moved;
  components[named] = moved;
  return refer(named);
};

/** A schema by itself, for editors and validators: it refuses fields that it does not know, as the API does. */
export const standalone = (schema: z.core.$ZodType, $id: string): Json => {
  const $defs: Components = {};
  const whole = { $schema: 'https://json-schema.org/draft/2020-12/schema', $id, ...schemaOf(schema, $defs), $defs };
  return JSON.parse(JSON.stringify(whole).replaceAll('#/components/schemas/', '#/$defs/'), (_, part) =>
    part?.type === 'object' && part.properties ? { ...part, additionalProperties: false } : part,
  );
};

export const refer = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

const readable = (part: unknown): unknown => {
  if (Array.isArray(part)) return part.map((one) => readable(one));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part)
      // zod leaves a schema's name in it; a property that is called "id" is an object, and stays.
      .filter(([name, value]) => !(name === 'id' && typeof value === 'string'))
      // And the bounds of JavaScript's own integers, which tell a reader nothing.
      .filter(([, value]) => value !== Number.MAX_SAFE_INTEGER && value !== Number.MIN_SAFE_INTEGER)
      .map(([name, value]) => {
        if (name === '$ref') return [name, String(value).replace('#/$defs/', '#/components/schemas/')];
        // What stands in an example is somebody's value, whatever it looks like.
        if (name === 'examples' && Array.isArray(value)) return [name, value];
        return [name, name === 'oneOf' && Array.isArray(value) ? value.map((branch) => readable(titled(branch))) : readable(value)];
      }),
  );
};

/** A branch of a union is called what tells it from the others, so that people find it: `won`. */
const titled = (branch: Json): Json => {
  const { title, properties = {} } = branch as { title?: string; properties?: Components };
  const mark = Object.values(properties).find((property) => typeof property.const === 'string')?.const;
  return title === undefined && mark !== undefined ? { title: mark, ...branch } : branch;
};

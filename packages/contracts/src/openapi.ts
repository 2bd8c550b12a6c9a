/** OpenAPI 3.1, from the contracts. Nothing in it is written twice: schemas, roles, refusals and bounds are the ones that run. */
import * as z from 'zod';
import { type Contract, commonRefusals, type Endpoint, Problem, type Refusal, routesOf, successOf } from './contract.ts';

type Json = Record<string, unknown>;

export const openapi = (contracts: readonly Contract[], { clockMoves }: { clockMoves: boolean }): Json => {
  const components: Record<string, Json> = {};
  schemaOf(Problem, components);
  const paths: Record<string, Json> = {};
  for (const contract of contracts) {
    for (const route of routesOf(contract, { clockMoves })) {
      const operations = paths[route.path] ?? {};
      paths[route.path] = { ...operations, [route.method.toLowerCase()]: operation(contract, route, components) };
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Echelon',
      version: '1.0.0',
      summary: "A vendor's channel partner programs.",
      description: 'Writes carry an Idempotency-Key: the same key and body are answered alike, however often. Errors are problem+json (RFC 9457).',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The stage that serves this document.' }],
    security: [{ token: [] }],
    tags: contracts.map(({ name, summary }) => ({ name, description: summary })),
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'OAuth 2.0: client credentials for systems, the user pool for people.',
        },
      },
    },
  };
};

const operation = (contract: Contract, route: Endpoint, components: Record<string, Json>): Json => {
  const writes = route.method !== 'GET';
  const open = route.roles === 'public';
  return {
    operationId: `${contract.name}.${operationName(contract, route)}`,
    tags: [contract.name],
    summary: route.summary,
    description: open ? 'Needs no token.' : `Roles: ${(route.roles as readonly string[]).join(', ')}.`,
    ...(open && { security: [] }),
    parameters: [
      ...parametersOf(route.params, 'path', components),
      ...parametersOf(route.query, 'query', components),
      ...(writes ? [idempotencyKey] : []),
      ...(writes && route.params ? [ifMatch] : []),
    ],
    ...(route.body && { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body, components) } } } }),
    responses: { [successOf[route.method]]: answerOf(route, components), ...refusalsOf(route) },
  };
};

const operationName = (contract: Contract, route: Endpoint): string =>
  Object.entries(contract.routes).find(([, { method, path }]) => method === route.method && path === route.path)?.[0] ?? 'sweep';

const answerOf = (route: Endpoint, components: Record<string, Json>): Json => ({
  description: route.summary,
  headers: {
    'x-correlation-id': { schema: { type: 'string' }, description: 'In every log line that this request led to.' },
    etag: { schema: { type: 'string' }, description: 'The version of a single resource, for If-Match; lists have none.' },
  },
  content: { 'application/json': { schema: schemaOf(route.answers, components) } },
});

/** By status, each with its codes and their sentences. */
const refusalsOf = (route: Endpoint): Json => {
  const refusals: [string, Refusal][] = [...Object.entries(applicable(route)), ...Object.entries(route.refuses ?? {})];
  const byStatus = Map.groupBy(refusals, ([, { status }]) => status);
  return Object.fromEntries(
    [...byStatus].map(([status, rows]) => [
      status,
      {
        description: rows.map(([code, { sentence }]) => `\`${code}\`: ${sentence}`).join('\n'),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
};

const applicable = (route: Endpoint): Readonly<Record<string, Refusal>> => {
  const { unauthenticated, forbidden, invalid, internal, busy, 'too-many-requests': tooMany, 'not-found': notFound, ...ofWrites } = commonRefusals;
  return {
    ...(route.roles !== 'public' && { unauthenticated, forbidden }),
    ...(route.params && { 'not-found': notFound }),
    ...((route.query || route.body) && { invalid }),
    ...(route.method !== 'GET' && ofWrites),
    'too-many-requests': tooMany,
    internal,
    busy,
  };
};

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'Yours, for this one act: 1 to 128 visible characters. A retry with it is answered as the first time.',
  schema: { type: 'string', minLength: 1, maxLength: 128 },
};
const ifMatch = {
  name: 'If-Match',
  in: 'header',
  description: 'The ETag that you last saw; anything newer answers 412.',
  schema: { type: 'string', examples: ['"3"'] },
};

const parametersOf = (schema: z.ZodObject | undefined, place: 'path' | 'query', components: Record<string, Json>): Json[] =>
  Object.entries(schema?.shape ?? {}).map(([name, part]) => ({
    name,
    in: place,
    required: place === 'path' || !z.safeParse(part, undefined).success,
    schema: schemaOf(part, components),
  }));

/**
 * JSON Schema of the wire side. Named parts become components; a name means the same schema everywhere.
 */
const schemaOf = (schema: z.core.$ZodType, components: Record<string, Json>): Json => {
  const { $defs, $schema: _, ...whole } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json & { $defs?: Record<string, Json> };
  const moved = refer(whole) as Json;
  for (const [name, part] of Object.entries($defs ?? {})) components[name] = refer(part) as Json;
  const named = z.globalRegistry.get(schema)?.id;
  // A codec's name stands on its wire side, which zod already refers to.
  if (named === undefined || '$ref' in whole) return moved;
  components[named] = moved;
  return { $ref: `#/components/schemas/${named}` };
};

const refer = (part: unknown): unknown => {
  if (Array.isArray(part)) return part.map((one) => refer(one));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part)
      // zod leaves a schema's name in it; a property that is called "id" is an object, and stays.
      .filter(([name, value]) => !(name === 'id' && typeof value === 'string'))
      .map(([name, value]) => [name, name === '$ref' ? String(value).replace('#/$defs/', '#/components/schemas/') : refer(value)]),
  );
};

/** OpenAPI 3.1, from the contracts. Nothing in it is written twice: schemas, roles, refusals and bounds are the ones that run. */
import * as z from 'zod';
import { type Contract, commonRefusals, type Endpoint, Problem, problemOf, type Refusal, routesOf, successOf } from './contract.ts';
import { type Components, type Json, refer, schemaOf } from './json-schema.ts';
import { isPaged } from './paging.ts';

const descriptionOf = (issuer: string | undefined): string => `${tokens(issuer)}

Writes carry an Idempotency-Key: the same key and body are answered alike, however often.
Errors are problem+json (RFC 9457): their \`code\` is stable, and each route lists the codes it may answer. Lists come by pages: ask again
with \`cursor\` as the \`next\` of the page before.

Everything that is decided is also published as an event: [the events](docs?of=events).`;

/** Where a stage knows whose tokens it takes. */
const tokens = (issuer: string | undefined): string =>
  `A call carries a bearer token: with client credentials from the \`token_endpoint\` of ${issuer === undefined ? 'the OpenID configuration' : `[the OpenID configuration](${configurationOf(issuer)})`}.`;
const configurationOf = (issuer: string): string => `${issuer}/.well-known/openid-configuration`;

/** What more than one route refers to. */
interface Shared {
  readonly schemas: Components;
  readonly responses: Components;
}

export interface Told {
  readonly clockMoves: boolean;
  /** Whose tokens the stage takes: where its OpenID configuration is, and in that the place where tokens are had. */
  readonly issuer?: string | undefined;
}

export const openapi = (contracts: readonly Contract[], { clockMoves, issuer }: Told): Json => {
  const shared: Shared = { schemas: {}, responses: {} };
  schemaOf(Problem, shared.schemas);
  const paths: Record<string, Json> = {};
  for (const contract of contracts) {
    for (const route of routesOf(contract, { clockMoves })) {
      const operations = paths[route.path] ?? {};
      paths[route.path] = { ...operations, [route.method.toLowerCase()]: operation(contract, route, shared) };
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Echelon',
      version: '1.0.0',
      summary: "A vendor's channel partner programs.",
      description: descriptionOf(issuer),
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The stage that serves this document.' }],
    security: [{ token: [] }],
    tags: contracts.map(({ name, summary }) => ({ name, 'x-displayName': name.charAt(0).toUpperCase() + name.slice(1), description: summary })),
    paths,
    components: {
      ...shared,
      securitySchemes: {
        token: {
          ...(issuer === undefined
            ? { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }
            : { type: 'openIdConnect', openIdConnectUrl: configurationOf(issuer) }),
          description:
            'OAuth 2.0 bearer tokens: client credentials for systems, the user pool for people. Where they are had, `token_endpoint` of the ' +
            'OpenID configuration says.',
        },
      },
    },
  };
};

const operation = (contract: Contract, route: Endpoint, { schemas: components, responses }: Shared): Json => {
  const writes = route.method !== 'GET';
  const open = route.roles === 'public';
  // A heading is one sentence, without its full stop; what else is to be said stands under it.
  const [title, ...rest] = route.summary.split(/(?<=\.)\s+/);
  return {
    operationId: `${contract.name}.${operationName(contract, route)}`,
    tags: [contract.name],
    summary: title?.replace(/\.$/, ''),
    description: [...rest, open ? 'Needs no token.' : `Roles: ${(route.roles as readonly string[]).join(', ')}.`].join('\n\n'),
    ...(open && { security: [] }),
    parameters: [
      ...parametersOf(route.params, 'path', components),
      ...parametersOf(route.query, 'query', components),
      ...(writes ? [idempotencyKey] : []),
      ...(writes && route.params ? [ifMatch] : []),
    ],
    ...(route.body && { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body, components) } } } }),
    responses: { [successOf[route.method]]: answerOf(route, components), ...refusalsOf(route, responses) },
  };
};

const operationName = (contract: Contract, route: Endpoint): string =>
  Object.entries(contract.routes).find(([, { method, path }]) => method === route.method && path === route.path)?.[0] ?? 'sweep';

const answerOf = (route: Endpoint, components: Components): Json => ({
  description: route.method === 'GET' ? 'As it is now.' : 'Done.',
  headers: {
    'x-correlation-id': { schema: { type: 'string' }, description: 'In every log line that this request led to.' },
    ...(!isPaged(route) && { etag: { schema: { type: 'string' }, description: 'The version of the resource, where it has one, for If-Match.' } }),
  },
  content: { [route.media ?? 'application/json']: { schema: schemaOf(route.answers, components) } },
});

/** By status, each with its codes and their sentences; what any route may answer stands once, among the components. */
const refusalsOf = (route: Endpoint, responses: Components): Json => {
  const common = Map.groupBy(Object.entries(applicable(route)), ([, { status }]) => status);
  const own = Map.groupBy(Object.entries(route.refuses ?? {}), ([, { status }]) => status);
  const statuses = [...new Set([...common.keys(), ...own.keys()])].toSorted();
  return Object.fromEntries(
    statuses.map((status) => {
      const rows = [...(own.get(status) ?? []), ...(common.get(status) ?? [])];
      if (own.has(status)) return [status, refusing(rows)];
      const name = rows.map(([code]) => code).join('.');
      responses[name] = refusing(rows);
      return [status, { $ref: `#/components/responses/${name}` }];
    }),
  );
};

const refusing = (rows: readonly [string, Refusal][]): Json => ({
  description: rows.map(([code, { sentence }]) => `- \`${code}\`: ${sentence}`).join('\n'),
  content: {
    'application/problem+json': {
      schema: refer('Problem'),
      examples: Object.fromEntries(rows.map(([code, refusal]) => [code, { summary: code, value: problemOf(code, refusal, EXAMPLE_INSTANCE) }])),
    },
  },
});
const EXAMPLE_INSTANCE = 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef';

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
  description:
    'Yours, for this one act: 1 to 128 visible characters. A retry of the same request is answered as the first time; what was refused is judged anew. A key counts for you, the route and what its path names.',
  schema: { type: 'string', minLength: 1, maxLength: 128 },
};
const ifMatch = {
  name: 'If-Match',
  in: 'header',
  description: 'The ETag that you last saw; anything newer answers 412.',
  schema: { type: 'string', examples: ['"3"'] },
};

const parametersOf = (schema: z.ZodObject | undefined, place: 'path' | 'query', components: Components): Json[] =>
  Object.entries(schema?.shape ?? {}).map(([name, part]) => ({
    name,
    in: place,
    required: place === 'path' || !z.safeParse(part, undefined).success,
    schema: schemaOf(part, components),
  }));

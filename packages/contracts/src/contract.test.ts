import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Contract, commonRefusals, events, get, post, routesOf, service } from './contract.ts';
import { openapi } from './openapi.ts';
import { platform } from './platform.ts';
import { services } from './services.ts';
import { functionsOf } from './wiring.ts';

const all: readonly Contract[] = [...services, platform];
const spec = { summary: 'Does it.', roles: ['auditor'], answers: z.object({}) } as const;
const of = (routes: Contract['routes'], reacts: Contract['reacts'] = []) => service('jars', { summary: 'Jars.', routes, reacts });

describe('service', () => {
  it('refuses params that are not those of the path', () => {
    const params = z.object({ jarId: z.string() });
    expect(() => of({ get: get('/v1/jars/{jarId}', spec) })).toThrow('jars.get: the path names "jarId", params ""');
    expect(() => of({ get: get('/v1/jars', { ...spec, params }) })).toThrow('params "jarId"');
    expect(of({ get: get('/v1/jars/{jarId}', { ...spec, params }) }).routes.get).toMatchObject({ method: 'GET' });
  });
  it('refuses two routes on one key, and two reactions of one name', () => {
    expect(() => of({ a: get('/v1/jars', spec), b: get('/v1/jars', spec) })).toThrow('GET /v1/jars stands twice');
    const { Added } = events('jars', z.object({}), { Added: z.object({}) });
    expect(() => of({}, [Added, Added])).toThrow('Added stands twice');
  });
  it('has the functions that it has work for', () => {
    expect(functionsOf(of({}))).toEqual([]);
    expect(functionsOf(of({ add: post('/v1/jars', spec) }))).toEqual(['api']);
  });
});

it('a sweep can be run by hand, and the clock be moved, only where the clock moves', () => {
  const paths = (clockMoves: boolean) => all.flatMap((contract) => routesOf(contract, { clockMoves })).map(({ path }) => path as string);
  const moving = ['/v1/clock', '/v1/sweeps/deals/{sweep}'];
  for (const path of moving) expect([paths(true).includes(path), paths(false).includes(path)]).toEqual([true, false]);
});

describe('every route', () => {
  const routes = all.flatMap((contract) =>
    routesOf(contract, { clockMoves: true }).map((route) => [`${route.method} ${route.path}`, route] as const),
  );
  it.each(routes)('%s says what it does, who may, what it answers, and why it refuses', (_, { summary, roles, answers, refuses = {} }) => {
    expect(summary).toMatch(/^[A-Z].*\.$/);
    expect(roles.length).toBeGreaterThan(0);
    expect(z.toJSONSchema(answers, { io: 'input', unrepresentable: 'any' })).not.toEqual({});
    for (const [reason, { sentence, status }] of Object.entries(refuses)) {
      expect(reason).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(sentence).toMatch(/^[A-Z].*\.$/);
      expect([409, 422]).toContain(status);
      expect(reason in commonRefusals).toBe(false);
    }
  });
});

const ofInvalid = all.flatMap(({ routes }) =>
  Object.values(routes as Contract['routes']).flatMap((route) =>
    Object.entries(route.refuses ?? {})
      .filter(([, { status }]) => status === 422)
      .map(([reason, { about }]) => [`${route.method} ${route.path}`, reason, { about, ...route }] as const),
  ),
);
it.each(ofInvalid)('%s points at a field that it takes where it refuses %s', (_, __, { about, body, query, params }) => {
  const schemas = { body, query, path: params, header: undefined };
  const schema = about && schemas[about.in];
  const fields = JSON.stringify(schema && z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  for (const name of about?.pointer.slice(1).split('/') ?? ['']) expect(fields).toContain(`"${name}"`);
});

describe('the OpenAPI document', () => {
  const document = JSON.stringify(openapi(all, { clockMoves: true }));
  it('names each operation once, and only schemas that it has', () => {
    const names = Array.from(document.matchAll(/"operationId":"([^"]+)"/g), ([, name]) => name);
    expect(names.length).toBe(all.flatMap((contract) => routesOf(contract, { clockMoves: true })).length);
    expect(new Set(names).size).toBe(names.length);
    const { components } = JSON.parse(document) as { components: { schemas: object } };
    const refs = Array.from(document.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g), ([, name = '']) => name);
    expect(refs.filter((name) => !(name in components.schemas))).toEqual([]);
    expect(document).not.toContain('#/$defs/');
  });
  it('asks for the Idempotency-Key on every write and on nothing else', () => {
    const { paths } = JSON.parse(document) as { paths: Record<string, Record<string, { parameters: { name: string }[] }>> };
    for (const operations of Object.values(paths))
      for (const [method, { parameters }] of Object.entries(operations))
        expect(parameters.some(({ name }) => name === 'Idempotency-Key')).toBe(method !== 'get');
  });
});

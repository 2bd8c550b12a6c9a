/** A published route or event only grows: who was built on the last release works with this one. */
import { readFileSync } from 'node:fs';
import { type Contract, get, post, service } from '@echelon/contracts';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { contracts, type Fields, released, type Surface, surfaceOf } from './surface.ts';

const bare = (field: string): string => field.replace(/!$/, '');
const missing = (before: Fields, now: Fields): string[] => before.map(bare).filter((field) => !now.map(bare).includes(field));
/** Fields that must be there now and needed not be there before. */
const demanded = (before: Fields, now: Fields): string[] => now.filter((field) => field.endsWith('!') && !before.includes(field));
/** Fields that were promised and no longer are. */
const unpromised = (before: Fields, now: Fields): string[] => before.filter((field) => field.endsWith('!') && !now.includes(field));

const breaches = (before: Surface, now: Surface): string[] => [
  ...Object.entries(before.routes).flatMap(([name, { roles, takes, answers }]) => {
    const route = now.routes[name];
    if (route === undefined) return [`${name} is gone`];
    return [
      ...roles.filter((role) => !route.roles.includes(role)).map((role) => `${name} is closed to ${role}`),
      ...missing(takes, route.takes).map((field) => `${name} takes no ${field}`),
      ...demanded(takes, route.takes).map((field) => `${name} demands ${field}`),
      ...unpromised(answers, route.answers).map((field) => `${name} answers no ${field}`),
    ];
  }),
  ...Object.entries(before.events).flatMap(([name, fields]) => {
    const event = now.events[name];
    if (event === undefined) return [`${name} is gone`];
    return [
      ...missing(fields, event).map((field) => `${name} says no ${field}`),
      ...demanded(fields, event).map((field) => `${name} can not be read without ${field}`),
    ];
  }),
];

it('this release breaks nothing that the last one promised', () => {
  // What was released is this very shape, written by surface.ts.
  const last = JSON.parse(readFileSync(released, 'utf8')) as Surface;
  expect(Object.keys(last.routes).length).toBeGreaterThan(25);
  expect(Object.keys(last.events).length).toBeGreaterThan(15);
  expect(breaches(last, surfaceOf(contracts))).toEqual([]);
});

describe('a breach is seen:', () => {
  const spec = {
    summary: 'Does it.',
    roles: ['auditor', 'finance'],
    answers: z.object({ a: z.string() }),
    body: z.object({ b: z.string() }),
  } as const;
  const of = (changes: object): Surface => {
    const route = { ...spec, ...changes };
    const contract: Contract = service('jars', { summary: 'Jars.', routes: { add: post('/v1/jars', route) } });
    return surfaceOf([contract]);
  };
  it.each([
    ['a role less', { roles: ['auditor'] }, ['POST /v1/jars is closed to finance']],
    ['a field less in the answer', { answers: z.object({}) }, ['POST /v1/jars answers no /a!']],
    ['a field that may be absent now', { answers: z.object({ a: z.string().optional() }) }, ['POST /v1/jars answers no /a!']],
    ['a field more that must be sent', { body: z.object({ b: z.string(), c: z.string() }) }, ['POST /v1/jars demands /c!']],
    ['a field less that may be sent', { body: z.object({}) }, ['POST /v1/jars takes no /b']],
    [
      'nothing, where it only grew',
      { body: z.object({ b: z.string(), c: z.string().optional() }), answers: z.object({ a: z.string(), d: z.int() }) },
      [],
    ],
  ])('%s', (_, changes, expected) => {
    expect(breaches(of({}), of(changes))).toEqual(expected);
  });
  it('a route that is gone', () => {
    const other = surfaceOf([service('jars', { summary: 'Jars.', routes: { list: get('/v1/jars', { ...spec, body: undefined as never }) } })]);
    expect(breaches(of({}), other)).toEqual(['POST /v1/jars is gone']);
  });
});

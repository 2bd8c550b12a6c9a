/** What others build on: routes and events by their fields. `node test/contracts/surface.ts` writes it down as released. */
import { writeFileSync } from 'node:fs';
import { type Contract, routeKey } from '@echelon/contracts';
import { platform } from '@echelon/contracts/platform';
import { services } from '@echelon/contracts/services';
import * as z from 'zod';

/** Fields by their paths; `!` behind those that must be there. */
export type Fields = readonly string[];
export interface Surface {
  readonly routes: Readonly<Record<string, { readonly roles: readonly string[]; readonly takes: Fields; readonly answers: Fields }>>;
  readonly events: Readonly<Record<string, Fields>>;
}
type Json = Readonly<Record<string, unknown>>;
const DEPTH_MAX = 8;

const fieldsOf = (schema: z.ZodType | undefined): Fields => {
  if (schema === undefined) return [];
  const { $defs = {}, ...whole } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json & {
    $defs?: Readonly<Record<string, Json>>;
  };
  const walk = (part: Json, path: string, depth: number): string[] => {
    if (depth > DEPTH_MAX) return [];
    const { $ref, oneOf, anyOf, items, properties = {}, required = [] } = part;
    if (typeof $ref === 'string') return walk($defs[$ref.replace('#/$defs/', '')] ?? {}, path, depth);
    const branches = (oneOf ?? anyOf) as readonly Json[] | undefined;
    if (branches) return branches.flatMap((branch) => walk(branch, path, depth));
    if (items !== undefined) return walk(items as Json, `${path}[]`, depth + 1);
    return Object.entries(properties as Readonly<Record<string, Json>>).flatMap(([name, inner]) => [
      `${path}/${name}${(required as readonly string[]).includes(name) ? '!' : ''}`,
      ...walk(inner, `${path}/${name}`, depth + 1),
    ]);
  };
  return [...new Set(walk(whole, '', 0))].toSorted();
};

export const surfaceOf = (contracts: readonly Contract[]): Surface => ({
  routes: Object.fromEntries(
    contracts
      .flatMap(({ routes }) => Object.values(routes))
      .map((route) => [
        routeKey(route),
        {
          roles: route.roles === 'public' ? ['public'] : [...route.roles],
          takes: [...fieldsOf(route.query).map((field) => `?${field}`), ...fieldsOf(route.body)],
          answers: fieldsOf(route.answers),
        },
      ]),
  ),
  events: Object.fromEntries(
    contracts.flatMap(({ events }) => Object.values(events)).map(({ service, name, data }) => [`${service}.${name}`, fieldsOf(data)]),
  ),
});

export const contracts: readonly Contract[] = [...services, platform];
export const released = new URL('./released.json', import.meta.url);
if (process.argv[1] === released.pathname.replace('released.json', 'surface.ts'))
  writeFileSync(released, `${JSON.stringify(surfaceOf(contracts), null, 1)}\n`);

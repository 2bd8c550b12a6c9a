/**
 * A service's contract is one value. The types of its handlers, validation, routes, permissions, rules and queues, the typed
 * client, OpenAPI and the local stage all come from it; nothing here runs on its own.
 */
import * as z from 'zod';
import type { EventContract } from './event.ts';
import type { CommonRefusal, Refusal } from './problem.ts';

export type { Act } from './act.ts';
export { Envelope, type EventContract, type EventMessage, events, type Happened, sourceOf } from './event.ts';
export { absent, type CommonRefusal, commonRefusals, conflict, Fault, invalid, Problem, problemOf, type Refusal } from './problem.ts';

/** Roles whose principal acts for one partner and sees that partner's records only. */
export const partnerRoles = ['partner-system', 'partner-user', 'partner-admin'] as const;
export const vendorRoles = ['channel-manager', 'program-manager', 'finance', 'auditor', 'billing-system', 'operator'] as const;
export const roles = [...partnerRoles, ...vendorRoles] as const;
export const Role = z.enum(roles).meta({ id: 'Role' });
export type Role = z.output<typeof Role>;

/** Everyone with business data to see: all but the operator. */
export const everyone = roles.filter((role) => role !== 'operator');

export type Method = 'GET' | 'POST' | 'PUT';

export type Media = 'text/html' | 'text/javascript';

export interface EndpointSpec {
  /** One line for the reference: what it does, as its caller would say it. */
  readonly summary: string;
  /** Who may; `public` asks for no token. */
  readonly roles: readonly Role[] | 'public';
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly answers: z.ZodType;
  /** Where the answer is for a browser to show or run, and no JSON: then `answers` is the text as it is sent. */
  readonly media?: Media;
  readonly refuses?: Readonly<Record<string, Refusal>>;
  /** Exists only in stages whose clock an operator may move. */
  readonly onlyWhereClockMoves?: true;
}
export interface Endpoint extends EndpointSpec {
  readonly method: Method;
  readonly path: `/${string}`;
}

const route =
  <const M extends Method>(method: M) =>
  <const Spec extends EndpointSpec>(path: `/${string}`, spec: Spec) => ({ method, path, ...spec });
export const get = route('GET');
export const post = route('POST');
export const put = route('PUT');

/** One success per route, and it follows from the verb. */
export const successOf: Readonly<Record<Method, number>> = { GET: 200, POST: 201, PUT: 200 };

export interface Contract {
  readonly name: string;
  readonly summary: string;
  readonly routes: Readonly<Record<string, Endpoint>>;
  readonly events: Readonly<Record<string, EventContract>>;
  readonly reacts: readonly EventContract[];
  readonly sweeps: Readonly<Record<string, Sweep>>;
}
export interface Sweep {
  /** As EventBridge Scheduler writes it: `15 minutes`, `1 hour`, `1 day`. */
  readonly every: `${number} ${'minute' | 'minutes' | 'hour' | 'hours' | 'day' | 'days'}`;
  readonly summary: string;
}

/** @throws where a route's params don't match its path, two routes meet, or two reactions share a name */
export const service = <
  const Routes extends Readonly<Record<string, Endpoint>>,
  const Events extends Readonly<Record<string, EventContract>> = Record<never, never>,
  const Reacts extends readonly EventContract[] = [],
  const Sweeps extends Readonly<Record<string, Sweep>> = Record<never, never>,
>(
  name: string,
  parts: { summary: string; routes: Routes; events?: Events; reacts?: Reacts; sweeps?: Sweeps },
) => {
  const { summary, routes, events = {} as Events, reacts = [] as unknown as Reacts, sweeps = {} as Sweeps } = parts;
  for (const [key, { path, params }] of Object.entries(routes)) {
    const inPath = namesIn(path).join();
    const declared = Object.keys(params?.shape ?? {}).join();
    if (inPath !== declared) throw new Error(`${name}.${key}: the path names "${inPath}", params "${declared}"`);
  }
  assertUnique(Object.values(routes).map(routeKey), `${name}: routes`);
  assertUnique(
    reacts.map((event) => event.name),
    `${name}: reactions`,
  );
  return { name, summary, routes, events, reacts, sweeps };
};

/** In stages whose clock moves, an operator may also run a service's sweeps by hand. */
export const sweepRouteOf = ({ name, sweeps }: Pick<Contract, 'name' | 'sweeps'>) => {
  const names = Object.keys(sweeps);
  return names.length === 0
    ? undefined
    : post(`/v1/sweeps/${name}/{sweep}`, {
        summary: `Run a sweep of ${name} now.`,
        roles: ['operator'],
        params: z.object({ sweep: z.enum(names) }),
        answers: z.object({ done: z.int().min(0).meta({ description: 'How many aggregates it changed.' }) }),
        onlyWhereClockMoves: true,
      });
};

/** Every route that a stage has. */
export const routesOf = (contract: Contract, { clockMoves }: { clockMoves: boolean }): readonly Endpoint[] => {
  const sweep = sweepRouteOf(contract);
  return [...Object.values(contract.routes), ...(sweep ? [sweep] : [])].filter((route) => clockMoves || !route.onlyWhereClockMoves);
};

/** As API Gateway names a route: `POST /v1/deals`. */
export const routeKey = ({ method, path }: Pick<Endpoint, 'method' | 'path'>): string => `${method} ${path}`;

/** The names in braces, in order. */
export const namesIn = (path: string): string[] => Array.from(path.matchAll(/\{(\w+)\}/g), ([, name = '']) => name);

const assertUnique = (values: readonly string[], what: string): void => {
  const twice = values.find((value, at) => values.indexOf(value) !== at);
  if (twice !== undefined) throw new Error(`${what}: ${twice} stands twice`);
};

/** What a row is given and may answer: derived, never written again. */
export type Params<R extends EndpointSpec> = R['params'] extends z.ZodType ? z.output<R['params']> : Record<never, never>;
export type Query<R extends EndpointSpec> = R['query'] extends z.ZodType ? z.output<R['query']> : Record<never, never>;
export type Body<R extends EndpointSpec> = R['body'] extends z.ZodType ? z.output<R['body']> : undefined;
export type Answer<R extends EndpointSpec> = z.output<R['answers']>;
export type ReasonOf<R extends EndpointSpec> =
  | (R['refuses'] extends Readonly<Record<string, Refusal>> ? keyof R['refuses'] & string : never)
  | CommonRefusal;

/**
 * A typed client for partner systems, derived from the contracts: what a route takes and answers is what its contract says, in
 * domain values on both sides. One call is one request; it decodes the answer, or throws the problem.
 */
import {
  type Answer,
  type Body,
  type Contract,
  type Endpoint,
  type EndpointSpec,
  namesIn,
  type Params,
  Problem,
  type Query,
} from '@echelon/contracts';
import * as z from 'zod';

type Part<Name extends string, Value> = [keyof Value] extends [never] ? { readonly [N in Name]?: undefined } : { readonly [N in Name]: Value };
type BodyPart<Value> = [Value] extends [undefined] ? { readonly body?: undefined } : { readonly body: Value };
type QueryPart<Value> = [keyof Value] extends [never] ? { readonly query?: undefined } : { readonly query?: Partial<Value> };

/** What a call may carry beside the route's own parts. */
export interface CallOptions {
  /** The Idempotency-Key; a fresh one unless given. Give your own to be able to try again after a crash of yours. */
  readonly key?: string;
  /** Refuse unless the resource still has this version. */
  readonly ifMatch?: number;
}
export type Call<R extends EndpointSpec> = Part<'params', Params<R>> & QueryPart<Query<R>> & BodyPart<Body<R>> & CallOptions;

export interface Reply<Value> {
  readonly value: Value;
  /** The version behind the ETag, where the resource has one. */
  readonly version: number | undefined;
  readonly correlationId: string;
}
export type Client<C extends Contract> = {
  readonly [Name in keyof C['routes']]: (call: Call<C['routes'][Name]>) => Promise<Reply<Answer<C['routes'][Name]>>>;
};

/** A refusal or failure, as the API said it: `problem.code` is stable. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`);
    this.problem = problem;
  }
}

export interface ClientOptions {
  /** The API's base URL, without a slash at its end. */
  readonly url: string;
  /** A token that is in force; asked for at each call. */
  readonly token: () => Promise<string> | string;
  readonly fetch?: typeof globalThis.fetch;
}

export const clientOf = <C extends Contract>(contract: C, options: ClientOptions): Client<C> => {
  const calls = Object.entries(contract.routes).map(([name, route]) => [name, (call: AnyCall) => send(route, call, options)]);
  // Each name was mapped to the call of its own route, as `Client` says.
  return Object.fromEntries(calls) as Client<C>;
};

interface AnyCall extends CallOptions {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: unknown;
  readonly body?: unknown;
}

const send = async (
  route: Endpoint,
  { params = {}, query, body, key = crypto.randomUUID(), ifMatch }: AnyCall,
  options: ClientOptions,
): Promise<Reply<unknown>> => {
  const writes = route.method !== 'GET';
  const answer = await (options.fetch ?? fetch)(`${options.url}${pathOf(route, params)}${queryOf(route, query)}`, {
    method: route.method,
    headers: {
      ...(route.roles !== 'public' && { authorization: `Bearer ${await options.token()}` }),
      ...(writes && { 'idempotency-key': key }),
      ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }),
      ...(route.body && { 'content-type': 'application/json' }),
    },
    ...(route.body && { body: JSON.stringify(z.encode(route.body, body)) }),
  });
  const json: unknown = await answer.json();
  if (!answer.ok) throw new ApiProblem(Problem.parse(json));
  const etag = answer.headers.get('etag');
  return {
    value: route.answers.parse(json),
    version: etag === null ? undefined : Number(etag.replaceAll('"', '')),
    correlationId: answer.headers.get('x-correlation-id') ?? '',
  };
};

const pathOf = ({ path }: Endpoint, params: Readonly<Record<string, unknown>>): string =>
  namesIn(path).reduce((filled, name) => filled.replace(`{${name}}`, encodeURIComponent(String(params[name]))), path as string);

const queryOf = ({ query: schema }: Endpoint, query: unknown): string => {
  if (schema === undefined || query === undefined) return '';
  const wire = Object.entries(z.record(z.string(), z.unknown()).parse(z.encode(schema.partial(), z.looseObject({}).parse(query)))).filter(
    ([, value]) => value !== undefined,
  );
  return wire.length === 0 ? '' : `?${new URLSearchParams(wire.map(([name, value]): [string, string] => [name, String(value)]))}`;
};

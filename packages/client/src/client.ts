/**
 * A typed client for partner systems, derived from the contracts: what a route takes and answers is what its contract says, in
 * domain values on both sides. One call is one act, however often it has to be sent.
 */
import type { Answer, Body, Contract, Endpoint, EndpointSpec, Params, Query } from '@echelon/contracts';
import { isPaged, type Page } from '@echelon/contracts/paging';
import { everyItem, type ListPage } from './pages.ts';
import { type AnyCall, type ClientOptions, call } from './request.ts';

export { ApiProblem, Unreachable } from './failures.ts';
export { type Patience, usualPatience } from './patience.ts';
export type { ClientOptions } from './request.ts';

/** A part is needed where it has to say something: without a path's names, or with optional ones alone, it may be left out. */
type Part<Name extends string, Value> = Record<never, never> extends Value ? { readonly [N in Name]?: Value } : { readonly [N in Name]: Value };
type BodyPart<Value> = [Value] extends [undefined] ? { readonly body?: undefined } : { readonly body: Value };

interface Waiting {
  /** Ends the call, with its waits and retries. */
  readonly signal?: AbortSignal | undefined;
}
interface Writing {
  /** The Idempotency-Key; a fresh one unless given. Give your own to be able to try again after a crash of yours. */
  readonly key?: string | undefined;
  /** Refuse unless the resource still has this version, as an earlier reply gave it. */
  readonly ifMatch?: number | undefined;
}
type CallOptions<R> = R extends { readonly method: 'GET' } ? Waiting : Waiting & Writing;

export type Call<R extends EndpointSpec> = Part<'params', Params<R>> & Part<'query', Query<R>> & BodyPart<Body<R>> & CallOptions<R>;

export interface Reply<Value> {
  readonly value: Value;
  /** The version behind the ETag, where the resource has one: to go on from with `ifMatch`. */
  readonly version: number | undefined;
  readonly correlationId: string;
}

/** What a route that answers by pages offers beside the single page. */
interface Paged<R extends EndpointSpec, Item> {
  /** Every item from here on, page by page, asked for as it is needed. */
  all(call: Call<R>): AsyncGenerator<Item, void, undefined>;
}
type Operation<R extends EndpointSpec> = ((call: Call<R>) => Promise<Reply<Answer<R>>>) &
  ('cursor' extends keyof Query<R> ? (Answer<R> extends Page<infer Item> ? Paged<R, Item> : unknown) : unknown);

export type Client<C extends Contract> = { readonly [Name in keyof C['routes']]: Operation<C['routes'][Name]> };

export const clientOf = <C extends Contract>(contract: C, options: ClientOptions): Client<C> => {
  const operations = Object.entries(contract.routes).map(([name, route]) => [name, operationOf(route, options)]);
  // Each name was mapped to the call of its own route, as `Client` says.
  return Object.fromEntries(operations) as Client<C>;
};

const operationOf = (route: Endpoint, options: ClientOptions) => {
  const once = (asked: AnyCall) => call(route, asked, options);
  if (!isPaged(route)) return once;
  // A page is what this route answers: the type of `all` says so, and no other route has one.
  const page = async (asked: AnyCall, cursor: string | undefined) =>
    (await once(cursor === undefined ? asked : { ...asked, query: { ...(asked.query as object), cursor } })).value as ListPage;
  return Object.assign(once, { all: (asked: AnyCall) => everyItem((cursor) => page(asked, cursor)) });
};

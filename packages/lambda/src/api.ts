/** The one stack in front of every row: who, what, row, answer; and one problem+json for whatever went wrong. */
import { Instant } from '@echelon/calendar';
import {
  type Answer,
  type Body,
  type Contract,
  type Endpoint,
  type EndpointSpec,
  type Fault,
  type Params,
  type Query,
  type ReasonOf,
  routeKey,
  successOf,
} from '@echelon/contracts';
import { type Cause, Contended, Oversized, type Refused } from '@echelon/decider';
import { BadCursor } from '@echelon/store';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2 as Request, APIGatewayProxyStructuredResultV2 as Response } from 'aws-lambda';
import * as z from 'zod';
import type { Caller, Identify } from './caller.ts';
import { digest } from './cause.ts';
import type { Edges } from './edges.ts';
import type { Log, OpenLog } from './log.ts';
import { mediaAnswer } from './media.ts';
import { problem } from './problem.ts';
import { Behind } from './program-book.ts';
import { decodeRequest, no, type Refusing } from './request.ts';

export interface Asked<R extends EndpointSpec> {
  readonly params: Params<R>;
  readonly query: Query<R>;
  readonly body: Body<R>;
  readonly caller: Caller;
  readonly cause: Cause;
  /** Business time, read once per request. */
  readonly now: Instant;
}
export type Answered<R extends EndpointSpec> =
  | { readonly state: Answer<R>; readonly version?: number }
  | (Refused<ReasonOf<R>> & { readonly faults?: readonly Fault[] });
export type Row<R extends EndpointSpec, Deps> = (asked: Asked<R>, deps: Deps) => Promise<Answered<R>>;
export type Rows<C extends Contract, Deps> = { readonly [Name in keyof C['routes']]: Row<C['routes'][Name], Deps> };

/** API Gateway gives up after 30 s; a caller wants to know far sooner. */
const REQUEST_MS_MAX = 10_000;
const MARGIN_MS = 500;
/** Of the path, whose ids tell which of all a line is about; no name stands in one. */
const PATH_MAX = 300;

interface Served {
  readonly name: string;
  readonly route: Endpoint;
  readonly row: (asked: Asked<Endpoint>, deps: never) => Promise<Answered<Endpoint>>;
}

interface Stack {
  readonly service: string;
  readonly served: ReadonlyMap<string, Served>;
  readonly deps: unknown;
  readonly edges: Edges;
  readonly identify: Identify;
  readonly openLog: OpenLog;
}

export const apiOf = (stack: Stack) =>
  middy<Request, Response>()
    .use(lastResort)
    .handler((event, context) => answer(stack, event, context.getRemainingTimeInMillis?.() ?? REQUEST_MS_MAX));

/** Below everything: what even the stack did not catch is still a problem, and says nothing of our insides. */
const lastResort: middy.MiddlewareObj<Request, Response> = {
  onError: (request) => {
    request.response = problem({ code: 'internal' }, undefined, correlationOf(request.event));
  },
};

const answer = async (stack: Stack, event: Request, remainingMs: number): Promise<Response> => {
  const correlationId = correlationOf(event);
  const log = stack.openLog('request', {
    correlationId,
    requestId: event.requestContext.requestId,
    route: event.routeKey,
    path: event.rawPath.slice(0, PATH_MAX),
  });
  const route = stack.served.get(event.routeKey)?.route;
  try {
    const answered = await ask(stack, event, { correlationId, log, deadline: performance.now() + Math.min(REQUEST_MS_MAX, remainingMs) - MARGIN_MS });
    const response =
      'refused' in answered
        ? problem(
            { code: answered.refused, because: answered.because, ...('faults' in answered && { faults: answered.faults }) },
            route?.refuses,
            correlationId,
          )
        : success(answered, answered.route, event);
    log.note({ status: response.statusCode, ...('refused' in answered && { code: answered.refused }) });
    log.close('refused' in answered ? 'refused' : 'done');
    return withCorrelation(response, correlationId);
  } catch (error) {
    const code = error instanceof Oversized ? 'too-large' : isPassing(error) ? 'busy' : 'internal';
    const response = error instanceof BadCursor ? problem(badCursor(error), undefined, correlationId) : problem({ code }, undefined, correlationId);
    log.note({ status: response.statusCode, code });
    log.close(code === 'internal' && response.statusCode === 500 ? 'failed' : 'refused', error);
    return withCorrelation(response, correlationId);
  }
};

/** The way of a request: token, role, key, body, row. Each step may be the last. */
const ask = async (
  { served, deps, edges, identify }: Stack,
  event: Request,
  { correlationId, log, deadline }: { correlationId: string; log: Log; deadline: number },
): Promise<{ readonly state: unknown; readonly version?: number; readonly route: Endpoint } | Refusing> => {
  const found = served.get(event.routeKey);
  if (found === undefined) return no('not-found');
  const { route, row } = found;
  const [identified, clock] = await Promise.all([
    route.roles === 'public' ? { caller: nobody } : identify(event.headers.authorization),
    edges.clock(),
  ]);
  if ('refused' in identified) return no(identified.refused);
  const { caller } = identified;
  log.note({ principal: caller.principal, role: caller.role, partnerId: caller.partnerId });
  if (route.roles !== 'public' && !(route.roles as readonly string[]).includes(caller.role)) return no('forbidden');
  const sent = decodeRequest(route, event);
  if ('refused' in sent) return sent;
  const now = clock.now();
  const cause: Cause = {
    id: digest('request', caller.principal, routeKey(route), JSON.stringify(sent.params), sent.key),
    // With the key, which is kept nowhere: names and addresses that are erased can't be found again by hashing guesses at them.
    hash: digest(sent.key, JSON.stringify(sent.encodedBody ?? null)),
    by: { principal: caller.principal, role: caller.role, correlationId, causationId: correlationId },
    recordedAt: z.encode(Instant, now),
    forgettable: true,
    viewer: caller,
    timeLeft: () => deadline - performance.now(),
    ...(sent.ifMatch !== undefined && { ifMatch: sent.ifMatch }),
  };
  // The row was found by the event's own route, whose schemas decoded what it is given.
  const answered = await row({ params: sent.params, query: sent.query, body: sent.body, caller, cause, now } as Asked<Endpoint>, deps as never);
  return 'refused' in answered ? answered : { ...answered, route };
};

const nobody: Caller = { principal: 'public', role: 'public', sees: 'own' };

const success = ({ state, version }: { state: unknown; version?: number }, route: Endpoint, event: Request): Response => {
  const encoded = z.encode(route.answers, state);
  if (route.media) return mediaAnswer(route.media, String(encoded), event.headers['accept-encoding']);
  return {
    statusCode: successOf[route.method],
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...(version !== undefined && { etag: `"${version}"` }) },
    body: JSON.stringify(encoded),
  };
};

const badCursor = (error: BadCursor) => ({ code: 'invalid', faults: [{ in: 'query' as const, pointer: '/cursor', message: error.message }] });

const withCorrelation = (response: Response, correlationId: string): Response => ({
  ...response,
  headers: { ...response.headers, 'x-correlation-id': correlationId },
});

/** The caller's own correlation id where it is one, else the gateway's request id. */
const correlationOf = (event: Request): string => {
  const given = event.headers?.['x-correlation-id'];
  return given !== undefined && /^[\w.:-]{1,128}$/.test(given) ? given : event.requestContext.requestId;
};

const throttles = new Set([
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'LimitExceededException',
  'TransactionInProgressException',
]);
/** Nothing was decided, and the same request may succeed in a moment. */
const isPassing = (error: unknown): boolean =>
  error instanceof Contended || error instanceof Behind || (error instanceof Error && throttles.has(error.name));

/** Every row under the key that the gateway calls it by. */
export const served = <Routes extends Contract['routes'], Deps>(
  routes: Routes,
  rows: { readonly [Name in keyof Routes]: Row<Routes[Name], Deps> },
): ReadonlyMap<string, Served> =>
  new Map(
    Object.entries(routes).map(([name, route]) => {
      // There is a row for each route; going through the names loses which belongs to which.
      const row = rows[name] as unknown as Served['row'];
      return [routeKey(route), { name, route, row }];
    }),
  );

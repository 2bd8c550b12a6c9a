/** One call: encoded once, sent until it is answered for good or patience ends, and decoded. */
import { type Endpoint, namesIn } from '@echelon/contracts';
import * as z from 'zod';
import { type Answer, ApiProblem, problemIn, Unreachable } from './failures.ts';
import { isPassing, type Patience, pause, retryAfterMs, usualPatience, waitMs } from './patience.ts';

export interface ClientOptions {
  /** The API's base URL, without a slash at its end. */
  readonly url: string;
  /**
   * A token that is in force; asked for at each attempt. Where the API no longer takes it, asked once more, for a `fresh` one: whoever
   * keeps tokens should then get another.
   */
  readonly token: (wanted: { readonly fresh: boolean }) => Promise<string> | string;
  /** What differs from the usual patience. One attempt alone: `{ attemptsMax: 1 }`. */
  readonly patience?: Partial<Patience>;
  readonly fetch?: typeof globalThis.fetch;
}

export interface AnyCall {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: unknown;
  readonly body?: unknown;
  readonly key?: string | undefined;
  readonly ifMatch?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}
export interface AnyReply {
  readonly value: unknown;
  readonly version: number | undefined;
  readonly correlationId: string;
}

/** What stays the same over all attempts of a call: above all its key and body, by which the API knows that they are one act. */
interface Prepared {
  readonly url: string;
  readonly method: string;
  readonly open: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly key: string | undefined;
}

export const call = async (route: Endpoint, asked: AnyCall, options: ClientOptions): Promise<AnyReply> => {
  const prepared = prepare(route, asked, options);
  const answer = await answerTo(prepared, asked.signal, options);
  if (!answer.ok) throw new ApiProblem(problemIn(answer), prepared.key);
  const etag = answer.headers.get('etag');
  return {
    value: route.answers.parse(route.media ? answer.text : JSON.parse(answer.text)),
    version: etag === null ? undefined : Number(etag.replaceAll('"', '')),
    correlationId: answer.headers.get('x-correlation-id') ?? '',
  };
};

const prepare = (route: Endpoint, { params = {}, query, body, key, ifMatch }: AnyCall, { url }: ClientOptions): Prepared => {
  const ownKey = route.method === 'GET' ? undefined : (key ?? crypto.randomUUID());
  return {
    // A base that is no URL fails here, once, and is no network to wait for.
    url: new URL(`${url}${pathOf(route, params)}${queryOf(route, query)}`).href,
    method: route.method,
    open: route.roles === 'public',
    headers: {
      ...(ownKey !== undefined && { 'idempotency-key': ownKey }),
      ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }),
      ...(route.body && { 'content-type': 'application/json' }),
    },
    body: route.body && JSON.stringify(z.encode(route.body, body)),
    key: ownKey,
  };
};

/** The first answer that is final, or the last that patience allows. @throws Unreachable where there is none; the signal's own reason */
const answerTo = async (prepared: Prepared, signal: AbortSignal | undefined, options: ClientOptions): Promise<Answer> => {
  const patience: Patience = { ...usualPatience, ...options.patience };
  const deadline = performance.now() + patience.callMsMax;
  const attemptOnce = attemptsOf(prepared, options, () => {
    const limit = AbortSignal.timeout(Math.ceil(Math.max(0, Math.min(patience.attemptMsMax, deadline - performance.now()))));
    return signal ? AbortSignal.any([signal, limit]) : limit;
  });
  for (let attempt = 1; ; attempt++) {
    const outcome = await attemptOnce();
    signal?.throwIfAborted();
    if (!('failed' in outcome) && !isPassing(outcome.status)) return outcome;
    const wait = waitMs(attempt, patience, 'failed' in outcome ? 0 : retryAfterMs(outcome.headers.get('retry-after')));
    if (attempt >= patience.attemptsMax || performance.now() + wait >= deadline) {
      if ('failed' in outcome) throw new Unreachable(prepared.url, outcome.failed, prepared.key);
      return outcome;
    }
    await pause(wait, signal);
  }
};

/** A token that came to its end on the way is renewed, once in a call: that is no failure of the API, and needs no wait. */
const attemptsOf = (prepared: Prepared, { token: ask, fetch: sendBy = fetch }: ClientOptions, limit: () => AbortSignal) => {
  const tokenOf = async (fresh: boolean) => (prepared.open ? undefined : ask({ fresh }));
  let renewed: string | undefined;
  return async (): Promise<Outcome> => {
    const token = renewed ?? (await tokenOf(false));
    const outcome = await send(prepared, { sendBy, token, signal: limit() });
    if (token === undefined || renewed !== undefined || 'failed' in outcome || outcome.status !== 401) return outcome;
    renewed = await tokenOf(true);
    return renewed === token ? outcome : send(prepared, { sendBy, token: renewed, signal: limit() });
  };
};

type Outcome = Answer | { readonly failed: unknown };
interface Sending {
  readonly sendBy: typeof globalThis.fetch;
  readonly token: string | undefined;
  readonly signal: AbortSignal;
}

/** An answer that breaks off is none. */
const send = async ({ url, method, headers, body }: Prepared, { sendBy, token, signal }: Sending): Promise<Outcome> => {
  try {
    const response = await sendBy(url, {
      method,
      headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      signal,
      ...(body !== undefined && { body }),
    });
    const { ok, status, statusText, headers: answered } = response;
    return { ok, status, statusText, headers: answered, text: await response.text() };
  } catch (failed) {
    return { failed };
  }
};

const pathOf = ({ path }: Endpoint, params: Readonly<Record<string, unknown>>): string =>
  namesIn(path).reduce((filled, name) => filled.replace(`{${name}}`, encodeURIComponent(String(params[name]))), path as string);

const queryOf = ({ query: schema }: Endpoint, query: unknown): string => {
  if (schema === undefined || query === undefined) return '';
  const wire = Object.entries(z.encode(schema, query as never)).filter(([, value]) => value !== undefined);
  return wire.length === 0 ? '' : `?${new URLSearchParams(wire.map(([name, value]): [string, string] => [name, String(value)]))}`;
};

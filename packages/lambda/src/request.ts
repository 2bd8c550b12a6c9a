/** What was sent, decoded by the route's schemas; or the first thing wrong with it. */
import type { CommonRefusal, Endpoint, Fault } from '@echelon/contracts';
import { type Refused, refuse } from '@echelon/decider';
import type { APIGatewayProxyEventV2 as Request } from 'aws-lambda';
import * as z from 'zod';
import { decodeStrictly } from './decode.ts';
import { parseJson } from './json.ts';

/** Room for a document of 200 KB and its envelope. */
export const BODY_BYTES_MAX = 262_144;

export type Refusing = Refused<string> & { readonly faults?: readonly Fault[] };
export const no = (code: CommonRefusal, because?: string, faults?: readonly Fault[]): Refusing => ({
  ...refuse(code, because),
  ...(faults && { faults }),
});

export interface Sent {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly encodedBody: unknown;
  readonly key: string;
  readonly ifMatch?: number;
}

const KEY = /^[\x21-\x7e]{1,128}$/;
const ETAG = /^"([1-9]\d{0,14})"$/;
const none = z.object({});

export const decodeRequest = (route: Endpoint, event: Request): Sent | Refusing => {
  const writes = route.method !== 'GET';
  const key = event.headers['idempotency-key'] ?? '';
  if (writes && !KEY.test(key)) return no('idempotency-key-missing');
  const ifMatch = event.headers['if-match'];
  const expected = ifMatch === undefined ? undefined : ETAG.exec(ifMatch)?.[1];
  if (ifMatch !== undefined && expected === undefined) return no('if-match-malformed');
  const raw = writes ? bodyOf(event, route.body !== undefined) : { json: undefined };
  if ('refused' in raw) return raw;
  const params = decodeStrictly(route.params ?? none, 'path', event.pathParameters ?? {});
  // An id of another kind names nothing here: it answers as any id that does not exist.
  if ('faults' in params) return no('not-found');
  const query = decodeStrictly(route.query ?? none, 'query', event.queryStringParameters ?? {});
  const body = route.body === undefined ? { value: undefined } : decodeStrictly(route.body, 'body', raw.json);
  const faults = [...('faults' in query ? query.faults : []), ...('faults' in body ? body.faults : [])];
  if ('faults' in query || 'faults' in body) return no('invalid', undefined, faults);
  return {
    params: params.value,
    query: query.value,
    body: body.value,
    encodedBody: route.body && z.encode(route.body, body.value),
    key,
    ...(expected !== undefined && { ifMatch: Number(expected) }),
  };
};

/** A route without a body takes none, or an empty object, so that clients that always send JSON work. */
const bodyOf = (event: Request, wanted: boolean): { readonly json: unknown } | Refusing => {
  const text = event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString() : (event.body ?? '');
  if (Buffer.byteLength(text) > BODY_BYTES_MAX) return no('too-large');
  if (text === '' && !wanted) return { json: undefined };
  if (!/^application\/json(;\s*charset=utf-8)?$/i.test(event.headers['content-type'] ?? '')) return no('unsupported-media-type');
  const parsed = parseJson(text);
  if ('malformed' in parsed) return no('malformed-json', parsed.malformed);
  if ('faults' in parsed) return no('invalid', undefined, parsed.faults);
  if (wanted || JSON.stringify(parsed.json) === '{}') return parsed;
  return no('invalid', undefined, [{ in: 'body', pointer: '', message: 'This route takes no body.' }]);
};

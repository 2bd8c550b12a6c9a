/** An HTTP API of API Gateway: requests become payloads of format 2.0, answers become responses. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Endpoint, namesIn, routeKey } from '@echelon/contracts';
import type { APIGatewayProxyEventV2 as Payload, APIGatewayProxyStructuredResultV2 as Result } from 'aws-lambda';

export interface Target {
  readonly service: string;
  readonly routeKey: string;
  readonly pathParameters?: Record<string, string>;
}
export type Invoke = (service: string, payload: Payload) => Promise<unknown>;

const BODY_BYTES_MAX = 10 * 1_024 * 1_024;

/** Of all routes that match, the one whose path is the most literal; without one, `$default`. */
export const routerOf = (served: readonly { readonly service: string; readonly routes: readonly Endpoint[] }[], fallback: string) => {
  const rows = served.flatMap(({ service, routes }) =>
    routes.map((route) => ({ service, route, pattern: patternOf(route.path), variables: namesIn(route.path).length })),
  );
  rows.sort((a, b) => a.variables - b.variables);
  return (method: string, path: string): Target => {
    for (const { service, route, pattern } of rows) {
      const found = route.method === method ? pattern.exec(path) : null;
      if (found) return { service, routeKey: routeKey(route), ...(found.groups && { pathParameters: decoded(found.groups) }) };
    }
    return { service: fallback, routeKey: '$default' };
  };
};

const patternOf = (path: string): RegExp => new RegExp(`^${path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
const decoded = (groups: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));

export const gateway =
  (router: (method: string, path: string) => Target, invoke: Invoke) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = randomUUID();
    const body = await bodyOf(request);
    if (body === undefined) return say(response, 413, 'Request Entity Too Large');
    const [rawPath = '/', rawQueryString = ''] = (request.url ?? '/').split(/\?(.*)/s);
    const target = attempt(() => router(request.method ?? 'GET', rawPath));
    if (target === undefined) return say(response, 400, 'Bad Request');
    try {
      reply(response, await invoke(target.service, payloadOf(request, { target, rawPath, rawQueryString, body, requestId })));
    } catch (error) {
      const late = error instanceof Error && error.message.includes('timed out');
      say(response, late ? 503 : 500, late ? 'Service Unavailable' : 'Internal Server Error');
    }
  };

const attempt = <Value>(work: () => Value): Value | undefined => {
  try {
    return work();
  } catch {
    return undefined; // a path with a broken percent-encoding
  }
};

const bodyOf = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= BODY_BYTES_MAX) chunks.push(chunk);
  }
  return bytes > BODY_BYTES_MAX ? undefined : Buffer.concat(chunks);
};

/** What API Gateway hands on as text; any other body comes in base 64. */
const textual = /^(text\/|application\/([\w.-]+\+)?(json|xml|javascript))/i;

interface Seen {
  readonly target: Target;
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly body: Buffer;
  readonly requestId: string;
}

const payloadOf = (request: IncomingMessage, { target, rawPath, rawQueryString, body, requestId }: Seen): Payload => {
  const { cookie, ...headers } = Object.fromEntries(Object.entries(request.headersDistinct).map(([name, values = []]) => [name, values.join(',')]));
  const isBase64Encoded = body.length > 0 && !textual.test(headers['content-type'] ?? '');
  const now = new Date();
  const query = new URLSearchParams(rawQueryString);
  return {
    version: '2.0',
    routeKey: target.routeKey,
    rawPath,
    rawQueryString,
    headers,
    ...(cookie !== undefined && { cookies: cookie.split(/; ?/) }),
    ...(query.size > 0 && { queryStringParameters: Object.fromEntries(Array.from(query.keys(), (name) => [name, query.getAll(name).join(',')])) }),
    ...(target.pathParameters && { pathParameters: target.pathParameters }),
    ...(body.length > 0 && { body: body.toString(isBase64Encoded ? 'base64' : 'utf8') }),
    isBase64Encoded,
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: headers.host ?? 'localhost',
      domainPrefix: 'local',
      http: {
        method: request.method ?? 'GET',
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey: target.routeKey,
      stage: '$default',
      time: now.toISOString(),
      timeEpoch: now.getTime(),
    },
  };
};

/** An answer without a status is a body of JSON with status 200. */
const reply = (response: ServerResponse, answer: unknown): void => {
  const whole = typeof answer === 'object' && answer !== null && 'statusCode' in answer;
  const result: Result = whole
    ? (answer as Result)
    : { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(answer) };
  const body = Buffer.from(result.body ?? '', result.isBase64Encoded ? 'base64' : 'utf8');
  for (const [name, value] of Object.entries(result.headers ?? {})) response.setHeader(name, String(value));
  if (result.cookies) response.setHeader('set-cookie', result.cookies);
  response.statusCode = result.statusCode ?? 200;
  response.setHeader('content-length', body.length);
  response.end(body);
};

/** What the gateway says by itself. */
const say = (response: ServerResponse, status: number, message: string): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ message }));
};

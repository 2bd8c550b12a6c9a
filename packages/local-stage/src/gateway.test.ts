import { createServer } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gateway, routerOf } from './gateway.ts';
import { close, listen } from './ports.ts';
import { orders } from './toy/shop.ts';

const server = createServer();
const router = routerOf([{ service: 'orders', routes: Object.values(orders.routes) }], 'platform');
const invoke = async (service: string, payload: APIGatewayProxyEventV2): Promise<unknown> => {
  if (payload.headers['x-fails']) throw new Error(payload.headers['x-fails']);
  return { service, payload };
};
let url = '';
beforeAll(async () => {
  server.on('request', gateway(router, invoke));
  url = `http://127.0.0.1:${await listen(server)}`;
});
afterAll(() => close(server));

const ask = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(url + path, init);
  return (await response.json()) as { service: string; payload: APIGatewayProxyEventV2; message?: string };
};

test('A request becomes a payload of format 2.0: lower-case headers, repeats joined by a comma, path parameters decoded.', async () => {
  const headers = new Headers([['X-Two', 'a'], ['x-two', 'b'], ['content-type', 'application/json'], ['cookie', 'c=1; d=2']]); // biome-ignore format: pairs
  const { service, payload } = await ask('/v1/orders/a%20b?q=1&q=2&r=%C3%A9', { method: 'POST', headers, body: '{"é":1}' });
  expect(service).toBe('orders');
  expect(payload).toMatchObject({
    version: '2.0',
    routeKey: 'POST /v1/orders/{orderId}',
    rawPath: '/v1/orders/a%20b',
    rawQueryString: 'q=1&q=2&r=%C3%A9',
    pathParameters: { orderId: 'a b' },
    queryStringParameters: { q: '1,2', r: 'é' },
    cookies: ['c=1', 'd=2'],
    body: '{"é":1}',
    isBase64Encoded: false,
    requestContext: { requestId: expect.stringMatching(/^[\da-f-]{36}$/), http: { method: 'POST', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' } },
  });
  expect(payload.headers['x-two']?.replace(', ', ',')).toBe('a,b');
});

test('Of two routes that match, the more literal one is taken.', async () => {
  expect((await ask('/v1/orders/latest')).payload.routeKey).toBe('GET /v1/orders/latest');
  expect((await ask('/v1/orders/later')).payload.routeKey).toBe('GET /v1/orders/{orderId}');
});

test('A request that no route matches goes to the platform as $default, HEAD and OPTIONS too.', async () => {
  expect(await ask('/v1/nothing')).toMatchObject({ service: 'platform', payload: { routeKey: '$default' } });
  expect(await ask('/v1/orders/x', { method: 'OPTIONS' })).toMatchObject({ service: 'platform', payload: { routeKey: '$default' } });
  const head = await fetch(`${url}/v1/orders/x`, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
});

test('A body that is not text comes in base 64.', async () => {
  const { payload } = await ask('/v1/orders/x', { method: 'POST', headers: { 'content-type': 'application/gzip' }, body: new Uint8Array([255, 0]) });
  expect([payload.isBase64Encoded, payload.body]).toEqual([true, '/wA=']);
});

test('A body over 10 MB is answered with 413, a broken percent-encoding with 400.', async () => {
  const large = await fetch(`${url}/v1/orders/x`, { method: 'POST', body: new Uint8Array(10 * 1_024 * 1_024 + 1) });
  expect([large.status, await large.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
  expect((await fetch(`${url}/v1/orders/%E0%A4%A`)).status).toBe(400);
});

test('A function that fails is answered with 500, and one that runs out of time with 503.', async () => {
  const failing = (why: string) => fetch(`${url}/v1/orders/x`, { headers: { 'x-fails': why } });
  const failed = await failing('oh');
  expect([failed.status, await failed.json()]).toEqual([500, { message: 'Internal Server Error' }]);
  const late = await failing('Task timed out after 30 seconds');
  expect([late.status, await late.json()]).toEqual([503, { message: 'Service Unavailable' }]);
});

test('a port in use is said in one sentence', async () => {
  await expect(listen(createServer(), Number(new URL(url).port))).rejects.toThrow(/^Port \d+ is in use\./);
});

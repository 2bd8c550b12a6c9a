/** Something to call: a contract, and a server of it that answers as a test tells it and notes what it was asked. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { conflict, get, post, service } from '@echelon/contracts';
import { page, paging } from '@echelon/contracts/paging';
import { Money, money } from '@echelon/money';
import * as z from 'zod';
import { type ClientOptions, clientOf } from '../client.ts';

export const Price = z.object({ amount: Money });
const shop = service('shop', {
  summary: 'Something to call.',
  routes: {
    set: post('/v1/prices', { summary: 'Set.', roles: ['auditor'], body: Price, answers: Price, refuses: { dear: conflict('Too dear.') } }),
    get: get('/v1/prices/{name}', { summary: 'Get.', roles: ['auditor'], params: z.object({ name: z.string() }), answers: Price }),
    list: get('/v1/prices', { summary: 'List.', roles: ['auditor'], query: z.object({ of: z.string(), ...paging }), answers: page(Price) }),
    // A cursor alone makes no list, nor does a page that no cursor goes on from.
    odd: get('/v1/odd', { summary: 'Odd.', roles: ['auditor'], query: z.object(paging), answers: Price }),
    top: get('/v1/top', { summary: 'Top.', roles: ['auditor'], answers: page(Price) }),
    about: get('/about', { summary: 'About.', roles: 'public', answers: z.string(), media: 'text/html' }),
  },
});
export const wire = { amount: { amount: '12.50', currency: 'USD' } };
export const body = { amount: money(1_250n, 'USD') };

export type Say = (response: ServerResponse) => unknown;
export const json =
  (status: number, value: unknown, headers: Record<string, string> = {}): Say =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
export const problem = (status: number, code: string, headers: Record<string, string> = {}): Say =>
  json(status, { type: '/', title: code, status, code, detail: `It is ${code}.`, instance: 'urn:1' }, headers);
export const fine = json(201, wire, { etag: '"7"', 'x-correlation-id': 'trace' });
export const hangUp: Say = (response) => response.socket?.destroy();
export const breakOff: Say = (response) => {
  response.writeHead(201, { 'content-length': '100' }).write('{"amo');
  setTimeout(() => response.socket?.destroy(), 5);
};
export const silence: Say = () => {};

interface Seen {
  readonly key: string | undefined;
  readonly token: string | undefined;
  readonly url: string | undefined;
  readonly body: string;
}

export const openShop = async () => {
  const seen: Seen[] = [];
  const script: Say[] = [];
  const server = createServer(async (request, response) => {
    const { 'idempotency-key': key, authorization } = request.headers;
    const sent = Buffer.concat(await request.toArray()).toString();
    seen.push({ key: key?.toString(), token: authorization, url: request.url, body: sent });
    (script.shift() ?? problem(500, 'script-over'))(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // What listens has an address, and of a port it is this kind.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    seen,
    /** A client whose next requests are answered so, one after the other. */
    calling: (says: readonly Say[], { patience, ...options }: Partial<ClientOptions> = {}) => {
      script.splice(0, script.length, ...says);
      return clientOf(shop, { url, token: () => 'held', patience: { backoffMs: 2, backoffMsMax: 10, ...patience }, ...options });
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
export type Shop = Awaited<ReturnType<typeof openShop>>;

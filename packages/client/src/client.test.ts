import { conflict, get, post, service } from '@echelon/contracts';
import { Money, money } from '@echelon/money';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ApiProblem, clientOf } from './client.ts';

const Price = z.object({ amount: Money });
const shop = service('shop', {
  summary: 'Something to call.',
  routes: {
    get: get('/v1/prices/{priceId}', { summary: 'Get.', roles: ['auditor'], params: z.object({ priceId: z.string() }), answers: Price }),
    list: get('/v1/prices', {
      summary: 'List.',
      roles: ['auditor'],
      query: z.object({ name: z.string(), limit: z.string().optional() }),
      answers: Price,
    }),
    set: post('/v1/prices', { summary: 'Set.', roles: ['auditor'], body: Price, answers: Price, refuses: { dear: conflict('Too dear.') } }),
    open: get('/open', { summary: 'Open.', roles: 'public', answers: Price }),
  },
});

const wire = { amount: { amount: '12.50', currency: 'USD' } };
const domain = { amount: money(1_250n, 'USD') };

/** What was sent, and an answer to it. */
const calling = (answer: () => Response) => {
  const sent: { url: string; init: RequestInit }[] = [];
  const fetch = async (url: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    sent.push({ url: String(url), init });
    return answer();
  };
  return { sent, client: clientOf(shop, { url: 'http://here', token: () => 'token', fetch }), headers: () => new Headers(sent[0]?.init.headers) };
};
const fine = () => Response.json(wire, { headers: { etag: '"7"', 'x-correlation-id': 'trace' } });

describe('a call', () => {
  it('encodes what it sends and decodes what it gets, with version and correlation id', async () => {
    const { client, sent, headers } = calling(fine);
    expect(await client.set({ body: domain })).toEqual({ value: domain, version: 7, correlationId: 'trace' });
    expect(sent[0]?.url).toBe('http://here/v1/prices');
    expect(JSON.parse(String(sent[0]?.init.body))).toEqual(wire);
    expect(headers().get('authorization')).toBe('Bearer token');
  });

  it('carries a fresh key unless it is given one, and the version to match', async () => {
    const { client, sent } = calling(fine);
    await client.set({ body: domain });
    await client.set({ body: domain });
    await client.set({ body: domain, key: 'mine', ifMatch: 3 });
    const keys = sent.map(({ init }) => new Headers(init.headers).get('idempotency-key'));
    expect(new Set(keys).size).toBe(3);
    expect(keys[2]).toBe('mine');
    expect(new Headers(sent[2]?.init.headers).get('if-match')).toBe('"3"');
  });

  it('puts names into the path and the query, escaped', async () => {
    const { client, sent } = calling(fine);
    await client.get({ params: { priceId: 'a/b ?' } });
    await client.list({ query: { name: 'x&y' } });
    expect(sent.map(({ url }) => url)).toEqual(['http://here/v1/prices/a%2Fb%20%3F', 'http://here/v1/prices?name=x%26y']);
    expect(sent.map(({ init }) => new Headers(init.headers).has('idempotency-key'))).toEqual([false, false]);
  });

  it('shows no token where none is asked for', async () => {
    const { client, headers } = calling(fine);
    await client.open({});
    expect(headers().has('authorization')).toBe(false);
  });

  it('throws the problem, as the API said it', async () => {
    const problem = { type: '/', title: 'Dear', status: 409, code: 'dear', detail: 'Too dear.', instance: 'urn:1' };
    const { client } = calling(() => Response.json(problem, { status: 409 }));
    const thrown = await client.set({ body: domain }).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(ApiProblem);
    expect(thrown).toMatchObject({ message: '409 dear: Too dear.', problem });
  });

  it('does not compile with what the contract does not say', () => {
    const { client } = calling(fine);
    // @ts-expect-error a path needs its names
    const nameless = () => client.get({});
    // @ts-expect-error a body is the contract's, in domain values
    const wired = () => client.set({ body: wire });
    expect([nameless, wired]).toHaveLength(2);
  });
});

/** What is sent again, with what, and when no more. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiProblem, Unreachable } from './client.ts';
import { body, breakOff, fine, hangUp, json, openShop, problem, type Say, type Shop, silence, wire } from './toy/shop.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.close());

const thrownBy = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'nothing',
    (error: unknown) => error,
  );

describe('a write is one act, however often it is sent', () => {
  it.each([
    ['429', problem(429, 'too-many-requests')],
    ['503', problem(503, 'busy', { 'retry-after': '0' })],
    ['the gateway’s own 503', json(503, { message: 'Service Unavailable' })],
    ['a connection that ends', hangUp],
    ['an answer that breaks off', breakOff],
  ])('%s: again with the same key and body', async (_, failure) => {
    const reply = await shop.calling([failure, failure, fine]).set({ body });
    expect(reply).toEqual({ value: body, version: 7, correlationId: 'trace' });
    expect(shop.seen.length).toBe(3);
    expect(new Set(shop.seen.map(({ key, body: sent }) => `${key} ${sent}`)).size).toBe(1);
    expect(shop.seen[0]?.key).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(shop.seen[0]?.body ?? '')).toEqual(wire);
  });

  it('has the key that it is given, else one of its own', async () => {
    const client = shop.calling([hangUp, fine, fine, fine]);
    await client.set({ body, key: 'mine' });
    await client.set({ body });
    await client.set({ body });
    expect(shop.seen.slice(0, 2).map(({ key }) => key)).toEqual(['mine', 'mine']);
    expect(new Set(shop.seen.map(({ key }) => key)).size).toBe(3);
  });

  it.each([400, 403, 404, 409, 412, 422, 500])('%i is final', async (status) => {
    const error = await thrownBy(shop.calling([problem(status, 'no')]).set({ body, key: 'mine' }));
    expect(error).toBeInstanceOf(ApiProblem);
    expect(error).toMatchObject({ problem: { status, code: 'no' }, key: 'mine' });
    expect(shop.seen.length).toBe(1);
  });
});

describe('patience ends', () => {
  it('after so many attempts, with what was said last', async () => {
    const error = await thrownBy(shop.calling(Array(9).fill(problem(503, 'busy')), { patience: { attemptsMax: 3 } }).set({ body }));
    expect(error).toMatchObject({ problem: { code: 'busy' } });
    expect(shop.seen.length).toBe(3);
  });

  it('where nobody answers, with the key by which the act can be asked for again', async () => {
    const error = await thrownBy(shop.calling(Array(9).fill(hangUp), { patience: { attemptsMax: 2 } }).set({ body }));
    expect(error).toBeInstanceOf(Unreachable);
    expect(error).toMatchObject({ key: shop.seen[0]?.key });
    expect(shop.seen.length).toBe(2);
  });

  it('at once where the API names a time beyond the bound of the call', async () => {
    const error = await thrownBy(shop.calling([problem(503, 'busy', { 'retry-after': '3600' }), fine]).set({ body }));
    expect(error).toMatchObject({ problem: { code: 'busy' } });
    expect(shop.seen.length).toBe(1);
  });

  it('not before the time that the API names', async () => {
    const began = performance.now();
    await shop.calling([problem(429, 'too-many-requests', { 'retry-after': '1' }), fine]).set({ body });
    expect(performance.now() - began).toBeGreaterThan(990);
  });

  it('with an attempt that is not answered in time, and with the whole call', async () => {
    await shop.calling([silence, fine], { patience: { attemptMsMax: 50 } }).set({ body });
    expect(shop.seen.length).toBe(2);
    const began = performance.now();
    const error = await thrownBy(shop.calling(Array(9).fill(silence), { patience: { attemptMsMax: 60, callMsMax: 150 } }).set({ body }));
    expect(error).toBeInstanceOf(Unreachable);
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('when the caller’s signal says so, in an attempt or between two', async () => {
    for (const failure of [silence, problem(503, 'busy', { 'retry-after': '5' })]) {
      const control = new AbortController();
      setTimeout(() => control.abort(new Error('enough')), 50);
      expect(await thrownBy(shop.calling([failure]).set({ body, signal: control.signal }))).toMatchObject({ message: 'enough' });
    }
    expect(shop.seen.length).toBe(2);
    expect(await thrownBy(shop.calling([fine]).get({ params: { name: 'a' }, signal: AbortSignal.abort(new Error('before')) }))).toMatchObject({
      message: 'before',
    });
  });
});

describe('a token that has ended', () => {
  const tokens = () => {
    const wanted: boolean[] = [];
    return { wanted, token: ({ fresh }: { fresh: boolean }) => (wanted.push(fresh) && fresh ? 'new' : 'old') };
  };

  it('is renewed once, and the call goes on with the same key', async () => {
    const { wanted, token } = tokens();
    await shop.calling([problem(401, 'unauthenticated'), problem(503, 'busy'), fine], { token }).set({ body });
    expect(shop.seen.map((one) => one.token)).toEqual(['Bearer old', 'Bearer new', 'Bearer new']);
    expect(new Set(shop.seen.map(({ key }) => key)).size).toBe(1);
    expect(wanted).toEqual([false, true]);
  });

  it('is not renewed twice, nor sent again where there is no other', async () => {
    const { token } = tokens();
    const twice = await thrownBy(shop.calling([problem(401, 'unauthenticated'), problem(401, 'unauthenticated'), fine], { token }).set({ body }));
    expect(twice).toMatchObject({ problem: { status: 401 } });
    expect(shop.seen.length).toBe(2);
    expect(await thrownBy(shop.calling([problem(401, 'unauthenticated'), fine]).set({ body }))).toMatchObject({ problem: { status: 401 } });
    expect(shop.seen.length).toBe(3);
  });
});

it('what a proxy says by itself is a problem too', async () => {
  const says: Say = (response) => response.writeHead(413, { 'content-type': 'text/html' }).end('<h1>Too large</h1>');
  expect(await thrownBy(shop.calling([says]).set({ body }))).toMatchObject({
    problem: { status: 413, code: 'http-413', title: 'Payload Too Large', detail: '<h1>Too large</h1>' },
  });
});

it('a base that is no URL is an error of the caller, at once', async () => {
  expect(await thrownBy(shop.calling([], { url: 'nowhere' }).set({ body }))).toBeInstanceOf(TypeError);
});

it('what is no JSON comes as it was sent', async () => {
  const page: Say = (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>About');
  expect((await shop.calling([page]).about({})).value).toBe('<p>About');
  expect(shop.seen[0]?.token).toBe(undefined);
});

/** The pages for people, as a browser meets them: all that they need is here, and they may ask nobody else. */
import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localWorld } from '../local-world.ts';

describe('the docs page', () => {
  let world: Awaited<ReturnType<typeof localWorld>>;
  beforeAll(async () => {
    world = await localWorld();
  });
  afterAll(() => world.close());

  /** Where a page's own words lead, from where it stands. */
  const namedIn = (html: string, attribute: string): string[] =>
    Array.from(html.matchAll(new RegExp(` ${attribute}="([^"]+)"`, 'g')), ([, to = '']) => to);

  it.each([
    ['/docs', 'openapi'],
    ['/docs?of=events', 'asyncapi'],
  ])('%s draws the %s document, with a script of ours', async (path, kind) => {
    const answer = await fetch(`${world.url}${path}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const html = await answer.text();
    const [script] = namedIn(html, 'src');
    const [document] = namedIn(html, 'spec-url');
    const renderer = await fetch(new URL(`${script}`, answer.url));
    expect(renderer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    // Said so, for two megabytes that differ are nobody's reading.
    expect((await renderer.text()).includes('querySelector')).toBe(true);
    expect(Object.keys((await (await fetch(new URL(`${document}`, answer.url))).json()) as object)[0]).toBe(kind);
  });

  it('may run and ask only what this origin serves, and stand in nobody’s frame', async () => {
    const policy = (await fetch(`${world.url}/docs`)).headers.get('content-security-policy') ?? '';
    const allowed = Object.fromEntries(policy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1)]));
    expect(allowed).toMatchObject({ 'default-src': ["'none'"], 'script-src': ["'self'"], 'connect-src': ["'self'"], 'frame-ancestors': ["'none'"] });
    expect(policy).not.toMatch(/https?:|\*/);
  });

  it('sends the script packed to whom unpacks, plain to others, in less than Lambda may answer', async () => {
    const get = (headers: Record<string, string>) =>
      new Promise<{ encoding: string | undefined; body: Buffer }>((resolve, reject) => {
        request(`${world.url}/docs/renderer.js`, { headers }, async (answer) => {
          const body = Buffer.concat(await answer.toArray());
          resolve({ encoding: answer.headers['content-encoding'], body });
        })
          .on('error', reject)
          .end();
      });
    const [packed, plain] = [await get({ 'accept-encoding': 'br, gzip' }), await get({})];
    expect([packed.encoding, plain.encoding]).toEqual(['gzip', undefined]);
    expect(gunzipSync(packed.body).equals(plain.body)).toBe(true);
    const LAMBDA_BYTES_MAX = 6_291_456;
    expect(plain.body.length).toBeLessThan(LAMBDA_BYTES_MAX);
    expect(packed.body.length).toBeLessThan(700_000);
  });

  it('answers what it does not show as any route does', async () => {
    const answer = await fetch(`${world.url}/docs?of=secrets`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([422, 'application/problem+json']);
  });
});

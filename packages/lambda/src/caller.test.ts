import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { get } from '@echelon/contracts';
import type { Context } from 'aws-lambda';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { apiOf, served } from './api.ts';
import { identifyBy, partnerClaim, roleClaim } from './caller.ts';
import { openEdges } from './edges.ts';

const issuer = 'https://issuer.example';
const partnerId = `ptnr_${'0'.repeat(26)}`;

// A user pool has two keys, both for RS256: a token says by `kid` which of them signed it.
const [ours, second, foreign] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256'), generateKeyPair('RS256')]);
const published = async () => ({
  keys: await Promise.all(
    [ours, second].map(async ({ publicKey }, n) => ({ ...(await exportJWK(publicKey)), kid: `k${n + 1}`, alg: 'RS256', use: 'sig' })),
  ),
});

let answers: { readonly status: number; readonly body: string } | 'hangs up';
let asked = 0;
const keyServer = createServer((_request, response) => {
  asked += 1;
  if (answers === 'hangs up') return void response.destroy();
  response.writeHead(answers.status, { 'content-type': 'application/json', connection: 'close' }).end(answers.body);
});
beforeAll(async () => {
  keyServer.listen(0, '127.0.0.1');
  await once(keyServer, 'listening');
});
beforeEach(async () => {
  answers = { status: 200, body: JSON.stringify(await published()) };
  asked = 0;
});
afterAll(() => void keyServer.close());

/** A function that has just started: it knows no keys yet. */
const started = () => {
  const edges = openEdges(
    { STAGE: 'test', ISSUER: issuer, JWKS: `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}/jwks.json` },
    { region: 'eu-central-1' },
  );
  return { edges, identify: identifyBy(edges.environment) };
};

interface Signing {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly kid?: string | undefined;
  readonly key?: typeof ours.privateKey;
}
const claimed = { sub: 'crm', client_id: 'crm', token_use: 'access', iss: issuer, [roleClaim]: 'partner-system', [partnerClaim]: partnerId };
const bearer = async ({ claims = {}, key = ours.privateKey, ...header }: Signing = {}): Promise<string> => {
  const { kid } = { kid: 'k1', ...header };
  const protectedHeader = { alg: 'RS256', ...(kid !== undefined && { kid }) };
  const token = new SignJWT({ exp: Math.floor(Date.now() / 1_000) + 60, ...claimed, ...claims }).setProtectedHeader(protectedHeader);
  return `Bearer ${await token.sign(key)}`;
};

describe('a caller', () => {
  it('is who the token says, with the role and the partner that it carries', async () => {
    const { identify } = started();
    expect(await identify(await bearer())).toEqual({ caller: { principal: 'crm', role: 'partner-system', sees: 'own', partnerId } });
    const person = { username: 'ada', [roleClaim]: 'auditor', [partnerClaim]: undefined };
    expect(await identify(await bearer({ claims: person, kid: 'k2', key: second.privateKey }))).toEqual({
      caller: { principal: 'ada', role: 'auditor', sees: 'all' },
    });
    expect(asked).toBe(1);
  });

  it.for<[string, Signing]>([
    ['of another issuer', { claims: { iss: 'https://issuer.example/other' } }],
    ['that has expired', { claims: { exp: 1_700_000_000 } }],
    ['that never expires', { claims: { exp: undefined } }],
    ['that is not for access', { claims: { token_use: 'id' } }],
    ['under a key that the issuer does not have', { kid: 'k9', key: foreign.privateKey }],
    ['of a foreign key, under the name of one that it has', { key: foreign.privateKey }],
    ['that does not say its key, where the issuer has two', { kid: undefined }],
  ])('is nobody with a token %s', async ([, signing]) => {
    expect(await started().identify(await bearer(signing))).toEqual({ refused: 'unauthenticated' });
  });

  it.for([undefined, '', 'Bearer', 'Bearer nonsense', 'Bearer a.b.c', 'Bearer a b', 'Basic YTpi'])('is nobody by "%s"', async (authorization) => {
    expect(await started().identify(authorization)).toEqual({ refused: 'unauthenticated' });
  });

  it('is known and may nothing without a role', async () => {
    expect(await started().identify(await bearer({ claims: { [roleClaim]: undefined } }))).toEqual({ refused: 'forbidden' });
  });
});

describe('while the keys can not be had', () => {
  const outages = [
    ['hangs up', 'hangs up'],
    ['fails', { status: 500, body: '' }],
    ['says something else', { status: 200, body: '<html>' }],
    ['has none', { status: 200, body: '{}' }],
  ] as const;
  it.for(outages)('because their server %s, a caller is asked to come again, and not taken for a stranger', async ([, outage]) => {
    const { edges, identify } = started();
    const hello = get('/hello', { summary: 'Says hello.', roles: ['partner-system'], answers: z.object({ hello: z.string() }) });
    const api = apiOf({
      service: 'jars',
      served: served({ hello }, { hello: async ({ caller }) => ({ state: { hello: caller.principal } }) }),
      deps: {},
      edges,
      identify,
      openLog: () => ({ note: () => {}, close: () => {} }),
    });
    const said = async () => {
      const event = { routeKey: 'GET /hello', rawPath: '/hello', headers: { authorization: await bearer() }, requestContext: { requestId: 'r' } };
      return api(event as never, {} as Context);
    };
    answers = outage;
    expect(await said()).toMatchObject({ statusCode: 503, headers: { 'retry-after': '1' } });
    answers = { status: 200, body: JSON.stringify(await published()) };
    expect(await said()).toMatchObject({ statusCode: 200, body: '{"hello":"crm"}' });
  });

  it('who signed with a key that is known already is let in', async () => {
    const { identify } = started();
    await identify(await bearer());
    answers = { status: 500, body: '' };
    expect(await identify(await bearer())).toMatchObject({ caller: { principal: 'crm' } });
  });
});

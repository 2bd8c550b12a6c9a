/** Tokens as Cognito gives them, from a real OpenID provider: client credentials for RS256 JWTs with the claims of the token trigger. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DatabaseSync } from 'node:sqlite';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import Provider, { type Adapter } from 'oidc-provider';
import type { Clients } from './clients.ts';

export const OIDC = '/oidc';

/** Tokens that must be refused. */
export interface BadTokens {
  expired(clientId: string): Promise<string>;
  /** Signed by a key that is not the issuer's. */
  foreign(clientId: string): Promise<string>;
  /** Well signed, in force, and with these claims over its own; undefined takes one away. */
  claiming(clientId: string, claims: Readonly<Record<string, unknown>>): Promise<string>;
}
export interface Tokens extends BadTokens {
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

export interface Issuing {
  readonly issuer: string;
  readonly clients: Clients;
  readonly disk: DatabaseSync;
  readonly claimsOf: (clientId: string) => Promise<Record<string, string>>;
}

interface Keys {
  readonly jwk: JWK;
  readonly cookie: string;
}
const LIFETIME_SECONDS = 3_600;

export const openTokens = async ({ issuer, clients, disk, claimsOf }: Issuing): Promise<Tokens> => {
  const { jwk, cookie } = await keysOn(disk);
  const provider = new Provider(issuer, {
    adapter: (model: string) => adapterOf(model, clients),
    jwks: { keys: [jwk as never] },
    cookies: { keys: [cookie] },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
    ttl: { ClientCredentials: LIFETIME_SECONDS },
    routes: { jwks: '/.well-known/jwks.json' },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'urn:echelon:api',
        getResourceServerInfo: () => ({
          scope: '',
          audience: 'echelon',
          accessTokenTTL: LIFETIME_SECONDS,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    extraTokenClaims: async (_ctx, token) => ({ token_use: 'access', ...(await claimsOf(String(token.clientId))) }),
  });
  const handle = provider.callback();
  const sign = async (clientId: string, claims: Readonly<Record<string, unknown>>, key: Parameters<SignJWT['sign']>[0]) => {
    const now = Math.floor(Date.now() / 1_000);
    const own = {
      token_use: 'access',
      client_id: clientId,
      sub: clientId,
      iss: issuer,
      iat: now,
      exp: now + LIFETIME_SECONDS,
      ...(await claimsOf(clientId)),
    };
    return new SignJWT({ ...own, ...claims }).setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: String(jwk.kid) }).sign(key);
  };
  const ours = await importJWK(jwk, 'RS256');
  return {
    serve: async (request, response) => {
      Object.assign(request, { originalUrl: request.url, url: request.url?.slice(OIDC.length) || '/' });
      await handle(request, response);
    },
    claiming: (clientId, claims) => sign(clientId, claims, ours),
    expired: (clientId) => sign(clientId, { exp: Math.floor(Date.now() / 1_000) - LIFETIME_SECONDS }, ours),
    foreign: async (clientId) => sign(clientId, {}, (await generateKeyPair('RS256')).privateKey),
  };
};

/** Kept, so that a token outlives a restart of the stage. */
const keysOn = async (disk: DatabaseSync): Promise<Keys> => {
  disk.exec('CREATE TABLE IF NOT EXISTS keys (name TEXT PRIMARY KEY, value TEXT NOT NULL)');
  const kept = disk.prepare("SELECT value FROM keys WHERE name = 'oidc'").get();
  if (kept) return JSON.parse(String(kept.value)) as Keys;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const keys: Keys = {
    jwk: { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: randomBytes(8).toString('hex') },
    cookie: randomBytes(16).toString('hex'),
  };
  disk.prepare("INSERT INTO keys VALUES ('oidc', ?)").run(JSON.stringify(keys));
  return keys;
};

/** The provider stores nothing that it could not make again, and finds its clients where Cognito's operations put them. */
const adapterOf = (model: string, clients: Clients): Adapter => ({
  find: async (id) => {
    const client = model === 'Client' ? clients.find(id) : undefined;
    return client?.secret === undefined
      ? undefined
      : { client_id: client.clientId, client_secret: client.secret, grant_types: ['client_credentials'], redirect_uris: [], response_types: [] };
  },
  upsert: async () => undefined,
  findByUserCode: async () => undefined,
  findByUid: async () => undefined,
  consume: async () => undefined,
  destroy: async () => undefined,
  revokeByGrantId: async () => undefined,
});

/** As any client gets one. @throws what the token endpoint says */
export const fetchToken = async (tokenUrl: string, clientId: string, secret: string | undefined): Promise<string> => {
  if (secret === undefined) throw new Error(`no client "${clientId}" is registered here`);
  const authorization = `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64')}`;
  const response = await fetch(tokenUrl, {
    method: 'POST',
    headers: { authorization },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const answer = (await response.json()) as { readonly access_token?: string };
  if (answer.access_token === undefined) throw new Error(`the token endpoint answered ${response.status}: ${JSON.stringify(answer)}`);
  return answer.access_token;
};

/** Who may ask: OAuth clients, their rights, and the tokens that they get for them. */
import { PartnerId } from '@echelon/contracts/ids';
import { claimsFor, rightsTable } from '@echelon/lambda/rights';
import { type Clients, openClients } from './clients.ts';
import type { Ground } from './ground.ts';
import type { Persona } from './options.ts';
import { fetchToken, OIDC, openTokens, type Tokens } from './tokens.ts';

export interface Identity {
  readonly issuer: string;
  readonly tokenUrl: string;
  readonly clients: Clients;
  readonly tokens: Tokens;
  register(persona: Persona): Promise<void>;
  /** From the token endpoint, as any client gets one. */
  token(clientId: string): Promise<string>;
}

export const openIdentity = async ({ disk, dynamodb, tables, http }: Ground): Promise<Identity> => {
  const clients = openClients(disk);
  const rights = rightsTable(dynamodb, `${tables.identity}`);
  const issuer = `${http.url}${OIDC}`;
  const tokenUrl = `${issuer}/token`;
  const tokens = await openTokens({ issuer, clients, disk, claimsOf: async (clientId) => claimsFor(await rights.get(clientId)) });
  return {
    issuer,
    tokenUrl,
    clients,
    tokens,
    register: async ({ clientId, secret, role, partnerId }) => {
      clients.put({ clientId, name: clientId, secret });
      await rights.grant(clientId, { role, ...(partnerId !== undefined && { partnerId: PartnerId.parse(partnerId) }) });
    },
    token: (clientId) => fetchToken(tokenUrl, clientId, clients.find(clientId)?.secret),
  };
};

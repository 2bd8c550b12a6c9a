/** Who calls: the bearer token verified, and what of it a row may know. */
import { partnerRoles, Role } from '@echelon/contracts';
import { PartnerId } from '@echelon/contracts/ids';
import type { Viewer } from '@echelon/decider';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import * as z from 'zod';
import { type Environment, needed } from './edges.ts';
import { Behind } from './program-book.ts';

export interface Caller extends Viewer {
  /** `public` on routes that ask for no token. */
  readonly role: Role | 'public';
  readonly partnerId?: PartnerId;
}

/** The claims that the token trigger adds. Cognito's own: `token_use` and `client_id`. */
export const roleClaim = 'echelon:role';
export const partnerClaim = 'echelon:partner';

const Claims = z.object({
  sub: z.string().min(1),
  client_id: z.string().min(1),
  token_use: z.literal('access'),
  username: z.string().optional(),
  [roleClaim]: Role.optional(),
  [partnerClaim]: PartnerId.optional(),
});

/** `unauthenticated`: no token, or none of this issuer's that is in force. `forbidden`: a good token without a role. */
export type Identified = { readonly caller: Caller } | { readonly refused: 'unauthenticated' | 'forbidden' };
export type Identify = (authorization: string | undefined) => Promise<Identified>;

const isPartnerRole = (role: Role): boolean => (partnerRoles as readonly Role[]).includes(role);

/** What is wrong with a token itself. Anything else, such as a key server that does not answer, is not its bearer's fault. */
const ofTheToken = new Set([
  errors.JWTExpired.code,
  errors.JWTInvalid.code,
  errors.JWTClaimValidationFailed.code,
  errors.JWSInvalid.code,
  errors.JWSSignatureVerificationFailed.code,
  errors.JWKSNoMatchingKey.code,
  // It does not say which key, and the issuer has several.
  errors.JWKSMultipleMatchingKeys.code,
  errors.JOSEAlgNotAllowed.code,
  errors.JOSENotSupported.code,
]);

export const identifyBy = (environment: Environment): Identify => {
  const issuer = needed(environment, 'ISSUER');
  const keys = createRemoteJWKSet(new URL(environment.JWKS ?? `${issuer}/.well-known/jwks.json`));
  return async (authorization) => {
    const [scheme, token, rest] = authorization?.split(' ') ?? [];
    if (scheme?.toLowerCase() !== 'bearer' || token === undefined || rest !== undefined) return { refused: 'unauthenticated' };
    const payload = await jwtVerify(token, keys, { issuer, algorithms: ['RS256'], requiredClaims: ['exp'] }).then(
      (verified) => verified.payload,
      (error: unknown) => {
        if (error instanceof errors.JOSEError && ofTheToken.has(error.code)) return undefined;
        throw new Behind("the issuer's keys can not be had", { cause: error });
      },
    );
    const claims = Claims.safeParse(payload);
    if (!claims.success) return { refused: 'unauthenticated' };
    const { [roleClaim]: role, [partnerClaim]: partnerId, username, sub } = claims.data;
    if (role === undefined) return { refused: 'forbidden' };
    const principal = username ?? sub;
    return { caller: { principal, role, sees: isPartnerRole(role) ? 'own' : 'all', ...(partnerId && { partnerId }) } };
  };
};

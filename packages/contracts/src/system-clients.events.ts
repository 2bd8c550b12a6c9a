import { Instant } from '@echelon/calendar';
import * as z from 'zod';
import { events } from './event.ts';
import { PartnerId, SystemClientId } from './ids.ts';

/** For whom an OAuth client acts: one partner, or the vendor's billing. */
export const ActsFor = z
  .discriminatedUnion('role', [
    z.object({ role: z.literal('partner-system'), partnerId: PartnerId }),
    z.object({ role: z.literal('billing-system') }),
  ])
  .meta({ id: 'ActsFor' });
export type ActsFor = z.output<typeof ActsFor>;

const client = {
  id: SystemClientId,
  name: z.string(),
  actsFor: ActsFor,
  oauthClientId: z.string(),
  registeredAt: Instant,
  registeredBy: z.string().optional(),
};

export const SystemClient = z
  .discriminatedUnion('status', [
    z.object({ status: z.literal('registered'), ...client }),
    z.object({ status: z.literal('revoked'), ...client, revokedAt: Instant }),
  ])
  .meta({ id: 'SystemClient' });
export type SystemClient = z.output<typeof SystemClient>;

export const systemClientEvents = events('partners', SystemClient, {
  SystemClientRegistered: z
    .object({ name: z.string(), actsFor: ActsFor, oauthClientId: z.string(), by: z.string().optional() })
    .meta({ description: 'An OAuth client acts for a partner, or for the vendor’s billing, from now on.' }),
  SystemClientRevoked: z.object({ by: z.string() }).meta({ description: 'The OAuth client acts for nobody any more, for good.' }),
});

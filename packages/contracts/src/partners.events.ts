import { Day, Instant } from '@echelon/calendar';
import { Key } from '@echelon/program';
import * as z from 'zod';
import { events } from './event.ts';
import { PartnerId, ProgramId, SystemClientId } from './ids.ts';

export const Country = z
  .string()
  .regex(/^[A-Z]{2}$/, 'is two capital letters (ISO 3166-1 alpha-2)')
  .meta({ id: 'Country', examples: ['DE'] });

export const Application = z
  .object({
    legalName: z.string().trim().min(1).max(200),
    country: Country,
    city: z.string().trim().min(1).max(120),
    website: z
      .url({ protocol: /^https?$/ })
      .max(300)
      .optional(),
  })
  .meta({ id: 'Application' });
export type Application = z.output<typeof Application>;

export const Enrollment = z.object({ programId: ProgramId, businessModels: z.array(Key).min(1).max(20), enrolledOn: Day }).meta({ id: 'Enrollment' });
export type Enrollment = z.output<typeof Enrollment>;

const applied = { id: PartnerId, ...Application.shape, appliedBy: z.string(), appliedAt: Instant };
const vetted = { ...applied, vettedBy: z.string(), vettedAt: Instant };

export const ENROLLMENTS_MAX = 50;

/** A partner applies, is vetted by a person, admitted with an accepted agreement, and then enrolled in programs. */
export const Partner = z
  .discriminatedUnion('status', [
    z.object({ status: z.literal('applied'), ...applied }),
    z.object({ status: z.literal('declined'), ...vetted, reason: z.string() }),
    z.object({ status: z.literal('vetted'), ...vetted }),
    z.object({
      status: z.literal('admitted'),
      ...vetted,
      agreement: z.string(),
      admittedAt: Instant,
      enrollments: z.array(Enrollment).max(ENROLLMENTS_MAX),
    }),
  ])
  .meta({ id: 'Partner' });
export type Partner = z.output<typeof Partner>;

export const partnerEvents = events('partners', Partner, {
  PartnerApplied: z.object({ application: Application, by: z.string() }),
  PartnerVetted: z.object({ by: z.string() }),
  PartnerDeclined: z.object({ by: z.string(), reason: z.string() }),
  PartnerAdmitted: z.object({ agreement: z.string(), by: z.string() }),
  PartnerEnrolled: z.object({ enrollment: Enrollment }),
});

/** For whom an OAuth client acts: one partner, or the vendor's billing. */
export const ActsFor = z
  .discriminatedUnion('role', [
    z.object({ role: z.literal('partner-system'), partnerId: PartnerId }),
    z.object({ role: z.literal('billing-system') }),
  ])
  .meta({ id: 'ActsFor' });
export type ActsFor = z.output<typeof ActsFor>;

const client = { id: SystemClientId, name: z.string(), actsFor: ActsFor, oauthClientId: z.string(), registeredAt: Instant };

export const SystemClient = z
  .discriminatedUnion('status', [
    z.object({ status: z.literal('registered'), ...client }),
    z.object({ status: z.literal('revoked'), ...client, revokedAt: Instant }),
  ])
  .meta({ id: 'SystemClient' });
export type SystemClient = z.output<typeof SystemClient>;

export const systemClientEvents = events('partners', SystemClient, {
  SystemClientRegistered: z.object({ name: z.string(), actsFor: ActsFor, oauthClientId: z.string() }),
  SystemClientRevoked: z.object({ by: z.string() }),
});

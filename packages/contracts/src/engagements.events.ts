import { Day, Instant } from '@echelon/calendar';
import { EngagementKind } from '@echelon/program';
import * as z from 'zod';
import { events } from './event.ts';
import { EngagementId, PartnerId, ProgramId } from './ids.ts';

/** What a channel manager can open and read: documents, pages, tables, pictures; several of them packed. Illustrative. */
const EVIDENCE_TYPES = [
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/zip',
  'image/jpeg',
  'image/png',
  'text/csv',
  'text/html',
  'text/plain',
] as const;

export const Evidence = z
  .object({
    name: z.string().trim().min(1).max(200),
    url: z
      .url({ protocol: /^https$/ })
      .max(1_000)
      .meta({ examples: ['https://files.example/plan.pdf'] }),
    mediaType: z.enum(EVIDENCE_TYPES).optional().meta({ description: 'Of what stands there, where it is known.' }),
  })
  .meta({ id: 'Evidence' });

export const EngagementSubmission = z
  .object({
    programId: ProgramId,
    kind: EngagementKind,
    title: z.string().trim().min(1).max(200),
    heldOn: Day.meta({ description: 'The day that decides in which quarter it counts.' }),
    evidence: z.array(Evidence).min(1).max(20),
  })
  .meta({ id: 'EngagementSubmission' });
export type EngagementSubmission = z.output<typeof EngagementSubmission>;

const engagement = { id: EngagementId, partnerId: PartnerId, ...EngagementSubmission.shape, submittedAt: Instant, submittedBy: z.string() };
const judged = { ...engagement, decidedBy: z.string(), decidedAt: Instant };

export const Engagement = z
  .discriminatedUnion('status', [
    z.object({ status: z.literal('submitted'), ...engagement }),
    z.object({ status: z.literal('accepted'), ...judged }),
    z.object({ status: z.literal('declined'), ...judged, reason: z.string() }),
    z.object({ status: z.literal('revoked'), ...judged, revokedBy: z.string(), revokedAt: Instant, reason: z.string() }),
  ])
  .meta({ id: 'Engagement' });
export type Engagement = z.output<typeof Engagement>;

const by = z.string();

export const engagementEvents = events('partners', Engagement, {
  EngagementSubmitted: z
    .object({ partnerId: PartnerId, submission: EngagementSubmission, by })
    .meta({ description: 'The partner says what it did with the vendor, and shows it.' }),
  EngagementAccepted: z.object({ by }).meta({ description: 'A channel manager accepted it: it counts in the quarter of its day.' }),
  EngagementDeclined: z.object({ reason: z.string(), by }).meta({ description: 'A channel manager did not accept it: it never counted.' }),
  EngagementRevoked: z
    .object({ reason: z.string(), by })
    .meta({ description: 'It was accepted, and should not have been: it counts no more, in the quarter in which it stood.' }),
});

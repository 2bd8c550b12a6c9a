import { Day, Instant } from '@echelon/calendar';
import { ProgramDocument } from '@echelon/program';
import { Timeline } from '@echelon/program/timeline';
import * as z from 'zod';
import { events } from './event.ts';
import { ProgramId, VersionId } from './ids.ts';

const hash = z.string().meta({ description: 'SHA-256 of the document’s JSON, in hexadecimal.' });
const person = z.string().meta({ description: 'The principal of the program manager who did so.' });

const drafted = { versionId: VersionId, hash, draftedBy: z.string(), draftedAt: Instant };
const approved = { ...drafted, approvedBy: z.string(), approvedAt: Instant };

/** A version is drafted, approved by a second person, and holds from a day; it is never edited. */
export const ProgramVersion = z
  .discriminatedUnion('status', [
    z.object({ status: z.literal('draft'), ...drafted }),
    z.object({ status: z.literal('approved'), ...approved }),
    z.object({ status: z.literal('active'), ...approved, effectiveFrom: Day }),
  ])
  .meta({ id: 'ProgramVersion' });
export type ProgramVersion = z.output<typeof ProgramVersion>;

export const PROGRAM_VERSIONS_MAX = 100;

export const PartnerProgram = z
  .object({
    status: z.literal('established'),
    id: ProgramId,
    name: z.string(),
    establishedAt: Instant.optional().meta({ description: 'Absent of programs that were established before this was kept.' }),
    versions: z.array(ProgramVersion).max(PROGRAM_VERSIONS_MAX),
    timeline: Timeline,
  })
  .meta({ id: 'PartnerProgram' });
export type PartnerProgram = z.output<typeof PartnerProgram>;

/** A program as it holds at some time: the document, and the version that every computation under it names. */
export interface InForce {
  readonly versionId: VersionId;
  readonly document: ProgramDocument;
}

export const programEvents = events('programs', PartnerProgram, {
  ProgramEstablished: z
    .object({ name: z.string() })
    .meta({ description: 'There is a partner program, still without a version: no document holds on any day.' }),
  ProgramVersionDrafted: z
    .object({ versionId: VersionId, hash, by: person })
    .meta({ description: 'A document was checked, stored, and proposed as a version. It holds on no day until a second person approves it.' }),
  ProgramVersionApproved: z
    .object({ versionId: VersionId, by: person })
    .meta({ description: 'A second person approved a draft. It may be put in force from a day, and holds on none yet.' }),
  ProgramVersionActivated: z
    .object({ versionId: VersionId, hash, effectiveFrom: Day.meta({ description: 'The first day on which it holds.' }), document: ProgramDocument })
    .meta({ description: 'A version of a program holds from a day. Carries the whole document: who hears it needs to ask nobody.' }),
});

import { Day } from '@echelon/calendar';
import { ProgramDocument } from '@echelon/program';
import * as z from 'zod';
import { conflict, everyone, get, invalid, post, service } from './contract.ts';
import { ProgramId, VersionId } from './ids.ts';
import { page, paging } from './paging.ts';
import { PartnerProgram, ProgramVersion, programEvents } from './programs.events.ts';

export { type InForce, PartnerProgram, PROGRAM_VERSIONS_MAX, ProgramVersion, programEvents } from './programs.events.ts';

const ofProgram = z.object({ programId: ProgramId });
const ofVersion = z.object({ programId: ProgramId, versionId: VersionId });

export const programs = service('programs', {
  summary: 'Versions of partner programs: drafted, approved by a second person, in force from a day.',
  routes: {
    establish: post('/v1/programs', {
      summary: 'Establish a partner program, still without a version.',
      roles: ['program-manager'],
      body: z.object({ name: z.string().trim().min(1).max(120) }),
      answers: PartnerProgram,
    }),
    list: get('/v1/programs', {
      summary: 'List programs, the oldest first.',
      roles: everyone,
      query: z.object(paging),
      answers: page(PartnerProgram),
    }),
    get: get('/v1/programs/{programId}', {
      summary: 'Get a program with its versions.',
      roles: everyone,
      params: ofProgram,
      answers: PartnerProgram,
    }),
    draft: post('/v1/programs/{programId}/versions', {
      summary: 'Draft a version: the document is checked, stored by its hash, and never edited.',
      roles: ['program-manager'],
      params: ofProgram,
      body: z.object({ document: ProgramDocument }),
      answers: PartnerProgram,
      refuses: {
        'document-too-large': invalid('A document has at most 200,000 bytes of JSON.'),
        'too-many-versions': conflict('A program holds at most 100 versions.'),
      },
    }),
    version: get('/v1/programs/{programId}/versions/{versionId}', {
      summary: 'Get a version with its document.',
      roles: everyone,
      params: ofVersion,
      answers: z.object({ version: ProgramVersion, document: ProgramDocument }),
    }),
    approve: post('/v1/programs/{programId}/versions/{versionId}/approval', {
      summary: 'Approve a draft, as a second person.',
      roles: ['program-manager'],
      params: ofVersion,
      answers: PartnerProgram,
      refuses: {
        'same-person': conflict('Who drafted a version can not approve it.'),
        'not-a-draft': conflict('Only a draft can be approved.'),
      },
    }),
    activate: post('/v1/programs/{programId}/versions/{versionId}/activation', {
      summary: "Put an approved version in force from a day, in the program's time zone; the one before it holds until then.",
      roles: ['program-manager'],
      params: ofVersion,
      body: z.object({ effectiveFrom: Day }),
      answers: PartnerProgram,
      refuses: {
        'not-approved': conflict('Only an approved version can be activated.'),
        'day-past': conflict('A version takes force today or later: what was computed before stays as it was.'),
        'day-taken': conflict('Another version takes force on that day.'),
      },
    }),
  },
  events: programEvents,
});

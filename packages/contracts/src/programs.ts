import { Day, Instant } from '@echelon/calendar';
import { isReckoned, NOT_RECKONED, ProgramDocument } from '@echelon/program';
import * as z from 'zod';
import { conflict, everyone, get, invalid, post, service } from './contract.ts';
import { ProgramId, VersionId } from './ids.ts';
import { page, paging } from './paging.ts';
import { PartnerProgram, PROGRAM_VERSIONS_MAX, ProgramVersion, programEvents } from './programs.events.ts';

export { type InForce, PartnerProgram, PROGRAM_VERSIONS_MAX, ProgramVersion, programEvents } from './programs.events.ts';

const ofProgram = z.object({ programId: ProgramId });
const ofVersion = z.object({ programId: ProgramId, versionId: VersionId });

/** What whoever approves a document should know, and what keeps nobody from running it. */
const Reported = z
  .array(
    z.object({ pointer: z.string().meta({ description: 'JSON Pointer into the document.', examples: ['/rebates/schemes/0'] }), message: z.string() }),
  )
  .optional()
  .meta({
    description:
      'What the checks report of the document and do not refuse, such as a jump in what a rebate pays; and what an activation after the version that holds last would be refused for.',
  });

const Span = z
  .object({ from: Day, until: Day.optional().meta({ description: 'The last day; absent while no version follows.' }) })
  .meta({ id: 'Span', description: 'Days in the program’s time zone, both included.' });

const json = z.unknown();
const Change = z
  .discriminatedUnion('change', [
    z.object({ change: z.literal('added'), pointer: z.string(), after: json }),
    z.object({ change: z.literal('removed'), pointer: z.string(), before: json }),
    z.object({ change: z.literal('changed'), pointer: z.string(), before: json, after: json }),
  ])
  .meta({
    id: 'Change',
    description:
      'A JSON Pointer into this version’s document; of what was removed, into the other’s. Of a list whose parts changed places: their keys in order.',
  });

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
      summary: 'List programs, the oldest first; to partners those with a version that holds or will, so a page may have fewer.',
      roles: everyone,
      query: z.object(paging),
      answers: page(PartnerProgram),
    }),
    get: get('/v1/programs/{programId}', {
      summary: 'Get a program with its versions; to partners those that hold or will.',
      roles: everyone,
      params: ofProgram,
      answers: PartnerProgram,
    }),
    draft: post('/v1/programs/{programId}/versions', {
      summary: 'Draft a version: the document is checked, stored by its hash, and never edited.',
      roles: ['program-manager'],
      params: ofProgram,
      body: z.object({ document: ProgramDocument }),
      answers: z.object({ ...PartnerProgram.shape, findings: Reported }),
      refuses: {
        'document-too-large': invalid('A document has at most 200,000 bytes of JSON.', '/document'),
        'too-many-versions': conflict('A program holds at most 100 versions.'),
      },
    }),
    versions: get('/v1/programs/{programId}/versions', {
      summary: 'List a program’s versions, in the order in which they were drafted: who, when, and on which days each holds.',
      roles: everyone,
      params: ofProgram,
      answers: z.object({
        items: z.array(z.object({ version: ProgramVersion, holds: Span.optional() })).max(PROGRAM_VERSIONS_MAX),
      }),
    }),
    inForce: get('/v1/programs/{programId}/in-force', {
      summary:
        'Get the document in force on a day, as it was known at an instant. Parts of it that do not hold on that day are left out, and to partners named accounts and budgets.',
      roles: everyone,
      params: ofProgram,
      query: z.object({
        on: Day.optional().meta({ description: 'Today in the program’s time zone, unless told.' }),
        known: Instant.optional().meta({ description: 'By what had been decided until then; by all that has, unless told.' }),
      }),
      answers: z.object({ versionId: VersionId, hash: z.string(), on: Day, holds: Span, document: ProgramDocument }),
    }),
    version: get('/v1/programs/{programId}/versions/{versionId}', {
      summary: 'Get a version with its document; to partners without named accounts and budgets.',
      roles: everyone,
      params: ofVersion,
      answers: z.object({ version: ProgramVersion, document: ProgramDocument, findings: Reported }),
    }),
    changes: get('/v1/programs/{programId}/versions/{versionId}/changes', {
      summary: 'Compare a version with another one: what its document adds, removes and changes.',
      roles: everyone,
      params: ofVersion,
      query: z.object({ since: VersionId.meta({ description: 'The version to compare with.' }) }),
      answers: z.object({ items: z.array(Change) }),
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
      body: z.object({ effectiveFrom: Day.refine(isReckoned, { error: NOT_RECKONED }) }),
      answers: PartnerProgram,
      refuses: {
        'tier-unmapped': invalid('A migration moves the partners of each tier of the version that is replaced.', '/versionId', 'path'),
        'not-approved': conflict('Only an approved version can be activated.'),
        'day-past': conflict('A version takes force today or later: what was computed before stays as it was.'),
        'day-taken': conflict('Another version takes force on that day.'),
      },
    }),
  },
  events: programEvents,
});

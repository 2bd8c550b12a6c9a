/** The people of a partner, what they are certified in, and the one record in which they have a name. */
import { Day } from '@echelon/calendar';
import { Key } from '@echelon/program';
import * as z from 'zod';
import { conflict, everyone, get, invalid, post, put } from './contract.ts';
import { CertificationId, PartnerId, PersonId, ProgramId } from './ids.ts';
import { page, paging } from './paging.ts';
import { Person } from './partners.events.ts';
import { Text } from './text.ts';

/** All that is personal of a person. It can be corrected and erased, and stands nowhere else. */
export const PersonRecord = z
  .object({
    name: z.string().trim().min(1).max(200),
    email: z
      .email()
      .max(320)
      .meta({ examples: ['ada@northern.example'] }),
  })
  .meta({ id: 'PersonRecord' });
export type PersonRecord = z.output<typeof PersonRecord>;

const Roles = Person.options[0].shape.roles;
const ofPartner = z.object({ partnerId: PartnerId });
const ofPerson = z.object({ personId: PersonId });
const employers = ['partner-admin', 'channel-manager'] as const;
const certifiers = ['channel-manager', 'program-manager'] as const;
/** Between these whatever lasts, and each notice of its end, falls on a day that can be written. */
const [YEAR_MIN, YEAR_MAX] = [1900, 2200] as const;
const grantedOn = Day.refine(({ year }) => year >= YEAR_MIN && year < YEAR_MAX, { error: `is a day from the year ${YEAR_MIN} to ${YEAR_MAX - 1}` });
/** What is granted for a time: `until` follows from the document unless it is said. */
export const granting = {
  programId: ProgramId,
  from: grantedOn,
  until: grantedOn.optional().meta({ description: 'Its last day; as the document says, unless told.' }),
};
export const revoking = z.object({
  reason: Text,
  until: Day.optional().meta({ description: 'The last day on which it counts; yesterday, unless told.' }),
});

export const peopleRoutes = {
  addPerson: post('/v1/partners/{partnerId}/people', {
    summary: 'Add a person of a partner. What is personal goes into a record of its own, which can be erased.',
    roles: employers,
    params: ofPartner,
    body: z.object({ record: PersonRecord, roles: Roles, employedFrom: Day }),
    answers: Person,
    refuses: { 'not-admitted': conflict('Only an admitted partner has people here.') },
  }),
  people: get('/v1/partners/{partnerId}/people', {
    summary: 'List the people of a partner, without what is personal.',
    roles: everyone,
    params: ofPartner,
    query: z.object(paging),
    answers: page(Person),
  }),
  person: get('/v1/people/{personId}', {
    summary: 'Get a person; the personal record goes to the person’s partner, channel managers and auditors alone.',
    roles: everyone,
    params: ofPerson,
    answers: z.object({ person: Person, record: PersonRecord.optional() }),
  }),
  changeRoles: put('/v1/people/{personId}/roles', {
    summary: 'Say what a person does at the partner from now on.',
    roles: employers,
    params: ofPerson,
    body: z.object({ roles: Roles }),
    answers: Person,
    refuses: { 'not-employed': conflict('Only a person who is employed has roles.') },
  }),
  correctRecord: put('/v1/people/{personId}/record', {
    summary: 'Correct the personal record of a person.',
    roles: employers,
    params: ofPerson,
    body: PersonRecord,
    answers: Person,
    refuses: { anonymised: conflict('The personal record of this person has been erased for good.') },
  }),
  endEmployment: post('/v1/people/{personId}/departure', {
    summary: 'Say on which day a person’s employment ended, or will. Certifications end with it.',
    roles: employers,
    params: ofPerson,
    body: z.object({ employedUntil: Day.meta({ description: 'The last day.' }) }),
    answers: Person,
    refuses: {
      'not-employed': conflict('The end of this employment is recorded already.'),
      'ends-before-it-starts': invalid('An employment ends on its first day or later.', '/employedUntil'),
    },
  }),
  anonymise: post('/v1/people/{personId}/anonymisation', {
    summary: 'Erase the personal record of a person for good. What the person held and did stays, without a name.',
    roles: employers,
    params: ofPerson,
    answers: Person,
    refuses: {
      'still-employed': conflict('The end of the employment is recorded first, and its last day is over, everywhere.'),
      anonymised: conflict('The personal record of this person has been erased already.'),
    },
  }),
  grantCertification: post('/v1/people/{personId}/certifications', {
    summary: 'Grant a person a certification of a program. It counts from the first day of employment at the earliest.',
    roles: certifiers,
    params: ofPerson,
    body: z.object({ certification: Key, ...granting }),
    answers: Person,
    refuses: {
      'not-employed': conflict('Only a person who is employed is certified.'),
      'program-not-in-force': conflict('No version of this program is in force today.'),
      'unknown-certification': invalid('The program has no such certification.', '/certification'),
      'ends-before-it-starts': invalid('A certification ends on its first day or later.', '/until'),
      'starts-too-late': invalid('A certification starts within a year.', '/from'),
      'already-held': conflict('The person holds this certification on all of these days.'),
      'too-many-certifications': conflict('A person holds at most 100 certifications, those that ended included.'),
    },
  }),
  revokeCertification: post('/v1/people/{personId}/certifications/{certificationId}/revocation', {
    summary: 'End a certification before its time. With a last day before its first it never counted.',
    roles: certifiers,
    params: z.object({ personId: PersonId, certificationId: CertificationId }),
    body: revoking,
    answers: Person,
    refuses: { 'already-ended': conflict('The certification ends on that day already, or earlier.') },
  }),
};

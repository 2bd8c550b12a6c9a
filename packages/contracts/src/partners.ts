import { Key } from '@echelon/program';
import * as z from 'zod';
import { assetEvents } from './assets.events.ts';
import { conflict, everyone, get, invalid, post, service, vendorRoles } from './contract.ts';
import { dealEvents } from './deals.events.ts';
import { engagementEvents } from './engagements.events.ts';
import { PartnerId, SpecializationId, SystemClientId } from './ids.ts';
import { page, paging } from './paging.ts';
import { assetRoutes } from './partners.assets.ts';
import { engagementRoutes } from './partners.engagements.ts';
import { enrollmentRoutes } from './partners.enrollments.ts';
import { Application, Partner, partnerEvents, personEvents } from './partners.events.ts';
import { granting, peopleRoutes, revoking } from './partners.people.ts';
import { programEvents } from './programs.events.ts';
import { ActsFor, SystemClient, systemClientEvents } from './system-clients.events.ts';
import { Reasoned, Text } from './text.ts';

export { Asset, AssetRegistration, assetEvents } from './assets.events.ts';
export { Engagement, EngagementSubmission, engagementEvents } from './engagements.events.ts';
export {
  AdmissionFee,
  Enrollment,
  EnrollmentTerms,
  LADDERS_JOINED_MAX,
  type LadderJoined,
  MODELS_HELD_MAX,
  type ModelHeld,
  TrackChoice,
} from './enrollment.ts';
export {
  Application,
  CERTIFICATIONS_MAX,
  ENROLLMENTS_MAX,
  HeldCertification,
  HeldSpecialization,
  Partner,
  Person,
  partnerEvents,
  personEvents,
  SPECIALIZATIONS_MAX,
  SUBSIDIARIES_MAX,
} from './partners.events.ts';
export { PersonRecord } from './partners.people.ts';
export { ActsFor, SystemClient, systemClientEvents } from './system-clients.events.ts';

const ofPartner = z.object({ partnerId: PartnerId });
const clientReaders = ['partner-admin', 'channel-manager', 'program-manager', 'auditor'] as const;
const ofClient = z.object({ systemClientId: SystemClientId });

export const partners = service('partners', {
  summary:
    'Who the partners are: admission, enrolment and leaving; their people and what these can; what they did, what they look after, and the ' +
    'systems that act for them.',
  routes: {
    apply: post('/v1/partners', {
      summary: 'Apply to become a partner. Nobody is admitted without being vetted.',
      roles: ['partner-admin', 'channel-manager'],
      body: Application,
      answers: Partner,
    }),
    list: get('/v1/partners', {
      summary: 'List partners, the oldest first.',
      roles: vendorRoles.filter((role) => role !== 'operator'),
      query: z.object(paging),
      answers: page(Partner),
    }),
    get: get('/v1/partners/{partnerId}', { summary: 'Get a partner.', roles: everyone, params: ofPartner, answers: Partner }),
    vet: post('/v1/partners/{partnerId}/vetting', {
      summary: 'Pass or decline an application.',
      roles: ['channel-manager'],
      params: ofPartner,
      body: z.discriminatedUnion('outcome', [z.object({ outcome: z.literal('passed') }), z.object({ outcome: z.literal('declined'), reason: Text })]),
      answers: Partner,
      refuses: {
        'not-applied': conflict('Only an open application can be vetted.'),
        'same-person': conflict('Who made an application can not vet it.'),
      },
    }),
    admit: post('/v1/partners/{partnerId}/admission', {
      summary: 'Admit a vetted partner that has accepted the agreement.',
      roles: ['channel-manager'],
      params: ofPartner,
      body: z.object({
        agreement: z.string().trim().min(1).max(120).meta({ description: 'The agreement that the partner accepted, by name and version.' }),
      }),
      answers: Partner,
      refuses: { 'not-vetted': conflict('Only a vetted partner can be admitted.') },
    }),
    ...enrollmentRoutes,
    suspend: post('/v1/partners/{partnerId}/suspension', {
      summary: 'Suspend a partner: it sees what is its own, and begins nothing new.',
      roles: ['channel-manager'],
      params: ofPartner,
      body: Reasoned,
      answers: Partner,
      refuses: { 'not-admitted': conflict('Only an admitted partner can be suspended.') },
    }),
    reinstate: post('/v1/partners/{partnerId}/reinstatement', {
      summary: 'Let a suspended partner work again, or one whose offboarding was begun.',
      roles: ['channel-manager'],
      params: ofPartner,
      body: Reasoned,
      answers: Partner,
      refuses: { 'not-suspended': conflict('Only a partner that is suspended or offboarding can be reinstated.') },
    }),
    beginOffboarding: post('/v1/partners/{partnerId}/offboarding', {
      summary: 'Begin a partner’s offboarding: its assets go to others, and then it leaves.',
      roles: ['channel-manager'],
      params: ofPartner,
      body: Reasoned,
      answers: Partner,
      refuses: { 'not-admitted': conflict('Only an admitted or suspended partner can be offboarded.') },
    }),
    leave: post('/v1/partners/{partnerId}/departure', {
      summary:
        'Let an offboarded partner go, for good, once it is of record for no asset. Its systems read what is its own until their clients are revoked.',
      roles: ['channel-manager'],
      params: ofPartner,
      answers: Partner,
      refuses: {
        'not-offboarding': conflict('A partner leaves once its offboarding has begun.'),
        'of-record': conflict('The partner is still of record for assets: reassign or retire them first.'),
        'has-subsidiaries': conflict('The partner is still the parent of others: give them another, or none, first.'),
      },
    }),
    group: post('/v1/partners/{partnerId}/parent', {
      summary: 'Say whose national subsidiary a partner is, or that it is nobody’s. Its people see no more by it, and neither do the parent’s.',
      roles: ['channel-manager'],
      params: ofPartner,
      body: z.object({
        parentId: PartnerId.optional().meta({ description: 'Another partner, which has no parent itself; none, where nothing is said.' }),
        reason: Text,
      }),
      answers: Partner,
      refuses: {
        'not-admitted': conflict('A parent is given to an admitted partner, and taken from any that has not left.'),
        'parent-not-admitted': conflict('Only an admitted partner is a parent.'),
        'own-parent': invalid('No partner is its own parent.', '/parentId'),
        'same-parent': conflict('This is how it stands already.'),
        'has-subsidiaries': conflict('The partner is a parent itself: groups are one level deep.'),
        'parent-is-subsidiary': conflict('The parent has a parent itself: groups are one level deep.'),
        'too-many-subsidiaries': conflict('A parent has at most 50 subsidiaries.'),
      },
    }),
    subsidiaries: get('/v1/partners/{partnerId}/subsidiaries', {
      summary: 'List the national subsidiaries of a partner.',
      roles: vendorRoles.filter((role) => role !== 'operator'),
      params: ofPartner,
      query: z.object(paging),
      answers: page(Partner),
    }),
    keep: post('/v1/partners/{partnerId}/retention', {
      summary: 'Decide that an inactive partner stays: its time starts anew.',
      roles: ['channel-manager'],
      params: ofPartner,
      body: Reasoned,
      answers: Partner,
      refuses: { 'not-inactive': conflict('The partner was not found inactive.') },
    }),
    grantSpecialization: post('/v1/partners/{partnerId}/specializations', {
      summary: 'Grant a partner a specialization whose certifications its people hold on its first day.',
      roles: ['channel-manager', 'program-manager'],
      params: ofPartner,
      body: z.object({
        specialization: Key,
        way: Key.optional().meta({ description: 'One of the ways to the specialization, where the program has several.' }),
        ...granting,
      }),
      answers: Partner,
      refuses: {
        'not-enrolled': conflict('The partner is not at work in this program: admitted, not suspended, and enrolled.'),
        'program-not-in-force': conflict('No version of this program is in force today.'),
        'unknown-specialization': invalid('The program has no such specialization.', '/specialization'),
        'way-missing': invalid('There are several ways to this specialization: say which one the partner goes.', '/way'),
        'unknown-way': invalid('There is no such way to this specialization.', '/way'),
        'ends-before-it-starts': invalid('A specialization ends on its first day or later.', '/until'),
        'starts-too-late': invalid('A specialization starts within a year.', '/from'),
        'already-held': conflict('The partner holds this specialization on all of these days.'),
        'too-few-certified': conflict('Fewer people of the partner than the program asks for hold a certification on that day.'),
        'too-many-specializations': conflict('A partner holds at most 100 specializations, those that ended included.'),
      },
    }),
    revokeSpecialization: post('/v1/partners/{partnerId}/specializations/{specializationId}/revocation', {
      summary: 'End a specialization before its time. With a last day before its first it never counted.',
      roles: ['channel-manager', 'program-manager'],
      params: z.object({ partnerId: PartnerId, specializationId: SpecializationId }),
      body: revoking,
      answers: Partner,
      refuses: { 'already-ended': conflict('The specialization ends on that day already, or earlier.') },
    }),
    ...peopleRoutes,
    ...engagementRoutes,
    ...assetRoutes,
    registerClient: post('/v1/system-clients', {
      summary:
        "Register a system client for a partner or for the vendor's billing; its secret is shown in this answer, and when the request is repeated.",
      roles: ['partner-admin', 'channel-manager', 'program-manager'],
      body: z.object({ name: z.string().trim().min(1).max(80), actsFor: ActsFor }),
      answers: z.object({ client: SystemClient, clientSecret: z.string() }),
      refuses: { 'partner-not-admitted': conflict('Systems act for admitted partners only.') },
    }),
    clients: get('/v1/partners/{partnerId}/system-clients', {
      summary: 'List the system clients that act for a partner, the latest first, those that were revoked included.',
      roles: clientReaders,
      params: ofPartner,
      query: z.object(paging),
      answers: page(SystemClient),
    }),
    client: get('/v1/system-clients/{systemClientId}', {
      summary: 'Get a system client.',
      roles: clientReaders,
      params: ofClient,
      answers: SystemClient,
    }),
    revokeClient: post('/v1/system-clients/{systemClientId}/revocation', {
      summary: 'Take the rights of a system client away; tokens it holds end within the hour.',
      roles: ['partner-admin', 'channel-manager', 'program-manager'],
      params: ofClient,
      answers: SystemClient,
      refuses: { 'already-revoked': conflict('This client has no rights any more.') },
    }),
  },
  events: { ...partnerEvents, ...personEvents, ...engagementEvents, ...assetEvents, ...systemClientEvents },
  reacts: [
    programEvents.ProgramVersionActivated,
    systemClientEvents.SystemClientRegistered,
    systemClientEvents.SystemClientRevoked,
    dealEvents.DealSubmitted,
    dealEvents.DealWon,
    personEvents.CertificationGranted,
  ],
  sweeps: {
    certifications: { every: '1 hour', summary: 'Give notice of certifications that will end, and record those that did.' },
    specializations: { every: '1 hour', summary: 'Give notice of specializations that will end, and record those that did.' },
    inactivity: {
      every: '1 hour',
      summary: 'Once a day, find partners that have become inactive or active again, and propose removal of those that stayed inactive.',
    },
  },
});

import { Key } from '@echelon/program';
import * as z from 'zod';
import { conflict, everyone, get, invalid, post, put, service, vendorRoles } from './contract.ts';
import { dealEvents } from './deals.events.ts';
import { PartnerId, ProgramId, SpecializationId, SystemClientId } from './ids.ts';
import { page, paging } from './paging.ts';
import { assetRoutes } from './partners.assets.ts';
import { engagementRoutes } from './partners.engagements.ts';
import { Application, assetEvents, Enrollment, engagementEvents, Partner, partnerEvents, personEvents } from './partners.events.ts';
import { granting, peopleRoutes, revoking } from './partners.people.ts';
import { programEvents } from './programs.events.ts';
import { ActsFor, SystemClient, systemClientEvents } from './system-clients.events.ts';
import { Reasoned, Text } from './text.ts';

export {
  Application,
  Asset,
  AssetRegistration,
  assetEvents,
  CERTIFICATIONS_MAX,
  ENROLLMENTS_MAX,
  Engagement,
  EngagementSubmission,
  Enrollment,
  engagementEvents,
  HeldCertification,
  HeldSpecialization,
  Partner,
  Person,
  partnerEvents,
  personEvents,
  SPECIALIZATIONS_MAX,
} from './partners.events.ts';
export { PersonRecord } from './partners.people.ts';
export { ActsFor, SystemClient, systemClientEvents } from './system-clients.events.ts';

const ofPartner = z.object({ partnerId: PartnerId });
const clientReaders = ['partner-admin', 'channel-manager', 'program-manager', 'auditor'] as const;
const ofClient = z.object({ systemClientId: SystemClientId });
const EnrollmentRequest = Enrollment.omit({ enrolledOn: true });
const unknownParts = {
  'program-not-in-force': conflict('No version of this program is in force today.'),
  'unknown-business-model': invalid('The program has no such business model.'),
  'unknown-ladder': invalid('The program has no such ladder.'),
  'unknown-product-family': invalid('The program has no such product family.'),
};

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
    enroll: post('/v1/partners/{partnerId}/enrollments', {
      summary: 'Enrol an admitted partner in a program.',
      roles: ['channel-manager'],
      params: ofPartner,
      body: EnrollmentRequest,
      answers: Partner,
      refuses: {
        'not-admitted': conflict('Only an admitted partner can be enrolled.'),
        'already-enrolled': conflict('The partner is enrolled in this program.'),
        'too-many-enrollments': conflict('A partner holds at most 50 enrolments.'),
        ...unknownParts,
      },
    }),
    changeEnrollment: put('/v1/partners/{partnerId}/enrollments/{programId}', {
      summary: 'Say anew in which business models, on which ladders, where and for what a partner is enrolled; what is not said is lifted.',
      roles: ['channel-manager'],
      params: z.object({ partnerId: PartnerId, programId: ProgramId }),
      body: EnrollmentRequest.omit({ programId: true }),
      answers: Partner,
      refuses: {
        'not-admitted': conflict('Only the enrolments of an admitted partner can be changed.'),
        'not-enrolled': conflict('The partner is not enrolled in this program.'),
        ...unknownParts,
      },
    }),
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
      summary: 'Let an offboarded partner go, for good, once it is of record for no asset.',
      roles: ['channel-manager'],
      params: ofPartner,
      answers: Partner,
      refuses: {
        'not-offboarding': conflict('A partner leaves once its offboarding has begun.'),
        'of-record': conflict('The partner is still of record for assets: reassign or retire them first.'),
      },
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
      body: z.object({ specialization: Key, ...granting }),
      answers: Partner,
      refuses: {
        'not-enrolled': conflict('The partner is not at work in this program: admitted, not suspended, and enrolled.'),
        'program-not-in-force': conflict('No version of this program is in force today.'),
        'unknown-specialization': invalid('The program has no such specialization.'),
        'ends-before-it-starts': invalid('A specialization ends on its first day or later.'),
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

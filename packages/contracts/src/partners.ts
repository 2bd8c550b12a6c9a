import * as z from 'zod';
import { conflict, everyone, get, invalid, post, service, vendorRoles } from './contract.ts';
import { PartnerId, SystemClientId } from './ids.ts';
import { page, paging } from './paging.ts';
import { ActsFor, Application, Enrollment, Partner, partnerEvents, SystemClient, systemClientEvents } from './partners.events.ts';
import { programEvents } from './programs.events.ts';

export {
  ActsFor,
  Application,
  Asset,
  AssetRegistration,
  assetEvents,
  ENROLLMENTS_MAX,
  Engagement,
  EngagementSubmission,
  Enrollment,
  engagementEvents,
  Partner,
  Person,
  partnerEvents,
  personEvents,
  SystemClient,
  systemClientEvents,
} from './partners.events.ts';

const ofPartner = z.object({ partnerId: PartnerId });
const ofClient = z.object({ systemClientId: SystemClientId });

export const partners = service('partners', {
  summary: 'Who the partners are: application, vetting, admission, enrolment, and the systems that act for them.',
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
      body: z.discriminatedUnion('outcome', [
        z.object({ outcome: z.literal('passed') }),
        z.object({ outcome: z.literal('declined'), reason: z.string().trim().min(1).max(500) }),
      ]),
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
      body: Enrollment.omit({ enrolledOn: true }),
      answers: Partner,
      refuses: {
        'not-admitted': conflict('Only an admitted partner can be enrolled.'),
        'already-enrolled': conflict('The partner is enrolled in this program.'),
        'too-many-enrollments': conflict('A partner holds at most 50 enrolments.'),
        'program-not-in-force': conflict('No version of this program is in force today.'),
        'unknown-business-model': invalid('The program has no such business model.'),
        'unknown-ladder': invalid('The program has no such ladder.'),
        'unknown-product-family': invalid('The program has no such product family.'),
      },
    }),
    registerClient: post('/v1/system-clients', {
      summary:
        "Register a system client for a partner or for the vendor's billing; its secret is shown in this answer, and when the request is repeated.",
      roles: ['partner-admin', 'channel-manager', 'program-manager'],
      body: z.object({ name: z.string().trim().min(1).max(80), actsFor: ActsFor }),
      answers: z.object({ client: SystemClient, clientSecret: z.string() }),
      refuses: { 'partner-not-admitted': conflict('Systems act for admitted partners only.') },
    }),
    client: get('/v1/system-clients/{systemClientId}', {
      summary: 'Get a system client.',
      roles: ['partner-admin', 'channel-manager', 'program-manager', 'auditor'],
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
  events: { ...partnerEvents, ...systemClientEvents },
  reacts: [programEvents.ProgramVersionActivated, systemClientEvents.SystemClientRegistered, systemClientEvents.SystemClientRevoked],
});

import { Day, Instant, TimeZone } from '@echelon/calendar';
import { Money } from '@echelon/money';
import { Country, EngagementKind, Key, NoticeDays } from '@echelon/program';
import * as z from 'zod';
import { EndCustomer } from './end-customer.ts';
import { Enrollment } from './enrollment.ts';
import { events } from './event.ts';
import { AssetId, CertificationId, EngagementId, PartnerId, PersonId, ProgramId, SpecializationId, VersionId } from './ids.ts';

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

const by = z.string();
/** From its first day to its last, both included. */
const held = {
  programId: ProgramId,
  from: Day,
  until: Day.meta({ description: 'The last day on which it counts.' }),
  timeZone: TimeZone.meta({ description: 'Of its days: the program’s, when it was granted.' }),
  noticed: NoticeDays.optional().meta({ description: 'The last notice of its end that was given.' }),
  ended: z.enum(['expired', 'revoked']).optional().meta({ description: 'That its end is recorded, and why it came.' }),
};

const way = Key.optional().meta({ description: 'The way on which it was reached, where the program has several.' });
export const HeldSpecialization = z.object({ id: SpecializationId, specialization: Key, way, ...held }).meta({ id: 'HeldSpecialization' });
export type HeldSpecialization = z.output<typeof HeldSpecialization>;

const applied = { id: PartnerId, ...Application.shape, appliedBy: z.string(), appliedAt: Instant };
const vetted = { ...applied, vettedBy: z.string(), vettedAt: Instant };

export const ENROLLMENTS_MAX = 50;
export const SPECIALIZATIONS_MAX = 100;
/** Of one parent: a program that measures a group reads each of them. Illustrative. */
export const SUBSIDIARIES_MAX = 50;

const admitted = {
  ...vetted,
  agreement: z.string(),
  admittedAt: Instant,
  enrollments: z.array(Enrollment).max(ENROLLMENTS_MAX),
  specializations: z.array(HeldSpecialization).max(SPECIALIZATIONS_MAX),
  parentId: PartnerId.optional().meta({ description: 'Whose national subsidiary it is. A parent has none itself.' }),
  keptOn: Day.optional().meta({ description: 'When a person last decided that it stays though inactive: its time starts anew.' }),
  inactivity: z
    .object({ lastActiveOn: Day, flaggedOn: Day, removalProposedOn: Day.optional() })
    .optional()
    .meta({ description: 'No deal, sale or certification for as long as its programs allow; a person decides what follows.' }),
};

/** Of one that was suspended when its offboarding began: what it may do is judged from then on, not from its leaving. */
const suspendedBefore = { suspendedAt: Instant.optional() };

/** A partner applies, is vetted by a person, admitted with an accepted agreement, and then enrolled in programs. */
export const Partner = z
  .discriminatedUnion('status', [
    z.object({ status: z.literal('applied'), ...applied }),
    z.object({ status: z.literal('declined'), ...vetted, reason: z.string() }),
    z.object({ status: z.literal('vetted'), ...vetted }),
    z.object({ status: z.literal('admitted'), ...admitted }),
    z.object({ status: z.literal('suspended'), ...admitted, suspendedAt: Instant, reason: z.string() }),
    z.object({ status: z.literal('offboarding'), ...admitted, ...suspendedBefore, offboardingSince: Instant, reason: z.string() }),
    z.object({ status: z.literal('left'), ...admitted, ...suspendedBefore, leftAt: Instant }),
  ])
  .meta({ id: 'Partner' });
export type Partner = z.output<typeof Partner>;

const onTrack = { programId: ProgramId, ladder: Key, track: Key };

export const partnerEvents = events('partners', Partner, {
  PartnerApplied: z.object({ application: Application, by }),
  PartnerVetted: z.object({ by }),
  PartnerDeclined: z.object({ by, reason: z.string() }),
  PartnerAdmitted: z.object({ agreement: z.string(), by }),
  PartnerEnrolled: z.object({ enrollment: Enrollment }),
  /** The enrolment as it is from now on, whole. */
  PartnerEnrollmentChanged: z.object({ enrollment: Enrollment, by }),
  PartnerSuspended: z.object({ reason: z.string(), by }),
  PartnerReinstated: z.object({ reason: z.string(), by }),
  PartnerOffboardingBegun: z.object({ reason: z.string(), by }),
  /** Only once it is of record for no asset. */
  PartnerLeft: z.object({ by }),
  /** A national subsidiary belongs to its parent from now on; to none, where nothing is said. Who leaves needs no further reason. */
  PartnerGrouped: z.object({ parentId: PartnerId.optional(), reason: z.string().optional(), by }),
  /** One of the partner's people or systems chose a track: a channel manager confirms or declines it. */
  TrackChosen: z.object({ ...onTrack, by }),
  /** A channel manager confirmed the track that the partner chose on a ladder: it is the official one from that day on. */
  TrackConfirmed: z.object({ ...onTrack, confirmedOn: Day, by }),
  TrackDeclined: z.object({ ...onTrack, reason: z.string(), by }),
  /** Once, to a partner that is new to the program; what charges it is a rule of the version of its enrolment. */
  AdmissionFeeCharged: z.object({ programId: ProgramId, amount: Money, versionId: VersionId, rule: z.string(), by }),
  AdmissionFeeSettled: z.object({ programId: ProgramId, reference: z.string(), settledOn: Day, by }),
  AdmissionFeeWaived: z.object({ programId: ProgramId, reason: z.string(), by }),
  PartnerFoundInactive: z.object({ lastActiveOn: Day, on: Day }),
  PartnerFoundActive: z.object({ on: Day }),
  PartnerRemovalProposed: z.object({ lastActiveOn: Day, on: Day }),
  /** A person decided that an inactive partner stays. */
  PartnerKept: z.object({ on: Day, reason: z.string(), by }),
  SpecializationGranted: z.object({ specialization: HeldSpecialization, by }),
  SpecializationRevoked: z.object({ specialization: HeldSpecialization, reason: z.string(), by }),
  SpecializationExpiryNoticed: z.object({ specialization: HeldSpecialization, daysBefore: NoticeDays }),
  SpecializationExpired: z.object({ specialization: HeldSpecialization }),
});

export const HeldCertification = z.object({ id: CertificationId, certification: Key, ...held }).meta({ id: 'HeldCertification' });
export type HeldCertification = z.output<typeof HeldCertification>;

export const CERTIFICATIONS_MAX = 100;

const person = {
  id: PersonId,
  partnerId: PartnerId,
  roles: z.array(Key).max(20).meta({ description: 'As the vendor calls them: `ae`, `se`.' }),
  employedFrom: Day,
  certifications: z.array(HeldCertification).max(CERTIFICATIONS_MAX),
};

/** A person of a partner, without anything personal: name and address stand in one record beside, which can be erased. */
export const Person = z
  .discriminatedUnion('status', [
    z.object({ status: z.literal('employed'), ...person }),
    z.object({ status: z.literal('former'), ...person, employedUntil: Day }),
    z.object({ status: z.literal('anonymised'), ...person, employedUntil: Day, anonymisedAt: Instant }),
  ])
  .meta({ id: 'Person' });
export type Person = z.output<typeof Person>;

export const personEvents = events('partners', Person, {
  PersonAdded: z.object({ partnerId: PartnerId, roles: z.array(Key), employedFrom: Day, by }),
  PersonRolesChanged: z.object({ roles: z.array(Key), by }),
  /** The personal record was written anew; what it says is in no event. */
  PersonRecordCorrected: z.object({ by }),
  PersonLeft: z.object({ employedUntil: Day, by }),
  PersonAnonymised: z.object({ by }),
  CertificationGranted: z.object({ certification: HeldCertification, by }),
  /** Ended before its time, or with the employment: `until` is its last day now; before `from`, it never counted. */
  CertificationRevoked: z.object({ certification: HeldCertification, reason: z.string(), by }),
  CertificationExpiryNoticed: z.object({ certification: HeldCertification, daysBefore: NoticeDays }),
  CertificationExpired: z.object({ certification: HeldCertification }),
});

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

export const engagementEvents = events('partners', Engagement, {
  EngagementSubmitted: z.object({ partnerId: PartnerId, submission: EngagementSubmission, by }),
  EngagementAccepted: z.object({ by }),
  EngagementDeclined: z.object({ reason: z.string(), by }),
  /** It was accepted, and should not have been: it counts no more, in the quarter in which it stood. */
  EngagementRevoked: z.object({ reason: z.string(), by }),
});

export const AssetRegistration = z
  .object({
    programId: ProgramId,
    endCustomer: EndCustomer,
    productFamily: Key,
    serialNumber: z.string().trim().min(1).max(80).optional(),
    installedOn: Day,
    endsOn: Day.optional().meta({ description: 'The last day of its term, where it has one.' }),
    partnerOfRecord: PartnerId,
  })
  .meta({ id: 'AssetRegistration' });
export type AssetRegistration = z.output<typeof AssetRegistration>;

const asset = { id: AssetId, ...AssetRegistration.shape, ofRecordSince: Instant };

export const Asset = z
  .discriminatedUnion('status', [
    z.object({ status: z.literal('installed'), ...asset }),
    z.object({ status: z.literal('retired'), ...asset, retiredOn: Day }),
  ])
  .meta({ id: 'Asset', description: 'What is installed at an end customer, and whose partner of record looks after it.' });
export type Asset = z.output<typeof Asset>;

export const assetEvents = events('partners', Asset, {
  AssetRegistered: z.object({ registration: AssetRegistration, by }),
  AssetReassigned: z.object({ from: PartnerId, to: PartnerId, reason: z.string(), by }),
  AssetRetired: z.object({ on: Day, reason: z.string(), by }),
});

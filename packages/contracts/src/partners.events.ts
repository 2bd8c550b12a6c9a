import { Day, Instant, TimeZone } from '@echelon/calendar';
import { Money } from '@echelon/money';
import { Country, Key, NoticeDays } from '@echelon/program';
import * as z from 'zod';
import { Enrollment } from './enrollment.ts';
import { events } from './event.ts';
import { CertificationId, PartnerId, PersonId, ProgramId, SpecializationId, VersionId } from './ids.ts';

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
  PartnerApplied: z.object({ application: Application, by }).meta({ description: 'Somebody applied for a partner, or the partner itself.' }),
  PartnerVetted: z.object({ by }).meta({ description: 'A person other than who applied has passed the application.' }),
  PartnerDeclined: z.object({ by, reason: z.string() }).meta({ description: 'A person other than who applied has turned the application down.' }),
  PartnerAdmitted: z.object({ agreement: z.string(), by }).meta({ description: 'A vetted partner has accepted the agreement.' }),
  PartnerEnrolled: z
    .object({ enrollment: Enrollment })
    .meta({ description: 'The partner is in a program from its day of enrolment on, in business models and on ladders.' }),
  PartnerEnrollmentChanged: z.object({ enrollment: Enrollment, by }).meta({ description: 'The enrolment as it is from now on, whole.' }),
  PartnerSuspended: z
    .object({ reason: z.string(), by })
    .meta({ description: 'The partner begins nothing new until it is reinstated; what becomes of its deals is the program’s policy.' }),
  PartnerReinstated: z
    .object({ reason: z.string(), by })
    .meta({ description: 'The partner is at work again: its suspension is lifted, or its offboarding taken back.' }),
  PartnerOffboardingBegun: z.object({ reason: z.string(), by }).meta({ description: 'The partner is about to leave: it begins nothing new.' }),
  PartnerLeft: z.object({ by }).meta({ description: 'The partner has left. Only once it is of record for no asset.' }),
  PartnerGrouped: z.object({ parentId: PartnerId.optional(), reason: z.string().optional(), by }).meta({
    description: 'A national subsidiary belongs to its parent from now on; to none, where nothing is said. Who leaves needs no further reason.',
  }),
  TrackChosen: z
    .object({ ...onTrack, by })
    .meta({ description: 'One of the partner’s people or systems chose a track: a channel manager confirms or declines it.' }),
  TrackConfirmed: z
    .object({ ...onTrack, confirmedOn: Day, by })
    .meta({ description: 'A channel manager confirmed the track that the partner chose on a ladder: it is the official one from that day on.' }),
  TrackDeclined: z
    .object({ ...onTrack, reason: z.string(), by })
    .meta({ description: 'A channel manager declined the track that the partner chose: the one that held goes on holding.' }),
  AdmissionFeeCharged: z
    .object({ programId: ProgramId, amount: Money, versionId: VersionId, rule: z.string(), by })
    .meta({ description: 'Once, to a partner that is new to the program; what charges it is a rule of the version of its enrolment.' }),
  AdmissionFeeSettled: z
    .object({ programId: ProgramId, reference: z.string(), settledOn: Day, by })
    .meta({ description: 'The fee was paid, as the vendor’s billing says.' }),
  AdmissionFeeWaived: z
    .object({ programId: ProgramId, reason: z.string(), by })
    .meta({ description: 'A program manager other than who enrolled the partner has waived the fee.' }),
  PartnerFoundInactive: z
    .object({ lastActiveOn: Day, on: Day })
    .meta({ description: 'More days than its programs allow went by without a deal, a sale or a certification: the partner is told.' }),
  PartnerFoundActive: z
    .object({ on: Day })
    .meta({ description: 'A partner that was found inactive has done something since: nothing is held against it any more.' }),
  PartnerRemovalProposed: z
    .object({ lastActiveOn: Day, on: Day })
    .meta({ description: 'The partner stayed inactive: its removal is proposed to a person, who decides.' }),
  PartnerKept: z.object({ on: Day, reason: z.string(), by }).meta({ description: 'A person decided that an inactive partner stays.' }),
  SpecializationGranted: z
    .object({ specialization: HeldSpecialization, by })
    .meta({ description: 'A specialization counts for the partner from its first day to its last.' }),
  SpecializationRevoked: z
    .object({ specialization: HeldSpecialization, reason: z.string(), by })
    .meta({ description: 'Ended before its time: `until` is its last day now; before `from`, it never counted.' }),
  SpecializationExpiryNoticed: z
    .object({ specialization: HeldSpecialization, daysBefore: NoticeDays })
    .meta({ description: 'A notice, so many days before its last day, that a specialization ends.' }),
  SpecializationExpired: z.object({ specialization: HeldSpecialization }).meta({ description: 'The last day of a specialization is over.' }),
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
  PersonAdded: z
    .object({ partnerId: PartnerId, roles: z.array(Key), employedFrom: Day, by })
    .meta({ description: 'A person works for the partner; name and address stand in the personal record, which is in no event.' }),
  PersonRolesChanged: z.object({ roles: z.array(Key), by }).meta({ description: 'The person’s roles as they are from now on, whole.' }),
  PersonRecordCorrected: z.object({ by }).meta({ description: 'The personal record was written anew; what it says is in no event.' }),
  PersonLeft: z.object({ employedUntil: Day, by }).meta({ description: 'The person works for the partner through that day and no longer.' }),
  PersonAnonymised: z
    .object({ by })
    .meta({ description: 'The personal record is erased for good. Its history stays, and says of nobody whose it was.' }),
  CertificationGranted: z
    .object({ certification: HeldCertification, by })
    .meta({ description: 'A certification counts for the person’s partner from its first day to its last.' }),
  CertificationRevoked: z
    .object({ certification: HeldCertification, reason: z.string(), by })
    .meta({ description: 'Ended before its time, or with the employment: `until` is its last day now; before `from`, it never counted.' }),
  CertificationExpiryNoticed: z
    .object({ certification: HeldCertification, daysBefore: NoticeDays })
    .meta({ description: 'A notice, so many days before its last day, that a certification lapses.' }),
  CertificationExpired: z.object({ certification: HeldCertification }).meta({ description: 'The last day of a certification is over.' }),
});

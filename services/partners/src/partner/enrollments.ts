/** What becomes of one enrolment, by each event that concerns it. */
import { type Day, type Instant, isBefore } from '@echelon/calendar';
import type { ProgramId } from '@echelon/contracts/ids';
import type { AdmissionFee, Enrollment, EnrollmentTerms, partnerEvents, TrackChoice } from '@echelon/contracts/partners';
import type * as z from 'zod';
import { placed } from '../held.ts';

type Said<Name extends keyof typeof partnerEvents> = z.output<(typeof partnerEvents)[Name]['data']>;
type Change = (enrollment: Enrollment) => Enrollment;

/** An event of a program that the partner is not enrolled in is of a history that was never decided. */
export const inProgram = <Partner extends { readonly enrollments: Enrollment[] }>(
  partner: Partner,
  { programId }: { readonly programId: ProgramId },
  change: Change,
): Partner => {
  if (!partner.enrollments.some((one) => one.programId === programId)) throw new Error(`not enrolled in ${programId}`);
  return { ...partner, enrollments: partner.enrollments.map((one) => (one.programId === programId ? change(one) : one)) };
};

/** With other terms from a day on. Tracks go with the ladder that is left, the fee stays as it is, and a ladder that is new has its own first day. */
export const withTerms = (
  { programId, enrolledOn, ladders, joined: before = [], tracks, trackChoices, admissionFee }: Enrollment,
  terms: EnrollmentTerms,
  today: Day,
): Enrollment => {
  const stays = (one: { readonly ladder: string }): boolean => terms.ladders.includes(of(one));
  const added = terms.ladders.filter((ladder) => !ladders.includes(ladder)).map((ladder) => ({ ladder, on: today }));
  const joined = [...before.filter(stays), ...(isBefore(enrolledOn, today) ? added : [])];
  return {
    programId,
    ...terms,
    enrolledOn,
    ...(joined.length > 0 && { joined }),
    ...(tracks && { tracks: tracks.filter(stays) }),
    ...(trackChoices && { trackChoices: trackChoices.filter(stays) }),
    ...(admissionFee && { admissionFee }),
  };
};

const of = ({ ladder }: { readonly ladder: string }): string => ladder;

/** The last choice on a ladder, open or declined. */
export const choiceOn = ({ trackChoices = [] }: Enrollment, ladder: string): TrackChoice | undefined =>
  trackChoices.find((choice) => of(choice) === ladder);

const choosing =
  (choice: TrackChoice): Change =>
  (enrollment) => ({ ...enrollment, trackChoices: placed(enrollment.trackChoices ?? [], choice, of) });

export const trackChosen = ({ ladder, track, by }: Said<'TrackChosen'>, at: Instant): Change =>
  choosing({ status: 'chosen', ladder, track, chosenBy: by, chosenAt: at });

export const trackDeclined =
  ({ ladder, reason, by }: Said<'TrackDeclined'>, at: Instant): Change =>
  (enrollment) => {
    const choice = choiceOn(enrollment, ladder);
    if (choice?.status !== 'chosen') throw new Error(`no choice on ${ladder} was open`);
    return choosing({ ...choice, status: 'declined', declinedBy: by, declinedAt: at, reason })(enrollment);
  };

export const trackConfirmed =
  ({ ladder, track, confirmedOn, by }: Said<'TrackConfirmed'>): Change =>
  ({ tracks = [], trackChoices = [], ...enrollment }) => ({
    ...enrollment,
    tracks: placed(tracks, { ladder, track, confirmedOn, confirmedBy: by }, of),
    trackChoices: trackChoices.filter((choice) => of(choice) !== ladder),
  });

export const feeCharged =
  ({ amount, versionId, rule, by }: Said<'AdmissionFeeCharged'>, at: Instant): Change =>
  (enrollment) => ({ ...enrollment, admissionFee: { status: 'charged', amount, versionId, rule, chargedBy: by, chargedAt: at } });

const owed =
  (pay: (fee: Extract<AdmissionFee, { status: 'charged' }>) => AdmissionFee): Change =>
  (enrollment) => {
    const { admissionFee: fee } = enrollment;
    if (fee?.status !== 'charged') throw new Error(`no admission fee of ${enrollment.programId} was owed`);
    return { ...enrollment, admissionFee: pay(fee) };
  };

export const feeSettled = ({ settledOn, reference }: Said<'AdmissionFeeSettled'>): Change =>
  owed((fee) => ({ ...fee, status: 'settled', settledOn, reference }));

export const feeWaived = ({ reason, by }: Said<'AdmissionFeeWaived'>, at: Instant): Change =>
  owed((fee) => ({ ...fee, status: 'waived', waivedBy: by, waivedAt: at, reason }));

/** What becomes of one enrolment, by each event that concerns it. */
import { addDays, type Day, type Instant, isBefore } from '@echelon/calendar';
import type { ProgramId } from '@echelon/contracts/ids';
import {
  type AdmissionFee,
  type Enrollment,
  type EnrollmentTerms,
  LADDERS_JOINED_MAX,
  type LadderJoined,
  MODELS_HELD_MAX,
  type ModelHeld,
  type partnerEvents,
  type TrackChoice,
} from '@echelon/contracts/partners';
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

/** With other terms from a day on. Tracks go with the ladder that is left, and the fee stays as it is. */
export const withTerms = (before: Enrollment, terms: EnrollmentTerms, on: Day): Enrollment => {
  const { programId, enrolledOn, tracks, trackChoices, admissionFee } = before;
  const stays = (one: { readonly ladder: string }): boolean => terms.ladders.includes(of(one));
  return {
    programId,
    ...terms,
    enrolledOn,
    joined: firstDays(before, terms.ladders, on),
    modelsHeld: spells(before, terms.businessModels, on),
    ...(tracks && { tracks: tracks.filter(stays) }),
    ...(trackChoices && { trackChoices: trackChoices.filter(stays) }),
    ...(admissionFee && { admissionFee }),
  };
};

/** A ladder that is new to the partner begins now, and every other when it first did. Of those left, as many of the last as can be kept. */
const firstDays = ({ ladders, enrolledOn, joined = [] }: Enrollment, now: readonly string[], on: Day): LadderJoined[] => {
  const isIn = (list: readonly LadderJoined[], ladder: string): boolean => list.some((one) => of(one) === ladder);
  const known = [...joined, ...ladders.filter((ladder) => !isIn(joined, ladder)).map((ladder) => ({ ladder, on: enrolledOn }))];
  const left = known.filter((one) => !now.includes(of(one)));
  const held = now.map((ladder) => known.find((one) => of(one) === ladder) ?? { ladder, on });
  return [...left.slice(-(LADDERS_JOINED_MAX - held.length)), ...held];
};

/** A business model that is given up was the partner’s until yesterday, one that is taken up is from today on; of those given up, the last that were. */
const spells = ({ businessModels, modelsHeld, enrolledOn }: Enrollment, now: readonly string[], on: Day): ModelHeld[] => {
  const known: readonly ModelHeld[] = modelsHeld ?? businessModels.map((businessModel) => ({ businessModel, from: enrolledOn }));
  const isHeld = ({ businessModel, until }: ModelHeld): boolean => until === undefined && now.includes(businessModel);
  const held = known.filter(isHeld);
  const left = known
    .filter((one) => !isHeld(one))
    .map((one) => ({ ...one, until: one.until ?? addDays(on, -1) }))
    .filter(({ from, until }) => !isBefore(until, from));
  const taken = now
    .filter((model) => !held.some(({ businessModel }) => businessModel === model))
    .map((businessModel) => ({ businessModel, from: on }));
  return [...left.slice(-(MODELS_HELD_MAX - now.length)), ...held, ...taken];
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

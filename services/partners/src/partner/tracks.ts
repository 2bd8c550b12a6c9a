/** Tracks: one of the partner's chooses, a channel manager decides. */
import { dayOf } from '@echelon/calendar';
import type { Act } from '@echelon/contracts';
import type { ProgramId } from '@echelon/contracts/ids';
import type { Enrollment } from '@echelon/contracts/partners';
import type { InForce } from '@echelon/contracts/programs';
import { accept, type Decision, type Refused, refuse } from '@echelon/decider';
import { type Key, ladderOf } from '@echelon/program';
import { choiceOn } from './enrollments.ts';
import { enrollmentIn } from './lifecycle.ts';
import type { PartnerEvent, PartnerState } from './partner.ts';

type Decided<Reason extends string> = Decision<PartnerEvent, Reason>;

export interface OnTrack {
  readonly programId: ProgramId;
  readonly ladder: Key;
  readonly track: Key;
}
type Unplaced = 'not-found' | 'not-enrolled';
type Unfit = 'program-not-in-force' | 'unknown-ladder' | 'not-by-choice' | 'not-on-ladder' | 'unknown-track';
type Unjudged = Unplaced | 'not-chosen' | 'same-person';

export const chooseTrack =
  ({ programId, ladder, track, by, now }: Act & OnTrack) =>
  (state: PartnerState, program: InForce | undefined): Decided<Unplaced | Unfit | 'already-chosen'> => {
    const enrollment = enrollmentAtWork(state, programId);
    if ('refused' in enrollment) return enrollment;
    const unfit = unfitTrack({ ladder, track }, enrollment, program);
    if (unfit) return unfit;
    const waiting = choiceOn(enrollment, ladder);
    if (waiting?.status === 'chosen' && waiting.track === track) return refuse('already-chosen');
    return accept([{ type: 'TrackChosen', at: now, data: { programId, ladder, track, by } }]);
  };

export const confirmTrack =
  ({ programId, ladder, track, by, now }: Act & OnTrack) =>
  (state: PartnerState, program: InForce | undefined): Decided<Unjudged | Unfit> => {
    const enrollment = judged(state, { programId, ladder, track, by });
    if ('refused' in enrollment) return enrollment;
    // It was one when it was chosen; another version may have taken force since.
    const unfit = unfitTrack({ ladder, track }, enrollment, program);
    if (unfit) return unfit;
    if (program === undefined) return refuse('program-not-in-force');
    const confirmedOn = dayOf(now, program.document.timeZone);
    return accept([{ type: 'TrackConfirmed', at: now, data: { programId, ladder, track, confirmedOn, by } }]);
  };

export const declineTrack =
  ({ programId, ladder, track, reason, by, now }: Act & OnTrack & { readonly reason: string }) =>
  (state: PartnerState): Decided<Unjudged> => {
    const enrollment = judged(state, { programId, ladder, track, by });
    if ('refused' in enrollment) return enrollment;
    return accept([{ type: 'TrackDeclined', at: now, data: { programId, ladder, track, reason, by } }]);
  };

/** Of a partner that may begin something new in the program. */
const enrollmentAtWork = (state: PartnerState, programId: ProgramId): Enrollment | Refused<Unplaced> => {
  if (state.status === 'none') return refuse('not-found');
  const found = state.status === 'admitted' ? enrollmentIn(state, programId) : undefined;
  return found ?? refuse('not-enrolled', `The partner is ${state.status}.`);
};

/** The enrolment in which this very track waits for somebody else's decision. */
const judged = (state: PartnerState, { programId, ladder, track, by }: OnTrack & Pick<Act, 'by'>): Enrollment | Refused<Unjudged> => {
  const enrollment = enrollmentAtWork(state, programId);
  if ('refused' in enrollment) return enrollment;
  const choice = choiceOn(enrollment, ladder);
  if (choice?.status !== 'chosen') return refuse('not-chosen', choice && `"${choice.track}" was declined.`);
  if (choice.track !== track) return refuse('not-chosen', `What waits for a decision is "${choice.track}".`);
  return choice.chosenBy === by ? refuse('same-person') : enrollment;
};

const unfitTrack = (
  { ladder: key, track }: Omit<OnTrack, 'programId'>,
  { ladders }: Enrollment,
  program: InForce | undefined,
): Refused<Unfit> | undefined => {
  if (program === undefined) return refuse('program-not-in-force');
  const ladder = ladderOf(program.document, key);
  if (ladder === undefined) return refuse('unknown-ladder', `The program has no ladder "${key}".`);
  if (ladder.promotion !== 'by-choice') return refuse('not-by-choice', `The tiers of "${key}" are given ${ladder.promotion}.`);
  if (!ladders.includes(key)) return refuse('not-on-ladder', `The partner is enrolled on ${ladders.join(', ')}.`);
  if (ladder.tiers.some((tier) => tier.key === track)) return undefined;
  return refuse('unknown-track', `"${track}" is none of ${ladder.tiers.map((tier) => tier.key).join(', ')}.`);
};

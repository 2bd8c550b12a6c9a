import { dayOf, isBefore } from '@echelon/calendar';
import type { Act } from '@echelon/contracts';
import type { PartnerId } from '@echelon/contracts/ids';
import type { EngagementSubmission, Partner } from '@echelon/contracts/partners';
import type { InForce } from '@echelon/contracts/programs';
import { accept, type Decision, type Refused, refuse } from '@echelon/decider';
import { isAtWork } from '../partner/lifecycle.ts';
import type { EngagementEvent, EngagementState } from './engagement.ts';

type Decided<Reason extends string> = Decision<EngagementEvent, Reason>;
type Reasoned = Act & { readonly reason: string };

export interface SubmissionFacts {
  readonly program: InForce | undefined;
  readonly partner: Partner | undefined;
}

export const submit =
  ({ submission, partnerId, by, now }: Act & { readonly submission: EngagementSubmission; readonly partnerId: PartnerId }) =>
  (
    state: EngagementState,
    { program, partner }: SubmissionFacts,
  ): Decided<'key-reused' | 'not-enrolled' | 'program-not-in-force' | 'not-held-yet'> => {
    if (state.status !== 'none') return refuse('key-reused');
    if (!isAtWork(partner, submission.programId)) return refuse('not-enrolled');
    if (program === undefined) return refuse('program-not-in-force');
    const today = dayOf(now, program.document.timeZone);
    if (isBefore(today, submission.heldOn)) return refuse('not-held-yet', `It is ${today} in the program's time zone.`);
    return accept([{ type: 'EngagementSubmitted', at: now, data: { partnerId, submission, by } }]);
  };

/** Open, and not the judge's own. */
const judged = (state: EngagementState, by: string): Refused<'not-found' | 'not-submitted' | 'same-person'> | undefined => {
  if (state.status === 'none') return refuse('not-found');
  if (state.status !== 'submitted') return refuse('not-submitted', `The engagement is ${state.status}.`);
  return state.submittedBy === by ? refuse('same-person') : undefined;
};

export const acceptEngagement =
  ({ by, now }: Act) =>
  (state: EngagementState): Decided<'not-found' | 'not-submitted' | 'same-person'> =>
    judged(state, by) ?? accept([{ type: 'EngagementAccepted', at: now, data: { by } }]);

export const decline =
  ({ reason, by, now }: Reasoned) =>
  (state: EngagementState): Decided<'not-found' | 'not-submitted' | 'same-person'> =>
    judged(state, by) ?? accept([{ type: 'EngagementDeclined', at: now, data: { reason, by } }]);

export const revoke =
  ({ reason, by, now }: Reasoned) =>
  (state: EngagementState): Decided<'not-found' | 'not-accepted'> => {
    if (state.status === 'none') return refuse('not-found');
    if (state.status !== 'accepted') return refuse('not-accepted', `The engagement is ${state.status}.`);
    return accept([{ type: 'EngagementRevoked', at: now, data: { reason, by } }]);
  };

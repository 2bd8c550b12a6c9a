/** From being at work to having left, and what keeps a partner from leaving. */
import type { Act } from '@echelon/contracts';
import type { PartnerId, ProgramId } from '@echelon/contracts/ids';
import type { Enrollment, Partner } from '@echelon/contracts/partners';
import { accept, type Decision, refuse, type Tally } from '@echelon/decider';
import { type Lines, ungrouped } from './group.ts';
import type { PartnerEvent, PartnerState } from './partner.ts';

type Decided<Reason extends string> = Decision<PartnerEvent, Reason>;
type Reasoned = Act & { readonly reason: string };

/** The tally of the installed assets that a partner is of record for: each of them changes it, and leaving closes it at zero. */
export const ofRecord = (partnerId: PartnerId): string => `of-record#${partnerId}`;

/** Of a partner that was admitted, whatever has become of it since. */
export const enrollmentIn = (partner: PartnerState | undefined, programId: ProgramId): Enrollment | undefined =>
  partner && 'enrollments' in partner ? partner.enrollments.find((one) => one.programId === programId) : undefined;

/** Admitted, neither suspended nor leaving, and enrolled: who may begin something new in a program. */
export const isAtWork = (partner: Partner | undefined, programId: ProgramId): boolean =>
  partner?.status === 'admitted' && enrollmentIn(partner, programId) !== undefined;

export const suspend =
  ({ reason, by, now }: Reasoned) =>
  (state: PartnerState): Decided<'not-found' | 'not-admitted'> => {
    if (state.status === 'none') return refuse('not-found');
    if (state.status !== 'admitted') return refuse('not-admitted', `The partner is ${state.status}.`);
    return accept([{ type: 'PartnerSuspended', at: now, data: { reason, by } }]);
  };

export const reinstate =
  ({ reason, by, now }: Reasoned) =>
  (state: PartnerState): Decided<'not-found' | 'not-suspended'> => {
    if (state.status === 'none') return refuse('not-found');
    if (state.status !== 'suspended' && state.status !== 'offboarding') return refuse('not-suspended', `The partner is ${state.status}.`);
    return accept([{ type: 'PartnerReinstated', at: now, data: { reason, by } }]);
  };

export const beginOffboarding =
  ({ reason, by, now }: Reasoned) =>
  (state: PartnerState): Decided<'not-found' | 'not-admitted'> => {
    if (state.status === 'none') return refuse('not-found');
    if (state.status !== 'admitted' && state.status !== 'suspended') return refuse('not-admitted', `The partner is ${state.status}.`);
    return accept([{ type: 'PartnerOffboardingBegun', at: now, data: { reason, by } }]);
  };

export interface LeaveFacts extends Lines {
  readonly tally: Tally;
}

export const leave =
  ({ by, now }: Act) =>
  (
    state: PartnerState,
    { tally: { key, sum }, ...facts }: LeaveFacts,
  ): Decided<'not-found' | 'not-offboarding' | 'of-record' | 'has-subsidiaries'> => {
    if (state.status === 'none') return refuse('not-found');
    if (state.status !== 'offboarding') return refuse('not-offboarding', `The partner is ${state.status}.`);
    if (sum > 0n) return refuse('of-record', `Assets that the partner is still of record for: ${sum}.`);
    const group = ungrouped(state, facts, { by, now });
    if ('refused' in group) return group;
    const { events, claims } = group;
    return accept([...events, { type: 'PartnerLeft', at: now, data: { by } }], { claims, tallies: [{ key, close: true }] });
  };

import { dayOf, type Instant } from '@echelon/calendar';
import type { PartnerId, ProgramId } from '@echelon/contracts/ids';
import { type ActsFor, type Application, ENROLLMENTS_MAX } from '@echelon/contracts/partners';
import type { InForce } from '@echelon/contracts/programs';
import { accept, type Decision, refuse } from '@echelon/decider';
import type { Key } from '@echelon/program';
import type { PartnerEvent, PartnerState } from './partner.ts';
import type { SystemClientEvent, SystemClientState } from './system-client.ts';

type Decided<Reason extends string> = Decision<PartnerEvent, Reason>;
type ClientDecided<Reason extends string> = Decision<SystemClientEvent, Reason>;

/** Who does it, and when. */
interface Act {
  readonly by: string;
  readonly now: Instant;
}

export const apply =
  ({ application, by, now }: Act & { readonly application: Application }) =>
  (state: PartnerState): Decided<'key-reused'> =>
    state.status === 'none' ? accept([{ type: 'PartnerApplied', at: now, data: { application, by } }]) : refuse('key-reused');

type Verdict = { readonly outcome: 'passed' } | { readonly outcome: 'declined'; readonly reason: string };

export const vet =
  ({ verdict, by, now }: Act & { readonly verdict: Verdict }) =>
  (state: PartnerState): Decided<'not-found' | 'not-applied' | 'same-person'> => {
    if (state.status === 'none') return refuse('not-found');
    if (state.status !== 'applied') return refuse('not-applied', `The partner is ${state.status}.`);
    if (state.appliedBy === by) return refuse('same-person');
    return verdict.outcome === 'passed'
      ? accept([{ type: 'PartnerVetted', at: now, data: { by } }])
      : accept([{ type: 'PartnerDeclined', at: now, data: { by, reason: verdict.reason } }]);
  };

export const admit =
  ({ agreement, by, now }: Act & { readonly agreement: string }) =>
  (state: PartnerState): Decided<'not-found' | 'not-vetted'> => {
    if (state.status === 'none') return refuse('not-found');
    if (state.status !== 'vetted') return refuse('not-vetted', `The partner is ${state.status}.`);
    return accept([{ type: 'PartnerAdmitted', at: now, data: { agreement, by } }]);
  };

type EnrollRefusal = 'not-found' | 'not-admitted' | 'already-enrolled' | 'too-many-enrollments' | 'program-not-in-force' | 'unknown-business-model';

export const enroll =
  ({ programId, businessModels, now }: { readonly programId: ProgramId; readonly businessModels: Key[]; readonly now: Instant }) =>
  (state: PartnerState, program: InForce | undefined): Decided<EnrollRefusal> => {
    if (state.status === 'none') return refuse('not-found');
    if (state.status !== 'admitted') return refuse('not-admitted', `The partner is ${state.status}.`);
    if (state.enrollments.some((enrollment) => enrollment.programId === programId)) return refuse('already-enrolled');
    if (state.enrollments.length >= ENROLLMENTS_MAX) return refuse('too-many-enrollments');
    if (program === undefined) return refuse('program-not-in-force');
    const { document } = program;
    const unknown = businessModels.find((model) => !document.businessModels.some(({ key }) => key === model));
    if (unknown !== undefined)
      return refuse('unknown-business-model', `"${unknown}" is none of ${document.businessModels.map(({ key }) => key).join(', ')}.`);
    const enrollment = { programId, businessModels, enrolledOn: dayOf(now, document.timeZone) };
    return accept([{ type: 'PartnerEnrolled', at: now, data: { enrollment } }]);
  };

export interface Registration {
  readonly name: string;
  readonly actsFor: ActsFor;
  readonly oauthClientId: string;
  readonly now: Instant;
}

export const registerClient =
  ({ name, actsFor, oauthClientId, now }: Registration) =>
  (state: SystemClientState): ClientDecided<'key-reused'> =>
    state.status === 'none' ? accept([{ type: 'SystemClientRegistered', at: now, data: { name, actsFor, oauthClientId } }]) : refuse('key-reused');

export const revokeClient =
  ({ by, now }: Act) =>
  (state: SystemClientState): ClientDecided<'not-found' | 'already-revoked'> => {
    if (state.status === 'none') return refuse('not-found');
    return state.status === 'revoked' ? refuse('already-revoked') : accept([{ type: 'SystemClientRevoked', at: now, data: { by } }]);
  };

export const partnerOf = (actsFor: ActsFor): PartnerId | undefined => (actsFor.role === 'partner-system' ? actsFor.partnerId : undefined);

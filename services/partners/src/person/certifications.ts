import { type Instant, later } from '@echelon/calendar';
import type { CertificationId } from '@echelon/contracts/ids';
import { CERTIFICATIONS_MAX, type HeldCertification } from '@echelon/contracts/partners';
import type { InForce } from '@echelon/contracts/programs';
import { accept, type Decision, refuse } from '@echelon/decider';
import type { Key } from '@echelon/program';
import { type Grant, granted, lastDay, type Revocation, revoke, tell } from '../held.ts';
import type { PersonEvent, PersonState } from './person.ts';

type Decided<Reason extends string = never> = Decision<PersonEvent, Reason>;

export interface CertificationGrant extends Grant<CertificationId> {
  readonly certification: Key;
}

type GrantRefusal =
  | 'not-found'
  | 'not-employed'
  | 'program-not-in-force'
  | 'unknown-certification'
  | 'ends-before-it-starts'
  | 'starts-too-late'
  | 'already-held'
  | 'too-many-certifications';

export const grantCertification =
  ({ certification, ...grant }: CertificationGrant) =>
  (state: PersonState, program: InForce | undefined): Decided<GrantRefusal> => {
    if (state.status === 'none') return refuse('not-found');
    if (state.status !== 'employed') return refuse('not-employed', `The person is ${state.status}.`);
    if (program === undefined) return refuse('program-not-in-force');
    const { certifications, timeZone } = program.document;
    const named = certifications.find(({ key }) => key === certification);
    if (named === undefined) return refuse('unknown-certification', `The program has no certification "${certification}".`);
    const same = state.certifications.filter((one) => one.certification === certification);
    // What a person brings counts from the first day of employment.
    const { from, until = lastDay(from, named.validDays) } = grant;
    const term = granted({ ...grant, from: later(from, state.employedFrom), until }, { validDays: named.validDays, timeZone }, same);
    if ('refused' in term) return term;
    if (state.certifications.length >= CERTIFICATIONS_MAX) return refuse('too-many-certifications');
    return accept([{ type: 'CertificationGranted', at: grant.now, data: { certification: { certification, ...term }, by: grant.by } }]);
  };

export const revokeCertification =
  ({ certificationId, reason, by, now, until }: Revocation & { readonly certificationId: CertificationId }) =>
  (state: PersonState): Decided<'not-found' | 'already-ended'> =>
    revoke(
      certificationsOf(state).find(({ id }) => id === certificationId),
      { now, until },
      (certification): PersonEvent => ({ type: 'CertificationRevoked', at: now, data: { certification, reason, by } }),
    );

export const tellOfCertifications =
  ({ now }: { readonly now: Instant }) =>
  (state: PersonState): Decided =>
    tell<HeldCertification, PersonEvent>(certificationsOf(state), now, {
      expired: (certification, at) => ({ type: 'CertificationExpired', at, data: { certification } }),
      noticed: (certification, daysBefore) => ({ type: 'CertificationExpiryNoticed', at: now, data: { certification, daysBefore } }),
    });

const certificationsOf = (state: PersonState): readonly HeldCertification[] => (state.status === 'none' ? [] : state.certifications);

import { type Day, type Instant, isBefore } from '@echelon/calendar';
import type { Act } from '@echelon/contracts';
import type { CertificationId, ProgramId } from '@echelon/contracts/ids';
import { CERTIFICATIONS_MAX, type HeldCertification } from '@echelon/contracts/partners';
import type { InForce } from '@echelon/contracts/programs';
import { accept, type Decision, refuse } from '@echelon/decider';
import type { Key } from '@echelon/program';
import { dueOf, lastDay, revoked } from '../held.ts';
import type { PersonEvent, PersonState } from './person.ts';

type Decided<Reason extends string = never> = Decision<PersonEvent, Reason>;

export interface Grant extends Act {
  readonly id: CertificationId;
  readonly programId: ProgramId;
  readonly certification: Key;
  readonly from: Day;
  readonly until?: Day | undefined;
}

type GrantRefusal =
  | 'not-found'
  | 'not-employed'
  | 'program-not-in-force'
  | 'unknown-certification'
  | 'ends-before-it-starts'
  | 'too-many-certifications';

export const grantCertification =
  ({ id, programId, certification, from, until, by, now }: Grant) =>
  (state: PersonState, program: InForce | undefined): Decided<GrantRefusal> => {
    if (state.status === 'none') return refuse('not-found');
    if (state.status !== 'employed') return refuse('not-employed', `The person is ${state.status}.`);
    if (program === undefined) return refuse('program-not-in-force');
    const { certifications, timeZone } = program.document;
    const named = certifications.find(({ key }) => key === certification);
    if (named === undefined) return refuse('unknown-certification', `The program has no certification "${certification}".`);
    const held: HeldCertification = { id, certification, programId, from, until: until ?? lastDay(from, named.validDays), timeZone };
    if (isBefore(held.until, from)) return refuse('ends-before-it-starts');
    if (state.certifications.length >= CERTIFICATIONS_MAX) return refuse('too-many-certifications');
    return accept([{ type: 'CertificationGranted', at: now, data: { certification: held, by } }]);
  };

export interface Revocation extends Act {
  readonly certificationId: CertificationId;
  readonly reason: string;
  readonly until?: Day | undefined;
}

export const revokeCertification =
  ({ certificationId, reason, until, by, now }: Revocation) =>
  (state: PersonState): Decided<'not-found' | 'already-ended'> => {
    const held = certificationsOf(state).find(({ id }) => id === certificationId);
    if (held === undefined) return refuse('not-found');
    const certification = revoked(held, now, until);
    if (certification === undefined) return refuse('already-ended', `Its last day is ${held.until}.`);
    return accept([{ type: 'CertificationRevoked', at: now, data: { certification, reason, by } }]);
  };

/** What is due of each by now: a notice, or its end. */
export const tellOfCertifications =
  ({ now }: { readonly now: Instant }) =>
  (state: PersonState): Decided =>
    accept(
      certificationsOf(state).flatMap((certification): PersonEvent[] => {
        const due = dueOf(certification, now);
        if (due === undefined) return [];
        if (due.kind === 'expired')
          return [{ type: 'CertificationExpired', at: due.at, data: { certification: { ...certification, ended: 'expired' } } }];
        const { daysBefore } = due;
        return [{ type: 'CertificationExpiryNoticed', at: now, data: { certification: { ...certification, noticed: daysBefore }, daysBefore } }];
      }),
    );

const certificationsOf = (state: PersonState): readonly HeldCertification[] => (state.status === 'none' ? [] : state.certifications);

import { type Day, type Instant, isBefore, isIn } from '@echelon/calendar';
import type { Act } from '@echelon/contracts';
import type { ProgramId, SpecializationId } from '@echelon/contracts/ids';
import { type HeldSpecialization, type Person, SPECIALIZATIONS_MAX } from '@echelon/contracts/partners';
import type { InForce } from '@echelon/contracts/programs';
import { accept, type Decision, refuse } from '@echelon/decider';
import type { Key } from '@echelon/program';
import { dueOf, lastDay, revoked } from '../held.ts';
import { isAtWork } from './lifecycle.ts';
import type { PartnerEvent, PartnerState } from './partner.ts';

type Decided<Reason extends string = never> = Decision<PartnerEvent, Reason>;

export interface Grant extends Act {
  readonly id: SpecializationId;
  readonly programId: ProgramId;
  readonly specialization: Key;
  readonly from: Day;
  readonly until?: Day | undefined;
}
export interface GrantFacts {
  readonly program: InForce | undefined;
  /** The partner's, as far as they are looked at. */
  readonly people: readonly Person[];
}

type GrantRefusal =
  | 'not-found'
  | 'not-enrolled'
  | 'program-not-in-force'
  | 'unknown-specialization'
  | 'ends-before-it-starts'
  | 'too-few-certified'
  | 'too-many-specializations';

export const grantSpecialization =
  ({ id, programId, specialization, from, until, by, now }: Grant) =>
  (state: PartnerState, { program, people }: GrantFacts): Decided<GrantRefusal> => {
    if (state.status === 'none') return refuse('not-found');
    if (state.status !== 'admitted' || !isAtWork(state, programId)) return refuse('not-enrolled', `The partner is ${state.status}.`);
    if (program === undefined) return refuse('program-not-in-force');
    const { specializations, timeZone } = program.document;
    const asked = specializations.find(({ key }) => key === specialization);
    if (asked === undefined) return refuse('unknown-specialization', `The program has no specialization "${specialization}".`);
    const held: HeldSpecialization = { id, specialization, programId, from, until: until ?? lastDay(from, asked.validDays), timeZone };
    if (isBefore(held.until, from)) return refuse('ends-before-it-starts');
    if (state.specializations.length >= SPECIALIZATIONS_MAX) return refuse('too-many-specializations');
    const counted = asked.certifications.map((one) => ({
      ...one,
      holding: certified(people, { programId, certification: one.certification, from }),
    }));
    const short = counted.filter((one) => one.holding < one.people);
    if (short.length > 0) {
      const missing = short.map(({ certification, holding, people: wanted }) => `${certification} by ${holding} of ${wanted} people`);
      return refuse('too-few-certified', `Held on ${from}: ${missing.join(', ')}.`);
    }
    return accept([{ type: 'SpecializationGranted', at: now, data: { specialization: held, by } }]);
  };

/** People who hold a certification on a day, each once. */
const certified = (people: readonly Person[], asked: { readonly programId: ProgramId; readonly certification: Key; readonly from: Day }): number =>
  people.filter(({ certifications }) =>
    certifications.some(
      ({ programId, certification, from, until }) =>
        programId === asked.programId && certification === asked.certification && !isBefore(until, from) && isIn(asked.from, { from, to: until }),
    ),
  ).length;

export interface Revocation extends Act {
  readonly specializationId: SpecializationId;
  readonly reason: string;
  readonly until?: Day | undefined;
}

export const revokeSpecialization =
  ({ specializationId, reason, until, by, now }: Revocation) =>
  (state: PartnerState): Decided<'not-found' | 'already-ended'> => {
    const held = specializationsOf(state).find(({ id }) => id === specializationId);
    if (held === undefined) return refuse('not-found');
    const specialization = revoked(held, now, until);
    if (specialization === undefined) return refuse('already-ended', `Its last day is ${held.until}.`);
    return accept([{ type: 'SpecializationRevoked', at: now, data: { specialization, reason, by } }]);
  };

/** What is due of each by now: a notice, or its end. */
export const tellOfSpecializations =
  ({ now }: { readonly now: Instant }) =>
  (state: PartnerState): Decided =>
    accept(
      specializationsOf(state).flatMap((specialization): PartnerEvent[] => {
        const due = dueOf(specialization, now);
        if (due === undefined) return [];
        if (due.kind === 'expired')
          return [{ type: 'SpecializationExpired', at: due.at, data: { specialization: { ...specialization, ended: 'expired' } } }];
        const { daysBefore } = due;
        return [{ type: 'SpecializationExpiryNoticed', at: now, data: { specialization: { ...specialization, noticed: daysBefore }, daysBefore } }];
      }),
    );

const specializationsOf = (state: PartnerState): readonly HeldSpecialization[] => ('specializations' in state ? state.specializations : []);

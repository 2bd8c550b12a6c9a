import { type Day, type Instant, isBefore, isIn } from '@echelon/calendar';
import type { ProgramId, SpecializationId } from '@echelon/contracts/ids';
import { type HeldSpecialization, type Person, SPECIALIZATIONS_MAX } from '@echelon/contracts/partners';
import type { InForce } from '@echelon/contracts/programs';
import { accept, type Decision, refuse } from '@echelon/decider';
import type { Key, ProgramDocument } from '@echelon/program';
import { type Grant, granted, type Revocation, revoke, tell } from '../held.ts';
import { isAtWork } from './lifecycle.ts';
import type { PartnerEvent, PartnerState } from './partner.ts';

type Specialization = ProgramDocument['specializations'][number];
type Decided<Reason extends string = never> = Decision<PartnerEvent, Reason>;

export interface SpecializationGrant extends Grant<SpecializationId> {
  readonly specialization: Key;
  /** Of several that the program has. */
  readonly way?: Key | undefined;
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
  | 'way-missing'
  | 'unknown-way'
  | 'ends-before-it-starts'
  | 'starts-too-late'
  | 'already-held'
  | 'too-few-certified'
  | 'too-many-specializations';

export const grantSpecialization =
  ({ specialization, way, ...grant }: SpecializationGrant) =>
  (state: PartnerState, { program, people }: GrantFacts): Decided<GrantRefusal> => {
    const { programId, from, by, now } = grant;
    if (state.status === 'none') return refuse('not-found');
    if (state.status !== 'admitted' || !isAtWork(state, programId)) return refuse('not-enrolled', `The partner is ${state.status}.`);
    if (program === undefined) return refuse('program-not-in-force');
    const { specializations, timeZone } = program.document;
    const asked = specializations.find(({ key }) => key === specialization);
    if (asked === undefined) return refuse('unknown-specialization', `The program has no specialization "${specialization}".`);
    const certifications = askedFor(asked, way);
    if ('refused' in certifications) return certifications;
    const same = state.specializations.filter((one) => one.specialization === specialization);
    const term = granted(grant, { validDays: asked.validDays, timeZone }, same);
    if ('refused' in term) return term;
    if (state.specializations.length >= SPECIALIZATIONS_MAX) return refuse('too-many-specializations');
    const counted = certifications.map((one) => ({
      ...one,
      holding: certified(people, { programId, certification: one.certification, from }),
    }));
    const short = counted.filter((one) => one.holding < one.people);
    if (short.length > 0) {
      const missing = short.map(({ certification, holding, people: wanted }) => `${certification} by ${holding} of ${wanted} people`);
      return refuse('too-few-certified', `Held on ${from}: ${missing.join(', ')}.`);
    }
    return accept([{ type: 'SpecializationGranted', at: now, data: { specialization: { specialization, ...(way && { way }), ...term }, by } }]);
  };

/** Of people's certifications: what is asked of all, and what comes to it on the way that the partner goes. Each is judged by itself. */
const askedFor = ({ certifications, ways = [] }: Specialization, way: Key | undefined) => {
  if (way === undefined) return ways.length === 0 ? certifications : refuse('way-missing', `Ways: ${keysOf(ways)}.`);
  const gone = ways.find(({ key }) => key === way);
  if (gone === undefined) return refuse('unknown-way', ways.length === 0 ? 'There is but one way.' : `"${way}" is none of ${keysOf(ways)}.`);
  return [...certifications, ...gone.certifications];
};

const keysOf = (named: readonly { readonly key: Key }[]): string => named.map(({ key }) => key).join(', ');

/** People who hold a certification on a day, each once. */
const certified = (people: readonly Person[], asked: { readonly programId: ProgramId; readonly certification: Key; readonly from: Day }): number =>
  people.filter(({ certifications }) =>
    certifications.some(
      ({ programId, certification, from, until }) =>
        programId === asked.programId && certification === asked.certification && !isBefore(until, from) && isIn(asked.from, { from, to: until }),
    ),
  ).length;

export const revokeSpecialization =
  ({ specializationId, reason, by, now, until }: Revocation & { readonly specializationId: SpecializationId }) =>
  (state: PartnerState): Decided<'not-found' | 'already-ended'> =>
    revoke(
      specializationsOf(state).find(({ id }) => id === specializationId),
      { now, until },
      (specialization): PartnerEvent => ({ type: 'SpecializationRevoked', at: now, data: { specialization, reason, by } }),
    );

export const tellOfSpecializations =
  ({ now }: { readonly now: Instant }) =>
  (state: PartnerState): Decided =>
    tell<HeldSpecialization, PartnerEvent>(specializationsOf(state), now, {
      expired: (specialization, at) => ({ type: 'SpecializationExpired', at, data: { specialization } }),
      noticed: (specialization, daysBefore) => ({ type: 'SpecializationExpiryNoticed', at: now, data: { specialization, daysBefore } }),
    });

const specializationsOf = (state: PartnerState): readonly HeldSpecialization[] => ('specializations' in state ? state.specializations : []);

import { dayOf, type Instant } from '@echelon/calendar';
import type { Act } from '@echelon/contracts';
import type { ProgramId } from '@echelon/contracts/ids';
import { type Application, ENROLLMENTS_MAX, type EnrollmentTerms } from '@echelon/contracts/partners';
import type { InForce } from '@echelon/contracts/programs';
import { accept, type Decision, refuse } from '@echelon/decider';
import type { Key, ProgramDocument } from '@echelon/program';
import { charged } from './admission-fee.ts';
import { withTerms } from './enrollments.ts';
import { enrollmentIn } from './lifecycle.ts';
import type { PartnerEvent, PartnerState } from './partner.ts';

type Decided<Reason extends string> = Decision<PartnerEvent, Reason>;

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

export interface EnrollFacts {
  readonly program: InForce | undefined;
  /** When its first version took force. */
  readonly begunAt: Instant | undefined;
}
type UnknownPart = 'program-not-in-force' | 'unknown-business-model' | 'unknown-ladder' | 'unknown-product-family';

export const enroll =
  ({ programId, by, now, ...terms }: Act & EnrollmentTerms & { readonly programId: ProgramId }) =>
  (
    state: PartnerState,
    { program, begunAt }: EnrollFacts,
  ): Decided<'not-found' | 'not-admitted' | 'already-enrolled' | 'too-many-enrollments' | UnknownPart> => {
    if (state.status === 'none') return refuse('not-found');
    if (state.status !== 'admitted') return refuse('not-admitted', `The partner is ${state.status}.`);
    if (enrollmentIn(state, programId)) return refuse('already-enrolled');
    if (state.enrollments.length >= ENROLLMENTS_MAX) return refuse('too-many-enrollments');
    if (program === undefined) return refuse('program-not-in-force');
    const { document } = program;
    const unknown = unknownPart(terms, document);
    if (unknown) return unknown;
    const enrollment = { programId, ...terms, enrolledOn: dayOf(now, document.timeZone) };
    return accept([{ type: 'PartnerEnrolled', at: now, data: { enrollment } }, ...charged(state, { programId, program, begunAt, by, now })]);
  };

/** The enrolment stays the one that it was, from its day on; its terms are others from now on, and a ladder that they add begins today. */
export const changeEnrollment =
  ({ programId, by, now, ...terms }: Act & EnrollmentTerms & { readonly programId: ProgramId }) =>
  (state: PartnerState, program: InForce | undefined): Decided<'not-found' | 'not-admitted' | 'not-enrolled' | UnknownPart> => {
    if (state.status === 'none') return refuse('not-found');
    if (state.status !== 'admitted') return refuse('not-admitted', `The partner is ${state.status}.`);
    const found = enrollmentIn(state, programId);
    if (found === undefined) return refuse('not-enrolled');
    if (program === undefined) return refuse('program-not-in-force');
    const unknown = unknownPart(terms, program.document);
    if (unknown) return unknown;
    const enrollment = withTerms(found, terms, dayOf(now, program.document.timeZone));
    return accept([{ type: 'PartnerEnrollmentChanged', at: now, data: { enrollment, by } }]);
  };

/** The first name that the document does not have. */
const unknownPart = (terms: EnrollmentTerms, document: ProgramDocument) => {
  const missing = (wanted: readonly Key[], known: readonly { readonly key: Key }[]) => {
    const key = wanted.find((one) => !known.some((part) => part.key === one));
    return key && `"${key}" is none of ${known.map((part) => part.key).join(', ')}.`;
  };
  const model = missing(terms.businessModels, document.businessModels);
  if (model) return refuse('unknown-business-model', model);
  const ladder = missing(terms.ladders, document.ladders);
  if (ladder) return refuse('unknown-ladder', ladder);
  const family = missing(terms.productFamilies ?? [], document.productFamilies);
  return family ? refuse('unknown-product-family', family) : undefined;
};

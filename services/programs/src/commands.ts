import { type Day, dayOf, isBefore } from '@echelon/calendar';
import type { Act, Fault } from '@echelon/contracts';
import type { VersionId } from '@echelon/contracts/ids';
import { PROGRAM_VERSIONS_MAX } from '@echelon/contracts/programs';
import { accept, type Decision, type Refused, refuse } from '@echelon/decider';
import type { ProgramDocument } from '@echelon/program';
import { type Found, refused, replacementFindings } from '@echelon/program/check';
import { type ProgramEvent, type ProgramState, versionOf } from './program.ts';

type Decided<Reason extends string> = Decision<ProgramEvent, Reason>;

export const establish =
  ({ name, now }: Act & { readonly name: string }) =>
  (state: ProgramState): Decided<'key-reused'> =>
    state.status === 'none' ? accept([{ type: 'ProgramEstablished', at: now, data: { name } }]) : refuse('key-reused');

/** A document beside those of the versions that hold before its first day, and from a day after it. */
export interface Beside {
  readonly document: ProgramDocument | undefined;
  readonly replaced: ProgramDocument | undefined;
  readonly following: { readonly document: ProgramDocument; readonly from: Day } | undefined;
}

/** The document is known by its hash; its version may only be stored once it is. */
export const draft =
  ({ versionId, hash, by, now }: Act & { readonly versionId: VersionId; readonly hash: string }) =>
  (state: ProgramState, faults: readonly Found[]): Decided<'not-found' | 'key-reused' | 'too-many-versions' | 'invalid'> => {
    if (state.status === 'none') return refuse('not-found');
    if (versionOf(state, versionId)) return refuse('key-reused');
    if (state.versions.length >= PROGRAM_VERSIONS_MAX) return refuse('too-many-versions');
    if (faults.length > 0) return faulty('invalid', faults, inBody);
    return accept([{ type: 'ProgramVersionDrafted', at: now, data: { versionId, hash, by } }]);
  };

export const approve =
  ({ versionId, by, now }: Act & { readonly versionId: VersionId }) =>
  (state: ProgramState): Decided<'not-found' | 'not-a-draft' | 'same-person'> => {
    const version = versionOf(state, versionId);
    if (version === undefined) return refuse('not-found');
    if (version.status !== 'draft') return refuse('not-a-draft', `This version is ${version.status}.`);
    if (version.draftedBy === by) return refuse('same-person');
    return accept([{ type: 'ProgramVersionApproved', at: now, data: { versionId, by } }]);
  };

export const activate =
  ({ versionId, effectiveFrom, now }: Act & { readonly versionId: VersionId; readonly effectiveFrom: Day }) =>
  (state: ProgramState, documents: Beside): Decided<'not-found' | 'not-approved' | 'day-past' | 'day-taken' | 'tier-unmapped'> => {
    const { document } = documents;
    const version = versionOf(state, versionId);
    if (version === undefined || state.status === 'none' || document === undefined) return refuse('not-found');
    if (version.status !== 'approved') return refuse('not-approved', `This version is ${version.status}.`);
    const today = dayOf(now, document.timeZone);
    if (isBefore(effectiveFrom, today)) return refuse('day-past', `Today is ${today} in ${document.timeZone}.`);
    if (state.timeline.some(({ from }) => from.equals(effectiveFrom))) return refuse('day-taken');
    const unmapped = unmappedBy(documents);
    if (unmapped.length > 0) return faulty('tier-unmapped', unmapped, ofVersion);
    return accept([{ type: 'ProgramVersionActivated', at: now, data: { versionId, hash: version.hash, effectiveFrom, document } }]);
  };

/** Tiers that it leaves unmapped, and its own that the version after it does, which replaces another one from now on. */
const unmappedBy = ({ document, replaced, following }: Beside): readonly Found[] =>
  document === undefined
    ? []
    : [
        ...(replaced ? refused(replacementFindings(document, replaced)) : []),
        ...(following
          ? refused(replacementFindings(following.document, document)).map((found) => ({
              ...found,
              message: `the version from ${following.from} ${found.message}`,
            }))
          : []),
      ];

type Place = Pick<Fault, 'in' | 'pointer'>;
export const inBody = ({ pointer }: Found): Place => ({ in: 'body', pointer: `/document${pointer}` });
/** A request that carries no document is at fault in the version that it names. */
const ofVersion = (): Place => ({ in: 'path', pointer: '/versionId' });

/** One fault for each finding and in its words, which are those of the terminal; the stack sends on the faults of whatever is refused. */
export const faulty = <const Reason extends string>(
  reason: Reason,
  found: readonly Found[],
  placeOf: (one: Found) => Place,
): Refused<Reason> & { readonly faults: readonly Fault[] } => ({
  ...refuse(reason),
  faults: found.map((one) => ({ ...placeOf(one), message: one.message })),
});

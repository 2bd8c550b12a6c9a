import { type Day, dayOf, isBefore } from '@echelon/calendar';
import type { Act } from '@echelon/contracts';
import type { VersionId } from '@echelon/contracts/ids';
import { PROGRAM_VERSIONS_MAX } from '@echelon/contracts/programs';
import { accept, type Decision, refuse } from '@echelon/decider';
import type { ProgramDocument } from '@echelon/program';
import { refused, replacementFindings } from '@echelon/program/check';
import { type ProgramEvent, type ProgramState, versionOf } from './program.ts';

type Decided<Reason extends string> = Decision<ProgramEvent, Reason>;

export const establish =
  ({ name, now }: Act & { readonly name: string }) =>
  (state: ProgramState): Decided<'key-reused'> =>
    state.status === 'none' ? accept([{ type: 'ProgramEstablished', at: now, data: { name } }]) : refuse('key-reused');

/** What a document is judged beside: the one that it replaces, where a version holds before it. */
export interface Replacing {
  readonly document: ProgramDocument | undefined;
  readonly replaced: ProgramDocument | undefined;
}

/** The document has been checked by itself, and is stored under its hash. */
export const draft =
  ({ versionId, hash, by, now }: Act & { readonly versionId: VersionId; readonly hash: string }) =>
  (state: ProgramState, documents: Replacing): Decided<'not-found' | 'key-reused' | 'too-many-versions' | 'tier-unmapped'> => {
    if (state.status === 'none') return refuse('not-found');
    if (versionOf(state, versionId)) return refuse('key-reused');
    if (state.versions.length >= PROGRAM_VERSIONS_MAX) return refuse('too-many-versions');
    const unmapped = unmappedBy(documents);
    if (unmapped !== undefined) return refuse('tier-unmapped', unmapped);
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
  (state: ProgramState, documents: Replacing): Decided<'not-found' | 'not-approved' | 'day-past' | 'day-taken' | 'tier-unmapped'> => {
    const { document } = documents;
    const version = versionOf(state, versionId);
    if (version === undefined || state.status === 'none' || document === undefined) return refuse('not-found');
    if (version.status !== 'approved') return refuse('not-approved', `This version is ${version.status}.`);
    const today = dayOf(now, document.timeZone);
    if (isBefore(effectiveFrom, today)) return refuse('day-past', `Today is ${today} in ${document.timeZone}.`);
    if (state.timeline.some(({ from }) => from.equals(effectiveFrom))) return refuse('day-taken');
    const unmapped = unmappedBy(documents);
    if (unmapped !== undefined) return refuse('tier-unmapped', unmapped);
    return accept([{ type: 'ProgramVersionActivated', at: now, data: { versionId, hash: version.hash, effectiveFrom, document } }]);
  };

/** What the document’s migration leaves of the tiers before it, in words; undefined where it moves them all, or says nothing of moving. */
const unmappedBy = ({ document, replaced }: Replacing): string | undefined => {
  const left = document && replaced ? refused(replacementFindings(document, replaced)) : [];
  return left.length === 0 ? undefined : `The migration ${left.map(({ message }) => message).join('; ')}.`;
};

import { startOfDay } from '@echelon/calendar';
import type { Happened } from '@echelon/contracts';
import { ProgramId, type VersionId } from '@echelon/contracts/ids';
import type { PartnerProgram, ProgramVersion, programEvents } from '@echelon/contracts/programs';
import { withHolding } from '@echelon/program/timeline';

export type ProgramState = { readonly status: 'none'; readonly id: ProgramId } | PartnerProgram;
export type ProgramEvent = Happened<typeof programEvents>;

export const none = (id: string): ProgramState => ({ status: 'none', id: ProgramId.parse(id) });

export const evolve = (state: ProgramState, { type, at, data }: ProgramEvent): ProgramState => {
  if (type === 'ProgramEstablished') return { status: 'established', id: state.id, name: data.name, establishedAt: at, versions: [], timeline: [] };
  if (state.status === 'none') throw new Error(`${type} of a program that was never established`);
  switch (type) {
    case 'ProgramVersionDrafted': {
      const { versionId, hash, by } = data;
      return { ...state, versions: [...state.versions, { status: 'draft', versionId, hash, draftedBy: by, draftedAt: at }] };
    }
    case 'ProgramVersionApproved':
      return changed(state, data.versionId, (version) => ({ ...version, status: 'approved', approvedBy: data.by, approvedAt: at }));
    case 'ProgramVersionActivated': {
      const { versionId, hash, effectiveFrom, document } = data;
      const activated = changed(state, versionId, (version) => {
        if (version.status !== 'approved') throw new Error(`${versionId} was activated while ${version.status}`);
        return { ...version, status: 'active', effectiveFrom };
      });
      const holding = { from: effectiveFrom, at: startOfDay(effectiveFrom, document.timeZone), versionId, hash };
      return { ...activated, timeline: withHolding(state.timeline, holding) };
    }
  }
};

const changed = (state: PartnerProgram, versionId: VersionId, change: (version: ProgramVersion) => ProgramVersion): PartnerProgram => ({
  ...state,
  versions: state.versions.map((version) => (version.versionId === versionId ? change(version) : version)),
});

/** Partners see a program once a version holds, or will. */
export const isPublic = ({ timeline }: PartnerProgram): boolean => timeline.length > 0;

export const versionOf = (state: ProgramState, versionId: VersionId): ProgramVersion | undefined =>
  state.status === 'none' ? undefined : state.versions.find((version) => version.versionId === versionId);

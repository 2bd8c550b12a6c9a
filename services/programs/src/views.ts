import { type Day, dayOf, earlier, Instant, isBefore } from '@echelon/calendar';
import type { ProgramId, VersionId } from '@echelon/contracts/ids';
import type { PartnerProgram } from '@echelon/contracts/programs';
import { refuse } from '@echelon/decider';
import type { Caller } from '@echelon/lambda';
import { ProgramDocument } from '@echelon/program';
import { changesBetween } from '@echelon/program/changes';
import { inForceOn } from '@echelon/program/in-force';
import { partnersView } from '@echelon/program/partners-view';
import { holdingAt, holdingOn, spanOf, type Timeline } from '@echelon/program/timeline';
import type { Repository } from '@echelon/store';
import * as z from 'zod';
import { type ProgramEvent, type ProgramState, versionOf } from './program.ts';
import type { Documents } from './store.ts';

/** Drafts are the vendor's: partners see the versions that hold or will. */
export const programFor =
  ({ sees }: Caller) =>
  (program: PartnerProgram): PartnerProgram =>
    sees === 'all' ? program : { ...program, versions: program.versions.filter(({ status }) => status === 'active') };

/** Named accounts and budgets are the vendor's. */
export const documentFor =
  ({ sees }: Caller) =>
  (document: ProgramDocument): ProgramDocument =>
    sees === 'all' ? document : partnersView(document);

export const versionsOf = ({ versions, timeline }: PartnerProgram) =>
  versions.map((version) => {
    const holds = spanOf(timeline, version.versionId);
    return { version, ...(holds && { holds }) };
  });

interface Asked {
  readonly programId: ProgramId;
  /** EffectiveTime; today where nothing is said. */
  readonly on?: Day | undefined;
  /** RecordedTime; all that is known where nothing is said. */
  readonly known?: Instant | undefined;
  readonly now: Instant;
}
interface Reading {
  readonly programs: Repository<ProgramState, ProgramEvent>;
  readonly documents: Documents;
}

export const inForce = async ({ programId, on, known, now }: Asked, caller: Caller, { programs, documents }: Reading) => {
  const found = await programs.find(programId, caller);
  if ('refused' in found) return found;
  const timeline = known === undefined || !isBefore(known, now) ? found.state.timeline : await timelineAt(programs, programId, known);
  const holding = on === undefined ? holdingAt(timeline, now) : holdingOn(timeline, on);
  const document = holding && (await documents.get(holding.hash));
  const holds = holding && spanOf(timeline, holding.versionId);
  if (!holding || !document || !holds) return refuse('not-found', 'No version of the program holds then, by what was known at that instant.');
  // Where the next version counts its days further west, this one holds for some hours more than its last day has.
  const today = dayOf(now, document.timeZone);
  const day = on ?? (holds.until ? earlier(today, holds.until) : today);
  // The timeline is of this program's own versions.
  const versionId = holding.versionId as VersionId;
  return { state: { versionId, hash: holding.hash, on: day, holds, document: documentFor(caller)(inForceOn(document, day)) } };
};

/** What was decided at that very instant was known then: the store knows what was recorded before a time. */
const timelineAt = async (programs: Reading['programs'], programId: ProgramId, known: Instant): Promise<Timeline> =>
  (await programs.asOf(programId, z.encode(Instant, known.add({ milliseconds: 1 }))))?.timeline ?? [];

interface Compared {
  readonly versionId: VersionId;
  readonly since: VersionId;
  readonly caller: Caller;
}
export const changesOf = async (program: PartnerProgram, { versionId, since, caller }: Compared, documents: Documents) => {
  const [before, after] = await Promise.all(
    [since, versionId].map(async (id) => {
      const version = versionOf(programFor(caller)(program), id);
      const document = version && (await documents.get(version.hash));
      return document && z.encode(ProgramDocument, documentFor(caller)(document));
    }),
  );
  return before && after ? { state: { items: changesBetween(before, after) } } : refuse('not-found');
};

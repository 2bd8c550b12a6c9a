import type { Instant } from '@echelon/calendar';
import type { EventMessage } from '@echelon/contracts';
import type { ProgramId, VersionId } from '@echelon/contracts/ids';
import type { InForce, programEvents } from '@echelon/contracts/programs';
import { ProgramDocument } from '@echelon/program';
import { holdingAt, Timeline } from '@echelon/program/timeline';
import { projection, type Table } from '@echelon/store';

/** What a service knows of the vendor's programs, from `ProgramVersionActivated`. */
export interface ProgramBook {
  learn(event: EventMessage<typeof programEvents.ProgramVersionActivated>): Promise<void>;
  /** The version that holds at an instant; none before the first. */
  at(programId: ProgramId, instant: Instant): Promise<InForce | undefined>;
  /** The same where one must hold, because something was decided under it. @throws Behind while it is not here */
  held(programId: ProgramId, instant: Instant): Promise<InForce>;
}

/** A version holds that this service has not been told of yet: try again shortly. */
export class Behind extends Error {
  override readonly name = 'Behind';
}

/** Documents in memory: at 200 KB each, a function keeps at most 10 MB of them. */
const CACHED_MAX = 50;

export const programBook = (table: Table): ProgramBook => {
  const timelines = projection(table, 'PROGRAM', Timeline);
  const documents = projection(table, 'DOCUMENT', ProgramDocument);
  const cache = new Map<string, ProgramDocument>();

  const documentOf = async (hash: string): Promise<ProgramDocument> => {
    const document = cache.get(hash) ?? (await documents.get(hash));
    if (document === undefined) throw new Behind(`document ${hash} is not here yet`);
    const [oldest] = cache.keys();
    if (cache.size >= CACHED_MAX && oldest !== undefined && !cache.has(hash)) cache.delete(oldest);
    cache.set(hash, document);
    return document;
  };
  const at = async (programId: ProgramId, instant: Instant): Promise<InForce | undefined> => {
    const holding = holdingAt((await timelines.get(programId)) ?? [], instant);
    // The timeline is this vendor's own, in which every id is a version's.
    return holding && { versionId: holding.versionId as VersionId, document: await documentOf(holding.hash) };
  };

  return {
    // The document first: a timeline should name what is here. Documents never change, so any version of the row will do.
    learn: async ({ aggregateId, version, state, data }) => {
      await documents.put(data.hash, 1, data.document);
      await timelines.put(aggregateId, version, state.timeline);
    },
    at,
    held: async (programId, instant) => {
      const program = await at(programId, instant);
      if (program === undefined) throw new Behind(`no version of ${programId} is here yet`);
      return program;
    },
  };
};

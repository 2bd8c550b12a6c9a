import { type Day, type Instant, isBefore } from '@echelon/calendar';
import type { EventMessage } from '@echelon/contracts';
import type { ProgramId, VersionId } from '@echelon/contracts/ids';
import type { InForce, programEvents } from '@echelon/contracts/programs';
import { ProgramDocument } from '@echelon/program';
import { type Holding, holdingAt, holdingOn, Timeline } from '@echelon/program/timeline';
import { projection, type Table } from '@echelon/store';

/** What a service knows of the vendor's programs, from `ProgramVersionActivated`. */
export interface ProgramBook {
  learn(event: EventMessage<typeof programEvents.ProgramVersionActivated>): Promise<void>;
  /** The version that holds at an instant; none before the first. */
  at(programId: ProgramId, instant: Instant): Promise<InForce | undefined>;
  /** The version that holds on a day, as the program counts days; none before the first. */
  on(programId: ProgramId, day: Day): Promise<InForce | undefined>;
  /** When its first version took force, or will. */
  begunAt(programId: ProgramId): Promise<Instant | undefined>;
  /** The version that something was decided under, whatever has taken force since. @throws Behind while it is not here */
  under(programId: ProgramId, versionId: VersionId): Promise<InForce>;
  /** Every version that has held until an instant, in order of their first days; the last one holds then. @throws Behind while none is here */
  history(programId: ProgramId, until: Instant): Promise<readonly [Past, ...Past[]]>;
}
export interface Past extends InForce {
  readonly from: Day;
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
  // The timeline is this vendor's own, in which every id is a version's.
  const inForce = async ({ versionId, hash }: Holding): Promise<InForce> => ({ versionId: versionId as VersionId, document: await documentOf(hash) });
  const find = async (programId: ProgramId, holds: (timeline: Timeline) => Holding | undefined): Promise<InForce | undefined> => {
    const holding = holds((await timelines.get(programId)) ?? []);
    return holding && inForce(holding);
  };
  const at = (programId: ProgramId, instant: Instant) => find(programId, (timeline) => holdingAt(timeline, instant));
  const present = (program: InForce | undefined, which: string): InForce => {
    if (program === undefined) throw new Behind(`${which} is not here yet`);
    return program;
  };

  return {
    // The document first: a timeline should name what is here. Documents never change, so any version of the row will do.
    learn: async ({ aggregateId, version, state, data }) => {
      await documents.put(data.hash, 1, data.document);
      await timelines.put(aggregateId, version, state.timeline);
    },
    at,
    on: (programId, day) => find(programId, (timeline) => holdingOn(timeline, day)),
    begunAt: async (programId) => (await timelines.get(programId))?.[0]?.at,
    under: async (programId, versionId) =>
      present(await find(programId, (timeline) => timeline.find((holding) => holding.versionId === versionId)), versionId),
    history: async (programId, until) => {
      const held = ((await timelines.get(programId)) ?? []).filter((holding) => !isBefore(until, holding.at));
      const [first, ...rest] = await Promise.all(held.map(async (holding) => ({ ...(await inForce(holding)), from: holding.from })));
      if (first === undefined) throw new Behind(`no version of ${programId} that held at ${until} is here yet`);
      return [first, ...rest];
    },
  };
};

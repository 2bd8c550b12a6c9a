import { ProgramId, VersionId } from '@echelon/contracts/ids';
import { PAGE_DEFAULT } from '@echelon/contracts/paging';
import type { programs as contract } from '@echelon/contracts/programs';
import { refuse } from '@echelon/decider';
import { newId, type Rows } from '@echelon/lambda';
import type { ProgramDocument } from '@echelon/program';
import { check, refused, replacementFindings, reported, sizeFindings } from '@echelon/program/check';
import { holdingAfter, holdingBefore, holdingOn } from '@echelon/program/timeline';
import type { Repository } from '@echelon/store';
import { activate, approve, draft, establish, faulty, inBody } from './commands.ts';
import { isPublic, type ProgramEvent, type ProgramState, versionOf } from './program.ts';
import { ALL, type Documents, hashOf, type listPrograms } from './store.ts';
import { changesOf, documentFor, inForce, programFor, versionsOf } from './views.ts';

export interface Deps {
  readonly programs: Repository<ProgramState, ProgramEvent>;
  readonly documents: Documents;
  readonly list: ReturnType<typeof listPrograms>;
}

export const api: Rows<typeof contract, Deps> = {
  establish: ({ body, caller, cause, now }, { programs }) =>
    programs.decide(newId(ProgramId, cause), cause, establish({ ...body, by: caller.principal, now })),

  list: async ({ query: { cursor, limit = PAGE_DEFAULT }, caller }, { list }) => {
    const { items, ...rest } = await list({ index: 'all', partition: ALL, limit, cursor });
    return {
      state: {
        items: items
          .map(({ state }) => state)
          .filter((program) => caller.sees === 'all' || isPublic(program))
          .map(programFor(caller)),
        ...rest,
      },
    };
  },

  get: async ({ params, caller }, { programs }) => {
    const found = await programs.find(params.programId, caller);
    return 'refused' in found ? found : { ...found, state: programFor(caller)(found.state) };
  },

  draft: async ({ params, body: { document }, caller, cause, now }, { programs, documents }) => {
    const large = sizeFindings(document);
    if (large.length > 0) return faulty('document-too-large', large, inBody);
    const versionId = newId(VersionId, cause);
    const drafting = draft({ versionId, hash: hashOf(document), by: caller.principal, now });
    const outcome = await programs.decide(params.programId, cause, {
      facts: async (reading) => {
        const faults = refused(check(document));
        // No version names what is not stored, and what is refused is not stored: so it is put where it will be taken, before the commit.
        if ('events' in drafting(await reading, faults)) await documents.put(document);
        return faults;
      },
      command: drafting,
    });
    if ('refused' in outcome) return outcome;
    return { ...outcome, state: { ...outcome.state, findings: await toldOf({ versionId, document }, outcome.state, documents) } };
  },

  versions: async ({ params, caller }, { programs }) => {
    const found = await programs.find(params.programId, caller);
    return 'refused' in found ? found : { state: { items: versionsOf(programFor(caller)(found.state)) } };
  },

  inForce: ({ params, query, caller, now }, deps) => inForce({ ...params, ...query, now }, caller, deps),

  version: async ({ params, caller }, { programs, documents }) => {
    const found = await programs.find(params.programId, caller);
    if ('refused' in found) return found;
    const version = versionOf(programFor(caller)(found.state), params.versionId);
    const document = version && (await documents.get(version.hash));
    if (!version || !document) return refuse('not-found');
    if (caller.sees !== 'all') return { state: { version, document: documentFor(caller)(document) } };
    return { state: { version, document, findings: await toldOf({ ...params, document }, found.state, documents) } };
  },

  changes: async ({ params, query, caller }, { programs, documents }) => {
    const found = await programs.find(params.programId, caller);
    return 'refused' in found ? found : changesOf(found.state, { ...params, ...query, caller }, documents);
  },

  approve: ({ params, caller, cause, now }, { programs }) =>
    programs.decide(params.programId, cause, approve({ versionId: params.versionId, by: caller.principal, now })),

  activate: ({ params, body, caller, cause, now }, { programs, documents }) =>
    programs.decide(params.programId, cause, {
      facts: async (reading) => {
        const state = await reading;
        const timeline = state.status === 'none' ? [] : state.timeline;
        const after = holdingAfter(timeline, body.effectiveFrom);
        const named = [versionOf(state, params.versionId), holdingOn(timeline, body.effectiveFrom), after];
        const [document, replaced, next] = await Promise.all(named.map(async (one) => one && documents.get(one.hash)));
        return { document, replaced, following: after && next && { document: next, from: after.from } };
      },
      command: activate({ ...params, ...body, by: caller.principal, now }),
    }),
};

interface Told {
  readonly versionId: VersionId;
  readonly document: ProgramDocument;
}
/**
 * What whoever drafts a version is told, and whoever reads it before approving: also what would be refused beside the version that it
 * replaces as things stand. Which one it does replace is known once it has a day.
 */
const toldOf = async ({ versionId, document }: Told, state: ProgramState, documents: Documents) => {
  const replaced = await replacedBy(versionId, state, documents);
  const found = [...(replaced ? replacementFindings(document, replaced) : []), ...reported(check(document))];
  return found.map(({ pointer, message }) => ({ pointer, message }));
};

/** The document that a version replaces, or will as things stand. */
const replacedBy = async (versionId: VersionId, state: ProgramState, documents: Documents): Promise<ProgramDocument | undefined> => {
  const holding = state.status === 'none' ? undefined : holdingBefore(state.timeline, versionId);
  return holding && documents.get(holding.hash);
};

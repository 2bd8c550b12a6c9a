import { ProgramId, VersionId } from '@echelon/contracts/ids';
import { PAGE_DEFAULT } from '@echelon/contracts/paging';
import type { programs as contract } from '@echelon/contracts/programs';
import { refuse } from '@echelon/decider';
import { newId, type Rows } from '@echelon/lambda';
import type { ProgramDocument } from '@echelon/program';
import { check, type Found, refused, reported, sizeFindings } from '@echelon/program/check';
import { holdingOn } from '@echelon/program/timeline';
import type { Repository } from '@echelon/store';
import { activate, approve, draft, establish } from './commands.ts';
import { type ProgramEvent, type ProgramState, versionOf } from './program.ts';
import { ALL, type Documents, type listPrograms } from './store.ts';
import { changesOf, inForce, programFor, versionsOf } from './views.ts';

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
    return { state: { items: items.map(({ state }) => programFor(caller)(state)), ...rest } };
  },

  get: async ({ params, caller }, { programs }) => {
    const found = await programs.find(params.programId, caller);
    return 'refused' in found ? found : { ...found, state: programFor(caller)(found.state) };
  },

  draft: async ({ params, body: { document }, caller, cause, now }, { programs, documents }) => {
    const large = sizeFindings(document);
    if (large.length > 0) return { ...refuse('document-too-large'), faults: faultsOf(large) };
    const faulty = refused(check(document));
    if (faulty.length > 0) return { refused: 'invalid', faults: faultsOf(faulty) };
    const found = await programs.find(params.programId, caller);
    if ('refused' in found) return found;
    const hash = await documents.put(document);
    const outcome = await programs.decide(params.programId, cause, {
      facts: async (state) => ({ document, replaced: await latest(await state, documents) }),
      command: draft({ versionId: newId(VersionId, cause), hash, by: caller.principal, now }),
    });
    if ('refused' in outcome)
      return outcome.refused === 'tier-unmapped'
        ? { ...outcome, faults: faultsOf([{ pointer: '/migration/tiers', message: outcome.because ?? outcome.refused }]) }
        : outcome;
    return { ...outcome, state: { ...outcome.state, ...told(check(document, await latest(found.state, documents))) } };
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
    return version && document ? { state: { version, document, ...(caller.sees === 'all' && told(check(document))) } } : refuse('not-found');
  },

  changes: async ({ params, query, caller }, { programs, documents }) => {
    const found = await programs.find(params.programId, caller);
    return 'refused' in found ? found : changesOf(programFor(caller)(found.state), { ...params, ...query }, documents);
  },

  approve: ({ params, caller, cause, now }, { programs }) =>
    programs.decide(params.programId, cause, approve({ versionId: params.versionId, by: caller.principal, now })),

  activate: ({ params, body, caller, cause, now }, { programs, documents }) =>
    programs.decide(params.programId, cause, {
      facts: async (reading) => {
        const state = await reading;
        const [version, before] = [
          versionOf(state, params.versionId),
          state.status === 'none' ? undefined : holdingOn(state.timeline, body.effectiveFrom),
        ];
        const [document, replaced] = await Promise.all([version, before].map(async (one) => one && documents.get(one.hash)));
        return { document, replaced };
      },
      command: activate({ ...params, ...body, by: caller.principal, now }),
    }),
};

/** The document that a draft would replace as things stand: of the version that holds last. */
const latest = async (state: ProgramState, documents: Documents): Promise<ProgramDocument | undefined> => {
  const holding = state.status === 'none' ? undefined : state.timeline.at(-1);
  return holding && documents.get(holding.hash);
};

const faultsOf = (findings: readonly { readonly pointer: string; readonly message: string }[]) =>
  findings.map(({ pointer, message }) => ({ in: 'body' as const, pointer: `/document${pointer}`, message }));

const told = (found: readonly Found[]) => ({ findings: reported(found).map(({ pointer, message }) => ({ pointer, message })) });

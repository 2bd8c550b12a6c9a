import { ProgramId, VersionId } from '@echelon/contracts/ids';
import { PAGE_DEFAULT } from '@echelon/contracts/paging';
import type { programs as contract } from '@echelon/contracts/programs';
import { refuse } from '@echelon/decider';
import { newId, type Rows } from '@echelon/lambda';
import { DOCUMENT_BYTES_MAX, ProgramDocument } from '@echelon/program';
import { check, refused } from '@echelon/program/check';
import type { Repository } from '@echelon/store';
import * as z from 'zod';
import { activate, approve, draft, establish } from './commands.ts';
import { type ProgramEvent, type ProgramState, versionOf } from './program.ts';
import { ALL, type Documents, type listPrograms } from './store.ts';
import { programFor } from './views.ts';

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
    if (Buffer.byteLength(JSON.stringify(z.encode(ProgramDocument, document))) > DOCUMENT_BYTES_MAX) return refuse('document-too-large');
    const findings = refused(check(document));
    if (findings.length > 0)
      return { refused: 'invalid', faults: findings.map(({ pointer, message }) => ({ in: 'body', pointer: `/document${pointer}`, message })) };
    const found = await programs.find(params.programId, caller);
    if ('refused' in found) return found;
    const hash = await documents.put(document);
    return programs.decide(params.programId, cause, draft({ versionId: newId(VersionId, cause), hash, by: caller.principal, now }));
  },

  version: async ({ params, caller }, { programs, documents }) => {
    const found = await programs.find(params.programId, caller);
    if ('refused' in found) return found;
    const version = versionOf(programFor(caller)(found.state), params.versionId);
    const document = version && (await documents.get(version.hash));
    return version && document ? { state: { version, document } } : refuse('not-found');
  },

  approve: ({ params, caller, cause, now }, { programs }) =>
    programs.decide(params.programId, cause, approve({ versionId: params.versionId, by: caller.principal, now })),

  activate: async ({ params, body, caller, cause, now }, { programs, documents }) => {
    const found = await programs.find(params.programId, caller);
    const version = 'refused' in found ? undefined : versionOf(found.state, params.versionId);
    const document = version && (await documents.get(version.hash));
    return programs.decide(params.programId, cause, (state) => activate({ ...params, ...body, by: caller.principal, now })(state, document));
  },
};

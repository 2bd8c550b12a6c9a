import { PartnerId, SpecializationId } from '@echelon/contracts/ids';
import { PAGE_DEFAULT } from '@echelon/contracts/paging';
import type { partners as contract } from '@echelon/contracts/partners';
import { refuse } from '@echelon/decider';
import { newId, type Rows } from '@echelon/lambda';
import type { Deps } from '../deps.ts';
import { actsFor, peopleOf, readGroup, readOwnGroup, readProgram } from '../reads.ts';
import { lists } from '../store.ts';
import { activityFacts } from './activity.ts';
import { admit, apply, changeEnrollment, enroll, vet } from './admission.ts';
import { settleAdmissionFee, waiveAdmissionFee } from './admission-fee.ts';
import { group } from './group.ts';
import { keep } from './inactivity.ts';
import { beginOffboarding, leave, ofRecord, reinstate, suspend } from './lifecycle.ts';
import { grantSpecialization, revokeSpecialization } from './specializations.ts';
import { chooseTrack, confirmTrack, declineTrack } from './tracks.ts';

type Needs = Pick<Deps, 'partners' | 'listPartners' | 'listPeople' | 'claims' | 'tallies' | 'activity' | 'programs'>;

export const partnerRows = {
  apply: ({ body, caller, cause, now }, { partners }) =>
    partners.decide(newId(PartnerId, cause), cause, apply({ application: body, by: caller.principal, now })),

  list: async ({ query: { cursor, limit = PAGE_DEFAULT } }, { listPartners }) => {
    const { items, ...rest } = await listPartners({ ...lists.partners, limit, cursor });
    return { state: { items: items.map(({ state }) => state), ...rest } };
  },

  get: ({ params, caller }, { partners }) => partners.find(params.partnerId, caller),

  vet: ({ params, body, caller, cause, now }, { partners }) =>
    partners.decide(params.partnerId, cause, vet({ verdict: body, by: caller.principal, now })),

  admit: ({ params, body, caller, cause, now }, { partners }) =>
    partners.decide(params.partnerId, cause, admit({ ...body, by: caller.principal, now })),

  enroll: ({ params, body, caller, cause, now }, { partners, ...deps }) =>
    partners.decide(params.partnerId, cause, {
      facts: () => readProgram(body.programId, now, deps),
      command: enroll({ ...body, by: caller.principal, now }),
    }),

  changeEnrollment: ({ params: { partnerId, programId }, body, caller, cause, now }, { partners, programs }) =>
    partners.decide(partnerId, cause, {
      facts: () => programs.at(programId, now),
      command: changeEnrollment({ programId, ...body, by: caller.principal, now }),
    }),

  chooseTrack: async ({ params: { partnerId, programId }, body, caller, cause, now }, { partners, programs }) => {
    if (!actsFor(caller, partnerId)) return refuse('not-found');
    const choosing = { facts: () => programs.at(programId, now), command: chooseTrack({ programId, ...body, by: caller.principal, now }) };
    return partners.decide(partnerId, cause, choosing);
  },

  confirmTrack: ({ params: { partnerId, ...on }, body, caller, cause, now }, { partners, programs }) =>
    partners.decide(partnerId, cause, {
      facts: () => programs.at(on.programId, now),
      command: confirmTrack({ ...on, ...body, by: caller.principal, now }),
    }),

  declineTrack: ({ params: { partnerId, ...on }, body, caller, cause, now }, { partners }) =>
    partners.decide(partnerId, cause, declineTrack({ ...on, ...body, by: caller.principal, now })),

  settleAdmissionFee: ({ params: { partnerId, programId }, body, caller, cause, now }, { partners, programs }) =>
    partners.decide(partnerId, cause, {
      facts: () => programs.at(programId, now),
      command: settleAdmissionFee({ programId, ...body, by: caller.principal, now }),
    }),

  waiveAdmissionFee: ({ params: { partnerId, programId }, body, caller, cause, now }, { partners }) =>
    partners.decide(partnerId, cause, waiveAdmissionFee({ programId, ...body, by: caller.principal, now })),

  suspend: ({ params, body, caller, cause, now }, { partners }) =>
    partners.decide(params.partnerId, cause, suspend({ ...body, by: caller.principal, now })),

  reinstate: ({ params, body, caller, cause, now }, { partners }) =>
    partners.decide(params.partnerId, cause, reinstate({ ...body, by: caller.principal, now })),

  beginOffboarding: ({ params, body, caller, cause, now }, { partners }) =>
    partners.decide(params.partnerId, cause, beginOffboarding({ ...body, by: caller.principal, now })),

  leave: ({ params, caller, cause, now }, { partners, tallies, claims }) =>
    partners.decide(params.partnerId, cause, {
      facts: async (loading) => {
        const [tally, lines] = await Promise.all([tallies.read(ofRecord(params.partnerId)), readOwnGroup(loading, { claims })]);
        return { tally, ...lines };
      },
      command: leave({ by: caller.principal, now }),
    }),

  group: ({ params, body, caller, cause, now }, { partners, ...deps }) =>
    partners.decide(params.partnerId, cause, {
      facts: (loading) => readGroup(loading, { parentId: body.parentId, caller }, { partners, ...deps }),
      command: group({ ...body, by: caller.principal, now }),
    }),

  subsidiaries: async ({ params: { partnerId }, query: { cursor, limit = PAGE_DEFAULT }, caller }, { partners, listPartners }) => {
    const found = await partners.find(partnerId, caller);
    if ('refused' in found) return found;
    const { items, ...rest } = await listPartners({ ...lists.subsidiaries(partnerId), limit, cursor });
    return { state: { items: items.map(({ state }) => state), ...rest } };
  },

  keep: ({ params, body, caller, cause, now }, { partners, ...deps }) =>
    partners.decide(params.partnerId, cause, {
      facts: activityFacts(deps, now),
      command: keep({ ...body, by: caller.principal, now }),
    }),

  grantSpecialization: ({ params: { partnerId }, body, caller, cause, now }, { partners, programs, listPeople }) => {
    const facts = async () => {
      const [program, people] = await Promise.all([programs.at(body.programId, now), peopleOf(partnerId, { listPeople })]);
      return { program, people };
    };
    const id = newId(SpecializationId, cause);
    const command = grantSpecialization({ id, ...body, by: caller.principal, now });
    return partners.decide(partnerId, cause, { facts, command });
  },

  revokeSpecialization: ({ params: { partnerId, specializationId }, body, caller, cause, now }, { partners }) =>
    partners.decide(partnerId, cause, revokeSpecialization({ specializationId, ...body, by: caller.principal, now })),
} satisfies Partial<Rows<typeof contract, Needs>>;

import { PartnerId, SpecializationId } from '@echelon/contracts/ids';
import { PAGE_DEFAULT, PAGE_MAX } from '@echelon/contracts/paging';
import type { partners as contract, Person } from '@echelon/contracts/partners';
import { newId, type Rows } from '@echelon/lambda';
import type { Deps } from '../deps.ts';
import { lists } from '../store.ts';
import { activityFacts } from './activity.ts';
import { admit, apply, changeEnrollment, enroll, vet } from './admission.ts';
import { keep } from './inactivity.ts';
import { beginOffboarding, leave, ofRecord, reinstate, suspend } from './lifecycle.ts';
import { grantSpecialization, revokeSpecialization } from './specializations.ts';

type Needs = Pick<Deps, 'partners' | 'listPartners' | 'listPeople' | 'tallies' | 'activity' | 'programs'>;

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

  enroll: ({ params, body, cause, now }, { partners, programs }) =>
    partners.decide(params.partnerId, cause, { facts: () => programs.at(body.programId, now), command: enroll({ ...body, now }) }),

  changeEnrollment: ({ params: { partnerId, programId }, body, caller, cause, now }, { partners, programs }) =>
    partners.decide(partnerId, cause, {
      facts: () => programs.at(programId, now),
      command: changeEnrollment({ programId, ...body, by: caller.principal, now }),
    }),

  suspend: ({ params, body, caller, cause, now }, { partners }) =>
    partners.decide(params.partnerId, cause, suspend({ ...body, by: caller.principal, now })),

  reinstate: ({ params, body, caller, cause, now }, { partners }) =>
    partners.decide(params.partnerId, cause, reinstate({ ...body, by: caller.principal, now })),

  beginOffboarding: ({ params, body, caller, cause, now }, { partners }) =>
    partners.decide(params.partnerId, cause, beginOffboarding({ ...body, by: caller.principal, now })),

  leave: ({ params, caller, cause, now }, { partners, tallies }) =>
    partners.decide(params.partnerId, cause, {
      facts: () => tallies.read(ofRecord(params.partnerId)),
      command: leave({ by: caller.principal, now }),
    }),

  keep: ({ params, body, caller, cause, now }, { partners, ...deps }) =>
    partners.decide(params.partnerId, cause, {
      facts: activityFacts(deps, now),
      command: keep({ ...body, by: caller.principal, now }),
    }),

  grantSpecialization: ({ params: { partnerId }, body, caller, cause, now }, { partners, programs, listPeople }) => {
    const facts = async () => {
      const [program, people] = await Promise.all([programs.at(body.programId, now), peopleOf(partnerId, listPeople)]);
      return { program, people };
    };
    const id = newId(SpecializationId, cause);
    return partners.decide(partnerId, cause, { facts, command: grantSpecialization({ id, ...body, by: caller.principal, now }) });
  },

  revokeSpecialization: ({ params: { partnerId, specializationId }, body, caller, cause, now }, { partners }) =>
    partners.decide(partnerId, cause, revokeSpecialization({ specializationId, ...body, by: caller.principal, now })),
} satisfies Partial<Rows<typeof contract, Needs>>;

/** A partner's people are looked at up to this many: more than any partner has certified. */
const PEOPLE_PAGES_MAX = 20;

const peopleOf = async (partnerId: PartnerId, listPeople: Deps['listPeople']): Promise<readonly Person[]> => {
  const people: Person[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < PEOPLE_PAGES_MAX; pages++) {
    const { items, next } = await listPeople({ ...lists.people(partnerId), limit: PAGE_MAX, cursor });
    people.push(...items.map(({ state }) => state));
    cursor = next;
    if (cursor === undefined) break;
  }
  return people;
};

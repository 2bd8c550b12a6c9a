import type { Role } from '@echelon/contracts';
import { CertificationId, PersonId } from '@echelon/contracts/ids';
import { PAGE_DEFAULT } from '@echelon/contracts/paging';
import type { partners as contract } from '@echelon/contracts/partners';
import { refuse } from '@echelon/decider';
import { type Caller, newId, type Rows } from '@echelon/lambda';
import type { Deps } from '../deps.ts';
import { actsFor } from '../reads.ts';
import { lists } from '../store.ts';
import { grantCertification, revokeCertification } from './certifications.ts';
import { add, anonymise, changeRoles, correctRecord, endEmployment } from './employment.ts';

type Needs = Pick<Deps, 'partners' | 'people' | 'listPeople' | 'programs'>;

/** Of the vendor's people those who work with persons by their names; the others work with ids. */
const readers: readonly (Role | 'public')[] = ['channel-manager', 'auditor'];
/** A person is seen by its own partner; so a record that is asked for by a partner is its own. */
const readsRecord = ({ sees, role }: Caller): boolean => sees === 'own' || readers.includes(role);

export const personRows = {
  addPerson: async ({ params: { partnerId }, body, caller, cause, now }, { people, partners }) => {
    if (!actsFor(caller, partnerId)) return refuse('not-found');
    const facts = async () => {
      const found = await partners.find(partnerId, caller);
      return 'refused' in found ? undefined : found.state;
    };
    return people.decide(newId(PersonId, cause), cause, { facts, command: add({ partnerId, ...body, by: caller.principal, now }) });
  },

  people: async ({ params: { partnerId }, query: { cursor, limit = PAGE_DEFAULT }, caller }, { partners, listPeople }) => {
    const partner = actsFor(caller, partnerId) ? await partners.find(partnerId, caller) : refuse('not-found');
    if ('refused' in partner) return partner;
    const { items, ...rest } = await listPeople({ ...lists.people(partnerId), limit, cursor });
    return { state: { items: items.map(({ state }) => state), ...rest } };
  },

  person: async ({ params: { personId }, caller }, { people }) => {
    const found = await people.find(personId, caller);
    if ('refused' in found) return found;
    const record = readsRecord(caller) ? await people.record(personId) : undefined;
    return { ...found, state: { person: found.state, ...(record && { record }) } };
  },

  changeRoles: ({ params, body, caller, cause, now }, { people }) =>
    people.decide(params.personId, cause, changeRoles({ ...body, by: caller.principal, now })),

  correctRecord: ({ params, body, caller, cause, now }, { people }) =>
    people.decide(params.personId, cause, correctRecord({ record: body, by: caller.principal, now })),

  endEmployment: ({ params, body, caller, cause, now }, { people }) =>
    people.decide(params.personId, cause, endEmployment({ ...body, by: caller.principal, now })),

  anonymise: ({ params, caller, cause, now }, { people }) => people.decide(params.personId, cause, anonymise({ by: caller.principal, now })),

  grantCertification: ({ params, body, caller, cause, now }, { people, programs }) =>
    people.decide(params.personId, cause, {
      facts: () => programs.at(body.programId, now),
      command: grantCertification({ id: newId(CertificationId, cause), ...body, by: caller.principal, now }),
    }),

  revokeCertification: ({ params: { personId, certificationId }, body, caller, cause, now }, { people }) =>
    people.decide(personId, cause, revokeCertification({ certificationId, ...body, by: caller.principal, now })),
} satisfies Partial<Rows<typeof contract, Needs>>;

import type { Happened } from '@echelon/contracts';
import { PersonId } from '@echelon/contracts/ids';
import type { Person, personEvents } from '@echelon/contracts/partners';
import { was } from '@echelon/decider';
import { placed } from '../held.ts';

export type PersonState = { readonly status: 'none'; readonly id: PersonId } | Person;
export type PersonEvent = Happened<typeof personEvents>;

export const none = (id: string): PersonState => ({ status: 'none', id: PersonId.parse(id) });

const known = ['employed', 'former', 'anonymised'] as const;

export const evolve = (state: PersonState, { type, at, data }: PersonEvent): PersonState => {
  switch (type) {
    case 'PersonAdded': {
      const { by: _, ...added } = data;
      return { status: 'employed', id: state.id, ...added, certifications: [] };
    }
    case 'PersonRolesChanged':
      return { ...was(state, type, 'employed'), roles: data.roles };
    case 'PersonRecordCorrected':
      return was(state, type, 'employed', 'former');
    case 'PersonLeft':
      return { ...was(state, type, 'employed'), status: 'former', employedUntil: data.employedUntil };
    case 'PersonAnonymised':
      return { ...was(state, type, 'former'), status: 'anonymised', anonymisedAt: at };
    case 'CertificationGranted':
    case 'CertificationRevoked':
    case 'CertificationExpiryNoticed':
    case 'CertificationExpired': {
      const person = was(state, type, ...known);
      return { ...person, certifications: placed(person.certifications, data.certification, ({ id }) => id) };
    }
  }
};

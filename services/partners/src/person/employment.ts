/** A person from the first day to the last, and the record in which the person has a name. */
import { type Day, dayOf, isBefore, TimeZone } from '@echelon/calendar';
import type { Act } from '@echelon/contracts';
import type { PartnerId } from '@echelon/contracts/ids';
import type { Partner, PersonRecord } from '@echelon/contracts/partners';
import { accept, type Decision, refuse } from '@echelon/decider';
import type { Key } from '@echelon/program';
import type { PersonEvent, PersonState } from './person.ts';

type Decided<Reason extends string> = Decision<PersonEvent, Reason>;

export interface Addition extends Act {
  readonly partnerId: PartnerId;
  readonly record: PersonRecord;
  readonly roles: Key[];
  readonly employedFrom: Day;
}

/** Of a partner that is here; suspended or leaving, its people are still its people. */
export const add =
  ({ partnerId, record, roles, employedFrom, by, now }: Addition) =>
  (state: PersonState, partner: Partner | undefined): Decided<'key-reused' | 'not-found' | 'not-admitted'> => {
    if (state.status !== 'none') return refuse('key-reused');
    if (partner === undefined) return refuse('not-found');
    if (!('enrollments' in partner) || partner.status === 'left') return refuse('not-admitted', `The partner is ${partner.status}.`);
    return accept([{ type: 'PersonAdded', at: now, data: { partnerId, roles, employedFrom, by } }], { record });
  };

export const changeRoles =
  ({ roles, by, now }: Act & { readonly roles: Key[] }) =>
  (state: PersonState): Decided<'not-found' | 'not-employed'> => {
    if (state.status === 'none') return refuse('not-found');
    if (state.status !== 'employed') return refuse('not-employed', `The person is ${state.status}.`);
    return accept([{ type: 'PersonRolesChanged', at: now, data: { roles, by } }]);
  };

/** History says that it was corrected, by whom and when; not from what to what. */
export const correctRecord =
  ({ record, by, now }: Act & { readonly record: PersonRecord }) =>
  (state: PersonState): Decided<'not-found' | 'anonymised'> => {
    if (state.status === 'none') return refuse('not-found');
    if (state.status === 'anonymised') return refuse('anonymised');
    return accept([{ type: 'PersonRecordCorrected', at: now, data: { by } }], { record });
  };

/** What the person is certified in ends with the employment, each by its own event; what ended before stays as it was. */
export const endEmployment =
  ({ employedUntil, by, now }: Act & { readonly employedUntil: Day }) =>
  (state: PersonState): Decided<'not-found' | 'not-employed' | 'ends-before-it-starts'> => {
    if (state.status === 'none') return refuse('not-found');
    if (state.status !== 'employed') return refuse('not-employed', `The person is ${state.status}.`);
    if (isBefore(employedUntil, state.employedFrom)) return refuse('ends-before-it-starts', `The first day was ${state.employedFrom}.`);
    const ending = state.certifications.filter(({ until }) => isBefore(employedUntil, until));
    const reason = 'The employment ended.';
    return accept([
      { type: 'PersonLeft', at: now, data: { employedUntil, by } },
      ...ending.map(
        (held): PersonEvent => ({
          type: 'CertificationRevoked',
          at: now,
          data: { certification: { ...held, until: employedUntil, ended: 'revoked' }, reason, by },
        }),
      ),
    ]);
  };

/** Where days end last: a person works wherever, and a day that is over here is over everywhere. */
const LAST_ZONE = TimeZone.parse('Etc/GMT+12');

export const anonymise =
  ({ by, now }: Act) =>
  (state: PersonState): Decided<'not-found' | 'still-employed' | 'anonymised'> => {
    if (state.status === 'none') return refuse('not-found');
    if (state.status === 'employed') return refuse('still-employed');
    if (state.status === 'anonymised') return refuse('anonymised');
    if (!isBefore(state.employedUntil, dayOf(now, LAST_ZONE))) return refuse('still-employed', `The last day is ${state.employedUntil}.`);
    return accept([{ type: 'PersonAnonymised', at: now, data: { by } }], { record: null });
  };

import { dayOf, Instant, TimeZone } from '@echelon/calendar';
import type { partners as contract } from '@echelon/contracts/partners';
import { type SweepRows, throughout } from '@echelon/lambda';
import * as z from 'zod';
import type { Deps as All } from './deps.ts';
import { activityFacts } from './partner/activity.ts';
import { judgeActivity } from './partner/inactivity.ts';
import { tellOfSpecializations } from './partner/specializations.ts';
import { tellOfCertifications } from './person/certifications.ts';
import { lists } from './store.ts';

type Deps = Pick<All, 'partners' | 'people' | 'listPartners' | 'listPeople' | 'activity' | 'programs' | 'rounds'>;

/** Aggregates at once: as many as a function can spare. */
const PAGE = 50;
/** A day is a day, wherever partners are: it names one look at all of them. */
const UTC = TimeZone.parse('UTC');

export const sweeps: SweepRows<typeof contract, Deps> = {
  certifications: async ({ now, causeFor, timeLeft }, { people, listPeople }) => {
    const due = { ...lists.certificationsDue, limit: PAGE, before: dueBy(now) };
    const { done, failed } = await throughout({
      list: (cursor) => listPeople({ ...due, cursor }),
      act: ({ state: { id }, version }) => people.decide(id, causeFor(id, version), tellOfCertifications({ now })),
      timeLeft,
    });
    return { done, more: false, failed };
  },

  specializations: async ({ now, causeFor, timeLeft }, { partners, listPartners }) => {
    const due = { ...lists.specializationsDue, limit: PAGE, before: dueBy(now) };
    const { done, failed } = await throughout({
      list: (cursor) => listPartners({ ...due, cursor }),
      act: ({ state: { id }, version }) => partners.decide(id, causeFor(id, version), tellOfSpecializations({ now })),
      timeLeft,
    });
    return { done, more: false, failed };
  },

  inactivity: async ({ now, causeFor, timeLeft }, { partners, listPartners, rounds, ...deps }) => {
    const round = await rounds.open('inactivity', `${dayOf(now, UTC)}`);
    if (round === undefined) return { done: 0, more: false, failed: [] };
    const [facts, command] = [activityFacts(deps, now), judgeActivity({ now })];
    const { done, failed } = await throughout({
      round,
      list: (cursor) => listPartners({ ...lists.partners, status: 'admitted', limit: PAGE, cursor }),
      act: async ({ state, version }) => {
        // Most have nothing to be told: those who have are looked at again, as they stand in the table.
        const seen = command(state, await facts(state));
        if ('events' in seen && seen.events.length === 0) return undefined;
        return partners.decide(state.id, causeFor(state.id, version), { facts, command });
      },
      timeLeft,
    });
    return { done, more: false, failed };
  },
};

/** Sorts behind what is due by now, whatever it is called. */
const dueBy = (now: Instant): string => `${z.encode(Instant, now)}~`;

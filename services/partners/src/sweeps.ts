import { Instant } from '@echelon/calendar';
import type { partners as contract } from '@echelon/contracts/partners';
import type { Refused, Stored } from '@echelon/decider';
import type { SweepRows } from '@echelon/lambda';
import * as z from 'zod';
import type { Deps as All } from './deps.ts';
import { activityFacts } from './partner/activity.ts';
import { judgeActivity } from './partner/inactivity.ts';
import { tellOfSpecializations } from './partner/specializations.ts';
import { tellOfCertifications } from './person/certifications.ts';
import { lists } from './store.ts';

type Deps = Pick<All, 'partners' | 'people' | 'listPartners' | 'listPeople' | 'activity' | 'programs'>;

/** Aggregates per round, all at once: as many as a function can spare. */
const ROUND = 50;
const PAGES_MAX = 1_000;

export const sweeps: SweepRows<typeof contract, Deps> = {
  certifications: async ({ now, causeFor }, { people, listPeople }) => {
    const { items, next } = await listPeople({ ...lists.certificationsDue, limit: ROUND, before: dueBy(now) });
    const swept = await each(items, ({ state: { id }, version }) => people.decide(id, causeFor(id, version), tellOfCertifications({ now })));
    return { ...swept, more: next !== undefined && swept.done > 0 };
  },

  specializations: async ({ now, causeFor }, { partners, listPartners }) => {
    const { items, next } = await listPartners({ ...lists.specializationsDue, limit: ROUND, before: dueBy(now) });
    const swept = await each(items, ({ state: { id }, version }) => partners.decide(id, causeFor(id, version), tellOfSpecializations({ now })));
    return { ...swept, more: next !== undefined && swept.done > 0 };
  },

  inactivity: async ({ now, causeFor, timeLeft }, { partners, listPartners, ...deps }) => {
    const [facts, command] = [activityFacts(deps, now), judgeActivity({ now })];
    let [done, cursor]: [number, string | undefined] = [0, undefined];
    const failed: unknown[] = [];
    for (let pages = 0; pages < PAGES_MAX; pages++) {
      const { items, next } = await listPartners({ ...lists.partners, status: 'admitted', limit: ROUND, cursor });
      const swept = await each(items, async ({ state, version }) => {
        // Most have nothing to be told: those who have are looked at again, as they stand in the table.
        const seen = command(state, await facts(state));
        if ('events' in seen && seen.events.length === 0) return undefined;
        return partners.decide(state.id, causeFor(state.id, version), { facts, command });
      });
      done += swept.done;
      failed.push(...swept.failed);
      cursor = next;
      if (cursor === undefined || timeLeft() <= 0) break;
    }
    if (cursor !== undefined) failed.push(new Error('not every partner was looked at in time'));
    return { done, more: false, failed };
  },
};

/** Sorts behind what is due by now, whatever it is called. */
const dueBy = (now: Instant): string => `${z.encode(Instant, now)}~`;

interface Listed {
  readonly version: number;
}
type Done = Stored<unknown> | Refused<string> | undefined;

/** Each by itself. The index lags: one that is listed still may have been done before, and then nothing is due. */
const each = async <Item extends Listed>(items: readonly Item[], act: (item: Item) => Promise<Done>) => {
  const outcomes = await Promise.allSettled(
    items.map(async (item) => {
      const outcome = await act(item);
      return outcome !== undefined && !('refused' in outcome) && outcome.version > item.version;
    }),
  );
  return {
    done: outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value).length,
    failed: outcomes.flatMap((outcome): unknown[] => (outcome.status === 'rejected' ? [outcome.reason] : [])),
  };
};

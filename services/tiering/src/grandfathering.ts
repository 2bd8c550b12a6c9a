/** What a partner held when a version took force whose migration keeps the benefits of that for a while. */
import { type Instant, isBefore, isUpTo } from '@echelon/calendar';
import type { Standing } from '@echelon/contracts/tiering';
import { ladderOf } from '@echelon/program';
import { rankOf } from './evaluate.ts';
import type { StandingEvent } from './standing.ts';
import { current, type Known, todayIn } from './versions.ts';

/** Said once of a version, before anything that follows from it: whoever comes out lower, at once or by a review, keeps what its tiers gave. */
export const grandfathering = ({ positions, grandfathered }: Standing, { versions, now }: Known & { readonly now: Instant }): StandingEvent[] => {
  const replaced = versions.at(-2);
  const { document, from, versionId } = current(versions);
  const until = document.migration?.grandfatheredUntil;
  const on = todayIn(versions, now);
  if (replaced === undefined || until === undefined || !isUpTo(on, until) || grandfathered?.versionId === replaced.versionId) return [];
  const held = positions
    .filter(({ ladder: key, tier, settled }) => {
      const ladder = ladderOf(replaced.document, key);
      return ladder && rankOf(ladder, tier) !== -1 && isBefore(settled.on, from);
    })
    .map(({ ladder, tier }) => ({ ladder, tier }));
  if (held.length === 0) return [];
  return [{ type: 'BenefitsGrandfathered', at: now, data: { grandfathered: { until, versionId: replaced.versionId, held }, on, versionId } }];
};

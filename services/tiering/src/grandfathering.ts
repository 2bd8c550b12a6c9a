/** What a partner had earned when a version took force whose migration keeps the benefits of that for a while. */
import { addDays, type Instant, isBefore, isUpTo } from '@echelon/calendar';
import type { Grandfathered, Standing } from '@echelon/contracts/tiering';
import { courseOf } from './course.ts';
import { heldOn } from './places.ts';
import type { StandingEvent } from './standing.ts';
import { current, type Known, todayIn, versionsUntil } from './versions.ts';

/** Said of a version at the first look under it, and again where a fact that is heard late shows that more was earned before it, or less. */
export const grandfathering = (standing: Standing, { versions, group, now }: Known & { readonly now: Instant }): StandingEvent[] => {
  const { document, from, versionId } = current(versions);
  const until = document.migration?.grandfatheredUntil;
  const on = todayIn(versions, now);
  if (versions.length === 1 || until === undefined || !isUpTo(on, until)) return [];
  const last = addDays(from, -1);
  const before = versionsUntil(versions, last);
  const { versionId: replaced } = current(before);
  const said = standing.grandfathered?.versionId === replaced ? standing.grandfathered.held : [];
  const held = heldOn(standing, { versions: before, group }, last).flatMap(({ ladder, settled }): Grandfathered['held'] => {
    // What a review has settled since tells nothing of before.
    if (!isBefore(settled.on, from)) return said.filter((one) => one.ladder === ladder);
    const course = courseOf({ ladder, settled }, standing.facts, { versions: before, group, today: last });
    return course ? [{ ladder, tier: course.earned }] : [];
  });
  if (isSame(held, said)) return [];
  return [{ type: 'BenefitsGrandfathered', at: now, data: { grandfathered: { until, versionId: replaced, held }, on, versionId } }];
};

const isSame = (some: Grandfathered['held'], others: Grandfathered['held']): boolean =>
  some.length === others.length && some.every(({ ladder, tier }) => others.some((one) => one.ladder === ladder && one.tier === tier));

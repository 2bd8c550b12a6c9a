/** What a standing answers beside itself: the figures behind its tiers, and the benefits of a day. */
import { type Day, endOfDay, type Instant, isUpTo } from '@echelon/calendar';
import type { InForce } from '@echelon/contracts/programs';
import type { CountedActivity, Facts, Position, Standing } from '@echelon/contracts/tiering';
import { holdsOn, ladderOf, type PointsCategory } from '@echelon/program';
import { after, consequences, type Look } from './consequences.ts';
import { evidenceFor } from './evaluate.ts';
import { placedBy } from './judge.ts';
import { isOwnModel } from './measure.ts';
import { current, type Known, todayIn, type Versions, versionOn, versionsUntil } from './versions.ts';

/** Of each ladder what the official tier and the next one ask for, beside what there is today. */
export const requirementsOf = (standing: Standing, look: Look) => {
  const { versions, group, now } = look;
  const asOf = todayIn(versions, now);
  const ladders = placedBy(standing, look).map(({ position: { tier }, course: { ladder, document, attained } }) => {
    const findings = evidenceFor(ladder, tier, { document, facts: standing.facts, group, on: asOf });
    return { ladder: ladder.key, tier, attained, findings };
  });
  return { asOf, versionId: current(versions).versionId, ladders };
};

/** When a day is over, by the version that held on it. */
export const endOf = (on: Day, versions: Versions): Instant => endOfDay(on, versionOn(versions, on).document.timeZone);

/**
 * The benefits of the tiers held at the end of a day, by the standing as known then; a sweep that came late makes no difference. Those that a migration
 * keeps for a while come after them.
 */
export const benefitsOn = (on: Day, { versions, group, standing }: Known & { readonly standing: Standing | undefined }) => {
  if (standing === undefined) return { on, benefits: [] };
  const held = versionsUntil(versions, on);
  const { versionId, document } = current(held);
  const { positions, grandfathered } = after(
    standing,
    consequences(standing, { versions: held, group, now: endOf(on, versions).subtract({ milliseconds: 1 }) }),
  );
  const givenBy = (version: InForce) => (held: Pick<Position, 'ladder' | 'tier'>) => {
    const keys = ladderOf(version.document, held.ladder)?.tiers.find(({ key }) => key === held.tier)?.benefits ?? [];
    const inForce = keys.flatMap((key) => document.benefits.filter((benefit) => benefit.key === key && holdsOn(benefit, on)));
    return inForce.map(({ key, name }) => ({ key, name, ladder: held.ladder, tier: held.tier, versionId: version.versionId }));
  };
  const benefits = positions.flatMap(givenBy({ versionId, document }));
  const before = grandfathered && isUpTo(on, grandfathered.until) ? versions.find((one) => one.versionId === grandfathered.versionId) : undefined;
  const kept = before ? (grandfathered?.held ?? []).flatMap(givenBy(before)) : [];
  return { on, benefits: [...benefits, ...kept.filter(({ key }) => !benefits.some((one) => one.key === key))] };
};

/** An activity with those of its entries that count for the partner and were asked for; none where there are none. */
export const pointsShown = (activity: CountedActivity, facts: Facts, category: PointsCategory | undefined): CountedActivity[] => {
  const entries = activity.entries.filter((one) => isOwnModel(one.businessModel, facts) && (category === undefined || one.category === category));
  return entries.length > 0 ? [{ ...activity, entries }] : [];
};

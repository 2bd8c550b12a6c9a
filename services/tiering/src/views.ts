/** What a standing answers beside itself: the figures behind its tiers, and the benefits of a day. */
import { type Day, endOfDay, type Instant, isUpTo } from '@echelon/calendar';
import type { CountedActivity, Facts, Standing } from '@echelon/contracts/tiering';
import { holdsOn, ladderOf, type PointsCategory } from '@echelon/program';
import { after, consequences, type Look } from './consequences.ts';
import { evidenceFor } from './evaluate.ts';
import { placedBy } from './judge.ts';
import { isOwnModel } from './measure.ts';
import { current, type Known, todayIn, type Versions, versionOn } from './versions.ts';

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

/** The benefits of the tiers held at the end of a day, by the standing as known then; a sweep that came late makes no difference. */
export const benefitsOn = (on: Day, { versions, group, standing }: Known & { readonly standing: Standing | undefined }) => {
  if (standing === undefined) return { on, benefits: [] };
  const [first, ...rest] = versions;
  const held: Versions = [first, ...rest.filter(({ from }) => isUpTo(from, on))];
  const { versionId, document } = current(held);
  const { positions } = after(standing, consequences(standing, { versions: held, group, now: endOf(on, versions).subtract({ milliseconds: 1 }) }));
  const benefits = positions.flatMap(({ ladder, tier }) => {
    const keys = ladderOf(document, ladder)?.tiers.find(({ key }) => key === tier)?.benefits ?? [];
    const inForce = keys.flatMap((key) => document.benefits.filter((benefit) => benefit.key === key && holdsOn(benefit, on)));
    return inForce.map(({ key, name }) => ({ key, name, ladder, tier, versionId }));
  });
  return { on, benefits };
};

/** An activity with those of its entries that count for the partner and were asked for; none where there are none. */
export const pointsShown = (activity: CountedActivity, facts: Facts, category: PointsCategory | undefined): CountedActivity[] => {
  const entries = activity.entries.filter((one) => isOwnModel(one.businessModel, facts) && (category === undefined || one.category === category));
  return entries.length > 0 ? [{ ...activity, entries }] : [];
};

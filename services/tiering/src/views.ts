/** What a standing answers beside itself: the figures behind its tiers, and the benefits of a day. */
import { type Day, endOfDay, type Instant, isUpTo } from '@echelon/calendar';
import type { Standing } from '@echelon/contracts/tiering';
import { ladderOf } from '@echelon/program';
import { after, consequences, type Look } from './consequences.ts';
import { courseOf } from './course.ts';
import { evidenceFor } from './evaluate.ts';
import { current, todayIn, type Versions, versionOn } from './versions.ts';

/** Of each ladder what the official tier and the next one ask for, beside what there is today. */
export const requirementsOf = ({ facts, positions }: Standing, { versions, now }: Look) => {
  const asOf = todayIn(versions, now);
  const ladders = positions.flatMap((position) => {
    const course = courseOf(position, facts, { versions, today: asOf });
    if (course === undefined) return [];
    const { ladder, document, attained } = course;
    const findings = evidenceFor(ladder, position.tier, { document, facts, on: asOf });
    return [{ ladder: ladder.key, tier: position.tier, attained, findings }];
  });
  return { asOf, versionId: current(versions).versionId, ladders };
};

/** When a day is over, by the version that held on it. */
export const endOf = (on: Day, versions: Versions): Instant => endOfDay(on, versionOn(versions, on).document.timeZone);

/** The benefits of the tiers held at the end of a day, by the standing as known then; a sweep that came late makes no difference. */
export const benefitsOn = (on: Day, { versions, standing }: { readonly versions: Versions; readonly standing: Standing | undefined }) => {
  if (standing === undefined) return { on, benefits: [] };
  const [first, ...rest] = versions;
  const held: Versions = [first, ...rest.filter(({ from }) => isUpTo(from, on))];
  const { versionId, document } = current(held);
  const { positions } = after(standing, consequences(standing, { versions: held, now: endOf(on, versions).subtract({ milliseconds: 1 }) }));
  const benefits = positions.flatMap(({ ladder, tier }) => {
    const keys = ladderOf(document, ladder)?.tiers.find(({ key }) => key === tier)?.benefits ?? [];
    return keys.map((key) => ({ key, name: document.benefits.find((benefit) => benefit.key === key)?.name ?? key, ladder, tier, versionId }));
  });
  return { on, benefits };
};

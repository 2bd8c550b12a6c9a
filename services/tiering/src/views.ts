/** What a standing answers beside itself: the figures behind its tiers, and the benefits of a day. */
import { type Day, endOfDay, Instant } from '@echelon/calendar';
import { Standing } from '@echelon/contracts/tiering';
import { ladderOf } from '@echelon/program';
import * as z from 'zod';
import { after, consequences, type Look } from './consequences.ts';
import { courseOf } from './course.ts';
import { evidenceFor } from './evaluate.ts';
import { current, isUpTo, todayIn, type Versions } from './versions.ts';

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

/** A row of a standing's history, as the store gives it. */
interface Recorded {
  readonly recordedAt: string;
  readonly state: unknown;
}

/** The benefits of the tiers held at the end of a day, by what was known then; a sweep that came late makes no difference. */
export const benefitsOn = (on: Day, { versions, history }: { readonly versions: Versions; readonly history: readonly Recorded[] }) => {
  const [first, ...rest] = versions;
  const held: Versions = [first, ...rest.filter(({ from }) => isUpTo(from, on))];
  const { versionId, document } = current(held);
  const end = endOfDay(on, document.timeZone);
  const known = history.findLast(({ recordedAt }) => recordedAt < z.encode(Instant, end));
  if (known === undefined) return { on, benefits: [] };
  const standing = Standing.parse(known.state);
  const { positions } = after(standing, consequences(standing, { versions: held, now: end.subtract({ milliseconds: 1 }) }));
  const benefits = positions.flatMap(({ ladder, tier }) => {
    const keys = ladderOf(document, ladder)?.tiers.find(({ key }) => key === tier)?.benefits ?? [];
    return keys.map((key) => ({ key, name: document.benefits.find((benefit) => benefit.key === key)?.name ?? key, ladder, tier, versionId }));
  });
  return { on, benefits };
};

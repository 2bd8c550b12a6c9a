import { addDays, Day, Instant, isBefore, isUpTo } from '@echelon/calendar';
import * as z from 'zod';

/**
 * Which version of a program holds when: from the start of its day, in its own time zone, until the start of the next one's.
 * Small, so that a command can read it each time; the documents that it names never change and are cached.
 */
export const Timeline = z
  .array(z.object({ from: Day, at: Instant.meta({ description: 'The start of that day.' }), versionId: z.string(), hash: z.string() }))
  .max(100)
  .meta({ id: 'Timeline', description: 'In order of their days.' });
export type Timeline = z.output<typeof Timeline>;
export type Holding = Timeline[number];

/** The version that holds at an instant; none before the first. */
export const holdingAt = (timeline: Timeline, instant: Instant): Holding | undefined => timeline.findLast(({ at }) => !isBefore(instant, at));

/** The version that holds on a day, as its program counts days; none before the first. */
export const holdingOn = (timeline: Timeline, day: Day): Holding | undefined => timeline.findLast(({ from }) => isUpTo(from, day));

/** The version that takes over after a day; none while no later one is activated. */
export const holdingAfter = (timeline: Timeline, day: Day): Holding | undefined => timeline.find(({ from }) => isBefore(day, from));

/** What a version takes over from: of one that has its days the version before it, of any other the last, which it would follow. */
export const holdingBefore = (timeline: Timeline, versionId: string): Holding | undefined => {
  const own = timeline.findIndex((holding) => holding.versionId === versionId);
  return own === -1 ? timeline.at(-1) : timeline[own - 1];
};

/** With one more version in it, in order of their days. */
export const withHolding = (timeline: Timeline, holding: Holding): Timeline =>
  [...timeline, holding].toSorted((a, b) => (isBefore(a.from, b.from) ? -1 : 1));

/** The days on which a version holds; no last one while none follows it. Undefined where it never will. */
export const spanOf = (timeline: Timeline, versionId: string): { readonly from: Day; readonly until?: Day } | undefined => {
  const at = timeline.findIndex((holding) => holding.versionId === versionId);
  const [holding, next] = [timeline[at], timeline[at + 1]];
  return holding && { from: holding.from, ...(next && { until: addDays(next.from, -1) }) };
};

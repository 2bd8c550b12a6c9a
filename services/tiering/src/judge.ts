/** The daily look: what follows from the facts by now, and what time brings: grace, notices, reviews. */
import { addDays, type Day, type Instant, isBefore, isUpTo, later } from '@echelon/calendar';
import { EVIDENCE_MAX, type Facts, type GracePeriod, type Position, type Standing, type TierReview } from '@echelon/contracts/tiering';
import { type Key, NOTICE_DAYS, type NoticeDays } from '@echelon/program';
import { after, following, type Look, type Placed } from './consequences.ts';
import type { Course } from './course.ts';
import { evidenceFor, rankOf } from './evaluate.ts';
import type { StandingEvent } from './standing.ts';
import { todayIn, type Version, type Versions, versionOn } from './versions.ts';

/** The notice without which nobody is demoted, and as many days before. */
const LAST_NOTICE: NoticeDays = 5;

/** Whoever looks again on the same day finds nothing more to do. */
export const judgement = (standing: Standing, look: Look): readonly StandingEvent[] => judged(standing, look).events;

/** And the courses by which it is judged. */
const judged = (standing: Standing, look: Look): ReturnType<typeof following> => {
  const { events, placed } = following(standing, look);
  const occasion = { facts: standing.facts, versions: look.versions, group: look.group, today: todayIn(look.versions, look.now), now: look.now };
  return { events: [...events, ...placed.flatMap((one) => timely(one, occasion))], placed };
};

/** Each position as it is by now, though nobody has looked since time brought it, and the course that it follows from. */
export const placedBy = (standing: Standing, look: Look): readonly Placed[] => {
  const { events, placed } = judged(standing, look);
  const { positions } = after(standing, events);
  return placed.flatMap(({ course }) => positions.flatMap((position) => (position.ladder === course.ladder.key ? [{ position, course }] : [])));
};

interface Occasion {
  readonly facts: Facts;
  readonly versions: Versions;
  readonly group: Look['group'];
  readonly today: Day;
  readonly now: Instant;
}

const timely = ({ position, course }: Placed, occasion: Occasion): StandingEvent[] => {
  const { today, now: at } = occasion;
  const { ladder, grace: before } = position;
  const decided = { on: today, versionId: course.versionId };
  const onLadder = { ladder, tier: course.earned };
  const running = course.shortSince && graceOf(course.shortSince, { position, course }, occasion.versions);
  const notice = running && noticeDue(running, today);
  const grace = running && notice ? { ...running, until: notice.until, noticed: [...running.noticed, notice.daysBefore] } : running;
  return [
    ...(before && (!running || isBefore(before.since, running.since))
      ? [{ type: 'GracePeriodEnded', at, data: { ...onLadder, ...decided } } as const]
      : []),
    ...(running && running !== before ? [{ type: 'GracePeriodBegun', at, data: { ...onLadder, grace: running, ...decided } } as const] : []),
    ...(grace && notice ? [{ type: 'DemotionNoticed', at, data: { ...onLadder, to: grace.to, ...notice, ...decided } } as const] : []),
    ...reviewDue(position, course, { ...occasion, grace }),
  ];
};

/**
 * The one that runs is of this shortfall only if it counts from its first day: else the facts sufficed in between, or fall short for longer than was
 * known. And where a version no longer has the tier that it may end in, it begins anew for another: nobody is demoted further than the notices said.
 */
const graceOf = (since: Day, { position: { grace, reviewOn }, course }: Placed, versions: Versions): GracePeriod =>
  grace?.since.equals(since) && rankOf(course.ladder, grace.to) !== -1
    ? grace
    : graceFrom(since, { course, reviewOn, version: versionOn(versions, since) });

interface Shortfall {
  readonly course: Course;
  readonly reviewOn: Day;
  /** By which it began. */
  readonly version: Version;
}

/** Until the policy's days are over, at least until the day before the next review, and until partners need to have come to meet what a new version asks. */
const graceFrom = (since: Day, { course: { ladder, supported }, reviewOn, version }: Shortfall): GracePeriod => {
  const { deadline = since } = version.document.migration ?? {};
  const until = [addDays(reviewOn, -1), deadline].reduce(later, addDays(since, ladder.review.graceDays));
  return { to: supported, since, until, noticed: [] };
};

/** The latest notice whose day has come, once; the last one moves an end that is nearer than it says. */
const noticeDue = ({ until, noticed }: GracePeriod, today: Day): { readonly daysBefore: NoticeDays; readonly until: Day } | undefined => {
  const daysBefore = NOTICE_DAYS.findLast((days) => isUpTo(addDays(until, -days), today));
  if (daysBefore === undefined || noticed.includes(daysBefore)) return undefined;
  return { daysBefore, until: daysBefore === LAST_NOTICE ? later(until, addDays(today, LAST_NOTICE)) : until };
};

/** An end that has gone by without the last notice was moved on when that was given. */
const isOver = ({ until }: GracePeriod, today: Day): boolean => !isUpTo(today, until);

const reviewDue = (
  { reviewOn, review }: Position,
  course: Course,
  { facts, group, today, now: at, grace }: Occasion & { readonly grace: GracePeriod | undefined },
): StandingEvent[] => {
  if (!isUpTo(reviewOn, today)) return [];
  const proposed = proposalOf(course, grace, today);
  if (review?.proposed === proposed) return [];
  const { ladder, document, versionId } = course;
  const evidence = evidenceFor(ladder, course.earned, { document, facts, group, on: today }).slice(0, EVIDENCE_MAX);
  const opened: TierReview = { dueOn: reviewOn, openedOn: review?.openedOn ?? today, proposed, evidence, versionId };
  return [{ type: review ? 'TierReviewRevised' : 'TierReviewOpened', at, data: { ladder: ladder.key, review: opened } }];
};

/** Down once grace is over, but no further than the notices said; up to what the facts give; else as it is. */
const proposalOf = ({ ladder, supported, earned }: Course, grace: GracePeriod | undefined, today: Day): Key => {
  const higher = (a: Key, b: Key): Key => (rankOf(ladder, a) > rankOf(ladder, b) ? a : b);
  return higher(supported, grace && isOver(grace, today) ? grace.to : earned);
};

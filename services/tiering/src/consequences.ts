/** What follows from the facts as they stand today, on each ladder: what is attained, the official tier. */
import { addDays, type Day, earlier, type Instant, isBefore, isUpTo, later } from '@echelon/calendar';
import type { Position, Standing } from '@echelon/contracts/tiering';
import { type Key, ladderOf } from '@echelon/program';
import { type Course, courseOf } from './course.ts';
import { rankOf } from './evaluate.ts';
import { grandfathering } from './grandfathering.ts';
import { places } from './places.ts';
import { evolve, type StandingEvent, type StandingState } from './standing.ts';
import { type Known, spans, todayIn, type Versions } from './versions.ts';

/** When it is looked at, and by what. */
export interface Look extends Known {
  readonly now: Instant;
  /** What a person has just decided about a ladder: the reason of a change of its tier. */
  readonly decided?: { readonly ladder: Key; readonly reason: 'review' | 'override-ended' };
  /** Something has just been heard or decided, of whatever day: what follows from it does so today. */
  readonly news?: true;
}

export const after = (standing: StandingState, events: readonly StandingEvent[]): Standing => {
  const state = events.reduce<StandingState>(evolve, standing);
  if (state.status === 'none') throw new Error(`${standing.id} was there, and is not`);
  return state;
};

/** A position with its course so far. */
export interface Placed {
  readonly position: Position;
  readonly course: Course;
}

/** What follows, and the courses that it follows from: they are what costs. */
export const following = (standing: Standing, look: Look): { readonly events: readonly StandingEvent[]; readonly placed: readonly Placed[] } => {
  const placings = places(standing, look);
  const standingNow = after(standing, placings);
  const { positions, facts } = standingNow;
  const today = todayIn(look.versions, look.now);
  const placed = positions.flatMap((position) => {
    const course = courseOf(position, facts, { ...look, today });
    return course ? [{ position, course }] : [];
  });
  return { events: [...placings, ...grandfathering(standingNow, look), ...placed.flatMap((one) => moves(one, today, look))], placed };
};
export const consequences = (standing: Standing, look: Look): readonly StandingEvent[] => following(standing, look).events;

const moves = ({ position, course }: Placed, today: Day, look: Look): StandingEvent[] => {
  const { ladder, override } = position;
  const { attained, earned, versionId } = course;
  const at = look.now;
  const onLadder = { ladder, on: today, versionId };
  const ended = override && endOf(override, ladder, { today, versions: look.versions });
  const steps = stepsOf({ position, course }, ended, { ...look, today });
  const from = (step: number): Key => steps[step - 1]?.to ?? position.tier;
  // Beneath an override what is earned is carried along: it is official once the override has ended.
  const beneath = override && !ended ? earned : undefined;
  const isAsKnown = attained === position.attained && (ended !== undefined || beneath === position.earned);
  return [
    ...(isAsKnown ? [] : [{ type: 'AttainmentChanged', at, data: { ...onLadder, tier: attained, ...(beneath && { earned: beneath }) } } as const]),
    ...(ended ? [{ type: 'OverrideEnded', at, data: { ladder, ...ended } } as const] : []),
    ...steps.flatMap((step, n) => (step.to === from(n) ? [] : [{ type: 'TierChanged', at, data: { ...onLadder, from: from(n), ...step } } as const])),
  ];
};

interface Step {
  readonly to: Key;
  readonly reason: Extract<StandingEvent, { type: 'TierChanged' }>['data']['reason'];
  readonly on: Day;
}

/** The official tier by now, and where an override has ended, what came after it. */
const stepsOf = ({ position, course }: Placed, ended: { readonly on: Day } | undefined, look: Look & { readonly today: Day }): readonly Step[] => {
  const { ladder, tier, override, earned: beneath } = position;
  const { earned } = course;
  const { today, decided } = look;
  if (override && !ended) return [{ to: override.tier, reason: 'override', on: today }];
  const reason = decided?.ladder === ladder ? decided.reason : reasonOf(course, { tier: ended ? beneath : tier, since: position.since });
  const on = movedOn(course, position, { ...look, reason });
  if (ended === undefined) return [{ to: earned, reason, on }];
  const step = { to: earned, reason: 'override-ended', on: ended.on } as const;
  const isLater = isBefore(ended.on, on) && beneath !== undefined && rankOf(course.ladder, beneath) !== -1;
  return isLater
    ? [
        { ...step, to: beneath },
        { to: earned, reason, on },
      ]
    : [step];
};

/** What time brings is dated as its look would have been, which may come late; what was heard or decided, and what is taken back, when that came. */
const movedOn = (
  course: Course,
  { since }: Position,
  { reason, news, group = [], today }: Look & Pick<Step, 'reason'> & { readonly today: Day },
): Day => {
  // When the facts of others of the group were heard is not known here.
  const isOfToday = reason !== 'version' && (news === true || group.length > 0 || reason === 'reversed');
  return isOfToday ? today : later(since, course.earnedOn);
};

/** Why an override that nobody lifted is in force no more, and since when. */
const endOf = (
  { from, until, tier }: NonNullable<Position['override']>,
  key: Key,
  { today, versions }: { readonly today: Day; readonly versions: Versions },
): { readonly reason: 'its-end' | 'version'; readonly on: Day } | undefined => {
  const without = spans(versions, from, earlier(until, today)).find(({ document }) => {
    const ladder = ladderOf(document, key);
    return ladder === undefined || rankOf(ladder, tier) === -1;
  });
  if (without) return { reason: 'version', on: without.from };
  return isUpTo(today, until) ? undefined : { reason: 'its-end', on: addDays(until, 1) };
};

const reasonOf = (
  { ladder, earned, earnedOn, chosen, moved }: Course,
  { tier, since }: { readonly tier: Key | undefined; readonly since: Day },
): 'version' | 'attained' | 'reversed' | 'chosen' => {
  if (chosen) return 'chosen';
  if (rankOf(ladder, tier) === -1 || (moved && isBefore(since, earnedOn))) return 'version';
  return rankOf(ladder, earned) > rankOf(ladder, tier) ? 'attained' : 'reversed';
};

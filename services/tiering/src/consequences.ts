/** What follows from the facts as they stand today: positions taken and ended, what is attained, the official tier. */
import {
  addDays,
  type Day,
  earlier,
  type Instant,
  isBefore,
  isUpTo,
  later,
  plusQuarters,
  type Quarter,
  quarterOf,
  quarterStart,
} from '@echelon/calendar';
import type { Facts, LadderLeft, Position, Standing } from '@echelon/contracts/tiering';
import { baseTier, type Key, type Ladder, ladderOf, type ProgramDocument } from '@echelon/program';
import { type Course, courseOf } from './course.ts';
import { rankOf } from './evaluate.ts';
import { evolve, type StandingEvent, type StandingState } from './standing.ts';
import { current, type Known, spans, todayIn, type Versions, versionOn } from './versions.ts';

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
  const { positions, facts } = after(standing, placings);
  const today = todayIn(look.versions, look.now);
  const placed = positions.flatMap((position) => {
    const course = courseOf(position, facts, { ...look, today });
    return course ? [{ position, course }] : [];
  });
  return { events: [...placings, ...placed.flatMap((one) => moves(one, today, look))], placed };
};
export const consequences = (standing: Standing, look: Look): readonly StandingEvent[] => following(standing, look).events;

/** The ladders that the partner stands on: those it is enrolled on, and each that a later version brings, as long as versions have them. */
const places = ({ facts, positions, laddersLeft = [] }: Standing, { versions, group, now }: Look): StandingEvent[] => {
  const today = todayIn(versions, now);
  const held = laddersHeld(facts, versions, today);
  const ended = positions.filter(({ ladder }) => !held.some((place) => place.ladder === ladder));
  const taken = held.filter(({ ladder }) => !positions.some((position) => position.ladder === ladder));
  const { versionId } = current(versions);
  return [
    ...ended.map(({ ladder, tier }): StandingEvent => ({ type: 'PositionEnded', at: now, data: { ladder, tier, on: today, versionId } })),
    ...taken.flatMap((place): StandingEvent[] => {
      const { ladder } = place;
      const settled = settledAt(place, laddersLeft);
      const course = courseOf({ ladder, settled }, facts, { versions, group, today });
      if (course === undefined) return [];
      const { attained, earned } = course;
      const reviewOn = firstReview(course, settled.on, versions);
      const position: Position = { ladder, tier: earned, since: settled.on, attained, settled, reviewOn };
      const reason = place.tier === undefined ? 'version' : 'enrolment';
      return [{ type: 'PartnerPlaced', at: now, data: { position, reason, on: today, versionId: course.versionId } }];
    }),
  ];
};

type Place = { readonly ladder: Key } & Position['settled'];

/** Whoever was reviewed on a ladder, left it and comes back, is settled as by that review: to leave undoes no demotion. */
const settledAt = ({ ladder, ...place }: Place, left: readonly LadderLeft[]): Position['settled'] => {
  const before = left.find((one) => one.ladder === ladder)?.settled;
  return before && isUpTo(place.on, before.on) ? before : place;
};

/** Those that were said last, and those that versions have brought since: each from the day on which the partner first stood on it. */
const laddersHeld = ({ enrollment }: Facts, versions: Versions, today: Day): readonly Place[] => {
  if (enrollment === undefined) return [];
  const { enrolledOn, saidOn, ladders, joined = [] } = enrollment;
  const [first, ...rest] = spans(versions, enrolledOn, later(saidOn, today));
  let before = first?.document.ladders ?? [];
  let places: readonly Place[] = before.map((ladder) => {
    const on = joined.find((one) => one.ladder === ladder.key)?.on ?? enrolledOn;
    return { ladder: ladder.key, tier: baseTier(ladderOf(versionOn(versions, on).document, ladder.key) ?? ladder).key, on };
  });
  // A version brings its new ladders to whoever is enrolled by then: so that day is their first, also where they are named later.
  for (const { document, from } of rest) {
    const brought = document.ladders.filter(({ key }) => !before.some((ladder) => ladder.key === key));
    places = [...places.filter(({ ladder }) => ladderOf(document, ladder)), ...brought.map(({ key }) => ({ ladder: key, on: from }))];
    before = document.ladders;
  }
  return places.filter(({ ladder, tier, on }) => ladders.includes(ladder) || (tier === undefined && !isUpTo(on, saidOn)));
};

/** As it was due when the ladder was settled, by the version of that day: an enrolment that is heard late puts no review off. */
const firstReview = (course: Course, settledOn: Day, versions: Versions): Day => {
  const { document } = versionOn(versions, settledOn);
  const ladder = ladderOf(document, course.ladder.key);
  return ladder ? nextReview(ladder, document, settledOn) : nextReview(course.ladder, course.document, settledOn);
};

/** The first day after the fiscal quarter or year of a day. */
export const nextReview = ({ review }: Ladder, { fiscalCalendar }: ProgramDocument, on: Day): Day => {
  const quarter: Quarter = quarterOf(on, fiscalCalendar);
  const quarters = review.every === 'fiscal-quarter' ? 1 : 5 - Number(quarter.slice(-1));
  return quarterStart(plusQuarters(quarter, quarters), fiscalCalendar);
};

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
  const reason = decided?.ladder === ladder ? decided.reason : reasonOf(course, ended ? beneath : tier);
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
  const isOfToday = news === true || group.length > 0 || reason === 'reversed';
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

const reasonOf = ({ ladder, earned, chosen }: Course, from: Key | undefined): 'version' | 'attained' | 'reversed' | 'chosen' => {
  if (chosen) return 'chosen';
  if (rankOf(ladder, from) === -1) return 'version';
  return rankOf(ladder, earned) > rankOf(ladder, from) ? 'attained' : 'reversed';
};

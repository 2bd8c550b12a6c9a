/** What follows from the facts as they stand today: positions taken and ended, what is attained, the official tier. */
import { addDays, type Day, type Instant, isUpTo, later, plusQuarters, type Quarter, quarterOf, quarterStart } from '@echelon/calendar';
import type { Facts, LadderLeft, Position, Standing } from '@echelon/contracts/tiering';
import { baseTier, type Key, type Ladder, ladderOf, type ProgramDocument } from '@echelon/program';
import { type Course, courseOf } from './course.ts';
import { rankOf } from './evaluate.ts';
import { evolve, type StandingEvent, type StandingState } from './standing.ts';
import { current, type Known, spans, todayIn, type Versions } from './versions.ts';

/** When it is looked at, and by what. */
export interface Look extends Known {
  readonly now: Instant;
  /** What a person has just decided about a ladder: the reason of a change of its tier. */
  readonly decided?: { readonly ladder: Key; readonly reason: 'review' | 'override-ended' };
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
      const { attained, earned, document } = course;
      const reviewOn = nextReview(course.ladder, document, later(place.on, settled.on));
      const position: Position = { ladder, tier: earned, since: settled.on, attained, settled, reviewOn };
      const reason = place.tier === undefined ? 'version' : 'enrolment';
      return [{ type: 'PartnerPlaced', at: now, data: { position, reason, on: today, versionId: course.versionId } }];
    }),
  ];
};

type Place = { readonly ladder: Key } & Position['settled'];

/** Whoever was reviewed on a ladder, left it and comes back, is settled as by that review: to leave undoes no demotion. */
const settledAt = ({ ladder, ...place }: Place, left: readonly LadderLeft[]): Position['settled'] => {
  return left.find((one) => one.ladder === ladder)?.settled ?? place;
};

const laddersHeld = ({ enrollment }: Facts, versions: Versions, today: Day): readonly Place[] => {
  if (enrollment === undefined) return [];
  const { enrolledOn, joined = [], saidOn, ladders } = enrollment;
  const joinedOn = (ladder: Key): Day => joined.find((one) => one.ladder === ladder)?.on ?? enrolledOn;
  const [first, ...rest] = spans(versions, saidOn, later(saidOn, today));
  let before = first?.document.ladders ?? [];
  let held: readonly Place[] = before
    .filter(({ key }) => ladders.includes(key))
    .map((ladder) => ({ ladder: ladder.key, tier: baseTier(ladder).key, on: joinedOn(ladder.key) }));
  for (const { document, from } of rest) {
    const brought = document.ladders.filter(({ key }) => !before.some((ladder) => ladder.key === key));
    held = [...held.filter(({ ladder }) => ladderOf(document, ladder)), ...brought.map(({ key }) => ({ ladder: key, on: from }))];
    before = document.ladders;
  }
  return held;
};

/** The first day after the fiscal quarter or year of a day. */
export const nextReview = ({ review }: Ladder, { fiscalCalendar }: ProgramDocument, on: Day): Day => {
  const quarter: Quarter = quarterOf(on, fiscalCalendar);
  const quarters = review.every === 'fiscal-quarter' ? 1 : 5 - Number(quarter.slice(-1));
  return quarterStart(plusQuarters(quarter, quarters), fiscalCalendar);
};

const moves = ({ position, course }: Placed, today: Day, { now, decided }: Look): StandingEvent[] => {
  const { ladder, tier: from, override } = position;
  const { attained, versionId } = course;
  const ended = override && endOf(override, course.ladder, today);
  // However late the look: an override ends with its last day.
  const on = override && ended === 'its-end' ? addDays(override.until, 1) : today;
  const beneath = override && !ended ? course.earned : undefined;
  const isAsKnown = attained === position.attained && (ended !== undefined || beneath === position.earned);
  const to = override && !ended ? override.tier : course.earned;
  const why = override ? (ended ? 'override-ended' : 'override') : decided?.ladder === ladder ? decided.reason : reasonOf(course, from);
  return [
    ...(isAsKnown
      ? []
      : [
          {
            type: 'AttainmentChanged',
            at: now,
            data: { ladder, tier: attained, ...(beneath && { earned: beneath }), on: today, versionId },
          } as const,
        ]),
    ...(ended ? [{ type: 'OverrideEnded', at: now, data: { ladder, reason: ended, on } } as const] : []),
    ...(to === from ? [] : [{ type: 'TierChanged', at: now, data: { ladder, from, to, reason: why, on, versionId } } as const]),
  ];
};

/** Why an override that nobody lifted is in force no more. */
const endOf = ({ until, tier }: NonNullable<Position['override']>, ladder: Ladder, today: Day): 'its-end' | 'version' | undefined => {
  if (!isUpTo(today, until)) return 'its-end';
  return rankOf(ladder, tier) === -1 ? 'version' : undefined;
};

const reasonOf = ({ ladder, earned, chosen }: Course, from: Key): 'version' | 'attained' | 'reversed' | 'chosen' => {
  if (chosen) return 'chosen';
  if (rankOf(ladder, from) === -1) return 'version';
  return rankOf(ladder, earned) > rankOf(ladder, from) ? 'attained' : 'reversed';
};

/** The ladders that a partner stands on, each from its first day there: by its enrolment, and by versions that bring new ones. */
import { addDays, type Day, type Instant, isBefore, isUpTo, later, plusQuarters, type Quarter, quarterOf, quarterStart } from '@echelon/calendar';
import type { Facts, LadderLeft, Position, Standing } from '@echelon/contracts/tiering';
import { baseTier, type Key, type Ladder, ladderOf, movedTo, type ProgramDocument } from '@echelon/program';
import { type Course, courseOf } from './course.ts';
import type { StandingEvent } from './standing.ts';
import { current, type Known, spans, todayIn, type Version, type Versions, versionOn, versionsUntil } from './versions.ts';

interface Place {
  readonly ladder: Key;
  /** Before any review. */
  readonly settled: Position['settled'];
  readonly by: 'enrolment' | 'version';
}

/** Positions that are ended and taken. */
export const places = ({ facts, positions, laddersLeft = [] }: Standing, known: Known & { readonly now: Instant }): StandingEvent[] => {
  const { versions, group, now } = known;
  const today = todayIn(versions, now);
  const held = laddersHeld(facts, { ...known, today, settled: [...positions, ...laddersLeft] });
  const standsOn = (place: Place): Position | undefined => positions.find((one) => one.ladder === place.ladder && !isStale(one, place));
  const ended = positions.filter((position) => !held.some((place) => standsOn(place) === position));
  const taken = held.filter((place) => standsOn(place) === undefined);
  const { versionId } = current(versions);
  return [
    ...ended.map(({ ladder, tier }): StandingEvent => ({ type: 'PositionEnded', at: now, data: { ladder, tier, on: today, versionId } })),
    ...taken.flatMap((place): StandingEvent[] => {
      const { ladder, by } = place;
      const before = positions.find((one) => one.ladder === ladder);
      const settled = before ? place.settled : settledAt(place, laddersLeft);
      const course = courseOf({ ladder, settled }, facts, { versions, group, today });
      if (course === undefined) return [];
      const { attained, earned, earnedOn } = course;
      const reviewOn = firstReview(course, settled.on, versions);
      const placed: Position = { ladder, tier: earned, since: earnedOn, attained, settled, reviewOn };
      const position = before?.override ? { ...placed, override: before.override } : placed;
      return [{ type: 'PartnerPlaced', at: now, data: { position, reason: by, on: today, versionId: course.versionId } }];
    }),
  ];
};

/** A version mapped the partner here by what was earned before it, and a fact heard late shows that this was another tier; nobody has reviewed it since. */
const isStale = ({ settled }: Position, { settled: now, by }: Place): boolean =>
  by === 'version' && settled.on.equals(now.on) && settled.tier !== now.tier;

/** Those that were held on a day gone by, by the versions until then; each as it was settled last. */
export const heldOn = ({ facts, positions, laddersLeft = [] }: Standing, known: Known, on: Day): readonly LadderLeft[] => {
  const settled = [...positions, ...laddersLeft];
  return laddersHeld(facts, { ...known, today: on, settled }).map((place) => ({ ladder: place.ladder, settled: settledAt(place, settled) }));
};

/** Whoever was reviewed on a ladder, left it and comes back, is settled as by that review: to leave undoes no demotion. */
const settledAt = ({ ladder, settled }: Place, known: readonly LadderLeft[]): Position['settled'] =>
  known.find((one) => one.ladder === ladder)?.settled ?? settled;

interface Holding extends Known {
  readonly today: Day;
  /** How each ladder was settled last, also of those left. */
  readonly settled: readonly LadderLeft[];
}

/** Those that were said last, and those that versions have brought since: each from the day on which the partner first stood on it. */
const laddersHeld = (facts: Facts, holding: Holding): readonly Place[] => {
  const { enrollment } = facts;
  if (enrollment === undefined) return [];
  const { versions, today } = holding;
  const { enrolledOn, saidOn, joined = [] } = enrollment;
  const [first, ...rest] = spans(versions, enrolledOn, later(saidOn, today));
  let before = first?.document.ladders ?? [];
  let all: readonly Place[] = before.map((ladder) => {
    const on = joined.find((one) => one.ladder === ladder.key)?.on ?? enrolledOn;
    const { key } = baseTier(ladderOf(versionOn(versions, on).document, ladder.key) ?? ladder);
    return { ladder: ladder.key, settled: { tier: key, on }, by: 'enrolment' };
  });
  const ever = new Map(all.map((place) => [place.ladder, place]));
  // A version brings its new ladders to whoever is enrolled by then: so that day is their first, also where they are named later, or brought again.
  for (const version of rest) {
    const { document, from } = version;
    const brought = document.ladders.filter(({ key }) => !before.some((ladder) => ladder.key === key));
    // What a review has settled since needs no more reckoning.
    const isOpen = ({ key }: Ladder): boolean => !holding.settled.some((one) => one.ladder === key && isBefore(from, one.settled.on));
    const stood = all.filter((place) => isOf(place, enrollment));
    const earned = brought.some(isOpen) ? earnedBefore(version, stood, { facts, ...holding }) : [];
    all = [
      ...all.filter(({ ladder }) => ladderOf(document, ladder)),
      ...brought.map((ladder): Place => {
        const earlier = ever.get(ladder.key);
        if (earlier && isOf(earlier, enrollment)) return earlier;
        const tier = isOpen(ladder) ? mapped(document, ladder, earned) : undefined;
        return { ladder: ladder.key, settled: { ...(tier !== undefined && { tier }), on: from }, by: 'version' };
      }),
    ];
    for (const place of all) ever.set(place.ladder, place);
    before = document.ladders;
  }
  return all.filter((place) => isOf(place, enrollment));
};

const isOf = ({ ladder, settled, by }: Place, { ladders, saidOn }: NonNullable<Facts['enrollment']>): boolean =>
  ladders.includes(ladder) || (by === 'version' && !isUpTo(settled.on, saidOn));

/** What was earned on each ladder on the day before a version took force, where its plan asks. */
const earnedBefore = (
  { document, from }: Version,
  stood: readonly Place[],
  { facts, versions, group, settled }: Holding & { readonly facts: Facts },
): readonly Key[] => {
  if (!document.migration?.moves.some(({ by }) => by === 'mapping')) return [];
  const today = addDays(from, -1);
  const before = { versions: versionsUntil(versions, today), group, today };
  return stood.flatMap((place) => courseOf({ ladder: place.ladder, settled: settledAt(place, settled) }, facts, before)?.earned ?? []);
};

/** Where a plan maps what was earned on another ladder to a tier of this one, that tier; of several the highest. Else it is for the facts. */
const mapped = ({ migration }: ProgramDocument, ladder: Ladder, earned: readonly Key[]): Key | undefined => {
  const tiers = earned.map((tier) => movedTo(migration, { tier, ladder }));
  return ladder.tiers.findLast(({ key }) => tiers.includes(key))?.key;
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

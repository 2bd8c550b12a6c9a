/**
 * The course of a partner on one ladder since it was last settled: which tier the facts, as they stand, gave on each day, and
 * which one is earned by that. Worked out anew each time, so that nothing depends on when or in which order facts are heard.
 */
import { addDays, type Day, isUpTo, plusQuarters, quarterOf, quarterStart } from '@echelon/calendar';
import type { VersionId } from '@echelon/contracts/ids';
import type { Facts, Position } from '@echelon/contracts/tiering';
import { baseTier, type Key, type Ladder, ladderOf, type ProgramDocument } from '@echelon/program';
import { attained, rankOf } from './evaluate.ts';
import { spans, type Versions } from './versions.ts';

export interface Course {
  /** The ladder and the version that judges it on the last day. */
  readonly ladder: Ladder;
  readonly document: ProgramDocument;
  readonly versionId: VersionId;
  /** What the facts give on the last day. */
  readonly attained: Key;
  /** What only a review takes away. */
  readonly earned: Key;
  /** Since when, without a break, the facts give less than what is earned; absent while they suffice. */
  readonly shortSince?: Day;
}

/** From one day to the next on which something begins or ends, the facts give the same. */
interface Stretch {
  readonly from: Day;
  readonly ladder: Ladder;
  readonly rank: number;
}

/** @returns undefined where no version of the last day has the ladder */
export const courseOf = (
  { ladder: key, settled }: Pick<Position, 'ladder' | 'settled'>,
  facts: Facts,
  { versions, today }: { readonly versions: Versions; readonly today: Day },
): Course | undefined => {
  const stretches: Stretch[] = [];
  let earned = settled.tier;
  let last: Pick<Course, 'ladder' | 'document' | 'versionId'> | undefined;
  for (const { document, versionId, from, to } of spans(versions, settled.on, today)) {
    const ladder = ladderOf(document, key);
    last = ladder && { ladder, document, versionId };
    if (ladder === undefined) continue;
    const judged = turningDays(facts, document, { from, to }).map((on) => ({ from: on, ladder, rank: attained(ladder, { document, facts, on }) }));
    earned = earnedOver(ladder, earned, judged);
    stretches.push(...judged);
  }
  if (last === undefined) return undefined;
  const tier = earned ?? baseTier(last.ladder).key;
  const shortSince = shortfall(stretches, tier);
  return { ...last, attained: keyAt(last.ladder, stretches.at(-1)?.rank ?? 0), earned: tier, ...(shortSince && { shortSince }) };
};

/** The tier so far, or where this version's ladder has it not, what the facts give on its first day; and what they give later, if higher. */
const earnedOver = (ladder: Ladder, before: Key | undefined, judged: readonly Stretch[]): Key => {
  const ranks = judged.map(({ rank }) => rank);
  const kept = rankOf(ladder, before);
  const placed = kept === -1 ? (ranks[0] ?? 0) : kept;
  return keyAt(ladder, ladder.promotion === 'on-attainment' ? Math.max(placed, ...ranks) : placed);
};

const keyAt = (ladder: Ladder, rank: number): Key => (ladder.tiers[rank] ?? baseTier(ladder)).key;

/** Looking back from the last day: as long as a ladder that has the tier gives less. */
const shortfall = (stretches: readonly Stretch[], earned: Key): Day | undefined => {
  const sufficed = stretches.findLastIndex(({ ladder, rank }) => rankOf(ladder, earned) <= rank);
  return stretches[sufficed + 1]?.from;
};

/** The days of a span on which what the facts give can change: its first, those of quarters, and where something held begins or has ended. */
const turningDays = (facts: Facts, { fiscalCalendar }: ProgramDocument, { from, to }: { readonly from: Day; readonly to: Day }): Day[] => {
  const days = new Map<string, Day>();
  const turn = (on: Day): void => {
    if (isUpTo(from, on) && isUpTo(on, to)) days.set(on.toString(), on);
  };
  turn(from);
  let quarter = quarterOf(from, fiscalCalendar);
  for (let on = from; isUpTo(on, to); on = quarterStart(quarter, fiscalCalendar)) {
    turn(on);
    quarter = plusQuarters(quarter, 1);
  }
  for (const held of [...facts.certifications, ...facts.specializations, ...facts.nominations]) {
    turn(held.from);
    if (isUpTo(from, held.until) && isUpTo(held.until, to)) turn(addDays(held.until, 1));
  }
  return [...days].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, on]) => on);
};

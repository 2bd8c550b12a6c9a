/**
 * The course of a partner on one ladder since it was last settled: which tier the facts, as they stand, gave on each day, and
 * which one is earned by that. Worked out anew each time, so that nothing depends on when or in which order facts are heard.
 */
import { addDays, type Day, isUpTo, later, plusQuarters, quarterOf, quarterStart } from '@echelon/calendar';
import type { VersionId } from '@echelon/contracts/ids';
import type { Facts, Position, TrackFact } from '@echelon/contracts/tiering';
import { baseTier, type Key, type Ladder, ladderOf, movedTo, type ProgramDocument } from '@echelon/program';
import { given, rankOf } from './evaluate.ts';
import type { Spell } from './group.ts';
import { type AsOf, ordinalOf } from './measure.ts';
import { type Known, spans } from './versions.ts';

export interface Course {
  /** The ladder and the version that judges it on the last day. */
  readonly ladder: Ladder;
  readonly document: ProgramDocument;
  readonly versionId: VersionId;
  /** What the facts give on the last day. */
  readonly attained: Key;
  /** What only a review takes away; or the track that was chosen. */
  readonly earned: Key;
  /** The first day on which it was, by the facts as they stand. */
  readonly earnedOn: Day;
  /** What the facts give of it: of tiers what is attained; of tracks the one that is held, or the highest below it. */
  readonly supported: Key;
  /** Was it chosen since the last review? */
  readonly chosen: boolean;
  /** Is it where a version moved the partner, and nothing has come of the facts since? */
  readonly moved: boolean;
  /** Since when, without a break, the facts give less than what is earned; absent while they suffice. */
  readonly shortSince?: Day;
}

/** From one day to the next on which something begins or ends, the facts give the same. */
interface Stretch {
  readonly from: Day;
  readonly ladder: Ladder;
  /** Of each tier, the lowest first. */
  readonly given: readonly boolean[];
}

/** A tier, and the first day on which it is earned. */
interface Earned {
  readonly tier: Key | undefined;
  readonly on: Day;
  /** By a version, whatever the facts give. */
  readonly moved?: true;
}

/** @returns undefined where no version of the last day has the ladder */
export const courseOf = (
  { ladder: key, settled }: Pick<Position, 'ladder' | 'settled'>,
  facts: Facts,
  { versions, group, today }: Known & { readonly today: Day },
): Course | undefined => {
  let stretches: readonly Stretch[] = [];
  const choice = choiceOf(key, facts, settled.on);
  let earned: Earned = { tier: settled.tier, on: settled.on };
  let last: Pick<Course, 'ladder' | 'document' | 'versionId'> | undefined;
  for (const [takenOver, { document, versionId, from, to }] of spans(versions, settled.on, today).entries()) {
    const ladder = ladderOf(document, key);
    last = ladder && { ladder, document, versionId };
    if (ladder === undefined) continue;
    const mapped = takenOver > 0 ? movedTo(document.migration, { tier: earned.tier, ladder }) : undefined;
    // Whoever is moved falls short of the tier from that day on at the earliest.
    if (mapped !== undefined && mapped !== earned.tier) [earned, stretches] = [{ tier: mapped, on: from, moved: true }, []];
    const days = turningDays(ladder, { document, facts, group }, { from, to });
    const judged = days.map((on) => ({ from: on, ladder, given: given(ladder, { document, facts, group, on }) }));
    const chosen = choice && isUpTo(choice.confirmedOn, to) && (takenOver === 0 || isUpTo(from, choice.confirmedOn)) ? choice : undefined;
    earned = ladder.promotion === 'by-choice' ? chosenOver(ladder, earned, { chosen, from }) : earnedOver(ladder, earned, judged);
    stretches = [...stretches, ...judged];
  }
  if (last === undefined) return undefined;
  const tier = earned.tier ?? baseTier(last.ladder).key;
  const isChoice = last.ladder.promotion === 'by-choice';
  const now = stretches.at(-1)?.given ?? [];
  const attained = keyAt(last.ladder, now.lastIndexOf(true));
  const supported = isChoice ? keyAt(last.ladder, now.lastIndexOf(true, rankOf(last.ladder, tier))) : attained;
  const chosen = isChoice && choice?.track === tier ? choice : undefined;
  // Also where a review has settled it meanwhile.
  const taken = isChoice ? facts.tracks?.find((one) => one.ladder === key && one.track === tier) : undefined;
  const shortSince = notBefore(taken && firstDueOn(taken, last.document), shortfall(stretches, tier), today);
  return {
    ...last,
    attained,
    earned: tier,
    earnedOn: earned.on,
    supported,
    chosen: chosen !== undefined,
    moved: earned.moved === true,
    ...(shortSince && { shortSince }),
  };
};

/** The track that was confirmed since the ladder was last settled. What a review of that day has settled, holds. */
const choiceOf = (ladder: Key, { tracks = [] }: Facts, settledOn: Day): TrackFact | undefined =>
  tracks.find((one) => one.ladder === ladder && !one.reviewed && isUpTo(settledOn, one.confirmedOn));

/** The track that was chosen, where the version has it; else the one so far, or where it has not that one either, the lowest. */
const chosenOver = (ladder: Ladder, before: Earned, { chosen, from }: { readonly chosen: TrackFact | undefined; readonly from: Day }): Earned => {
  const tier = [chosen?.track, before.tier].find((track) => rankOf(ladder, track) !== -1) ?? baseTier(ladder).key;
  if (tier === before.tier) return before;
  return { tier, on: chosen && tier === chosen.track ? later(from, chosen.confirmedOn) : from };
};

/** Whoever takes a track has what is left of the quarter to fulfil it. */
const firstDueOn = ({ confirmedOn }: TrackFact, { fiscalCalendar }: ProgramDocument): Day =>
  quarterStart(plusQuarters(quarterOf(confirmedOn, fiscalCalendar), 1), fiscalCalendar);

const notBefore = (first: Day | undefined, since: Day | undefined, today: Day): Day | undefined => {
  const due = first && since ? later(first, since) : since;
  return due && isUpTo(due, today) ? due : undefined;
};

/** The tier so far, or where this version's ladder has it not, what the facts give on its first day; and what they give later, if higher. */
const earnedOver = (ladder: Ladder, before: Earned, judged: readonly Stretch[]): Earned => {
  const ranks = judged.map((stretch) => stretch.given.lastIndexOf(true));
  const isKept = rankOf(ladder, before.tier) !== -1;
  const placed = isKept ? rankOf(ladder, before.tier) : (ranks[0] ?? 0);
  const best = ladder.promotion === 'on-attainment' ? Math.max(placed, ...ranks) : placed;
  if (best === placed && isKept) return before;
  return { tier: keyAt(ladder, best), on: judged[ranks.indexOf(best)]?.from ?? before.on };
};

const keyAt = (ladder: Ladder, rank: number): Key => (ladder.tiers[rank] ?? baseTier(ladder)).key;

/** Looking back from the last day: as long as a ladder that has the tier does not give it. */
const shortfall = (stretches: readonly Stretch[], earned: Key): Day | undefined => {
  const gives = ({ ladder, given }: Stretch): boolean => given[rankOf(ladder, earned)] ?? true;
  return stretches[stretches.findLastIndex(gives) + 1]?.from;
};

/** The days of a span on which what the facts give can change: its first, those of quarters, and where something held begins or has ended. */
const turningDays = (
  ladder: Ladder,
  { document: { fiscalCalendar }, facts, group = [] }: Omit<AsOf, 'on'>,
  { from, to }: { readonly from: Day; readonly to: Day },
): Day[] => {
  const days = new Map<number, Day>();
  const turn = (on: Day): void => {
    if (isUpTo(from, on) && isUpTo(on, to)) days.set(ordinalOf(on), on);
  };
  turn(from);
  let quarter = quarterOf(from, fiscalCalendar);
  for (let on = from; isUpTo(on, to); on = quarterStart(quarter, fiscalCalendar)) {
    turn(on);
    quarter = plusQuarters(quarter, 1);
  }
  const held: readonly Spell[] = [facts, ...group.map((member) => member.facts)].flatMap((all) => [
    ...askedFor(ladder, all),
    ...(all.enrollment?.modelsHeld ?? []),
  ]);
  for (const spell of [...held, ...group.flatMap(({ spells }) => spells)]) {
    if (spell.from) turn(spell.from);
    if (spell.until && isUpTo(from, spell.until) && isUpTo(spell.until, to)) turn(addDays(spell.until, 1));
  }
  return [...days].toSorted(([a], [b]) => a - b).map(([, on]) => on);
};

/** What is held from a day to a day, of that for which a ladder asks: whatever else begins or ends changes nothing on it. */
const askedFor = ({ tiers }: Ladder, { certifications, specializations, nominations }: Facts): readonly Spell[] => {
  const asked = tiers.flatMap(({ requirements }) => requirements);
  const names = new Set(asked.flatMap((one) => (one.kind === 'certified-people' ? [one.certification] : [])));
  return [
    ...certifications.filter(({ certification }) => names.has(certification)),
    ...(asked.some(({ kind }) => kind === 'specialization') ? specializations : []),
    ...(asked.some(({ kind }) => kind === 'nomination') ? nominations : []),
  ];
};

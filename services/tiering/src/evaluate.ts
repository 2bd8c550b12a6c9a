/** What the facts give on a day by one version: pure, and the same every time. */
import { addDays, type Day, earlier, isUpTo, plusQuarters, quarterEnd, quarterOf } from '@echelon/calendar';
import type { Facts, RequirementFinding } from '@echelon/contracts/tiering';
import { decimalText, Money, money } from '@echelon/money';
import type { Key, Ladder, Requirement, Tier } from '@echelon/program';
import * as z from 'zod';
import { type AsOf, measured } from './measure.ts';

/**
 * Of each tier, the lowest first, whether the facts give it: where every hard requirement is met, its own and those of all tiers below; of a track,
 * which is chosen and not climbed, its own. The lowest is given by enrolment.
 */
export const given = ({ tiers, promotion }: Ladder, asOf: AsOf): readonly boolean[] => {
  let soFar = true;
  return tiers.map((tier, rank) => {
    if (!soFar) return false;
    const held = rank === 0 || tier.requirements.every((one) => one.strictness === 'advisory' || isMet(one, tier, asOf));
    soFar = held || promotion === 'by-choice';
    return held;
  });
};

/** The rank of the highest tier that the facts give. */
export const attained = (ladder: Ladder, asOf: AsOf): number => Math.max(0, given(ladder, asOf).lastIndexOf(true));

const isMet = (requirement: Requirement, tier: Tier, asOf: AsOf): boolean => {
  const { have, need } = measured(requirement, tier, asOf);
  return have >= need;
};

/** A tier's place on the ladder, the lowest 0; −1 where the ladder has no such tier. */
export const rankOf = ({ tiers }: Ladder, tier: Key | undefined): number => tiers.findIndex(({ key }) => key === tier);

/** What tells whether a tier is kept or the next one reached: all that these two ask for, and what is missed of those below, where it is climbed. */
export const evidenceFor = (ladder: Ladder, tier: Key, asOf: AsOf): RequirementFinding[] => {
  const rank = rankOf(ladder, tier);
  return ladder.tiers.slice(ladder.promotion === 'by-choice' ? Math.max(0, rank) : 0, rank + 2).flatMap((one) => {
    const findings = findingsOf(ladder, one, asOf);
    return rankOf(ladder, one.key) < rank ? findings.filter(({ met, requirement }) => !met && requirement.strictness === 'hard') : findings;
  });
};

/** Each requirement of a tier beside what there is. */
const findingsOf = (ladder: Ladder, tier: Tier, asOf: AsOf): RequirementFinding[] =>
  tier.requirements.map((requirement, at) => {
    const finding = findingOf(ladder, tier, { at, asOf });
    // Of what is summed by quarter no last day is named: more may come.
    const until = finding.met && !('window' in requirement) ? countsUntil(requirement, tier, asOf) : undefined;
    return { ...finding, ...(until && { until }) };
  });

/** A requirement beside what there is, and its place in the document. */
export const findingOf = (ladder: Ladder, tier: Tier, { at, asOf }: { readonly at: number; readonly asOf: AsOf }): RequirementFinding => {
  const requirement = tier.requirements[at];
  if (requirement === undefined) throw new Error(`"${tier.key}" has no requirement ${at}`);
  const { have, need } = measured(requirement, tier, asOf);
  const rule = `/ladders/${asOf.document.ladders.indexOf(ladder)}/tiers/${ladder.tiers.indexOf(tier)}/requirements/${at}`;
  return { requirement, rule, have: written(requirement, have), need: written(requirement, need), met: have >= need };
};

export const written = (requirement: Requirement, figure: bigint): string => {
  if (requirement.kind === 'revenue') return z.encode(Money, money(figure, requirement.atLeast.currency)).amount;
  return requirement.kind === 'milestone' ? decimalText({ trillionths: figure }) : String(figure);
};

/** The last day on which what is held counts, where nothing more comes: enough of it, where it suffices; else all of it. */
export const countsUntil = (requirement: Requirement, tier: Tier, asOf: AsOf): Day | undefined => {
  const { have, need } = measured(requirement, tier, asOf);
  const isLessAfter = (until: Day): boolean => {
    const then = measured(requirement, tier, { ...asOf, on: addDays(until, 1) }).have;
    return then < have && then < need;
  };
  return endsOf(requirement, tier.key, asOf)
    .filter((until) => isUpTo(asOf.on, until) && isLessAfter(until))
    .reduce<Day | undefined>((first, until) => (first ? earlier(first, until) : until), undefined);
};

/** What counts on a day has left every window but a lifetime when the fifth quarter after it begins. */
const QUARTERS_AHEAD = 5;

/** The days after which less of it may count: the last ones of what is held, and of the quarters ahead. */
const endsOf = (requirement: Requirement, tier: Key, { document: { fiscalCalendar }, facts: own, group, on }: AsOf): readonly Day[] => {
  const isOfGroup = 'level' in requirement && requirement.level === 'group';
  const all = [own, ...(isOfGroup ? (group ?? []).map(({ facts }) => facts) : [])];
  const groupEnds = isOfGroup ? (group ?? []).flatMap(({ spells }) => spells.flatMap(({ until }) => until ?? [])) : [];
  const held = all.flatMap((facts) => heldFor(requirement, tier, facts)).map(({ until }) => until);
  const ahead = 'window' in requirement ? Array.from({ length: QUARTERS_AHEAD }, (_, n) => n) : [];
  const quarters = ahead.map((n) => quarterEnd(plusQuarters(quarterOf(on, fiscalCalendar), n), fiscalCalendar));
  return [...held, ...groupEnds, ...quarters];
};

const heldFor = (
  requirement: Requirement,
  tier: Key,
  { certifications, specializations, nominations }: Facts,
): readonly { readonly until: Day }[] => {
  switch (requirement.kind) {
    case 'certified-people':
      return certifications.filter(({ certification }) => certification === requirement.certification);
    case 'specialization':
      return specializations.filter(({ specialization }) => specialization === requirement.specialization);
    case 'nomination':
      return nominations.filter((nomination) => nomination.tier === tier);
    default:
      return [];
  }
};

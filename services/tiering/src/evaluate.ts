/** What the facts give on a day by one version: pure, and the same every time. */
import { addDays, type Day, isUpTo, plusQuarters, quarterEnd, quarterOf } from '@echelon/calendar';
import type { Facts, RequirementFinding } from '@echelon/contracts/tiering';
import { decimalText, Money, money } from '@echelon/money';
import type { Key, Ladder, Requirement, Tier } from '@echelon/program';
import * as z from 'zod';
import { type AsOf, type Measured, measured } from './measure.ts';

/**
 * Of each tier, the lowest first, whether the facts give it: where every hard requirement is met, its own and those of all tiers below; of a track,
 * which is chosen and not climbed, its own. The lowest is given by enrolment.
 */
export const given = ({ tiers, promotion }: Ladder, asOf: AsOf): readonly boolean[] => {
  let soFar = true;
  return tiers.map((tier, rank) => {
    if (!soFar) return false;
    const held = rank === 0 || tier.requirements.every((one) => one.strictness === 'advisory' || isMet(measured(one, tier, asOf)));
    soFar = held || promotion === 'by-choice';
    return held;
  });
};

export const isMet = ({ have, need }: Measured): boolean => have >= need;

/** A tier's place on the ladder, the lowest 0; −1 where the ladder has no such tier. */
export const rankOf = ({ tiers }: Ladder, tier: Key | undefined): number => tiers.findIndex(({ key }) => key === tier);

/** What tells whether a tier is kept or the next one reached: all that these two ask for, and what is missed of those below, where it is climbed. */
export const evidenceFor = (ladder: Ladder, tier: Key, asOf: AsOf): RequirementFinding[] => {
  const rank = rankOf(ladder, tier);
  return ladder.tiers.slice(ladder.promotion === 'by-choice' ? Math.max(0, rank) : 0, rank + 2).flatMap((one) => {
    const figures = figuresOf(ladder, one, asOf);
    return (rankOf(ladder, one.key) < rank ? figures.filter(isMissing) : figures).map((figure) => evidenceOf(figure, asOf));
  });
};

/** Of what is summed by quarter no last day is named: more may come. */
const evidenceOf = (figure: Figure, asOf: AsOf): RequirementFinding => {
  const until = isMet(figure) && !('window' in figure.requirement) ? countsUntil(figure, asOf) : undefined;
  return { ...findingOf(figure), ...(until && { until }) };
};

/** Does it keep the tier from being given? */
export const isMissing = (figure: Figure): boolean => figure.requirement.strictness === 'hard' && !isMet(figure);

/** A requirement as it is measured on a day, once: what evidence and gap say of it, they say of this. */
export interface Figure extends Measured {
  readonly requirement: Requirement;
  readonly tier: Tier;
  /** Its place in the document. */
  readonly rule: string;
}
/** Each requirement of a tier beside what there is. */
export const figuresOf = (ladder: Ladder, tier: Tier, asOf: AsOf): Figure[] =>
  tier.requirements.map((requirement, at) => ({
    ...{ requirement, tier, rule: `/ladders/${asOf.document.ladders.indexOf(ladder)}/tiers/${ladder.tiers.indexOf(tier)}/requirements/${at}` },
    ...measured(requirement, tier, asOf),
  }));

export const findingOf = (figure: Figure): RequirementFinding => {
  const { requirement, rule, have, need } = figure;
  return { requirement, rule, have: written(requirement, have), need: written(requirement, need), met: isMet(figure) };
};

export const written = (requirement: Requirement, figure: bigint): string => {
  if (requirement.kind === 'revenue') return z.encode(Money, money(figure, requirement.atLeast.currency)).amount;
  return requirement.kind === 'milestone' ? decimalText({ trillionths: figure }) : String(figure);
};

/** The last day on which what is held counts, where nothing more comes: enough of it, where it suffices; else all of it. */
export const countsUntil = ({ requirement, tier, have, need }: Figure, asOf: AsOf): Day | undefined =>
  endsOf(requirement, tier.key, asOf).find((until) => {
    const then = measured(requirement, tier, { ...asOf, on: addDays(until, 1) }).have;
    return then < have && then < need;
  });

/** What counts on a day has left every window but a lifetime when the fifth quarter after it begins. */
const QUARTERS_AHEAD = 5;

/** The days to come after which less of it may count, each once and in order: the last ones of what is held, and of the quarters ahead. */
const endsOf = (requirement: Requirement, tier: Key, { document: { fiscalCalendar }, facts: own, group = [], on }: AsOf): readonly Day[] => {
  const others = isOfGroup(requirement) ? group : [];
  const held = [own, ...others.map(({ facts }) => facts)].flatMap((facts) => heldFor(requirement, tier, facts)).map(({ until }) => until);
  const left = others.flatMap(({ spells }) => spells.flatMap(({ until }) => until ?? []));
  const ahead = 'window' in requirement ? Array.from({ length: QUARTERS_AHEAD }, (_, n) => n) : [];
  const quarters = ahead.map((n) => quarterEnd(plusQuarters(quarterOf(on, fiscalCalendar), n), fiscalCalendar));
  const days = new Map([...held, ...left, ...quarters].filter((until) => isUpTo(on, until)).map((until) => [until.toString(), until]));
  return [...days].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, until]) => until);
};

/** Is it measured over the whole group? */
export const isOfGroup = (requirement: Requirement): boolean => 'level' in requirement && requirement.level === 'group';

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

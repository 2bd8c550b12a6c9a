/** What the facts give on a day by one version: pure, and the same every time. */
import { addDays, type Day, earlier, isUpTo } from '@echelon/calendar';
import type { Facts, RequirementFinding } from '@echelon/contracts/tiering';
import { decimalText, Money, money } from '@echelon/money';
import type { Key, Ladder, Requirement, Tier } from '@echelon/program';
import * as z from 'zod';
import { type AsOf, measured } from './measure.ts';

/** The rank of the highest tier of which every hard requirement is met, and with it those of all tiers below. */
export const attained = ({ tiers }: Ladder, asOf: AsOf): number => {
  const missed = tiers.findIndex((tier) => !tier.requirements.every((one) => one.strictness === 'advisory' || isMet(one, tier, asOf)));
  return missed === -1 ? tiers.length - 1 : Math.max(0, missed - 1);
};

const isMet = (requirement: Requirement, tier: Tier, asOf: AsOf): boolean => {
  const { have, need } = measured(requirement, tier, asOf);
  return have >= need;
};

/** A tier's place on the ladder, the lowest 0; −1 where the ladder has no such tier. */
export const rankOf = ({ tiers }: Ladder, tier: Key | undefined): number => tiers.findIndex(({ key }) => key === tier);

/** What tells whether a tier is kept or the next one reached: all that these two ask for, and what is missed of those below. */
export const evidenceFor = (ladder: Ladder, tier: Key, asOf: AsOf): RequirementFinding[] => {
  const rank = rankOf(ladder, tier);
  return ladder.tiers.slice(0, rank + 2).flatMap((one, at) => {
    const findings = findingsOf(ladder, one, asOf);
    return at < rank ? findings.filter(({ met, requirement }) => !met && requirement.strictness === 'hard') : findings;
  });
};

/** Each requirement of a tier beside what there is, and its place in the document. */
const findingsOf = (ladder: Ladder, tier: Tier, asOf: AsOf): RequirementFinding[] => {
  const place = `/ladders/${asOf.document.ladders.indexOf(ladder)}/tiers/${ladder.tiers.indexOf(tier)}/requirements`;
  return tier.requirements.map((requirement, at) => {
    const { have, need } = measured(requirement, tier, asOf);
    const met = have >= need;
    const until = met ? lastDayOf(requirement, tier, asOf) : undefined;
    const figures = { have: written(requirement, have), need: written(requirement, need) };
    return { requirement, rule: `${place}/${at}`, ...figures, met, ...(until && { until }) };
  });
};

const written = (requirement: Requirement, figure: bigint): string => {
  if (requirement.kind === 'revenue') return z.encode(Money, money(figure, requirement.atLeast.currency)).amount;
  return requirement.kind === 'milestone' ? decimalText({ trillionths: figure }) : String(figure);
};

/** The last day on which what is held suffices; of what is summed by quarter none is known, because more may come. */
const lastDayOf = (requirement: Requirement, tier: Tier, asOf: AsOf): Day | undefined =>
  endsOf(requirement, tier.key, asOf.facts)
    .filter((until) => isUpTo(asOf.on, until) && !isMet(requirement, tier, { ...asOf, on: addDays(until, 1) }))
    .reduce<Day | undefined>((first, until) => (first ? earlier(first, until) : until), undefined);

const endsOf = (requirement: Requirement, tier: Key, { certifications, specializations, nominations }: Facts): readonly Day[] => {
  switch (requirement.kind) {
    case 'certified-people':
      return certifications.filter(({ certification }) => certification === requirement.certification).map(({ until }) => until);
    case 'specialization':
      return specializations.filter(({ specialization }) => specialization === requirement.specialization).map(({ until }) => until);
    case 'nomination':
      return nominations.filter((nomination) => nomination.tier === tier).map(({ until }) => until);
    default:
      return [];
  }
};

/** The gap to each tier above, or to every track: the evaluator's own figures, what is missing of each, and the actions that close it. */
import { type Day, earlier, isUpTo } from '@echelon/calendar';
import type { Gap, GapAction, GapFinding, Standing, TierGap } from '@echelon/contracts/tiering';
import type { Ladder, Tier } from '@echelon/program';
import { actionFor, type Missing } from './actions.ts';
import type { Look } from './consequences.ts';
import { courseOf } from './course.ts';
import { countsUntil, findingOf, given, rankOf, written } from './evaluate.ts';
import { type AsOf, measured } from './measure.ts';
import { current, todayIn } from './versions.ts';

export const gapOf = ({ facts, positions }: Standing, { versions, group, now }: Look): Gap => {
  const on = todayIn(versions, now);
  const ladders = positions.flatMap((position) => {
    const course = courseOf(position, facts, { versions, group, today: on });
    if (course === undefined) return [];
    const { ladder, document, attained } = course;
    const official = rankOf(ladder, position.tier);
    const shown = ladder.tiers.filter((_, rank) => ladder.promotion === 'by-choice' || rank >= Math.max(1, official));
    const asOf = { document, facts, group, on };
    const tiers = shown.map((tier) => tierGap(ladder, tier, { ...asOf, grace: tier.key === position.tier ? position.grace?.until : undefined }));
    return [{ ladder: ladder.key, official: position.tier, projected: attained, tiers }];
  });
  return { asOf: now, on, versionId: current(versions).versionId, ladders };
};

/** @param grace until when grace lasts for the tier, where it is the official one and falls short */
export const tierGap = (ladder: Ladder, tier: Tier, { grace, ...asOf }: AsOf & { readonly grace?: Day | undefined }): TierGap => {
  const rank = ladder.tiers.indexOf(tier);
  const figures = ladder.tiers.slice(ladder.promotion === 'by-choice' ? rank : 0, rank + 1).flatMap((one) => figuresOf(ladder, one, asOf));
  const asked = figures.filter((one) => one.tier === tier || isMissing(one));
  const by = asked
    .filter(({ finding }) => finding.requirement.strictness === 'hard')
    .reduce<Day | undefined>((first, { finding }) => earliest(first, finding.until), grace && isUpTo(asOf.on, grace) ? grace : undefined);
  const actions = mostOfEach(asked.filter(isMissing))
    .toSorted(nearest)
    .map(({ missing }): GapAction => actionFor(missing, { ...asOf, by }));
  return {
    tier: tier.key,
    name: tier.name,
    given: given(ladder, asOf)[rank] ?? false,
    requirements: asked.map(({ finding }) => finding),
    actions: oncePerTarget(actions),
  };
};

interface Figures {
  readonly tier: Tier;
  readonly finding: GapFinding;
  readonly missing: Missing;
}
const figuresOf = (ladder: Ladder, tier: Tier, asOf: AsOf): Figures[] =>
  tier.requirements.map((requirement, at) => {
    const { have, need } = measured(requirement, tier, asOf);
    const finding = findingOf(ladder, tier, { at, asOf });
    const until = countsUntil(requirement, tier, asOf);
    const lacking = have < need ? need - have : 0n;
    return {
      tier,
      finding: { ...finding, missing: written(requirement, lacking), ...(until && { until }) },
      missing: { requirement, tier, rule: finding.rule, lacking, need },
    };
  });

const isMissing = ({ finding }: Figures): boolean => !finding.met && finding.requirement.strictness === 'hard';

/**
 * More and less may be asked of the same: by a tier and one below it, in two windows, of the partner and of its group. Whoever does now what the most is
 * missing of has done all of it. Of targets each says what its own window lacks.
 */
const mostOfEach = (missing: readonly Figures[]): readonly Figures[] =>
  Array.from(Map.groupBy(missing, subjectOf).values()).flatMap((same) =>
    same.toSorted((a, b) => (a.missing.lacking < b.missing.lacking ? 1 : -1)).slice(0, 1),
  );
/** What is asked for, whatever how much of it and since when. */
const subjectOf = ({ finding: { requirement, rule }, tier }: Figures): string => {
  switch (requirement.kind) {
    case 'revenue':
      return `${requirement.kind} ${requirement.measure}`;
    case 'points':
      return `${requirement.kind} ${requirement.businessModel}`;
    case 'certified-people':
      return `${requirement.kind} ${requirement.certification}`;
    case 'specialization':
      return `${requirement.kind} ${requirement.specialization}`;
    case 'engagement':
      return `${requirement.kind} ${requirement.engagement}`;
    case 'milestone':
      return rule;
    case 'nomination':
      return `${requirement.kind} ${tier.key}`;
  }
};

/** One target is agreed for a quarter, and one amount brought for it, however many windows look at it. */
const oncePerTarget = (actions: readonly GapAction[]): GapAction[] =>
  actions.filter((action) => {
    if (action.kind === 'agree-target') return actions.find((one) => one.kind === action.kind && one.measure === action.measure) === action;
    if (action.kind !== 'meet-target') return true;
    const same = actions.flatMap((one) => (one.kind === 'meet-target' && one.measure === action.measure ? [one] : []));
    return same.reduce((most, one) => (one.amount.amount > most.amount.amount ? one : most)) === action;
  });

/** That first of which the least share is missing; of equal ones that which the document names first. */
const nearest = ({ missing: a }: Figures, { missing: b }: Figures): number => {
  const [left, right] = [a.lacking * b.need, b.lacking * a.need];
  return left === right ? 0 : left < right ? -1 : 1;
};
const earliest = (a: Day | undefined, b: Day | undefined): Day | undefined => (a && b ? earlier(a, b) : (a ?? b));

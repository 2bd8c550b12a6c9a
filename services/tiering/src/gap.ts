/** The gap to each tier above, or to every track: the evaluator's own figures, what is missing of each, and the actions that close it. */
import { type Day, earlier, later } from '@echelon/calendar';
import type { Gap, GapAction, GapFinding, Standing, TierGap } from '@echelon/contracts/tiering';
import type { Tier } from '@echelon/program';
import { actionFor, lackingOf } from './actions.ts';
import type { Look } from './consequences.ts';
import { countsUntil, type Figure, figuresOf, findingOf, isMissing, isOfGroup, rankOf, written } from './evaluate.ts';
import { placedBy } from './judge.ts';
import type { AsOf } from './measure.ts';
import { current, todayIn } from './versions.ts';

export const gapOf = (standing: Standing, look: Look): Gap => {
  const { versions, group, now } = look;
  const on = todayIn(versions, now);
  const ladders = placedBy(standing, look).map(({ position, course }) => {
    const { ladder, document, attained, earned } = course;
    const asOf = { document, facts: standing.facts, group, on };
    const figures = ladder.tiers.map((tier) =>
      figuresOf(ladder, tier, asOf).map((figure): Counting => ({ ...figure, until: countsUntil(figure, asOf) })),
    );
    const isClimbed = ladder.promotion !== 'by-choice';
    const lowest = isClimbed ? Math.max(1, rankOf(ladder, position.tier)) : 0;
    const tiers = ladder.tiers.slice(lowest).map((tier, n) => {
      const asked = figures.slice(isClimbed ? 0 : lowest + n, lowest + n + 1).flat();
      // Grace is of what is earned, whatever is set over it.
      // Once it is over, any day may be the last.
      const grace = tier.key === earned && position.grace ? later(on, position.grace.until) : undefined;
      return tierGap(tier, asked, { ...asOf, grace });
    });
    return { ladder: ladder.key, name: ladder.name, official: position.tier, projected: attained, tiers };
  });
  const { versionId, document } = current(versions);
  // As the document has them.
  const ordered = document.ladders.flatMap(({ key }) => ladders.filter(({ ladder }) => ladder === key));
  return { asOf: now, on, versionId, ladders: ordered };
};

/** With the last day on which what is held of it counts. */
type Counting = Figure & { readonly until: Day | undefined };

/** @param asked by the tier, and where it is climbed by those below it */
const tierGap = (tier: Tier, asked: readonly Counting[], { grace, ...asOf }: AsOf & { readonly grace: Day | undefined }): TierGap => {
  const missing = asked.filter(isMissing);
  const by = asked
    .filter(({ requirement }) => requirement.strictness === 'hard')
    .reduce<Day | undefined>((first, { until }) => earliest(first, until), grace);
  const actions = mostOfEach(missing)
    .toSorted(nearest)
    .map((figure) => actionFor(figure, { ...asOf, by }));
  return {
    tier: tier.key,
    name: tier.name,
    given: missing.length === 0,
    requirements: asked.filter((one) => one.tier === tier || missing.includes(one)).map(told),
    actions: oncePerTarget(actions),
  };
};

const told = ({ until, ...figure }: Counting): GapFinding => {
  const { requirement } = figure;
  return { ...findingOf(figure), missing: written(requirement, lackingOf(figure)), ...(until && { until }) };
};

/**
 * More and less may be asked of the same: by a tier and one below it, in two windows, of the partner and of its group. Whoever does now what the most is
 * missing of has done all of it. What the partner does counts in its group too, and what others of the group do not for the partner. Of targets each says
 * what its own window lacks.
 */
const mostOfEach = (missing: readonly Figure[]): readonly Figure[] =>
  Array.from(Map.groupBy(missing, subjectOf).values()).flatMap((same) => {
    const own = most(same.filter(({ requirement }) => !isOfGroup(requirement)));
    const ofGroup = most(same.filter(({ requirement }) => isOfGroup(requirement)));
    const alsoOfOthers = ofGroup.filter((group) => own.every((one) => lackingOf(one) < lackingOf(group)));
    return [...own, ...alsoOfOthers];
  });
const most = (same: readonly Figure[]): readonly Figure[] => same.toSorted((a, b) => (lackingOf(a) < lackingOf(b) ? 1 : -1)).slice(0, 1);

/** What is asked for, whatever how much of it, of whom and since when. */
const subjectOf = ({ requirement, rule, tier }: Figure): string => {
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
const nearest = (a: Figure, b: Figure): number => {
  const [left, right] = [lackingOf(a) * b.need, lackingOf(b) * a.need];
  return left === right ? 0 : left < right ? -1 : 1;
};
const earliest = (a: Day | undefined, b: Day | undefined): Day | undefined => (a && b ? earlier(a, b) : (a ?? b));

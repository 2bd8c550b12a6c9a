import { compare, compareDecimals, isNegative, rate } from '@echelon/money';
import { givesPoints, pointsFindings } from './check-points.ts';
import { ladderFor, type ProgramDocument, type Requirement, Route } from './document.ts';
import type { Finding } from './finding.ts';
import { CERTIFIED_PEOPLE_MAX } from './ladder.ts';

/** Tiers that can be reached, one after the other; each route on one ladder. */
export const ladderFindings = (document: ProgramDocument): Finding[] => [
  ...routesOnce(document),
  ...document.ladders.flatMap((_, at) => climbs(document, at)),
  ...nominations(document),
  ...outOfReach(document),
  ...pointsFindings(document),
  ...positive(document),
];

const tiersOf = ({ ladders }: ProgramDocument) =>
  ladders.flatMap(({ tiers }, at) => tiers.map((tier, n) => ({ pointer: `/ladders/${at}/tiers/${n}`, tier })));

const requirementsOf = (document: ProgramDocument) =>
  tiersOf(document).flatMap(({ pointer, tier }) =>
    tier.requirements.map((requirement, at) => ({ pointer: `${pointer}/requirements/${at}`, requirement, tier: tier.key })),
  );

const routesOnce = (document: ProgramDocument): Finding[] => [
  ...document.ladders.flatMap((ladder, at) =>
    ladder.routes.flatMap((route, n) =>
      ladderFor(document, route) === ladder && ladder.routes.indexOf(route) === n
        ? []
        : [{ pointer: `/ladders/${at}/routes/${n}`, message: `route "${route}" is decided twice` }],
    ),
  ),
  ...Route.options
    .filter((route) => document.dealRegistration.offers.some((offer) => offer.route === route) && ladderFor(document, route) === undefined)
    .map((route) => ({ pointer: '/ladders', message: `offers are made by route "${route}", and no ladder decides which` })),
];

/**
 * The lowest tier asks for nothing; each higher one for something, and for no less than the tier below it by the same measure. A track is chosen and
 * not climbed: it asks for what it asks for.
 */
const climbs = ({ ladders }: ProgramDocument, ladder: number): Finding[] => {
  const { tiers = [], promotion } = ladders[ladder] ?? {};
  return tiers.flatMap((tier, at): Finding[] => {
    const pointer = `/ladders/${ladder}/tiers/${at}/requirements`;
    const hard = tier.requirements.filter(isHard);
    if (at === 0) return hard.length > 0 ? [{ pointer, message: 'the lowest tier is given by enrolment and has no hard requirement' }] : [];
    if (promotion === 'by-choice') return [];
    if (hard.length === 0) return [{ pointer, message: `"${tier.key}" asks for nothing: every partner would hold it, and none the tiers below` }];
    const below = tiers[at - 1]?.requirements ?? [];
    const less = tier.requirements.flatMap((requirement, index) =>
      below.some((lower) => isLess(requirement, lower))
        ? [{ pointer: `${pointer}/${index}`, message: 'asks for less than the tier below it, which nothing could then reach alone' }]
        : [],
    );
    const asked = tiers.slice(0, at).flatMap(({ requirements }) => requirements.filter(isHard));
    if (less.length > 0 || !hard.every((requirement) => asked.some((lower) => isImplied(requirement, lower)))) return less;
    return [{ pointer, message: `"${tier.key}" asks for nothing that the tiers below it do not: nobody would hold "${tiers[at - 1]?.key}" alone` }];
  });
};

/** More than anybody can have: people beyond those that are kept of one partner, points that no rule gives. */
const outOfReach = (document: ProgramDocument): Finding[] =>
  requirementsOf(document).flatMap(({ pointer, requirement }): Finding[] => {
    if (requirement.kind === 'certified-people' && requirement.level !== 'group' && requirement.atLeast > CERTIFIED_PEOPLE_MAX)
      return [{ pointer: `${pointer}/atLeast`, message: `asks for more than the ${CERTIFIED_PEOPLE_MAX} people that a partner counts` }];
    if (requirement.kind !== 'points' || document.pointsRules.some((rule) => givesPoints(rule, document, requirement.businessModel))) return [];
    return [{ pointer, message: `no rule gives points${requirement.businessModel === undefined ? '' : ` for "${requirement.businessModel}"`}` }];
  });
/**
 * A nomination among the holders of a tier that can itself only be held by whoever holds the first: nobody could ever be the first. A tier is held by
 * whoever holds those below it, and of a nomination that among which it is made.
 */
const nominations = (document: ProgramDocument): Finding[] => {
  const asked = requirementsOf(document).flatMap(({ pointer, requirement, tier }) =>
    requirement.kind === 'nomination' && requirement.among !== undefined
      ? [{ pointer: `${pointer}/among`, key: requirement.among, tier, isHard: requirement.strictness === 'hard' }]
      : [],
  );
  const before = (tier: string): readonly string[] => [
    ...document.ladders
      .flatMap(({ tiers, promotion }) => (promotion === 'by-choice' ? [] : tiers.filter((_, rank) => tiers[rank + 1]?.key === tier)))
      .map(({ key }) => key),
    ...asked.filter((one) => one.tier === tier && one.isHard).map(({ key }) => key),
  ];
  const leadsTo = (tier: string, goal: string): boolean => {
    const reached = new Set([tier]);
    // What is added while it is walked is walked too; each once.
    for (const one of reached) for (const next of before(one)) reached.add(next);
    return reached.has(goal);
  };
  return asked
    .filter(({ key, tier }) => leadsTo(key, tier))
    .map(({ pointer, key, tier }) => ({
      pointer,
      message: `"${tier}" is held among those who hold "${key}", which nobody holds without "${tier}"`,
    }));
};

const isHard = ({ strictness }: Requirement): boolean => strictness === 'hard';

/** Does whoever meets the other meet this one? Not by a nomination: it is for one tier. */
const isImplied = (one: Requirement, other: Requirement): boolean => one.kind !== 'nomination' && isSameMeasure(one, other) && !isLess(other, one);

/** Does one ask for less of the very same thing? */
const isLess = (one: Requirement, other: Requirement): boolean => {
  if (one.strictness !== other.strictness || !isSameMeasure(one, other)) return false;
  if (one.kind === 'revenue' && other.kind === 'revenue')
    return one.atLeast.currency === other.atLeast.currency && compare(one.atLeast, other.atLeast) < 0;
  if (one.kind === 'milestone' && other.kind === 'milestone') return compareDecimals(one.atLeastShare, other.atLeastShare) < 0;
  return amountOf(one) < amountOf(other);
};

const amountOf = (one: Requirement): number => ('atLeast' in one && typeof one.atLeast === 'number' ? one.atLeast : 0);

/** The requirement without what it asks for, a level that is not told being the partner's. */
const isSameMeasure = (one: Requirement, other: Requirement): boolean => JSON.stringify(measureOf(one)) === JSON.stringify(measureOf(other));
const measureOf = (one: Requirement) =>
  Object.entries({ level: 'partner', ...one })
    .filter(([name]) => !['atLeast', 'atLeastShare', 'strictness'].includes(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));

const positive = (document: ProgramDocument): Finding[] => [
  ...requirementsOf(document).flatMap(({ pointer, requirement }) => {
    if (requirement.kind === 'revenue' && isNegative(requirement.atLeast)) return [{ pointer: `${pointer}/atLeast/amount`, message: 'is negative' }];
    if (requirement.kind === 'revenue' && isHard(requirement) && requirement.atLeast.amount === 0n)
      return [{ pointer: `${pointer}/atLeast/amount`, message: 'is not above 0: every partner would meet it' }];
    if (requirement.kind === 'milestone' && compareDecimals(requirement.atLeastShare, rate('0')) <= 0)
      return [{ pointer: `${pointer}/atLeastShare`, message: 'is not above 0: it would be met by nothing' }];
    return [];
  }),
];

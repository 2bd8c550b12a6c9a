import { compare, compareDecimals, isNegative, rate } from '@echelon/money';
import { ladderFor, type ProgramDocument, type Requirement, Route } from './document.ts';
import { dangling, type Finding, uniqueKeys } from './finding.ts';

/** Tiers that can be reached, one after the other; names that exist; each route on one ladder. */
export const ladderFindings = (document: ProgramDocument): Finding[] => [
  ...uniqueKeys(tiersOf(document).map(({ pointer, tier }) => ({ pointer: `${pointer}/key`, key: tier.key }))),
  ...routesOnce(document),
  ...names(document),
  ...document.ladders.flatMap((_, at) => climbs(document, at)),
  ...positive(document),
];

const tiersOf = ({ ladders }: ProgramDocument) =>
  ladders.flatMap(({ tiers }, at) => tiers.map((tier, n) => ({ pointer: `/ladders/${at}/tiers/${n}`, tier })));

const requirementsOf = (document: ProgramDocument) =>
  tiersOf(document).flatMap(({ pointer, tier }) =>
    tier.requirements.map((requirement, at) => ({ pointer: `${pointer}/requirements/${at}`, requirement })),
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

const names = (document: ProgramDocument): Finding[] => [
  ...dangling(
    'benefit',
    document.benefits,
    tiersOf(document).flatMap(({ pointer, tier }) => tier.benefits.map((key, at) => ({ pointer: `${pointer}/benefits/${at}`, key }))),
  ),
  ...dangling(
    'certification',
    document.certifications,
    requirementsOf(document).map(({ pointer, requirement }) => ({
      pointer: `${pointer}/certification`,
      key: requirement.kind === 'certified-people' ? requirement.certification : undefined,
    })),
  ),
  ...dangling(
    'specialization',
    document.specializations,
    requirementsOf(document).map(({ pointer, requirement }) => ({
      pointer: `${pointer}/specialization`,
      key: requirement.kind === 'specialization' ? requirement.specialization : undefined,
    })),
  ),
  ...dangling(
    'business model',
    document.businessModels,
    requirementsOf(document).map(({ pointer, requirement }) => ({
      pointer: `${pointer}/businessModel`,
      key: requirement.kind === 'points' ? requirement.businessModel : undefined,
    })),
  ),
];

/** The lowest tier asks for nothing, each higher one for something, and for no less than the tier below it by the same measure. */
const climbs = ({ ladders }: ProgramDocument, ladder: number): Finding[] => {
  const tiers = ladders[ladder]?.tiers ?? [];
  return tiers.flatMap((tier, at): Finding[] => {
    const pointer = `/ladders/${ladder}/tiers/${at}/requirements`;
    const hard = tier.requirements.filter(({ strictness }) => strictness === 'hard');
    if (at === 0) return hard.length > 0 ? [{ pointer, message: 'the lowest tier is given by enrolment and has no hard requirement' }] : [];
    if (hard.length === 0) return [{ pointer, message: `"${tier.key}" asks for nothing: every partner would hold it, and none the tiers below` }];
    const below = tiers[at - 1]?.requirements ?? [];
    return tier.requirements.flatMap((requirement, index) =>
      below.some((lower) => isLess(requirement, lower))
        ? [{ pointer: `${pointer}/${index}`, message: 'asks for less than the tier below it, which nothing could then reach alone' }]
        : [],
    );
  });
};

/** Does one ask for less of the very same thing? */
const isLess = (one: Requirement, other: Requirement): boolean => {
  if (one.strictness !== other.strictness || !isSameMeasure(one, other)) return false;
  if (one.kind === 'revenue' && other.kind === 'revenue')
    return one.atLeast.currency === other.atLeast.currency && compare(one.atLeast, other.atLeast) < 0;
  if (one.kind === 'milestone' && other.kind === 'milestone') return compareDecimals(one.atLeastShare, other.atLeastShare) < 0;
  return amountOf(one) < amountOf(other);
};

const amountOf = (one: Requirement): number => ('atLeast' in one && typeof one.atLeast === 'number' ? one.atLeast : 0);

/** The requirement without what it asks for. */
const isSameMeasure = (one: Requirement, other: Requirement): boolean => JSON.stringify(measureOf(one)) === JSON.stringify(measureOf(other));
const measureOf = (one: Requirement) =>
  Object.entries(one)
    .filter(([name]) => !['atLeast', 'atLeastShare', 'strictness'].includes(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));

const positive = (document: ProgramDocument): Finding[] => [
  ...requirementsOf(document).flatMap(({ pointer, requirement }) => {
    if (requirement.kind === 'revenue' && isNegative(requirement.atLeast)) return [{ pointer: `${pointer}/atLeast/amount`, message: 'is negative' }];
    if (requirement.kind === 'milestone' && compareDecimals(requirement.atLeastShare, rate('0')) <= 0)
      return [{ pointer: `${pointer}/atLeastShare`, message: 'is not above 0: it would be met by nothing' }];
    return [];
  }),
  ...document.pointsRules.flatMap(({ activity }, at) =>
    activity.kind === 'deal-won' && activity.per && activity.per.amount <= 0n
      ? [{ pointer: `/pointsRules/${at}/activity/per/amount`, message: 'is not above 0: an order has no number of whole amounts of it' }]
      : [],
  ),
];

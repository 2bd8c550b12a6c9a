/** Names that the parts about money refer to, and figures that they can't mean. */
import type { ProgramDocument } from './document.ts';
import { dangling, type Finding, type Found, keyed, uniqueKeys } from './finding.ts';
import { isPlain, partsOf } from './parts.ts';

export const incentiveFindings = (document: ProgramDocument): Finding[] => [
  ...keysOnce(document),
  ...names(document),
  ...negative(document),
  ...stepsClimb(document),
];

const keysOnce = ({ roles, sellerRewards, rebates, mdf, serviceProviders, migration, specializations }: ProgramDocument): Finding[] => {
  const lists = {
    '/roles': roles,
    '/sellerRewards': sellerRewards,
    '/rebates/budgets': rebates?.budgets,
    '/rebates/schemes': rebates?.schemes,
    '/mdf/regions': mdf?.regions,
    '/mdf/budgets': mdf?.budgets,
    '/mdf/funds': mdf?.funds,
    '/mdf/activities': mdf?.activities,
    '/serviceProviders/consumption/meters': serviceProviders?.consumption?.meters,
    '/serviceProviders/consumption/rateCards': serviceProviders?.consumption?.rateCards,
    '/serviceProviders/consumption/commitments/terms': serviceProviders?.consumption?.commitments?.terms,
    '/migration/tiers': migration?.tiers,
    ...Object.fromEntries(specializations.map(({ ways }, at) => [`/specializations/${at}/ways`, ways])),
  };
  return Object.entries(lists).flatMap(([place, list]) => uniqueKeys(keyed(place, list ?? [])));
};

/** By the name of the field that refers, and where it stands, what it refers to. */
const referring = (document: ProgramDocument) => {
  const tiers = document.ladders.flatMap((ladder) => ladder.tiers);
  const levels = document.ladders.find(({ key }) => key === document.serviceProviders?.ladder)?.tiers ?? [];
  return [
    { at: /^\/(mdf|rebates|upfrontMargin)\/.*\/(tier|tiers\/\d+)$/, what: 'tier', known: tiers },
    { at: /^\/serviceProviders\/volumeDiscounts\/\d+\/tier$/, what: 'level', known: levels },
    { at: /^\/serviceProviders\/ladder$/, what: 'ladder', known: document.ladders },
    { at: /^\/serviceProviders\/consumption\/rateCards\/.*\/meter$/, what: 'meter', known: document.serviceProviders?.consumption?.meters ?? [] },
    { at: /^\/(rebates|upfrontMargin)\/.*productFamilies\/\d+$/, what: 'product family', known: document.productFamilies },
    { at: /^\/upfrontMargin\/productFamilies\/\d+$/, what: 'product family', known: document.productFamilies },
    { at: /^\/rebates\/.*\/certification$/, what: 'certification', known: document.certifications },
    { at: /^\/specializations\/\d+\/ways\/.*\/certification$/, what: 'certification', known: document.certifications },
    { at: /^\/sellerRewards\/\d+\/role$/, what: 'role', known: document.roles ?? [] },
    { at: /^\/mdf\/budgets\/\d+\/region$/, what: 'region', known: document.mdf?.regions ?? [] },
  ];
};

const names = (document: ProgramDocument): Finding[] => {
  const references = referring(document);
  return [...partsOf(document)].flatMap(({ pointer, part }) => {
    const reference = typeof part === 'string' ? references.find(({ at }) => at.test(pointer)) : undefined;
    return reference === undefined ? [] : dangling(reference.what, reference.known, [{ pointer, key: String(part) }]);
  });
};

/** Nothing in these parts is ever less than nothing: neither money nor a price. */
const negative = ({ admission, mdf, rebates, sellerRewards, upfrontMargin, serviceProviders }: ProgramDocument): Finding[] =>
  [...partsOf({ admission, mdf, rebates, sellerRewards, upfrontMargin, serviceProviders })].flatMap(({ pointer, part }) =>
    isPlain(part) && 'currency' in part && isLessThanNothing(part.amount) ? [{ pointer: `${pointer}/amount`, message: 'is negative' }] : [],
  );

const isLessThanNothing = (amount: unknown): boolean =>
  typeof amount === 'bigint' ? amount < 0n : isPlain(amount) && typeof amount.trillionths === 'bigint' && amount.trillionths < 0n;

const stepsClimb = ({ rebates }: ProgramDocument): Finding[] =>
  (rebates?.schemes ?? []).flatMap(({ pays }, scheme) =>
    pays.method !== 'fixed-on-target'
      ? []
      : pays.steps
          .slice(1)
          .flatMap(({ atLeastShare }, at) =>
            atLeastShare.trillionths > (pays.steps[at]?.atLeastShare.trillionths ?? 0n)
              ? []
              : [{ pointer: `/rebates/schemes/${scheme}/pays/steps/${at + 1}/atLeastShare`, message: 'is not above the step before it' }],
          ),
  );

/** A meter that no rate card charges runs, and costs nothing: it may be meant. */
export const unchargedMeters = ({ serviceProviders }: ProgramDocument): Found[] => {
  const { meters = [], rateCards = [] } = serviceProviders?.consumption ?? {};
  const charged = new Set(rateCards.flatMap(({ charges }) => charges.map(({ meter }) => meter)));
  return meters.flatMap(({ key }, at) =>
    charged.has(key)
      ? []
      : [
          {
            severity: 'reported',
            pointer: `/serviceProviders/consumption/meters/${at}`,
            message: `no rate card charges "${key}": its usage costs nothing`,
          },
        ],
  );
};

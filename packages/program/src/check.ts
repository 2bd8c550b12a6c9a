/** What a schema can't say of a document: names that must meet, tiers that must be reachable, figures that mean something. */
import { businessHoursFindings, dealFindings } from './check-deals.ts';
import { ladderFindings } from './check-ladders.ts';
import type { ProgramDocument } from './document.ts';
import { dangling, type Finding, keyed, uniqueKeys } from './finding.ts';

export type { Finding } from './finding.ts';

/** Every finding, in the document's order; an empty list is a document that every service can run. */
export const check = (document: ProgramDocument): readonly Finding[] => [
  ...businessHoursFindings(document),
  ...lists.flatMap((name) => uniqueKeys(keyed(`/${name}`, document[name]))),
  ...references(document),
  ...ladderFindings(document),
  ...dealFindings(document),
  ...currencies(document),
  ...pointsAtNothing(document),
];

const lists = [
  'businessModels',
  'productFamilies',
  'benefits',
  'certifications',
  'specializations',
  'salesPlays',
  'ladders',
  'pointsRules',
] as const satisfies readonly (keyof ProgramDocument)[];

const references = (document: ProgramDocument): Finding[] => {
  const { businessModels, productFamilies, benefits, certifications, specializations, ladders, pointsRules, dealRegistration } = document;
  const given = new Set(ladders.flatMap(({ tiers }) => tiers.flatMap((tier) => tier.benefits)));
  return [
    ...dangling(
      'benefit',
      benefits,
      productFamilies.map(({ benefit }, at) => ({ pointer: `/productFamilies/${at}/benefit`, key: benefit })),
    ),
    ...productFamilies.flatMap(({ benefit, key }, at) =>
      benefit === undefined || given.has(benefit)
        ? []
        : [{ pointer: `/productFamilies/${at}/benefit`, message: `no tier gives "${benefit}": nobody could sell "${key}"` }],
    ),
    ...dangling(
      'certification',
      certifications,
      specializations.flatMap((specialization, at) =>
        specialization.certifications.map(({ certification }, n) => ({
          pointer: `/specializations/${at}/certifications/${n}/certification`,
          key: certification,
        })),
      ),
    ),
    ...dangling(
      'business model',
      businessModels,
      pointsRules.map(({ businessModel }, at) => ({ pointer: `/pointsRules/${at}/businessModel`, key: businessModel })),
    ),
    ...dangling(
      'certification',
      certifications,
      pointsRules.map(({ activity }, at) => ({
        pointer: `/pointsRules/${at}/activity/certification`,
        key: activity.kind === 'certification' ? activity.certification : undefined,
      })),
    ),
    ...dangling(
      'product family',
      productFamilies,
      (dealRegistration.autoApproval?.productFamilies ?? []).map((key, at) => ({
        pointer: `/dealRegistration/autoApproval/productFamilies/${at}`,
        key,
      })),
    ),
  ];
};

/** Amounts are all in the program's one currency. */
const currencies = (document: ProgramDocument): Finding[] => {
  const { ladders, pointsRules, dealRegistration } = document;
  const places = [
    ...ladders.flatMap(({ tiers }, ladder) =>
      tiers.flatMap(({ requirements }, tier) =>
        requirements.map((one, at) => ({
          pointer: `/ladders/${ladder}/tiers/${tier}/requirements/${at}/atLeast`,
          money: one.kind === 'revenue' ? one.atLeast : undefined,
        })),
      ),
    ),
    ...pointsRules.map(({ activity }, at) => ({
      pointer: `/pointsRules/${at}/activity/per`,
      money: activity.kind === 'deal-won' ? activity.per : undefined,
    })),
    { pointer: '/dealRegistration/minimumAmount', money: dealRegistration.minimumAmount },
    { pointer: '/dealRegistration/autoApproval/amountMax', money: dealRegistration.autoApproval?.amountMax },
  ];
  return places.flatMap(({ pointer, money }) =>
    money === undefined || money.currency === document.currency
      ? []
      : [{ pointer: `${pointer}/currency`, message: `${money.currency} is not the program's currency, ${document.currency}` }],
  );
};

/** What is said to be illustrative must be there. */
const pointsAtNothing = (document: ProgramDocument): Finding[] =>
  document.illustrative.flatMap((pointer, at) =>
    valueAt(document, pointer) === undefined ? [{ pointer: `/illustrative/${at}`, message: `there is nothing at ${pointer}` }] : [],
  );

const valueAt = (document: unknown, pointer: string): unknown =>
  pointer
    .slice(1)
    .split('/')
    .reduce<unknown>((part, name) => (typeof part === 'object' && part !== null ? Reflect.get(part, name) : undefined), document);

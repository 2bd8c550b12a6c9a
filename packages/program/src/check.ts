/** What a schema can't say of a document: names that must meet, and tiers that must be reachable. */
import { compare, compareDecimals, isNegative, type Rate, rate } from '@echelon/money';
import type { ProgramDocument } from './document.ts';

/** One thing wrong, and the place: a JSON Pointer into the document. */
export interface Finding {
  readonly pointer: string;
  readonly message: string;
}

/** Every finding, in the document's order; an empty list is a document that every service can run. */
export const check = (document: ProgramDocument): readonly Finding[] => [
  ...uniqueKeys('/businessModels', document.businessModels),
  ...uniqueKeys('/productFamilies', document.productFamilies),
  ...uniqueKeys('/ladder/tiers', document.ladder.tiers),
  ...ladderClimbs(document),
  ...offersMeet(document),
  ...currencies(document),
  ...bounds(document),
];

const uniqueKeys = (place: string, parts: readonly { key: string }[]): Finding[] =>
  parts.flatMap(({ key }, at) =>
    parts.findIndex((part) => part.key === key) < at ? [{ pointer: `${place}/${at}/key`, message: `"${key}" stands twice` }] : [],
  );

/** The lowest tier asks for nothing, each higher one for something, and for no less than the tier below it by the same measure. */
const ladderClimbs = ({ ladder }: ProgramDocument): Finding[] =>
  ladder.tiers.flatMap((tier, at): Finding[] => {
    const pointer = `/ladder/tiers/${at}/requirements`;
    const hard = tier.requirements.filter(({ strictness }) => strictness === 'hard');
    if (at === 0) return hard.length > 0 ? [{ pointer, message: 'the lowest tier is given by enrolment and has no hard requirement' }] : [];
    if (hard.length === 0) return [{ pointer, message: `"${tier.key}" asks for nothing: every partner would hold it, and none the tiers below` }];
    const below = ladder.tiers[at - 1]?.requirements ?? [];
    return tier.requirements.flatMap((requirement, index) => {
      const lower = below.find(
        ({ measure, window, strictness }) =>
          measure === requirement.measure && window === requirement.window && strictness === requirement.strictness,
      );
      return lower && lower.atLeast.currency === requirement.atLeast.currency && compare(requirement.atLeast, lower.atLeast) < 0
        ? [{ pointer: `${pointer}/${index}/atLeast`, message: 'asks for less than the tier below it, which nothing could then reach alone' }]
        : [];
    });
  });

/** Each offer names a tier that exists; each tier has exactly one offer on every route that the document sells by. */
const offersMeet = ({ ladder, dealRegistration: { offers } }: ProgramDocument): Finding[] => {
  const place = '/dealRegistration/offers';
  const tiers = new Set(ladder.tiers.map(({ key }) => key));
  const unknown = offers.flatMap(({ tier }, at) => (tiers.has(tier) ? [] : [{ pointer: `${place}/${at}/tier`, message: `no tier "${tier}"` }]));
  const routes = [...new Set(offers.map(({ route }) => route))];
  const gaps = [...tiers].flatMap((tier) =>
    routes.flatMap((route) => {
      const found = offers.filter((offer) => offer.tier === tier && offer.route === route).length;
      return found === 1 ? [] : [{ pointer: place, message: `tier "${tier}" has ${found} offers by route "${route}", not one` }];
    }),
  );
  return [...unknown, ...gaps];
};

/** Hours for approval are looked for within a year of business hours at the most. */
const WEEKS_MAX = 52;

/** Figures that a schema takes and a program can't mean. */
const bounds = ({
  businessHours: { days, opens, closes },
  dealRegistration: { minimumAmount, approvalHours, offers },
}: ProgramDocument): Finding[] => {
  const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const weekly = (days.length * (minutesOf(closes) - minutesOf(opens))) / 60;
  const [none, whole] = [rate('0'), rate('1')];
  const isShare = (value: Rate): boolean => compareDecimals(value, none) >= 0 && compareDecimals(value, whole) <= 0;
  return [
    ...(isNegative(minimumAmount) ? [{ pointer: '/dealRegistration/minimumAmount/amount', message: 'is negative' }] : []),
    ...(approvalHours > weekly * WEEKS_MAX
      ? [
          {
            pointer: '/dealRegistration/approvalHours',
            message: `${approvalHours} hours do not go by within a year of ${weekly} business hours a week`,
          },
        ]
      : []),
    ...offers.flatMap((offer, at) =>
      (['discount', 'margin'] as const)
        .filter((field) => !isShare(offer[field]))
        .map((field) => ({ pointer: `/dealRegistration/offers/${at}/${field}`, message: 'is not between 0 and 1' })),
    ),
  ];
};

const currencies = (document: ProgramDocument): Finding[] => {
  const places = [
    { pointer: '/dealRegistration/minimumAmount/currency', currency: document.dealRegistration.minimumAmount.currency },
    ...document.ladder.tiers.flatMap((tier, at) =>
      tier.requirements.map(({ atLeast }, index) => ({
        pointer: `/ladder/tiers/${at}/requirements/${index}/atLeast/currency`,
        currency: atLeast.currency,
      })),
    ),
  ];
  return places
    .filter(({ currency }) => currency !== document.currency)
    .map(({ pointer, currency }) => ({ pointer, message: `${currency} is not the program's currency, ${document.currency}` }));
};

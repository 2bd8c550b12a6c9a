import { isBefore, Temporal } from '@echelon/calendar';
import { isCountry, NO_COUNTRY } from './country.ts';
import { type Dates, isReckoned, NOT_RECKONED, overlap } from './dated.ts';
import type { ProgramDocument } from './document.ts';
import type { Finding } from './finding.ts';
import { isDated, partsOf } from './parts.ts';

/** Of a document that is drafted: what is stored is read as it is. */
export const countryFindings = ({ mdf }: ProgramDocument): Finding[] =>
  (mdf?.regions ?? []).flatMap(({ countries }, region) =>
    countries.flatMap((country, at) =>
      isCountry(country) ? [] : [{ pointer: `/mdf/regions/${region}/countries/${at}`, message: `"${country}" ${NO_COUNTRY}` }],
    ),
  );

/** Days that can't be reckoned with, dates that are the wrong way round, and dates at which two parts would decide the same. */
export const dateFindings = (document: ProgramDocument): Finding[] => [
  ...[...partsOf(document)].flatMap(({ pointer, part }) =>
    part instanceof Temporal.PlainDate && !isReckoned(part) ? [{ pointer, message: `${NOT_RECKONED}; what has no end says none` }] : [],
  ),
  ...[...partsOf(document)].flatMap(({ pointer, part }) =>
    isDated(part) && part.from && part.until && isBefore(part.until, part.from)
      ? [{ pointer: `${pointer}/until`, message: `${part.until} is before ${part.from}: it would never hold` }]
      : [],
  ),
  ...claimsOf(document).flatMap(onceAtATime),
  ...migrationDates(document),
];

/** What at most one part may decide on a day. */
interface Claim extends Dates {
  readonly pointer: string;
  /** What is decided, so that two parts that decide the same say the same here. */
  readonly what: string;
  /** Of which product families; of all, where nothing is said. */
  readonly families?: ReadonlySet<string> | undefined;
}

const claimsOf = (document: ProgramDocument): (readonly Claim[])[] => [...datedClaims(document), ...lastingClaims(document)];

const datedClaims = ({ serviceProviders, upfrontMargin, sellerRewards, rebates }: ProgramDocument): (readonly Claim[])[] => [
  (serviceProviders?.consumption?.rateCards ?? []).flatMap(({ from, until, charges }, card) =>
    charges.map(({ meter }, at) => ({
      pointer: `/serviceProviders/consumption/rateCards/${card}/charges/${at}/meter`,
      what: `meter "${meter}" is charged`,
      from,
      until,
    })),
  ),
  (upfrontMargin?.rates ?? []).map(({ tier, from, until }, at) => ({
    pointer: `/upfrontMargin/rates/${at}`,
    what: `tier "${tier}" has an upfront margin`,
    from,
    until,
  })),
  (sellerRewards ?? []).flatMap(({ role, dealTypes, from, until }, at) =>
    dealTypes.map((type, n) => ({ pointer: `/sellerRewards/${at}/dealTypes/${n}`, what: `"${role}" is rewarded for ${type}`, from, until })),
  ),
  (rebates?.schemes ?? []).map(({ stacking, productFamilies, paysOn = { productFamilies }, from, until }, at) => ({
    pointer: `/rebates/schemes/${at}/stacking/order`,
    what: `a scheme stands at ${stacking.order} of the order`,
    families: paysOn.productFamilies && new Set(paysOn.productFamilies),
    from,
    until,
  })),
];

/** What has no dates of its own. */
const lastingClaims = ({ serviceProviders, rebates, mdf }: ProgramDocument): (readonly Claim[])[] => [
  (serviceProviders?.volumeDiscounts ?? []).map(({ tier }, at) => ({
    pointer: `/serviceProviders/volumeDiscounts/${at}/tier`,
    what: `level "${tier}" has volume discounts`,
  })),
  ...(rebates?.schemes ?? []).map(({ tierUplifts = [] }, scheme) =>
    tierUplifts.map(({ tier }, at) => ({ pointer: `/rebates/schemes/${scheme}/tierUplifts/${at}/tier`, what: `tier "${tier}" has an uplift` })),
  ),
  (mdf?.tierCaps ?? []).map(({ tier, every }, at) => ({
    pointer: `/mdf/tierCaps/${at}/tier`,
    what: `tier "${tier}" has a cap each ${every.replace('-', ' ')}`,
  })),
  (mdf?.regions ?? []).flatMap(({ countries }, region) =>
    countries.length === 0
      ? [{ pointer: `/mdf/regions/${region}/countries`, what: 'a region is everywhere else' }]
      : countries.map((country, at) => ({ pointer: `/mdf/regions/${region}/countries/${at}`, what: `${country} belongs to a region` })),
  ),
];

const onceAtATime = (claims: readonly Claim[]): Finding[] =>
  claims.flatMap((claim, at) => {
    const earlier = claims.slice(0, at).find((other) => other.what === claim.what && overlap(other, claim) && meet(other.families, claim.families));
    const days = earlier && [claim, earlier].some(isDated) ? 'on some days ' : '';
    return earlier === undefined ? [] : [{ pointer: claim.pointer, message: `${days}${claim.what} twice, here and by ${earlier.pointer}` }];
  });

const meet = (one: Claim['families'], other: Claim['families']): boolean =>
  one === undefined || other === undefined || [...one].some((family) => other.has(family));

const migrationDates = ({ migration }: ProgramDocument): Finding[] =>
  migration?.grandfatheredUntil && isBefore(migration.grandfatheredUntil, migration.deadline)
    ? [
        {
          pointer: '/migration/grandfatheredUntil',
          message: `${migration.grandfatheredUntil} is before the deadline, ${migration.deadline}: nobody has moved yet`,
        },
      ]
    : [];

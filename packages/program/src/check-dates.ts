import { isBefore, Temporal } from '@echelon/calendar';
import { type Dates, isReckoned, NOT_RECKONED, overlap } from './dated.ts';
import type { ProgramDocument } from './document.ts';
import type { Finding } from './finding.ts';
import { isDated, partsOf } from './parts.ts';

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
}

const claimsOf = ({ serviceProviders, upfrontMargin, sellerRewards, rebates }: ProgramDocument): (readonly Claim[])[] => [
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
  (rebates?.schemes ?? []).map(({ stacking, from, until }, at) => ({
    pointer: `/rebates/schemes/${at}/stacking/order`,
    what: `a scheme stands at ${stacking.order} of the order`,
    from,
    until,
  })),
];

const onceAtATime = (claims: readonly Claim[]): Finding[] =>
  claims.flatMap((claim, at) => {
    const earlier = claims.slice(0, at).find((other) => other.what === claim.what && overlap(other, claim));
    return earlier === undefined ? [] : [{ pointer: claim.pointer, message: `on some days ${claim.what} twice, here and by ${earlier.pointer}` }];
  });

const migrationDates = ({ migration }: ProgramDocument): Finding[] =>
  migration?.grandfatheredUntil && isBefore(migration.grandfatheredUntil, migration.deadline)
    ? [
        {
          pointer: '/migration/grandfatheredUntil',
          message: `${migration.grandfatheredUntil} is before the deadline, ${migration.deadline}: nobody has moved yet`,
        },
      ]
    : [];

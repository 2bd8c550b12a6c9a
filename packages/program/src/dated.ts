import { type Day, Day as DaySchema, isBefore, isUpTo } from '@echelon/calendar';

/** Between these whatever lasts, and each notice of its end, falls on a day that can be written, in any time zone and fiscal year. */
const [YEAR_MIN, YEAR_MAX] = [1900, 2200] as const;
export const isReckoned = ({ year }: Day): boolean => year >= YEAR_MIN && year < YEAR_MAX;
export const NOT_RECKONED = `is not a day from the year ${YEAR_MIN} to ${YEAR_MAX - 1}`;

/** Parts of a document may hold for a part of its time only: announced in one version, off and then on. */
export const dated = {
  from: DaySchema.optional().meta({
    description: 'The first day on which it holds, in the program’s time zone; as long as the version, unless told.',
  }),
  until: DaySchema.optional().meta({ description: 'The last day on which it holds.' }),
};

export interface Dates {
  readonly from?: Day | undefined;
  readonly until?: Day | undefined;
}

export const holdsOn = ({ from, until }: Dates, on: Day): boolean =>
  (from === undefined || isUpTo(from, on)) && (until === undefined || isUpTo(on, until));

/** Is there a day on which both hold? */
export const overlap = (one: Dates, other: Dates): boolean =>
  !(one.until && other.from && isBefore(one.until, other.from)) && !(other.until && one.from && isBefore(other.until, one.from));

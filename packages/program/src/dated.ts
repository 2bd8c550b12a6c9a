import { addDays, type Day, Day as DaySchema, isBefore, isUpTo, Temporal } from '@echelon/calendar';

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

/** The spans of a whole on whose days none of its parts holds, the first first: each begins with the whole, or on the day after the last of a part. */
export const gapsIn = (whole: Dates, parts: readonly Dates[]): Dates[] => {
  const starts = parts.flatMap(({ from }) => (from && holdsOn(whole, from) ? [from] : [])).toSorted(Temporal.PlainDate.compare);
  const afters = parts.flatMap(({ until }) => (until ? [addDays(until, 1)] : [])).toSorted(Temporal.PlainDate.compare);
  const begun = afters.filter((day, at) => holdsOn(whole, day) && !whole.from?.equals(day) && !afters[at - 1]?.equals(day));
  const isOpen = (day: Day | undefined): boolean => !parts.some((part) => (day ? holdsOn(part, day) : part.from === undefined));
  return [whole.from, ...begun].filter(isOpen).map((from) => {
    const next = starts.find((start) => from === undefined || isBefore(from, start));
    return { from, until: next ? addDays(next, -1) : whole.until };
  });
};

import { type Day, Day as DaySchema, isBefore, isUpTo } from '@echelon/calendar';

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

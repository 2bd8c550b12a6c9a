import { type Day, Day as DaySchema, isUpTo } from '@echelon/calendar';

/** Parts of a document may hold for a part of its time only: announced in one version, off and then on. */
export const dated = {
  from: DaySchema.optional().meta({
    description: 'The first day on which it holds, in the program’s time zone; as long as the version, unless told.',
  }),
  until: DaySchema.optional().meta({ description: 'The last day on which it holds.' }),
};

export const holdsOn = ({ from, until }: { readonly from?: Day | undefined; readonly until?: Day | undefined }, on: Day): boolean =>
  (from === undefined || isUpTo(from, on)) && (until === undefined || isUpTo(on, until));

import * as z from 'zod';
import { addDays, type Day, day, type Period, Temporal } from './time.ts';

// The package's one door: time.ts and business-hours.ts leave through here too.
export { afterBusinessHours, BusinessHours, businessHoursBetween, type ZonedBusinessHours } from './business-hours.ts';
export {
  addDays,
  afterDays,
  type Clock,
  Day,
  day,
  dayOf,
  daysIn,
  earlier,
  endOfDay,
  fixedClock,
  Instant,
  instant,
  isBefore,
  isIn,
  isUpTo,
  later,
  Period,
  shiftedClock,
  startOfDay,
  systemClock,
  Temporal,
  TimeZone,
} from './time.ts';

/**
 * The month, 1 to 12, on whose first day the fiscal year starts. A fiscal year has the name of the calendar year in which
 * it ENDS: starting in February, FY2026 is 1 February 2025 to 31 January 2026; starting in January, it is 2026.
 */
export const FiscalCalendar = z.object({ startMonth: z.int().min(1).max(12).meta({ description: 'January is 1.' }) }).meta({
  id: 'FiscalCalendar',
  description: 'The month in which the fiscal year starts. A fiscal year is named by the calendar year in which it ends.',
  examples: [{ startMonth: 2 }],
});
export type FiscalCalendar = z.output<typeof FiscalCalendar>;

/**
 * A fiscal quarter, 'FY2026-Q1', the same text outside and inside: equal by ===, in time order by <, good as a key of a
 * record. Which days it has is for a FiscalCalendar to say.
 */
export const Quarter = z
  .templateLiteral(['FY', z.string().regex(/^\d{4}$/), '-Q', z.enum(['1', '2', '3', '4'])], {
    error: 'Write a fiscal quarter such as "FY2026-Q1".',
  })
  .meta({ id: 'Quarter', description: 'A fiscal quarter, by the calendar year in which its fiscal year ends.', examples: ['FY2026-Q1'] });
export type Quarter = z.output<typeof Quarter>;

/**
 * A calendar month, '2026-05', the same text outside and inside, in time order by <. Every fiscal quarter is three whole months, in
 * whichever month the year starts: what is kept by month can be summed by the quarters of any FiscalCalendar.
 */
export const Month = z
  .templateLiteral([z.string().regex(/^\d{4}$/), '-', z.enum(['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'])], {
    error: 'Write a month such as "2026-05".',
  })
  .meta({ id: 'Month', description: 'A calendar month.', examples: ['2026-05'] });
export type Month = z.output<typeof Month>;

/** The month that a day lies in. */
export const monthOf = (of: Day): Month => Month.parse(of.toString().slice(0, 7));

// Months since January of the year 0: arithmetic on months is arithmetic on this number.
const monthOrdinalOf = (month: Month): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
const monthAt = (ordinal: number): Month =>
  Month.parse(`${String(Math.floor(ordinal / 12)).padStart(4, '0')}-${String((ordinal % 12) + 1).padStart(2, '0')}`);

/** `count` months later (earlier, when negative). */
export const plusMonths = (month: Month, count: number): Month => monthAt(monthOrdinalOf(month) + count);
/** How many months lie from one to another; negative where the other comes before. */
export const monthsUntil = (from: Month, to: Month): number => monthOrdinalOf(to) - monthOrdinalOf(from);

/** Its first day. */
export const monthStart = (month: Month): Day => day(`${month}-01`);

// Quarters since FY0000-Q1: FY2026-Q1 is 8104. Arithmetic on quarters is arithmetic on this number.
const ordinalOf = (quarter: Quarter): number => Number(quarter.slice(2, 6)) * 4 + Number(quarter.slice(-1)) - 1;

/** Throws ZodError outside FY0000 to FY9999. */
const quarterAt = (ordinal: number): Quarter => Quarter.parse(`FY${String(Math.floor(ordinal / 4)).padStart(4, '0')}-Q${(ordinal % 4) + 1}`);

/** The fiscal quarter that a day lies in. */
export function quarterOf(of: Day, { startMonth }: FiscalCalendar): Quarter {
  // Counted in months from the start of FY0000, which began a calendar year earlier unless the years coincide.
  const months = of.year * 12 + (of.month - startMonth) + (startMonth === 1 ? 0 : 12);
  return quarterAt(Math.floor(months / 3));
}

/** Its first day. */
export function quarterStart(quarter: Quarter, { startMonth }: FiscalCalendar): Day {
  const firstYear = startMonth === 1 ? 0 : -1;
  return new Temporal.PlainDate(firstYear, startMonth, 1).add({ months: ordinalOf(quarter) * 3 });
}

/** Its first month: reckoned without a day in between, because an evaluation asks for thousands. */
export function firstMonth(quarter: Quarter, { startMonth }: FiscalCalendar): Month {
  return monthAt(ordinalOf(quarter) * 3 + (startMonth - 1) - (startMonth === 1 ? 0 : 12));
}

/** Its last day, included. */
export const quarterEnd = (quarter: Quarter, calendar: FiscalCalendar): Day => addDays(quarterStart(plusQuarters(quarter, 1), calendar), -1);

/** From its first day to its last. */
export const periodOf = (quarter: Quarter, calendar: FiscalCalendar): Period => ({
  from: quarterStart(quarter, calendar),
  to: quarterEnd(quarter, calendar),
});

/** `count` quarters later (earlier, when negative): the same quarter a year ago is plusQuarters(quarter, -4). */
export const plusQuarters = (quarter: Quarter, count: number): Quarter => quarterAt(ordinalOf(quarter) + count);

/** The `count` quarters before `quarter`, which is not among them, oldest first. */
export const previousQuarters = (quarter: Quarter, count: number): Quarter[] =>
  Array.from({ length: count }, (_, i) => plusQuarters(quarter, i - count));

/** Over which time something is measured; quartersIn says which quarters that is. */
export const Window = z.enum(['trailing-four-quarters', 'fiscal-year', 'fiscal-quarter', 'lifetime']).meta({
  id: 'Window',
  description: 'The current quarter and the three before it; the fiscal year to date; the current fiscal quarter; or all time. All as of a day.',
});
export type Window = z.output<typeof Window>;

/**
 * The quarters, oldest first, that a window holds as of a day, the quarter of that day included: trailing four are the
 * current one and the three before; a fiscal year runs from its Q1 to the current quarter and no further, since what
 * comes later is not known as of the day; a lifetime has no first quarter and is 'all'.
 */
export function quartersIn(window: Window, asOf: Day, calendar: FiscalCalendar): Quarter[] | 'all' {
  const current = quarterOf(asOf, calendar);
  switch (window) {
    case 'trailing-four-quarters':
      return [...previousQuarters(current, 3), current];
    case 'fiscal-year':
      return [...previousQuarters(current, ordinalOf(current) % 4), current];
    case 'fiscal-quarter':
      return [current];
    case 'lifetime':
      return 'all';
  }
}

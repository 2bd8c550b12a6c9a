import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';

export { Temporal };

// Temporal.from throws on a day or hour that doesn't exist; on the wire that is an expected no.
const parsed = <T>(parse: () => T, message: string, payload: z.core.ParsePayload<string>): T => {
  try {
    return parse();
  } catch {
    payload.issues.push({ code: 'custom', message, input: payload.value });
    return z.NEVER;
  }
};

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:[0-5]\d(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/;

/** An offset can carry an instant out of the years that four digits write. */
const written = (instant: Temporal.Instant): Temporal.Instant => {
  if (!INSTANT.test(instant.toString({ fractionalSecondDigits: 3 }))) throw new RangeError(`${instant} has no year of four digits.`);
  return instant;
};

/**
 * A point in time, to the millisecond. Wire: RFC 3339, any offset on input, always UTC with three decimals on output
 * ('2026-01-05T09:00:00.000Z'), so that the texts of instants sort as the instants do. Finer than a millisecond, leap
 * seconds, and days or hours that don't exist are refused. Inside: Temporal.Instant.
 */
export const Instant = z.codec(
  z
    .string()
    .regex(INSTANT, 'Write an instant such as "2026-01-05T09:00:00Z": RFC 3339, with Z or an offset, at most milliseconds.')
    .meta({
      id: 'Instant',
      format: 'date-time',
      description: 'RFC 3339, at most milliseconds; answered in UTC.',
      examples: ['2026-01-05T09:00:00.000Z'],
    }),
  z.custom<Temporal.Instant>((value) => value instanceof Temporal.Instant && value.epochNanoseconds % 1_000_000n === 0n),
  {
    decode: (text, payload) => parsed(() => written(Temporal.Instant.from(text)), `"${text}" does not exist.`, payload),
    encode: (value) => value.toString({ fractionalSecondDigits: 3 }),
  },
);
export type Instant = z.output<typeof Instant>;

/** A calendar day, which becomes a stretch of time only in a zone. Wire: '2026-02-28'. Inside: Temporal.PlainDate. */
export const Day = z.codec(
  z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'Write a day such as "2026-02-28".')
    .meta({ id: 'Day', format: 'date', description: "A day in the program's time zone.", examples: ['2026-02-28'] }),
  z.custom<Temporal.PlainDate>((value) => value instanceof Temporal.PlainDate),
  {
    decode: (text, payload) => parsed(() => Temporal.PlainDate.from(text), `${text} does not exist.`, payload),
    encode: (value) => value.toString({ calendarName: 'never' }),
  },
);
export type Day = z.output<typeof Day>;

/** instant('2026-01-05T09:00:00Z'). Throws ZodError. */
export const instant = (text: string): Instant => z.decode(Instant, text);
/** day('2026-02-28'). Throws ZodError. */
export const day = (text: string): Day => z.decode(Day, text);

/** An IANA time zone by name, in its proper case: 'Europe/Berlin', 'UTC'. Not an offset: offsets know no summer time. */
export const TimeZone = z
  .string()
  .refine(isTimeZone, { error: 'Not a time zone of the IANA database, such as "Europe/Berlin".' })
  .brand<'TimeZone'>()
  .meta({ id: 'TimeZone', description: 'IANA time zone name.', examples: ['Europe/Berlin', 'UTC'] });
export type TimeZone = z.output<typeof TimeZone>;

function isTimeZone(name: string): boolean {
  // Temporal also takes offsets ('+01:00') and takes the zone out of a whole date text; both begin with no letter.
  if (!/^[A-Z]/.test(name)) return false;
  try {
    return new Temporal.ZonedDateTime(0n, name).timeZoneId === name;
  } catch {
    return false;
  }
}

/** Where the time comes from; read once per request, never at module load. */
export type Clock = { now(): Instant };

/** The machine's clock, to the millisecond. */
export const systemClock: Clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()) };
/** A clock that stands. */
export const fixedClock = (now: Instant): Clock => ({ now: () => now });
/** A clock that goes as `clock` goes, `milliseconds` ahead of it (behind, when negative). */
export const shiftedClock = (clock: Clock, milliseconds: number): Clock => ({ now: () => clock.now().add({ milliseconds }) });

/** Whether a comes before b, two instants or two days. Temporal refuses `<`, and is right: it compares no objects. */
export function isBefore(a: Day, b: Day): boolean;
export function isBefore(a: Instant, b: Instant): boolean;
export function isBefore(a: Day | Instant, b: Day | Instant): boolean {
  // By `compare`: `until` builds a duration first, which takes ten times as long: 3.3 µs beside 0.3 µs, measured 2026-11-23.
  if (a instanceof Temporal.PlainDate && b instanceof Temporal.PlainDate) return Temporal.PlainDate.compare(a, b) < 0;
  if (a instanceof Temporal.Instant && b instanceof Temporal.Instant) return Temporal.Instant.compare(a, b) < 0;
  throw new TypeError('A day and an instant have no order.');
}

/** Whether a day is another one or comes before it. */
export const isUpTo = (a: Day, b: Day): boolean => !isBefore(b, a);
export const earlier = (a: Day, b: Day): Day => (isUpTo(a, b) ? a : b);
export const later = (a: Day, b: Day): Day => (isUpTo(a, b) ? b : a);

/** The day that an instant falls on in a zone. */
export const dayOf = (at: Instant, zone: TimeZone): Day => at.toZonedDateTimeISO(zone).toPlainDate();
/** `days` later (earlier, when negative). */
export const addDays = (from: Day, days: number): Day => from.add({ days });
/** The first instant of a day: midnight, or 01:00 where summer time begins at midnight. */
export const startOfDay = (of: Day, zone: TimeZone): Instant => of.toZonedDateTime(zone).toInstant();
/** The end of a day, exclusive: the start of the next. */
export const endOfDay = (of: Day, zone: TimeZone): Instant => startOfDay(addDays(of, 1), zone);

/**
 * The end, exclusive, of a term of whole days that starts now: "protected for 90 days from approval". The day of the
 * start doesn't count and the last day counts whole, in the zone: approved at any hour of 1 January, 90 days end with
 * 1 April, and this is the first instant of 2 April. So nobody loses a deal at the hour at which it happened to be
 * approved, and the length of a day in hours doesn't matter.
 */
export const afterDays = (start: Instant, days: number, zone: TimeZone): Instant => endOfDay(addDays(dayOf(start, zone), days), zone);

/** Days from `from` to `to`, both included. */
export const Period = z
  .object({ from: Day, to: Day })
  .refine(({ from, to }) => !isBefore(to, from), { path: ['to'], error: 'A period ends on or after the day on which it begins.' })
  .meta({ id: 'Period', description: 'Days from `from` to `to`, both included.' });
export type Period = z.output<typeof Period>;

/** How many days a period has; one at least. */
export const daysIn = ({ from, to }: Period): number => from.until(to).days + 1;
/** Whether a day lies in a period. */
export const isIn = (of: Day, { from, to }: Period): boolean => isUpTo(from, of) && isUpTo(of, to);

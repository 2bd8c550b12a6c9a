import * as z from 'zod';
import { addDays, Day, dayOf, type Instant, Temporal, TimeZone } from './time.ts';

/** How far ahead a deadline is looked for: ten years of days, holidays and weekends among them. */
export const DEADLINE_DAYS_MAX = 3653;
export const HOLIDAYS_MAX = 500;
const HOUR = 3_600_000; // milliseconds

const WallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time of day such as "09:00".');

/**
 * When the vendor's people work: weekdays (ISO: Monday is 1, Sunday 7) from `opens` to `closes`, wall time, except on
 * holidays. `zone` stands where it differs from the program's.
 */
export const BusinessHours = z
  .object({
    zone: z.exactOptional(TimeZone),
    days: z
      .array(z.int().min(1).max(7))
      .min(1)
      .max(7)
      .refine((days) => new Set(days).size === days.length, { error: 'Each weekday stands once.' })
      .meta({ description: 'Monday is 1, Sunday 7.' }),
    opens: WallTime.meta({ description: 'Wall time, 24 hours.' }),
    closes: WallTime.meta({ description: 'Wall time, 24 hours; on the same day.' }),
    holidays: z.array(Day).max(HOLIDAYS_MAX).meta({ description: 'Days on which nobody works.' }),
  })
  .refine(({ opens, closes }) => opens < closes, { path: ['closes'], error: 'Business hours close after they open, on the same day.' })
  .meta({
    id: 'BusinessHours',
    description: 'Weekdays (Monday is 1), opening and closing time, and the holidays.',
    examples: [{ days: [1, 2, 3, 4, 5], opens: '09:00', closes: '17:00', holidays: ['2026-12-25'] }],
  });
export type BusinessHours = z.output<typeof BusinessHours>;

/** Business hours with their zone settled: `{ zone: program.timeZone, ...program.businessHours }`. */
export type ZonedBusinessHours = BusinessHours & { readonly zone: TimeZone };

/**
 * The instant at which `hours` business hours have gone by since `start`; fractions count to the millisecond. Always
 * within business hours: a deadline that the last hour fills is the closing time, not the next opening. Zero hours from
 * outside business hours is the next opening. Throws RangeError on negative hours, or none found within DEADLINE_DAYS_MAX.
 */
export function afterBusinessHours(start: Instant, hours: number, business: ZonedBusinessHours): Instant {
  if (!(hours >= 0)) throw new RangeError(`${hours} is no number of business hours.`);
  const holidays = new Set(business.holidays.map(String));
  const firstDay = dayOf(start, business.zone);
  let left = Math.round(hours * HOUR);
  for (let ahead = 0; ahead < DEADLINE_DAYS_MAX; ahead++) {
    const today = addDays(firstDay, ahead);
    if (!business.days.includes(today.dayOfWeek) || holidays.has(String(today))) continue;
    const { opens, closes } = openingOn(today, business);
    const from = Math.max(opens, start.epochMilliseconds);
    if (from > closes) continue;
    if (left <= closes - from) return Temporal.Instant.fromEpochMilliseconds(from + left);
    left -= closes - from;
  }
  throw new RangeError(`${hours} business hours do not go by within ${DEADLINE_DAYS_MAX} days.`);
}

/** Opening and closing in epoch milliseconds: time that passes is counted, not wall time, so a day of DST is an hour off. */
function openingOn(today: Day, { zone, opens, closes }: ZonedBusinessHours) {
  const at = (time: string, disambiguation: 'earlier' | 'later') =>
    today.toPlainDateTime(time).toZonedDateTime(zone, { disambiguation }).epochMilliseconds;
  // Where the clock jumps over or repeats one of the two, open late and close early: never outside the hours.
  return { opens: at(opens, 'later'), closes: at(closes, 'earlier') };
}

/**
 * Business hours that go by from one instant to another, with fractions to the millisecond; zero where the second is not
 * later. The inverse of afterBusinessHours: going on for as many hours from the first gives the second again, if the second
 * is within business hours. Throws RangeError where the two lie further apart than DEADLINE_DAYS_MAX.
 */
export function businessHoursBetween(from: Instant, to: Instant, business: ZonedBusinessHours): number {
  const holidays = new Set(business.holidays.map(String));
  const firstDay = dayOf(from, business.zone);
  let passed = 0;
  for (let ahead = 0; ahead < DEADLINE_DAYS_MAX; ahead++) {
    const today = addDays(firstDay, ahead);
    const { opens, closes } = openingOn(today, business);
    if (opens >= to.epochMilliseconds) return passed / HOUR;
    if (!business.days.includes(today.dayOfWeek) || holidays.has(String(today))) continue;
    passed += Math.max(0, Math.min(closes, to.epochMilliseconds) - Math.max(opens, from.epochMilliseconds));
  }
  throw new RangeError(`${from} and ${to} lie more than ${DEADLINE_DAYS_MAX} days apart.`);
}

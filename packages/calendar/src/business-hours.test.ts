import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { instants, zones } from './arbitraries.ts';
import { afterBusinessHours, BusinessHours, type ZonedBusinessHours } from './business-hours.ts';
import { addDays, day, type Instant, instant, isBefore, TimeZone } from './time.ts';

const office = z.decode(BusinessHours, { days: [1, 2, 3, 4, 5], opens: '09:00', closes: '17:00', holidays: ['2026-01-01', '2026-12-25'] });
const inZone = (name: string): ZonedBusinessHours => ({ zone: TimeZone.parse(name), ...office });
const utc = inZone('UTC');
const due = (start: string, hours: number, business = utc) => String(afterBusinessHours(instant(start), hours, business));

describe('afterBusinessHours', () => {
  test.each([
    ['within the day', '2026-01-05T09:00:00Z', 4, '2026-01-05T13:00:00Z'],
    ['a full day ends at closing time', '2026-01-05T09:00:00Z', 8, '2026-01-05T17:00:00Z'],
    ['over the night', '2026-01-05T16:00:00Z', 2, '2026-01-06T10:00:00Z'],
    ['over the weekend', '2026-01-09T16:00:00Z', 2, '2026-01-12T10:00:00Z'],
    ['over a holiday', '2025-12-31T16:00:00Z', 2, '2026-01-02T10:00:00Z'],
    ['begun before opening', '2026-01-05T03:00:00Z', 1, '2026-01-05T10:00:00Z'],
    ['begun on a Saturday', '2026-01-10T12:00:00Z', 1, '2026-01-12T10:00:00Z'],
    ['two weeks', '2026-01-05T09:00:00Z', 80, '2026-01-16T17:00:00Z'],
    ['a fraction', '2026-01-05T16:45:00Z', 0.5, '2026-01-06T09:15:00Z'],
    ['nothing, within hours', '2026-01-05T10:00:00Z', 0, '2026-01-05T10:00:00Z'],
    ['nothing, at closing time', '2026-01-05T17:00:00Z', 0, '2026-01-05T17:00:00Z'],
    ['nothing, after hours', '2026-01-05T18:00:00Z', 0, '2026-01-06T09:00:00Z'],
  ])('%s', (_, start, hours, expected) => {
    expect(due(start, hours)).toBe(expected);
  });

  test('hours are those of the zone', () => {
    expect(due('2026-01-05T21:30:00Z', 1, inZone('America/New_York'))).toBe('2026-01-06T14:30:00Z');
  });

  test('a zone of its own goes before the program’s', () => {
    const abroad = z.decode(BusinessHours, { ...z.encode(BusinessHours, office), zone: 'Asia/Kolkata' });
    const business: ZonedBusinessHours = { zone: TimeZone.parse('UTC'), ...abroad };
    expect(due('2026-01-05T00:00:00Z', 1, business)).toBe('2026-01-05T04:30:00Z');
  });

  test('a night shift on the day of DST is counted in hours that pass', () => {
    const business = { ...inZone('Europe/Berlin'), days: [7], opens: '00:00', closes: '06:00' };
    // 29 March 2026 has no 02:00–03:00: five hours pass. 25 October has it twice: seven.
    expect(due('2026-03-28T23:00:00Z', 5, business)).toBe('2026-03-29T04:00:00Z');
    expect(due('2026-03-28T23:00:00Z', 6, business)).toBe('2026-04-04T23:00:00Z');
    expect(due('2026-10-24T22:00:00Z', 7, business)).toBe('2026-10-25T05:00:00Z');
  });

  test('where the clock repeats the opening time or skips the closing time, the shift is the shorter one', () => {
    // 1 November 2026 in New York has 01:30 twice: the shift opens at the second, 06:30 UTC.
    const repeated = { ...inZone('America/New_York'), days: [7], opens: '01:30', closes: '05:00' };
    expect(due('2026-11-01T04:00:00Z', 1, repeated)).toBe('2026-11-01T07:30:00Z');
    // 29 March 2026 in Berlin has no 02:30: the shift closes an hour before where the clock would put it, at 00:30 UTC.
    const skipped = { ...inZone('Europe/Berlin'), days: [7], opens: '00:00', closes: '02:30' };
    expect(due('2026-03-28T23:00:00Z', 1.5, skipped)).toBe('2026-03-29T00:30:00Z');
    expect(due('2026-03-28T23:00:00Z', 2, skipped)).toBe('2026-04-04T22:30:00Z');
  });

  test('throws on negative hours, and gives up after ten years', () => {
    expect(() => due('2026-01-05T09:00:00Z', -1)).toThrow(RangeError);
    expect(() => due('2026-01-05T09:00:00Z', Number.NaN)).toThrow(RangeError);
    expect(() => due('2026-01-05T09:00:00Z', 1e6)).toThrow('within 3653 days');
  });
});

describe('laws', () => {
  const wallTimes = fc
    .integer({ min: 0, max: 24 * 4 - 1 })
    .map((quarter) => `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`);
  // Any shift of two hours or more, at night too, so that DST falls into it and onto its ends.
  const businesses: fc.Arbitrary<ZonedBusinessHours> = fc
    .record({
      zone: zones,
      days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      times: fc.tuple(wallTimes, wallTimes).filter(([opens, closes]) => Number(closes.slice(0, 2)) - Number(opens.slice(0, 2)) > 2),
      holidays: fc.array(fc.integer({ min: 0, max: 365 }), { maxLength: 20 }),
    })
    .map(({ zone, days, times: [opens, closes], holidays }) => ({
      zone,
      days,
      opens,
      closes,
      holidays: holidays.map((n) => addDays(day('2026-01-01'), n)),
    }));
  // Around the changes of clocks in 2026 as often as anywhere.
  const starts = fc.oneof(
    instants,
    fc
      .integer({ min: -72, max: 72 })
      .chain((hours) =>
        fc
          .constantFrom('2026-03-08', '2026-03-29', '2026-04-05', '2026-04-24', '2026-10-25', '2026-11-01')
          .map((on) => instant(`${on}T00:00:00Z`).add({ hours })),
      ),
  );
  const hours = fc.integer({ min: 0, max: 400 }).map((quarters) => quarters / 4);

  test('a deadline is within business hours, and not before the start', () => {
    const within = (at: Instant, { zone, days, opens, closes, holidays }: ZonedBusinessHours) => {
      const local = at.toZonedDateTimeISO(zone);
      const time = local.toPlainTime().toString();
      return (
        days.includes(local.dayOfWeek) &&
        !holidays.some((off) => off.equals(local.toPlainDate())) &&
        `${opens}:00` <= time &&
        time.slice(0, 12) <= `${closes}:00`
      );
    };
    fc.assert(
      fc.property(starts, hours, businesses, (start, count, business) => {
        const end = afterBusinessHours(start, count, business);
        expect(isBefore(end, start)).toBe(false);
        expect(within(end, business)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('hours add up: h1 and then h2 are h1 + h2', () => {
    fc.assert(
      fc.property(starts, hours, hours, businesses, (start, first, second, business) => {
        const twice = afterBusinessHours(afterBusinessHours(start, first, business), second, business);
        expect(String(twice)).toBe(String(afterBusinessHours(start, first + second, business)));
      }),
      { numRuns: 500 },
    );
  });

  test('a later start is never due earlier', () => {
    fc.assert(
      fc.property(starts, fc.integer({ min: 0, max: 10_000 }), hours, businesses, (start, minutes, count, business) => {
        const [early, late] = [start, start.add({ minutes })].map((from) => afterBusinessHours(from, count, business));
        expect(isBefore(late ?? start, early ?? start)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

describe('BusinessHours', () => {
  const wire = { days: [1, 2, 3, 4, 5], opens: '09:00', closes: '17:00', holidays: ['2026-01-01'] };
  test('round trip', () => {
    expect(z.encode(BusinessHours, z.decode(BusinessHours, wire))).toEqual(wire);
  });
  test.each([
    [{ closes: '09:00' }, ['closes']],
    [{ closes: '24:00' }, ['closes']],
    [{ opens: '9:00' }, ['opens']],
    [{ days: [] }, ['days']],
    [{ days: [1, 1] }, ['days']],
    [{ days: [8] }, ['days', 0]],
    [{ holidays: ['2026-02-30'] }, ['holidays', 0]],
    [{ zone: 'Mars/Olympus' }, ['zone']],
  ])('%o is refused at %o', (change, path) => {
    expect(BusinessHours.safeParse({ ...wire, ...change }).error?.issues[0]?.path).toEqual(path);
  });
});

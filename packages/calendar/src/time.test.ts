import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { days, instants, zones } from './arbitraries.ts';
import {
  addDays,
  afterDays,
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
  TimeZone,
} from './time.ts';

// Compared as text throughout, which no matcher can fail to see into (temporal-equality.ts).
const sentences = (schema: z.ZodType, input: unknown) => schema.safeParse(input).error?.issues.map(({ message }) => message);
const berlin = TimeZone.parse('Europe/Berlin');
const newYork = TimeZone.parse('America/New_York');

describe('Instant', () => {
  test.each([
    ['2026-01-05T09:00:00Z', '2026-01-05T09:00:00.000Z'],
    ['2026-01-05T09:00:00.5Z', '2026-01-05T09:00:00.500Z'],
    ['2026-01-05T09:00:00.123+05:30', '2026-01-05T03:30:00.123Z'],
    ['2026-01-05T00:00:00-05:00', '2026-01-05T05:00:00.000Z'],
    ['2024-02-29T23:59:59Z', '2024-02-29T23:59:59.000Z'],
  ])('%s is written %s', (given, canonical) => {
    expect(z.encode(Instant, z.decode(Instant, given))).toBe(canonical);
  });

  test.each([
    '2026-01-05',
    '2026-01-05T09:00Z',
    '2026-01-05T09:00:00',
    '2026-01-05 09:00:00Z',
    '2026-01-05T09:00:00.1234Z',
    '2026-01-05T23:59:60Z',
    '2026-01-05T09:00:00+0530',
    '2026-01-05T09:00:00Z[UTC]',
    '+012026-01-05T09:00:00Z',
    '1767603600',
    '',
  ])('%j is refused', (text) => {
    expect(sentences(Instant, text)).toEqual([expect.stringContaining('Write an instant such as')]);
  });

  test.each(['2026-02-30T00:00:00Z', '2025-02-29T00:00:00Z', '2026-01-05T24:00:00Z', '2026-13-01T00:00:00Z', '2026-01-05T09:00:00+25:00'])(
    '%s does not exist',
    (text) => expect(sentences(Instant, text)).toEqual([`"${text}" does not exist.`]),
  );

  test('what is finer than a millisecond is refused on the way out, not cut', () => {
    expect(() => z.encode(Instant, instant('2026-01-05T09:00:00Z').add({ microseconds: 1 }))).toThrow(z.ZodError);
  });

  test('decode after encode is the identity, and texts sort as instants do', () => {
    fc.assert(
      fc.property(instants, instants, (a, b) => {
        const [textA, textB] = [z.encode(Instant, a), z.encode(Instant, b)];
        expect(z.decode(Instant, textA).epochNanoseconds).toBe(a.epochNanoseconds);
        expect(textA < textB).toBe(isBefore(a, b));
      }),
    );
  });
});

describe('Day and TimeZone', () => {
  test('of two days one is up to the other, the earlier up to the later, and both of them if they are one day', () => {
    fc.assert(
      fc.property(days, days, (a, b) => {
        const [first, last] = [earlier(a, b), later(a, b)].map(String);
        expect([first, last]).toEqual([a, b].map(String).toSorted());
        expect([isUpTo(a, b), isUpTo(b, a)]).toEqual([String(a) === first, String(b) === first]);
      }),
    );
  });
  test('decode after encode is the identity', () => {
    fc.assert(fc.property(days, (on) => z.decode(Day, z.encode(Day, on)).equals(on)));
  });

  test('a day that does not exist is refused', () => {
    expect(sentences(Day, '2026-02-30')).toEqual(['2026-02-30 does not exist.']);
    expect(sentences(Day, '2100-02-29')).toEqual(['2100-02-29 does not exist.']);
    for (const text of ['2026-2-3', '20260203', '2026-02-03T00:00', '2026-02-03[u-ca=hebrew]', 20260203])
      expect(Day.safeParse(text).success).toBe(false);
  });

  test('a zone is a name of the IANA database, in its case', () => {
    for (const name of ['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/Argentina/Ushuaia']) expect(TimeZone.parse(name)).toBe(name);
    for (const name of ['europe/berlin', 'EUROPE/BERLIN', '+01:00', 'Z', 'Mars/Olympus', '', ' UTC', '2026-01-01T00:00[Europe/Berlin]', null]) {
      expect(TimeZone.safeParse(name).success).toBe(false);
    }
  });

  test('JSON Schema names them', () => {
    const { properties, $defs } = z.toJSONSchema(z.object({ at: Instant, on: Day, zone: TimeZone, period: Period }), { io: 'input' });
    expect(properties).toMatchObject({ at: { $ref: '#/$defs/Instant' }, on: { $ref: '#/$defs/Day' }, period: { $ref: '#/$defs/Period' } });
    expect($defs).toMatchObject({ Instant: { format: 'date-time' }, Day: { format: 'date' }, Period: { required: ['from', 'to'] } });
  });
});

describe('days in a zone', () => {
  test('a day is 23, 24 or 25 hours', () => {
    const hours = (text: string) =>
      startOfDay(day(text), newYork)
        .until(endOfDay(day(text), newYork))
        .total('hours');
    expect([hours('2026-03-08'), hours('2026-03-09'), hours('2026-11-01')]).toEqual([23, 24, 25]);
  });

  test('a day begins at one where summer time skips midnight', () => {
    expect(String(startOfDay(day('2018-11-04'), TimeZone.parse('America/Sao_Paulo')))).toBe('2018-11-04T03:00:00Z');
  });

  test('every instant lies in its day, and days meet without gap or overlap', () => {
    fc.assert(
      fc.property(instants, zones, (at, zone) => {
        const today = dayOf(at, zone);
        expect(isBefore(at, startOfDay(today, zone))).toBe(false);
        expect(isBefore(at, endOfDay(today, zone))).toBe(true);
        expect(String(endOfDay(today, zone))).toBe(String(startOfDay(addDays(today, 1), zone)));
      }),
    );
  });
});

describe('afterDays', () => {
  test('protection for 90 days from 1 January holds through 1 April, whatever the hour of approval', () => {
    for (const hour of ['00:00:00', '09:30:00', '23:59:59']) {
      const approved = instant(`2026-01-01T${hour}+01:00`);
      expect(String(afterDays(approved, 90, berlin).toZonedDateTimeISO(berlin))).toBe('2026-04-02T00:00:00+02:00[Europe/Berlin]');
    }
  });

  test('the day is that of the zone and not of UTC', () => {
    expect(String(dayOf(instant('2026-01-01T23:30:00Z'), berlin))).toBe('2026-01-02');
    expect(String(afterDays(instant('2026-01-01T23:30:00Z'), 1, berlin))).toBe('2026-01-03T23:00:00Z');
  });

  test('gives N whole days after the day of the start, never fewer', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 400 }), zones, (start, count, zone) => {
        const end = afterDays(start, count, zone);
        expect(isBefore(start, end)).toBe(true);
        // The last instant within is on the Nth day after, or where that day was skipped altogether on one before it.
        const lastDay = dayOf(end.subtract({ milliseconds: 1 }), zone);
        const nthDay = addDays(dayOf(start, zone), count);
        expect(String(zone) === 'Pacific/Apia' ? !isBefore(nthDay, lastDay) : lastDay.equals(nthDay)).toBe(true);
      }),
    );
  });
});

test('a period has both its ends, and does not end before it begins', () => {
  const january = z.decode(Period, { from: '2026-01-01', to: '2026-01-31' });
  expect(daysIn(january)).toBe(31);
  expect(['2025-12-31', '2026-01-01', '2026-01-31', '2026-02-01'].map((text) => isIn(day(text), january))).toEqual([false, true, true, false]);
  expect(z.encode(Period, january)).toEqual({ from: '2026-01-01', to: '2026-01-31' });
  expect(daysIn(z.decode(Period, { from: '2026-01-01', to: '2026-01-01' }))).toBe(1);
  expect(Period.safeParse({ from: '2026-01-02', to: '2026-01-01' }).error?.issues).toMatchObject([{ path: ['to'] }]);
});

test('clocks: the system goes, the fixed stands, the shifted is ahead', () => {
  const nine = instant('2026-01-05T09:00:00Z');
  expect(String(fixedClock(nine).now())).toBe('2026-01-05T09:00:00Z');
  expect(String(shiftedClock(fixedClock(nine), 90_000).now())).toBe('2026-01-05T09:01:30Z');
  const [before, now, after] = [Date.now(), systemClock.now(), Date.now()];
  expect(before <= now.epochMilliseconds && now.epochMilliseconds <= after).toBe(true);
  expect(() => z.encode(Instant, now)).not.toThrow();
});

test('what must not compile', () => {
  const never = () => {
    // @ts-expect-error A day and an instant are not before one another.
    isBefore(day('2026-01-01'), instant('2026-01-01T00:00:00Z'));
    // @ts-expect-error A zone has been checked; a string has not.
    dayOf(instant('2026-01-01T00:00:00Z'), 'Europe/Berlin');
    // @ts-expect-error Temporal values are not compared by <, which throws.
    return day('2026-01-01') < 1;
  };
  expect(never).toThrow();
});

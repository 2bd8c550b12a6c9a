import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { days, fiscalCalendars } from './arbitraries.ts';
import {
  addDays,
  day,
  daysIn,
  FiscalCalendar,
  firstMonth,
  isIn,
  Month,
  monthOf,
  monthStart,
  monthsUntil,
  periodOf,
  plusMonths,
  plusQuarters,
  previousQuarters,
  Quarter,
  quarterEnd,
  quarterOf,
  quarterStart,
  quartersIn,
  Window,
} from './calendar.ts';

const january = { startMonth: 1 };
const february = { startMonth: 2 };
const april = { startMonth: 4 };

describe('Quarter', () => {
  test.each(['FY2026-Q1', 'FY0001-Q4'])('%s is one', (text) => expect(z.encode(Quarter, Quarter.parse(text))).toBe(text));
  test.each(['FY2026-Q5', 'FY2026-Q0', 'FY26-Q1', '2026-Q1', 'fy2026-q1', 'FY2026Q1', 'FY2026-Q1 ', 'FY12026-Q1', null])('%j is none', (text) => {
    expect(Quarter.safeParse(text).error?.issues).toMatchObject([{ message: 'Write a fiscal quarter such as "FY2026-Q1".' }]);
  });

  test('literals are checked by the compiler', () => {
    const first: Quarter = 'FY2026-Q1';
    // @ts-expect-error There is no fifth quarter.
    const fifth: Quarter = 'FY2026-Q5';
    expect(first < fifth).toBe(true);
  });

  // The year is that of its end: with a start in February, January 2026 closes FY2026.
  test.each([
    ['2026-01-31', january, 'FY2026-Q1', '2026-01-01', '2026-03-31'],
    ['2026-12-31', january, 'FY2026-Q4', '2026-10-01', '2026-12-31'],
    ['2026-01-31', february, 'FY2026-Q4', '2025-11-01', '2026-01-31'],
    ['2026-02-01', february, 'FY2027-Q1', '2026-02-01', '2026-04-30'],
    ['2026-03-31', april, 'FY2026-Q4', '2026-01-01', '2026-03-31'],
    ['2026-04-01', april, 'FY2027-Q1', '2026-04-01', '2026-06-30'],
    ['2024-02-29', { startMonth: 12 }, 'FY2024-Q1', '2023-12-01', '2024-02-29'],
  ] as const)('%s with %o is in %s, from %s to %s', (on, calendar, quarter, from, to) => {
    expect(quarterOf(day(on), calendar)).toBe(quarter);
    expect(String(quarterStart(quarter, calendar))).toBe(from);
    expect(String(quarterEnd(quarter, calendar))).toBe(to);
  });

  test('a quarter is three whole months, whatever the calendar: a day is in the quarter of its month', () => {
    fc.assert(
      fc.property(days, fiscalCalendars, (on, calendar) => {
        expect(isIn(on, { from: monthStart(monthOf(on)), to: addDays(monthStart(monthOf(on)).add({ months: 1 }), -1) })).toBe(true);
        expect(quarterOf(monthStart(monthOf(on)), calendar)).toBe(quarterOf(on, calendar));
        expect(firstMonth(quarterOf(on, calendar), calendar)).toBe(monthOf(quarterStart(quarterOf(on, calendar), calendar)));
      }),
    );
    expect(monthOf(day('2026-05-31'))).toBe('2026-05');
    expect([plusMonths('2026-05', 8), plusMonths('2026-05', -5), monthsUntil('2026-05', '2027-01')]).toEqual(['2027-01', '2025-12', 8]);
    expect(Month.safeParse('2026-13').error?.issues).toMatchObject([{ message: 'Write a month such as "2026-05".' }]);
  });

  test('a day is in its own quarter and in no other', () => {
    fc.assert(
      fc.property(days, fiscalCalendars, fc.integer({ min: -9, max: 9 }), (on, calendar, other) => {
        const quarter = quarterOf(on, calendar);
        expect(isIn(on, periodOf(plusQuarters(quarter, other), calendar))).toBe(other === 0);
      }),
    );
  });

  test('four quarters tile the fiscal year: each begins the day after the one before ends, twelve months in all', () => {
    fc.assert(
      fc.property(days, fiscalCalendars, (on, calendar) => {
        const year = quarterOf(on, calendar).slice(0, 6);
        const quarters = [1, 2, 3, 4].map((n) => Quarter.parse(`${year}-Q${n}`));
        const periods = quarters.map((quarter) => periodOf(quarter, calendar));
        const dayAfter = periods.map(({ to }) => String(addDays(to, 1)));
        expect(periods.slice(1).map(({ from }) => String(from))).toEqual(dayAfter.slice(0, 3));
        const [first, last] = [quarters[0] ?? 'FY0000-Q1', quarters[3] ?? 'FY0000-Q1'];
        const start = quarterStart(first, calendar);
        const end = quarterEnd(last, calendar);
        expect([start.month, start.day]).toEqual([calendar.startMonth, 1]);
        expect(String(addDays(end, 1))).toBe(String(start.add({ years: 1 })));
        expect(end.year).toBe(Number(year.slice(2)));
        expect(periods.map(daysIn).reduce((a, b) => a + b)).toBe(daysIn({ from: start, to: end }));
      }),
    );
  });

  test('text sorts as time does', () => {
    fc.assert(
      fc.property(days, days, fiscalCalendars, (a, b, calendar) => {
        const [first, second] = [quarterOf(a, calendar), quarterOf(b, calendar)];
        if (first < second) expect(a.until(b).sign).toBe(1);
      }),
    );
  });

  test('steps over the turn of the year, and back', () => {
    expect(plusQuarters('FY2026-Q4', 1)).toBe('FY2027-Q1');
    expect(plusQuarters('FY2026-Q1', -4)).toBe('FY2025-Q1');
    expect(previousQuarters('FY2026-Q2', 3)).toEqual(['FY2025-Q3', 'FY2025-Q4', 'FY2026-Q1']);
    expect(previousQuarters('FY2026-Q2', 0)).toEqual([]);
    expect(() => plusQuarters('FY0000-Q1', -1)).toThrow(z.ZodError);
    expect(() => plusQuarters('FY9999-Q4', 1)).toThrow(z.ZodError);
  });
});

describe('Window', () => {
  const asOf = day('2025-12-15'); // with a start in February: the third month of FY2026's Q4 is January, so Q4 has begun
  test.each<[Window, ReturnType<typeof quartersIn>]>([
    ['trailing-four-quarters', ['FY2026-Q1', 'FY2026-Q2', 'FY2026-Q3', 'FY2026-Q4']],
    ['fiscal-year', ['FY2026-Q1', 'FY2026-Q2', 'FY2026-Q3', 'FY2026-Q4']],
    ['fiscal-quarter', ['FY2026-Q4']],
    ['lifetime', 'all'],
  ])('%s as of the last quarter of the year', (window, quarters) => {
    expect(quartersIn(window, asOf, february)).toEqual(quarters);
  });

  test('the fiscal year begins anew where the trailing four reach back', () => {
    expect(quartersIn('fiscal-year', day('2026-02-01'), february)).toEqual(['FY2027-Q1']);
    expect(quartersIn('trailing-four-quarters', day('2026-02-01'), february)).toEqual(['FY2026-Q2', 'FY2026-Q3', 'FY2026-Q4', 'FY2027-Q1']);
  });

  test('every window ends with the current quarter and has no gap', () => {
    fc.assert(
      fc.property(days, fiscalCalendars, fc.constantFrom(...Window.options), (on, calendar, window) => {
        const quarters = quartersIn(window, on, calendar);
        if (quarters === 'all') return;
        expect(quarters.at(-1)).toBe(quarterOf(on, calendar));
        expect(quarters.slice(1)).toEqual(quarters.slice(0, -1).map((quarter) => plusQuarters(quarter, 1)));
      }),
    );
  });
});

test('a fiscal calendar starts in one of twelve months', () => {
  for (const startMonth of [0, 13, 1.5, '1']) expect(FiscalCalendar.safeParse({ startMonth }).success).toBe(false);
});

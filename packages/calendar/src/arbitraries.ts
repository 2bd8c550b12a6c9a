import * as fc from 'fast-check';
import { addDays, type Day, day, type Instant, Temporal, TimeZone } from './time.ts';

// For this package's tests. Zones with every oddity: half hours, DST in either hemisphere, DST of half an hour (Lord
// Howe), clocks that jump at midnight (São Paulo until 2019, Cairo), and a day that never was (Apia, 30 December 2011).
export const zones = fc
  .constantFrom(
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
    'America/Sao_Paulo',
    'Africa/Cairo',
    'Pacific/Apia',
  )
  .map((name) => TimeZone.parse(name));

export const days: fc.Arbitrary<Day> = fc.integer({ min: 0, max: 50 * 366 }).map((count) => addDays(day('2000-01-01'), count));

export const instants: fc.Arbitrary<Instant> = fc
  .integer({ min: Date.UTC(2000), max: Date.UTC(2050) })
  .map((milliseconds) => Temporal.Instant.fromEpochMilliseconds(milliseconds));

export const fiscalCalendars = fc.record({ startMonth: fc.integer({ min: 1, max: 12 }) });

import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { temporalEquals } from './temporal-equality.ts';

const monday = () => Temporal.PlainDate.from('2026-01-05');
const tuesday = () => Temporal.PlainDate.from('2026-01-06');
const nine = () => Temporal.Instant.from('2026-01-05T09:00:00Z');

test('equal values of one kind are equal, others are not', () => {
  expect(temporalEquals(monday(), monday())).toBe(true);
  expect(temporalEquals(monday(), tuesday())).toBe(false);
  expect(temporalEquals(nine(), nine())).toBe(true);
  expect(temporalEquals(nine(), nine().add({ nanoseconds: 1 }))).toBe(false);
  expect(temporalEquals(nine(), nine().toZonedDateTimeISO('UTC'))).toBe(false);
  expect(temporalEquals(nine().toZonedDateTimeISO('UTC'), nine().toZonedDateTimeISO('Africa/Abidjan'))).toBe(false);
});

test('a Temporal value equals nothing that is none', () => {
  expect(temporalEquals(monday(), '2026-01-05')).toBe(false);
  expect(temporalEquals({}, monday())).toBe(false);
});

test('other values are not its question', () => {
  for (const other of [undefined, null, 1, '2026-01-05', {}, new Date(0)]) expect(temporalEquals(other, other)).toBeUndefined();
});

test('registered, it lets every matcher see inside: toMatchObject alone would find any two days equal', () => {
  expect.addEqualityTesters([temporalEquals]);
  expect({ on: [monday()] }).toMatchObject({ on: [monday()] });
  expect({ on: monday() }).not.toMatchObject({ on: tuesday() });
  expect({ at: nine() }).not.toMatchObject({ at: nine().add({ hours: 1 }) });
  expect({ on: [monday()] }).toEqual({ on: [monday()] });
  expect({ on: [monday()] }).not.toEqual({ on: [tuesday()] });
  expect({ on: monday() }).not.toStrictEqual({ on: tuesday() });
  expect({ on: monday() }).not.toEqual({ on: {} });
  expect({ on: monday() }).toEqual({ on: expect.anything() });
});

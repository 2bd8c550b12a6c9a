import { expect, it } from 'vitest';
import { programs } from './programs.ts';

it.each(Object.values(programs.events))('$name says what happened', ({ data }) => {
  expect(data.description).toMatch(/^[A-Z].*\.$/);
});

it.each([
  ['1899-12-31', false],
  ['1900-01-01', true],
  ['2199-12-31', true],
  ['9999-12-31', false],
])('a version takes force on a day that can be reckoned with: %s', (effectiveFrom, isTaken) => {
  expect(programs.routes.activate.body.safeParse({ effectiveFrom }).success).toBe(isTaken);
});

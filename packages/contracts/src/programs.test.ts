import { expect, it } from 'vitest';
import { programs } from './programs.ts';

it.each(Object.values(programs.events))('$name says what happened', ({ data }) => {
  expect(data.description).toMatch(/^[A-Z].*\.$/);
});

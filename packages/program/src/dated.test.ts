import { addDays, day } from '@echelon/calendar';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { gapsIn, holdsOn } from './dated.ts';

const START = day('2027-02-20');
const DAYS = 20;
const any = fc.option(
  fc.integer({ min: 0, max: DAYS }).map((after) => addDays(START, after)),
  { nil: undefined },
);
/** None that ends before it begins, which is refused elsewhere. */
const dates = fc
  .tuple(any, any)
  .map(([one, other]) => (one && other && `${other}` < `${one}` ? { from: other, until: one } : { from: one, until: other }));

it('a day of the whole lies in exactly one gap where no part holds on it, and else in none', () => {
  fc.assert(
    fc.property(dates, fc.array(dates, { maxLength: 4 }), (whole, parts) => {
      const gaps = gapsIn(whole, parts);
      for (let after = -2; after <= DAYS + 2; after++) {
        const on = addDays(START, after);
        const isOpen = holdsOn(whole, on) && !parts.some((part) => holdsOn(part, on));
        expect(gaps.filter((gap) => holdsOn(gap, on)).length).toBe(isOpen ? 1 : 0);
      }
    }),
    { numRuns: 500, seed: 7 },
  );
});

/** Two versions never both judge a day, and never none does. */
import { addDays, isIn, isUpTo } from '@echelon/calendar';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { version } from '../../../test/standing.ts';
import { days, start } from './arbitraries.ts';
import { spans, type Versions, versionOn } from './versions.ts';

const versions: fc.Arbitrary<Versions> = fc.uniqueArray(fc.integer({ min: 0, max: 900 }), { maxLength: 5 }).map((afters) => {
  const [first, ...rest] = [0, ...afters.filter((after) => after > 0).toSorted((a, b) => a - b)].map((after, n) =>
    version(n, String(addDays(start, after))),
  );
  return [first ?? version(0, String(start)), ...rest];
});

it('each day of a span of time is judged by exactly one version: that which held on it', () => {
  fc.assert(
    fc.property(versions, days, fc.integer({ min: 0, max: 900 }), (all, from, length) => {
      const to = addDays(from, length);
      for (let on = from; isUpTo(on, to); on = addDays(on, 17)) {
        const judging = spans(all, from, to).filter((span) => isIn(on, span));
        // Before the first version there is nothing to judge by.
        expect(judging.map(({ versionId }) => versionId)).toEqual(isUpTo(all[0].from, on) ? [versionOn(all, on).versionId] : []);
      }
    }),
  );
});

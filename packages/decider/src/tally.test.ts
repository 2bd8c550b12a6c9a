import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Tally, type TallyChange, tallied } from './tally.ts';

const changes: fc.Arbitrary<TallyChange> = fc.oneof(
  { weight: 5, arbitrary: fc.bigInt({ min: -3n, max: 3n }).map((add) => ({ key: 'k', add })) },
  { weight: 1, arbitrary: fc.constant({ key: 'k', close: true } as const) },
);

it('in every history a tally is the sum of what held, never negative, and zero for good once it is closed', () => {
  fc.assert(
    fc.property(fc.array(changes, { maxLength: 40 }), (history) => {
      let tally: Tally = { key: 'k', sum: 0n, closed: false };
      let sum = 0n;
      for (const change of history) {
        const after = tallied(tally, change);
        if (tally.closed) expect('close' in change ? after : (after ?? tally)).toEqual(tally);
        if (after && 'add' in change) sum += change.add;
        tally = after ?? tally;
        expect(tally.sum).toBe(sum);
        expect(tally.sum >= 0n && !(tally.closed && tally.sum > 0n)).toBe(true);
      }
    }),
  );
});

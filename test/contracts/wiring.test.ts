import { commitsOnly, tableShape } from '@echelon/contracts/wiring';
import { indexes } from '@echelon/store';
import { COMMIT_PREFIX } from '@echelon/store/commit';
import { expect, it } from 'vitest';

it('the table that is deployed is the one that the store works on', () => {
  expect(tableShape.indexes).toEqual(indexes);
  expect(commitsOnly.dynamodb.Keys.sk.S).toEqual([{ prefix: COMMIT_PREFIX }]);
});

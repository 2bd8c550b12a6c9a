import * as dinero from 'dinero.js/bigint';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { moneyIn, weights } from './arbitraries.ts';
import { rate } from './decimal.ts';
import { allocate, type MoneyIn, money, negate, sum } from './money.ts';

const amountsOf = (shares: MoneyIn<'JPY'>[]) => shares.map(({ amount }) => amount);
const yen = (amount: bigint) => money(amount, 'JPY');

test('shares sum to the whole, none has the wrong sign, none is a unit or more from its exact part', () => {
  fc.assert(
    fc.property(moneyIn('USD'), weights, (whole, list) => {
      const shares = allocate(whole, list);
      const total = list.reduce((a, b) => a + b, 0n);
      expect(shares).toHaveLength(list.length);
      expect(sum('USD', shares)).toStrictEqual(whole);
      shares.forEach(({ amount }, i) => {
        const exact = whole.amount * (list[i] ?? 0n);
        const error = amount * total - exact;
        expect(amount * whole.amount >= 0n).toBe(true);
        expect((error < 0n ? -error : error) < total).toBe(true);
        if (list[i] === 0n) expect(amount).toBe(0n);
      });
    }),
  );
});

test('a larger weight never gets less, and equal weights differ by one minor unit at most', () => {
  fc.assert(
    fc.property(moneyIn('USD'), weights, (whole, list) => {
      const shares = allocate(whole, list).map(({ amount }) => (amount < 0n ? -amount : amount));
      const pairs = list.map((weight, i) => ({ weight, share: shares[i] ?? 0n })).sort((a, b) => Number(a.weight - b.weight));
      for (const [i, { weight, share }] of pairs.entries()) {
        const next = pairs[i + 1];
        if (next === undefined) continue;
        if (weight === next.weight) expect([-1n, 0n, 1n]).toContain(next.share - share);
        else expect(next.share >= share).toBe(true);
      }
    }),
  );
});

test('a negative amount is split as its opposite, so that a clawback mirrors the grant', () => {
  fc.assert(
    fc.property(moneyIn('USD'), weights, (whole, list) => {
      expect(allocate(negate(whole), list)).toStrictEqual(allocate(whole, list).map(negate));
    }),
  );
});

test('the left-over units go to the largest remainders, which dinero gives to the largest weight', () => {
  // 4 by 50:30:20 is 2, 1.2 and 0.8: the fourth yen is the third share's.
  expect(amountsOf(allocate(yen(4n), [50n, 30n, 20n]))).toEqual([2n, 1n, 1n]);
  const theirs = dinero.allocate(dinero.dinero({ amount: 4n, currency: dinero.JPY }), [50n, 30n, 20n]);
  expect(theirs.map((share) => dinero.toSnapshot(share).amount)).toEqual([3n, 1n, 0n]);
});

test('of equal remainders the earlier is rounded up', () => {
  expect(amountsOf(allocate(yen(5n), [1n, 1n, 1n]))).toEqual([2n, 2n, 1n]);
  expect(amountsOf(allocate(yen(-5n), [1n, 1n, 1n]))).toEqual([-2n, -2n, -1n]);
});

test('rates of different precision are weights too, and the shares stay in minor units', () => {
  expect(amountsOf(allocate(yen(100n), [rate('0.5'), rate('0.125'), rate('0.375')]))).toEqual([50n, 13n, 37n]);
});

test('weights that share nothing out throw', () => {
  for (const list of [[], [0n, 0n], [2n, -1n], [1n, -1n]]) expect(() => allocate(yen(1n), list)).toThrow(RangeError);
});

import * as dinero from 'dinero.js/bigint';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { moneyIn, quantities, rates, roundings } from './arbitraries.ts';
import { quantity, type Rate, rate } from './decimal.ts';
import { allocate, type Currency, convert, Money, money, negate, prorate, ratio, subtract, sum, times, timesQuantity, UnitPrice } from './money.ts';

const usd = (amount: string) => z.decode(Money, { amount, currency: 'USD' });

test('the worked example: 1 % of 5,000,000 and 1.5 % of 5,000,000 and 2 % of 2,000,000 is 165,000', () => {
  const parts = [
    times(usd('5000000'), rate('0.01'), 'down'),
    times(usd('5000000'), rate('0.015'), 'down'),
    times(usd('2000000'), rate('0.02'), 'down'),
  ];
  expect(sum('USD' as Currency, parts)).toEqual(usd('165000'));
  expect(times(usd('12000000'), rate('0.02'), 'half-even')).toEqual(usd('240000'));
});

test('times a rate is exact to within the rounding, against a rational computed apart', () => {
  fc.assert(
    fc.property(moneyIn('USD'), rates, roundings, (a, by, rounding) => {
      const error = times(a, by, rounding).amount * 10n ** 12n - a.amount * by.trillionths;
      const magnitude = error < 0n ? -error : error;
      const allowed = rounding === 'up' || rounding === 'down' ? 10n ** 12n - 1n : 10n ** 12n / 2n;
      expect(magnitude <= allowed).toBe(true);
      expect(times(negate(a), by, rounding)).toStrictEqual(negate(times(a, by, rounding)));
    }),
  );
});

test("agrees with dinero's multiply and transformScale on half-even", () => {
  fc.assert(
    fc.property(moneyIn('USD'), rates, (a, by) => {
      const product = dinero.multiply(dinero.dinero({ amount: a.amount, currency: dinero.USD }), { amount: by.trillionths, scale: 12n });
      const rounded = dinero.transformScale(product, 2n, dinero.halfEven);
      expect(times(a, by, 'half-even').amount).toBe(dinero.toSnapshot(rounded).amount);
    }),
  );
});

test('rates that sum to one lose at most half a cent each, and allocating by them loses nothing', () => {
  const parts = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 2, maxLength: 10 });
  const sharesOfOne = parts.map((list): Rate[] => {
    const total = list.reduce((a, b) => a + b, 0);
    const heads = list.slice(1).map((part) => rate((Math.floor((part * 100) / total) / 100).toFixed(2)));
    const rest = 10n ** 12n - heads.reduce((units, head) => units + head.trillionths, 0n);
    return [...heads, { ...rate('0'), trillionths: rest }];
  });
  fc.assert(
    fc.property(moneyIn('USD'), sharesOfOne, (whole, list) => {
      const products = list.map((by) => times(whole, by, 'half-even'));
      const drift = subtract(sum('USD', products), whole).amount;
      expect(2n * (drift < 0n ? -drift : drift) <= BigInt(list.length)).toBe(true);
      expect(sum('USD', allocate(whole, list))).toStrictEqual(whole);
    }),
  );
});

test('prorates by days, and finds a ratio', () => {
  expect(prorate(usd('100'), { part: 10n, whole: 31n }, 'half-even')).toEqual(usd('32.26'));
  expect(ratio(usd('110'), usd('100'), 'half-even')).toEqual(rate('1.1'));
  expect(() => ratio(usd('1'), usd('0'), 'half-even')).toThrow(RangeError);
});

test('a unit price finer than a cent is rounded once, at the line', () => {
  const price = z.decode(UnitPrice, { amount: '0.00012', currency: 'USD' });
  expect(timesQuantity(price, quantity('1000000'), 'half-even')).toEqual(usd('120'));
  expect(timesQuantity(price, quantity('41'), 'half-even')).toEqual(usd('0'));
  expect(timesQuantity(price, quantity('42'), 'half-up')).toEqual(usd('0.01'));
  expect(z.encode(UnitPrice, price)).toEqual({ amount: '0.00012', currency: 'USD' });
});

test('a returned quantity costs exactly the opposite', () => {
  const price = z.decode(UnitPrice, { amount: '0.1234567', currency: 'KWD' });
  fc.assert(
    fc.property(quantities, roundings, (count, rounding) => {
      const returned = { ...count, trillionths: -count.trillionths };
      expect(timesQuantity(price, returned, rounding)).toStrictEqual(negate(timesQuantity(price, count, rounding)));
    }),
  );
});

test('converts between currencies with different minor units', () => {
  expect(convert(usd('1.00'), { currency: 'JPY', rate: rate('150') }, 'half-even')).toEqual(money(150n, 'JPY'));
  expect(convert(money(150n, 'JPY'), { currency: 'USD', rate: rate('0.0067') }, 'half-even')).toEqual(usd('1.00'));
  expect(convert(usd('10'), { currency: 'KWD', rate: rate('0.3071') }, 'half-even')).toEqual(money(3071n, 'KWD'));
});

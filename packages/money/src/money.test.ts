import * as dinero from 'dinero.js/bigint';
import * as fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import * as z from 'zod';
import { moneyIn, moneys } from './arbitraries.ts';
import { quantity, rate } from './decimal.ts';
import {
  add,
  allocate,
  Currency,
  compare,
  decimalsOf,
  formatMoney,
  greatest,
  isNegative,
  isZero,
  least,
  MixedCurrencies,
  Money,
  type MoneyIn,
  money,
  negate,
  ratio,
  subtract,
  sum,
  times,
  UnitPrice,
  zero,
} from './money.ts';

const usd = (amount: string) => z.decode(Money, { amount, currency: 'USD' });

describe('money on the wire', () => {
  test.each([
    ['1234.56', 'USD', 123456n, '1234.56'],
    ['1234.5', 'USD', 123450n, '1234.50'],
    ['1234', 'USD', 123400n, '1234.00'],
    ['-0.05', 'USD', -5n, '-0.05'],
    ['-0', 'USD', 0n, '0.00'],
    ['1234', 'JPY', 1234n, '1234'],
    ['1.5', 'KWD', 1500n, '1.500'],
    ['1.2345', 'CLF', 12345n, '1.2345'],
    ['0.2', 'MGA', 20n, '0.20'],
    ['999999999999999.99', 'USD', 99999999999999999n, '999999999999999.99'],
  ] as const)('%s %s is %s minor units, written %s', (amount, currency, units, canonical) => {
    const value = z.decode(Money, { amount, currency });
    expect(value).toStrictEqual({ amount: units, currency });
    expect(z.encode(Money, value)).toStrictEqual({ amount: canonical, currency });
  });

  const refusal = (input: unknown) => Money.safeParse(input).error?.issues.map(({ path, message }) => ({ path, message }));

  test('more decimals than the currency has are refused, with a sentence', () => {
    expect(refusal({ amount: '1.234', currency: 'USD' })).toEqual([{ path: ['amount'], message: 'USD has 2 decimals; "1.234" has 3.' }]);
    expect(refusal({ amount: '1.0', currency: 'JPY' })).toEqual([{ path: ['amount'], message: 'JPY has 0 decimals; "1.0" has 1.' }]);
  });

  const bad = ['', '+1', '1e3', '01', '-01', '.5', '1.', '1,000', '1 000', '$1', 'Infinity', '1234567890123456', '0.1234567890123', 12.5, 12n, null];
  test.each(bad)('amount %o is refused', (amount) => {
    expect(refusal({ amount, currency: 'USD' })).toMatchObject([{ path: ['amount'] }]);
  });

  test.each(['usd', 'XXX', 'BTC', '', 'toString', '__proto__', null])('currency %o is refused', (currency) => {
    expect(refusal({ amount: '1', currency })).toEqual([{ path: ['currency'], message: 'Not a currency of ISO 4217.' }]);
  });

  test('unknown fields are refused', () => {
    expect(refusal({ amount: '1', currency: 'USD', scale: 2 })).toHaveLength(1);
  });

  test('a sum that has outgrown the wire throws instead of being cut', () => {
    expect(() => z.encode(Money, money(10n ** 17n, 'USD'))).toThrow(z.ZodError);
  });

  test('decode after encode is the identity, and text is canonical after one round', () => {
    fc.assert(
      fc.property(moneys, (value) => {
        const wire = z.encode(Money, value);
        expect(z.decode(Money, wire)).toStrictEqual(value);
        expect(z.encode(Money, z.decode(Money, wire))).toStrictEqual(wire);
      }),
    );
  });

  test('JSON Schema names, describes and exemplifies it', () => {
    const schema = z.toJSONSchema(z.object({ amount: Money, price: UnitPrice }), { io: 'input' });
    expect(schema.properties).toEqual({ amount: { $ref: '#/$defs/Money' }, price: { $ref: '#/$defs/UnitPrice' } });
    expect(schema.$defs?.Money).toMatchObject({ type: 'object', additionalProperties: false, examples: [{}, {}] });
  });

  // ISO 4217 list one (2026), minor units other than two; written here and not taken from the table under test.
  test('minor units are those of ISO 4217', () => {
    const byDecimals: Record<number, string> = {
      0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
      3: 'BHD IQD JOD KWD LYD OMR TND',
      4: 'CLF UYW',
    };
    for (const decimals of [0, 3, 4]) {
      expect(Currency.options.filter((currency) => decimalsOf(currency) === decimals).join(' ')).toBe(byDecimals[decimals]);
    }
    expect([decimalsOf('USD'), decimalsOf('MGA'), decimalsOf('MRU')]).toEqual([2, 2, 2]);
  });
});

describe('adding', () => {
  const dollars = moneyIn('USD');
  test('is commutative, associative and has an inverse', () => {
    fc.assert(
      fc.property(dollars, dollars, dollars, (a, b, c) => {
        expect(add(a, b)).toStrictEqual(add(b, a));
        expect(add(add(a, b), c)).toStrictEqual(add(a, add(b, c)));
        expect(add(a, negate(a))).toStrictEqual(zero('USD'));
        expect(add(a, zero('USD'))).toStrictEqual(a);
        expect(subtract(a, b)).toStrictEqual(add(a, negate(b)));
        expect(compare(a, b)).toBe(compare(subtract(a, b), zero('USD')));
      }),
    );
  });

  test("agrees with dinero's own", () => {
    const theirs = (a: MoneyIn<'USD'>) => dinero.dinero({ amount: a.amount, currency: dinero.USD });
    fc.assert(
      fc.property(dollars, dollars, (a, b) => {
        expect(add(a, b).amount).toBe(dinero.toSnapshot(dinero.add(theirs(a), theirs(b))).amount);
        expect(subtract(a, b).amount).toBe(dinero.toSnapshot(dinero.subtract(theirs(a), theirs(b))).amount);
      }),
    );
  });

  test('no cent is lost over a long chain of adding, splitting, encoding and taking away', () => {
    fc.assert(
      fc.property(fc.array(dollars, { minLength: 200, maxLength: 400 }), (list) => {
        const shares = list.flatMap((item) => allocate(item, [1n, 1n, 1n]));
        const read = shares.map((share) => z.decode(Money, z.encode(Money, share)));
        expect(sum('USD', shares)).toStrictEqual(sum('USD', list));
        expect(list.reduce((left, item) => subtract(left, item), sum('USD', shares))).toStrictEqual(zero('USD'));
        expect(sum('USD' as Currency, read)).toStrictEqual(sum('USD', list));
      }),
      { numRuns: 20 },
    );
  });

  test('mixed currencies throw', () => {
    const a: Money = money(1n, 'USD');
    const b: Money = money(1n, 'EUR');
    for (const mix of [add, subtract, compare, least, greatest]) expect(() => mix(a, b)).toThrow(MixedCurrencies);
    expect(() => ratio(a, b, 'down')).toThrow(MixedCurrencies);
    expect(() => sum('USD' as Currency, [a, b])).toThrow('USD and EUR do not mix.');
  });

  test('what must not compile', () => {
    const [dollar, euro] = [money(1n, 'USD'), money(1n, 'EUR')];
    expectTypeOf(add(dollar, dollar)).toEqualTypeOf<MoneyIn<'USD'>>();
    expectTypeOf<Money>().toEqualTypeOf<MoneyIn<Currency>>();
    const never = () => {
      // @ts-expect-error USD and EUR do not add.
      add(dollar, euro);
      // @ts-expect-error A sum in USD takes no EUR.
      sum('USD', [euro]);
      // @ts-expect-error An amount is a bigint, never a float.
      money(1.5, 'USD');
      // @ts-expect-error A rate is a Rate, not a number.
      times(dollar, 0.015, 'half-even');
      // @ts-expect-error A quantity is not a rate.
      times(dollar, quantity(3n), 'half-even');
      // @ts-expect-error Rounding has a name at every place.
      times(dollar, rate('0.015'));
      // @ts-expect-error No such currency.
      money(1n, 'XXX');
      // @ts-expect-error Weights are integers or decimals, not both.
      allocate(dollar, [1n, rate('0.5')]);
    };
    expect(never).toThrow(MixedCurrencies);
  });

  test('signs and bounds', () => {
    expect([isNegative(usd('-0.01')), isNegative(usd('0')), isZero(usd('0')), isZero(usd('-0.01'))]).toEqual([true, false, true, false]);
    expect(least(usd('1'), usd('2'))).toEqual(usd('1'));
    expect(greatest(usd('1'), usd('2'))).toEqual(usd('2'));
  });
});

test.each([
  [usd('1234.56'), '1,234.56 USD'],
  [usd('-1234567.8'), '-1,234,567.80 USD'],
  [usd('-123.4'), '-123.40 USD'],
  [usd('0'), '0.00 USD'],
  [money(1234567n, 'JPY'), '1,234,567 JPY'],
  [money(1234567n, 'KWD'), '1,234.567 KWD'],
])('people read %o as %s', (value, text) => {
  expect(formatMoney(value)).toBe(text);
});

import { calculator, down, halfUp } from 'dinero.js/bigint';
import * as fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import * as z from 'zod';
import { quantities, rates, roundings } from './arbitraries.ts';
import { compareDecimals, divide, minus, plus, portion, Quantity, quantity, Rate, type Rounding, rate, rateOf, scale } from './decimal.ts';

describe('decimals on the wire', () => {
  test.each(['0', '1', '-1', '0.015', '123456789012345678.123456789012'])('%s stays as it is', (text) => {
    expect(z.encode(Rate, z.decode(Rate, text))).toBe(text);
    expect(z.encode(Quantity, z.decode(Quantity, text))).toBe(text);
  });

  test.each([
    ['1.50', '1.5'],
    ['10', '10'],
    ['100.000', '100'],
    ['0.0', '0'],
    ['-0', '0'],
    ['-0.50', '-0.5'],
  ])('%s is written %s', (given, canonical) => {
    expect(z.encode(Rate, z.decode(Rate, given))).toBe(canonical);
    expect(rate(given)).toEqual(rate(canonical));
  });

  const bad = ['', ' 1', '+1', '1e3', '01', '.5', '1.', '1,5', '0x1', 'NaN', '１', '1\n', '0.1234567890123', '1234567890123456789'];
  test.each(bad)('%j is refused', (text) => {
    expect(z.safeDecode(Rate, text).success).toBe(false);
    expect(z.safeDecode(Quantity, text).success).toBe(false);
  });

  test('a number is refused: it has passed through a float', () => {
    expect(Rate.safeParse(0.015).success).toBe(false);
  });

  test('a value beyond the digits of the wire is refused on the way out, not cut', () => {
    const huge = scale(rate('999999999999999999'), rate('999999'), 'down');
    expect(() => z.encode(Rate, huge)).toThrow(z.ZodError);
  });

  test('decode after encode is the identity', () => {
    fc.assert(
      fc.property(rates, quantities, (factor, count) => {
        expect(z.decode(Rate, z.encode(Rate, factor))).toStrictEqual(factor);
        expect(z.decode(Quantity, z.encode(Quantity, count))).toStrictEqual(count);
      }),
    );
  });

  test('JSON Schema names and describes them', () => {
    const schema = z.toJSONSchema(z.object({ rate: Rate, quantity: Quantity }), { io: 'input' });
    expect(schema.properties).toEqual({ rate: { $ref: '#/$defs/Rate' }, quantity: { $ref: '#/$defs/Quantity' } });
    expect(schema.$defs?.Rate).toMatchObject({ type: 'string', pattern: expect.any(String), examples: ['0.015', '1', '-0.05'] });
  });
});

describe('rounding', () => {
  // Ties and near ties on both sides of zero, against IEEE 754's definition of each mode. In tenths: 25 is 2.5.
  test.each<[Rounding, Record<string, bigint>]>([
    ['half-even', { '25': 2n, '35': 4n, '-25': -2n, '-35': -4n, '24': 2n, '26': 3n, '-26': -3n, '5': 0n, '-5': 0n, '0': 0n }],
    ['half-up', { '25': 3n, '35': 4n, '-25': -3n, '-35': -4n, '24': 2n, '26': 3n, '-24': -2n, '5': 1n, '-5': -1n, '0': 0n }],
    ['down', { '25': 2n, '29': 2n, '-21': -2n, '-29': -2n, '30': 3n, '-30': -3n, '0': 0n }],
    ['up', { '25': 3n, '21': 3n, '-21': -3n, '-29': -3n, '30': 3n, '-30': -3n, '0': 0n }],
  ])('%s', (rounding, cases) => {
    for (const [tenths, expected] of Object.entries(cases)) expect(divide(BigInt(tenths), 10n, rounding)).toBe(expected);
  });

  test("dinero's own down is a floor and its half-up rises from a negative tie, so the sign is taken off first", () => {
    expect(down(-21n, 10n, calculator)).toBe(-3n);
    expect(halfUp(-25n, 10n, calculator)).toBe(-2n);
    expect([divide(-21n, 10n, 'down'), divide(-25n, 10n, 'half-up')]).toEqual([-2n, -3n]);
  });

  const fractions = fc.record({
    part: fc.oneof(fc.bigInt({ min: -100n, max: 100n }), fc.bigInt()),
    whole: fc.oneof(fc.bigInt({ min: -20n, max: 20n }), fc.bigInt()).filter((n) => n !== 0n),
  });

  test('is exact: the error, multiplied out so that nothing is rounded, is what the mode allows', () => {
    fc.assert(
      fc.property(fractions, roundings, ({ part, whole }, rounding) => {
        const rounded = divide(part, whole, rounding);
        const magnitude = (n: bigint) => (n < 0n ? -n : n);
        // |rounded − part/whole| · |whole|, an integer, compared with |whole| and |whole| / 2.
        const error = magnitude(rounded * whole - part);
        const tie = 2n * error === magnitude(whole);
        const away = magnitude(rounded * whole) > magnitude(part);
        if (error === 0n) return;
        if (rounding === 'down' || rounding === 'up') {
          expect(error < magnitude(whole)).toBe(true);
          expect(away).toBe(rounding === 'up');
        } else {
          expect(2n * error <= magnitude(whole)).toBe(true);
          if (tie) expect(rounding === 'half-up' ? away : rounded % 2n === 0n).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('is symmetric about zero, so that a reversal undoes the original', () => {
    fc.assert(
      fc.property(fractions, roundings, ({ part, whole }, rounding) => {
        expect(divide(-part, whole, rounding)).toBe(-divide(part, whole, rounding));
      }),
    );
  });

  test('throws on a zero denominator', () => {
    expect(() => divide(1n, 0n, 'down')).toThrow(RangeError);
  });
});

describe('arithmetic', () => {
  test('adds what a float cannot: 0.1 + 0.2 is 0.3', () => {
    expect(plus(rate('0.1'), rate('0.2'))).toEqual(rate('0.3'));
    expect(minus(quantity('1'), quantity('0.9'))).toEqual(quantity('0.1'));
  });

  test('minus undoes plus; order is that of the difference', () => {
    fc.assert(
      fc.property(quantities, quantities, (a, b) => {
        expect(minus(plus(a, b), b)).toStrictEqual(a);
        expect(compareDecimals(a, b)).toBe(-compareDecimals(b, a) + 0);
        expect(compareDecimals(a, b)).toBe(compareDecimals(minus(a, b), quantity(0n)));
      }),
    );
  });

  test('scale, portion and rateOf round by name at the twelfth decimal', () => {
    expect(scale(quantity('730.5'), rate('0.5'), 'half-even')).toEqual(quantity('365.25'));
    expect(portion(quantity('100'), { part: 1n, whole: 3n }, 'half-even')).toEqual(quantity('33.333333333333'));
    expect(portion(quantity('100'), { part: 1n, whole: 3n }, 'up')).toEqual(quantity('33.333333333334'));
    expect(rateOf({ part: -5n, whole: 100n }, 'half-even')).toEqual(rate('-0.05'));
  });

  test('what must not compile', () => {
    expectTypeOf(plus(rate('1'), rate('1'))).toEqualTypeOf<Rate>();
    // @ts-expect-error A rate and a quantity do not add.
    plus(rate('1'), quantity(1n));
    // @ts-expect-error Nor do they compare.
    compareDecimals(quantity(1n), rate('1'));
    // @ts-expect-error A plain object has not been through the codec.
    const forged: Rate = { trillionths: 1n };
    // @ts-expect-error A quantity is no factor.
    scale(forged, quantity(1n), 'down');
    // @ts-expect-error Rounding always has a name, and it is one of four.
    expect(() => divide(1n, 2n, 'nearest')).toThrow(TypeError);
  });
});

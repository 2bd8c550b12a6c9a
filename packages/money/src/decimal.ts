import { calculator, down, halfAwayFromZero, halfEven, up } from 'dinero.js/bigint';
import * as z from 'zod';

/** Digits before the point of a Rate or Quantity on the wire. 18 + 12 stays inside DynamoDB's 38-digit numbers. */
export const DECIMAL_DIGITS_MAX = 18;
/** Digits after the point of a Rate or Quantity: prices per token, FX rates and gigabyte shares all fit. */
export const DECIMAL_PLACES_MAX = 12;

/** 1 as a Rate or Quantity counts it. */
export const TRILLION = 10n ** BigInt(DECIMAL_PLACES_MAX);

/**
 * How a value that lies between two representable ones is rounded. All modes are symmetric about zero (as in Java's
 * RoundingMode and IEEE 754), so that a reversal undoes to the cent what the original posted:
 * `half-even` nearest, ties to the even neighbour; `half-up` nearest, ties away from zero (commercial rounding);
 * `down` towards zero; `up` away from zero.
 */
export const Rounding = z.enum(['half-even', 'half-up', 'down', 'up']).meta({
  id: 'Rounding',
  description: 'Rounding by name, symmetric about zero: half-even, half-up (ties away from zero), down (towards zero), up.',
});
export type Rounding = z.output<typeof Rounding>;

const roundMagnitude = { 'half-even': halfEven, 'half-up': halfAwayFromZero, down, up } as const satisfies Record<Rounding, unknown>;

/** numerator ÷ denominator as an integer, rounded by name: the one place where anything is rounded. Throws on zero. */
export function divide(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  if (denominator === 0n) throw new RangeError('Cannot divide by zero.');
  // dinero's down is floor and its up is ceiling: -2.1 goes to -3 by down. Rounding the magnitude and putting the sign
  // back makes round(-x) = -round(x).
  const magnitude = roundMagnitude[rounding](absolute(numerator), absolute(denominator), calculator);
  return numerator < 0n === denominator < 0n ? magnitude : -magnitude;
}

const absolute = (n: bigint) => (n < 0n ? -n : n);

/** The integer that `text` stands for when counted in units of 10^-places: ('12.5', 2) → 1250n. */
export function unitsFromText(text: string, places: number): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  if (fraction.length > places) throw new RangeError(`"${text}" has more than ${places} decimals.`);
  return BigInt(whole + fraction.padEnd(places, '0'));
}

/** The inverse, with all its decimals: (1250n, 2) → '12.50'; (5n, 0) → '5'. */
export function textFromUnits(units: bigint, places: number): string {
  const digits = String(absolute(units)).padStart(places + 1, '0');
  const point = digits.length - places;
  return (units < 0n ? '-' : '') + digits.slice(0, point) + (places > 0 ? `.${digits.slice(point)}` : '');
}

const withoutTrailingZeros = (text: string) => text.replace(/\.?0+$/, '');

/** An exact decimal as a string: optional minus; no exponent, plus or leading zeros; bounded before and after the point. */
export const decimalString = (digitsMax: number, example: string) =>
  z.string().regex(new RegExp(`^-?(0|[1-9]\\d{0,${digitsMax - 1}})(\\.\\d{1,${DECIMAL_PLACES_MAX}})?$`), {
    abort: true, // What is no decimal has no number of decimals either: one fault, one issue.
    error:
      `Write an exact decimal such as "${example}": no exponent, plus or leading zeros, ` +
      `at most ${digitsMax} digits before the point and ${DECIMAL_PLACES_MAX} after.`,
  });
const DecimalText = decimalString(DECIMAL_DIGITS_MAX, '0.015');

/**
 * A dimensionless factor: a percentage (`'0.015'` is 1.5 %), a share, an exchange rate. On the wire an exact decimal
 * string, without trailing zeros on output; inside an integer count of 10⁻¹², so that equal rates are equal structurally.
 */
export const Rate = z.codec(
  DecimalText.meta({
    id: 'Rate',
    description: 'An exact decimal factor as a string; "0.015" is 1.5 %. At most 18 digits before the point, 12 after.',
    examples: ['0.015', '1', '-0.05'],
  }),
  z.object({ trillionths: z.bigint() }).readonly().brand<'Rate'>(),
  { decode: (text) => ({ trillionths: unitsFromText(text, DECIMAL_PLACES_MAX) }), encode: decimalText },
);
export type Rate = z.output<typeof Rate>;

/** How many: units, hours, gigabytes; negative for a return. Same wire form and precision as Rate, another type. */
export const Quantity = z.codec(
  DecimalText.meta({
    id: 'Quantity',
    description: 'An exact decimal quantity as a string. At most 18 digits before the point, 12 after.',
    examples: ['3', '730.25', '-1'],
  }),
  z.object({ trillionths: z.bigint() }).readonly().brand<'Quantity'>(),
  { decode: (text) => ({ trillionths: unitsFromText(text, DECIMAL_PLACES_MAX) }), encode: decimalText },
);
export type Quantity = z.output<typeof Quantity>;

export type Decimal = Rate | Quantity;

/** rate('0.015'). Throws ZodError on text that is no exact decimal. */
export const rate = (text: string): Rate => z.decode(Rate, text);
/** quantity('730.25'), quantity(3n). Throws ZodError on text that is no exact decimal. */
export const quantity = (count: string | bigint): Quantity => z.decode(Quantity, String(count));

/** The canonical text, without trailing zeros: '0.015', '-1'. */
export function decimalText(value: { readonly trillionths: bigint }): string {
  return withoutTrailingZeros(textFromUnits(value.trillionths, DECIMAL_PLACES_MAX));
}

/** a + b; both rates or both quantities. */
export const plus = <D extends Decimal>(a: D, b: NoInfer<D>): D => decimal(a.trillionths + b.trillionths);

/** a − b; both rates or both quantities. */
export const minus = <D extends Decimal>(a: D, b: NoInfer<D>): D => decimal(a.trillionths - b.trillionths);

/** decimal × factor, rounded by name to 12 decimals: a share of a quantity, an uplift on a rate. */
export function scale<D extends Decimal>(value: D, factor: Rate, rounding: Rounding): D {
  return decimal(divide(value.trillionths * factor.trillionths, TRILLION, rounding));
}

/** A fraction that no decimal need say exactly: 10 days of 31 is `{ part: 10n, whole: 31n }`. */
export type Share = { readonly part: bigint; readonly whole: bigint };

/** value × part ÷ whole, rounded by name to 12 decimals: a daily average, a time weight. Throws on a zero whole. */
export function portion<D extends Decimal>(value: D, { part, whole }: Share, rounding: Rounding): D {
  return decimal(divide(value.trillionths * part, whole, rounding));
}

/** A quantity from the integer that a counter in the table holds. */
export const quantityOf = (trillionths: bigint): Quantity => decimal(trillionths);

/** part ÷ whole as a rate, rounded by name to 12 decimals. Throws on a zero whole. */
export function rateOf({ part, whole }: Share, rounding: Rounding): Rate {
  return decimal(divide(part * TRILLION, whole, rounding));
}

/** Sorts rates or quantities: −1, 0 or 1. */
export function compareDecimals<D extends Decimal>(a: D, b: NoInfer<D>): -1 | 0 | 1 {
  if (a.trillionths === b.trillionths) return 0;
  return a.trillionths < b.trillionths ? -1 : 1;
}

// A brand exists for the compiler alone, so only the compiler can be told: the sum of two rates is a rate.
const decimal = <D extends Decimal>(trillionths: bigint): D => ({ trillionths }) as D;

import * as dinero from 'dinero.js/bigint/currencies';
import * as z from 'zod';
import {
  type Decimal,
  decimalString,
  divide,
  type Quantity,
  Rate,
  type Rounding,
  rateOf,
  type Share,
  TRILLION,
  textFromUnits,
  unitsFromText,
} from './decimal.ts';

// The package's one door: what of decimal.ts is for others leaves through here.
export {
  compareDecimals,
  type Decimal,
  decimalText,
  divide,
  minus,
  plus,
  portion,
  Quantity,
  quantity,
  quantityOf,
  Rate,
  Rounding,
  rate,
  rateOf,
  type Share,
  scale,
  TRILLION,
} from './decimal.ts';

/** Digits before the point of an amount on the wire: 999 trillion. With 4 decimals that is 19 digits of DynamoDB's 38. */
export const AMOUNT_DIGITS_MAX = 15;

// Ariary and ouguiya are divided by five, which a decimal string cannot say; ISO 4217 lists both with two decimals.
const decimal = { base: 10n, exponent: 2n } as const;
const currencies = { ...dinero, MGA: { code: 'MGA', ...decimal }, MRU: { code: 'MRU', ...decimal } } as const;

/** ISO 4217 alphabetic code. */
export type Currency = keyof typeof currencies;
// Object.keys forgets the type of its keys.
export const Currency = z
  .enum(Object.keys(currencies) as Currency[], { error: 'Not a currency of ISO 4217.' })
  .meta({ id: 'Currency', description: 'ISO 4217 alphabetic currency code.', examples: ['USD', 'JPY'] });

/** Decimals of the currency's minor unit: USD 2, JPY 0, KWD 3. */
export const decimalsOf = (currency: Currency): number => Number(currencies[currency].exponent);

/** An amount in integer minor units (cents of USD, yen of JPY) of one currency. */
export type MoneyIn<C extends Currency> = { readonly amount: bigint; readonly currency: C };

const MoneyText = z
  .strictObject({
    amount: decimalString(AMOUNT_DIGITS_MAX, '1234.56').meta({ description: 'In units of the currency, not of its cents.' }),
    currency: Currency,
  })
  .superRefine(({ amount, currency }, context) => {
    const given = (amount.split('.')[1] ?? '').length;
    if (given <= decimalsOf(currency)) return;
    const message = `${currency} has ${decimalsOf(currency)} decimals; "${amount}" has ${given}.`;
    context.addIssue({ code: 'custom', path: ['amount'], message });
  })
  .meta({
    id: 'Money',
    description: 'An exact amount: a decimal string with no more decimals than the currency has, and the currency.',
    examples: [
      { amount: '1234.56', currency: 'USD' },
      { amount: '-1234', currency: 'JPY' },
    ],
  });

/**
 * Money. Wire: `{ amount: '1234.56', currency: 'USD' }`; fewer decimals are read, all of them are written. Inside:
 * `{ amount: 123456n, currency: 'USD' }`, plain and comparable. Refusals stand at ['amount'] or ['currency'].
 */
export const Money = z.codec(MoneyText, z.object({ amount: z.bigint(), currency: Currency }).readonly(), {
  decode: ({ amount, currency }) => money(unitsFromText(amount, decimalsOf(currency)), currency),
  encode: ({ amount, currency }) => ({ amount: textFromUnits(amount, decimalsOf(currency)), currency }),
});
export type Money = z.output<typeof Money>;

/** Thrown when amounts of two currencies meet: always the programmer's error, since a program has one currency. */
export class MixedCurrencies extends Error {
  constructor(a: Currency, b: Currency) {
    super(`${a} and ${b} do not mix.`);
    this.name = 'MixedCurrencies';
  }
}

/** money(123456n, 'USD') is 1,234.56 USD: `amount` is in minor units. */
export const money = <C extends Currency>(amount: bigint, currency: C): MoneyIn<C> => ({ amount, currency });
export const zero = <C extends Currency>(currency: C): MoneyIn<C> => money(0n, currency);

export function add<C extends Currency>(a: MoneyIn<C>, b: MoneyIn<NoInfer<C>>): MoneyIn<C> {
  return money(a.amount + amountIn(a.currency, b), a.currency);
}
export function subtract<C extends Currency>(a: MoneyIn<C>, b: MoneyIn<NoInfer<C>>): MoneyIn<C> {
  return money(a.amount - amountIn(a.currency, b), a.currency);
}
export const negate = <C extends Currency>(a: MoneyIn<C>): MoneyIn<C> => money(-a.amount, a.currency);

function amountIn(currency: Currency, a: Money): bigint {
  if (a.currency !== currency) throw new MixedCurrencies(currency, a.currency);
  return a.amount;
}

/** The sum of a list that may be empty, hence the currency. */
export function sum<C extends Currency>(currency: C, list: Iterable<MoneyIn<NoInfer<C>>>): MoneyIn<C> {
  let total = 0n;
  for (const item of list) total += amountIn(currency, item);
  return money(total, currency);
}

/** Sorts amounts of one currency: −1, 0 or 1. */
export function compare<C extends Currency>(a: MoneyIn<C>, b: MoneyIn<NoInfer<C>>): -1 | 0 | 1 {
  const other = amountIn(a.currency, b);
  if (a.amount === other) return 0;
  return a.amount < other ? -1 : 1;
}
/** The smaller of two: a cap. */
export const least = <C extends Currency>(a: MoneyIn<C>, b: MoneyIn<NoInfer<C>>) => (compare(a, b) > 0 ? b : a);
/** The larger of two: a floor. */
export const greatest = <C extends Currency>(a: MoneyIn<C>, b: MoneyIn<NoInfer<C>>) => (compare(a, b) < 0 ? b : a);

export const isNegative = (a: Money): boolean => a.amount < 0n;
export const isZero = (a: Money): boolean => a.amount === 0n;

/** amount × rate, rounded by name to the minor unit: 1.5 % of 100.00 is times(m, rate('0.015'), 'half-even'). */
export function times<C extends Currency>(a: MoneyIn<C>, by: Rate, rounding: Rounding): MoneyIn<C> {
  return money(divide(a.amount * by.trillionths, TRILLION, rounding), a.currency);
}

/** amount × part ÷ whole, rounded by name: 10 days of 31, which no decimal rate says exactly. Throws on a zero whole. */
export function prorate<C extends Currency>(a: MoneyIn<C>, share: Share, rounding: Rounding): MoneyIn<C> {
  return money(divide(a.amount * share.part, share.whole, rounding), a.currency);
}

/** part ÷ whole as a rate, rounded to 12 decimals: an attainment, a growth. Throws on a zero whole: ask isZero first. */
export function ratio<C extends Currency>(part: MoneyIn<C>, whole: MoneyIn<NoInfer<C>>, rounding: Rounding): Rate {
  return rateOf({ part: part.amount, whole: amountIn(part.currency, whole) }, rounding);
}

/** The amount in another currency at `by` units of `to` for one of the source's, rounded to the minor unit of `to`. */
export function convert<C extends Currency>(a: Money, to: { currency: C; rate: Rate }, rounding: Rounding): MoneyIn<C> {
  // Minor units of the one over minor units of the other: 1.00 USD = 100 cents, at 150 JPY each, is 150 yen, not 15,000.
  const numerator = a.amount * to.rate.trillionths * 10n ** currencies[to.currency].exponent;
  return money(divide(numerator, TRILLION * 10n ** currencies[a.currency].exponent, rounding), to.currency);
}

/**
 * A price for one unit, which may be finer than the minor unit: `{ amount: '0.00012', currency: 'USD' }`, 12 decimals.
 * Becomes Money only when multiplied by a quantity.
 */
export const UnitPrice = z.strictObject({ amount: Rate, currency: Currency }).readonly().meta({
  id: 'UnitPrice',
  description: 'The price of one unit; may have more decimals than the currency, up to 12.',
});
export type UnitPrice = z.output<typeof UnitPrice>;

/** price × quantity, rounded once, to the minor unit. */
export function timesQuantity(price: UnitPrice, by: Quantity, rounding: Rounding): Money {
  const numerator = price.amount.trillionths * by.trillionths * 10n ** currencies[price.currency].exponent;
  return money(divide(numerator, TRILLION * TRILLION, rounding), price.currency);
}

/**
 * Splits money by weights, by largest remainder (Hamilton): each share is first rounded towards zero, and the minor
 * units left over go, one each, to the largest remainders, the earlier of two equal ones first. Shares sum to the whole,
 * none has the wrong sign, equal weights differ by at most one minor unit. Throws RangeError when a weight is negative
 * or all are zero (or there is none).
 */
export function allocate<C extends Currency>(whole: MoneyIn<C>, weights: Weights): MoneyIn<C>[] {
  const parts = weights.map((weight) => (typeof weight === 'bigint' ? weight : weight.trillionths));
  const total = parts.reduce((a, b) => a + b, 0n);
  if (total === 0n || parts.some((part) => part < 0n)) {
    throw new RangeError('Weights must not be negative and must not all be zero.');
  }
  const sign = whole.amount < 0n ? -1n : 1n;
  const magnitude = whole.amount * sign;
  const shares = parts.map((part) => (magnitude * part) / total);
  const remainders = parts.map((part) => (magnitude * part) % total);
  // Σ remainders is a multiple of the total and each is below it, so fewer shares than have a remainder are rounded up.
  const left = Number(magnitude - shares.reduce((a, b) => a + b, 0n));
  const largestFirst = [...remainders.entries()].sort(([, a], [, b]) => (a === b ? 0 : a > b ? -1 : 1));
  const roundedUp = new Set(largestFirst.slice(0, left).map(([i]) => i));
  return shares.map((share, i) => money((roundedUp.has(i) ? share + 1n : share) * sign, whole.currency));
}
/** All bigint, all rates or all quantities: a list never mixes integers with decimals. */
export type Weights = readonly bigint[] | readonly Decimal[];

/** For people: '1,234.56 USD', the same on every machine. */
export function formatMoney({ amount, currency }: Money): string {
  const [whole = '', fraction] = textFromUnits(amount, decimalsOf(currency)).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${fraction === undefined ? grouped : `${grouped}.${fraction}`} ${currency}`;
}

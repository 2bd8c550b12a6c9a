import * as fc from 'fast-check';
import { quantity, rate, textFromUnits } from './decimal.ts';
import { Currency, type MoneyIn, money } from './money.ts';

// For this package's tests: values over the whole range that the wire admits, with the small and the tied ones often.

export const currencies = fc.constantFrom(...Currency.options);
/** Minor units up to 15 digits, the most that a currency without decimals can put on the wire. */
export const amounts = fc.oneof(fc.bigInt({ min: -1000n, max: 1000n }), fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n }));
export const moneyIn = <C extends Currency>(currency: C): fc.Arbitrary<MoneyIn<C>> => amounts.map((amount) => money(amount, currency));
export const moneys = currencies.chain(moneyIn);

const decimalTexts = fc.oneof(
  fc.bigInt({ min: -200n, max: 200n }).map((percent) => textFromUnits(percent, 2)),
  fc.bigInt({ min: -(10n ** 30n) + 1n, max: 10n ** 30n - 1n }).map((units) => textFromUnits(units, 12)),
);
export const rates = decimalTexts.map(rate);
export const quantities = decimalTexts.map(quantity);
export const roundings = fc.constantFrom('half-even', 'half-up', 'down', 'up');
/** Weights that can share something out: none negative, at least one positive; ties and zeros are frequent. */
export const weights = fc
  .array(fc.oneof(fc.bigInt({ min: 0n, max: 3n }), fc.bigInt({ min: 0n, max: 10n ** 20n })), { minLength: 1, maxLength: 40 })
  .filter((list) => list.some((weight) => weight > 0n));

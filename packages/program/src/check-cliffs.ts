/** Where one unit more pays or costs less, with both totals; and where it pays so much more that who approves it should know. */
import {
  add,
  type Currency,
  compare,
  compareDecimals,
  decimalsOf,
  decimalText,
  divide,
  formatMoney,
  type Money,
  money,
  plus,
  type Quantity,
  quantity,
  type Rate,
  subtract,
  sum,
  times,
  timesQuantity,
  zero,
} from '@echelon/money';
import type { ProgramDocument } from './document.ts';
import type { Found } from './finding.ts';
import type { Charge, Meter } from './rate-card.ts';
import type { Payment, RebateScheme } from './rebate-scheme.ts';

export const cliffFindings = (document: ProgramDocument): Found[] => [
  ...(document.rebates?.schemes ?? []).flatMap((scheme, at) => ofScheme(scheme, `/rebates/schemes/${at}`, document.currency)),
  ...(document.serviceProviders?.consumption?.rateCards ?? []).flatMap(({ charges }, card) =>
    charges.flatMap((charge, at) =>
      charge.model === 'volume'
        ? ofVolume(charge, `/serviceProviders/consumption/rateCards/${card}/charges/${at}`, document.serviceProviders?.consumption?.meters ?? [])
        : [],
    ),
  ),
];

type Volume = Extract<Charge, { model: 'volume' }>;

/** What is averaged, or counted by the time for which it lasts, grows by any fraction unless its meter says otherwise. */
const FRACTIONAL: readonly (Meter['aggregation'] | undefined)[] = ['average', 'daily-average', 'time-weighted-sum'];
const stepOf = (meter: Meter | undefined): Quantity => meter?.step ?? quantity(FRACTIONAL.includes(meter?.aggregation) ? '0.000000000001' : '1');

/** 5 at 7.00 are 35.00 and 6 at 5.50 are 33.00: the sixth unit would cost less than nothing. */
const ofVolume = ({ bands, meter, acceptCliff }: Volume, place: string, meters: readonly Meter[]): Found[] => {
  const step = stepOf(meters.find(({ key }) => key === meter));
  return bands.slice(1).flatMap(({ price }, at): Found[] => {
    const before = bands[at];
    if (before?.upTo === undefined) return [];
    const more: Quantity = plus(before.upTo, step);
    const [cost, costOfMore] = [timesQuantity(before.price, before.upTo, 'half-up'), timesQuantity(price, more, 'half-up')];
    if (cost.currency !== costOfMore.currency) return [];
    const pointer = `${place}/bands/${at + 1}/price`;
    const totals = `${decimalText(before.upTo)} cost ${formatMoney(cost)} and ${decimalText(more)} cost ${formatMoney(costOfMore)}`;
    if (compare(costOfMore, cost) < 0)
      return acceptCliff
        ? []
        : [{ severity: 'refused', pointer, message: `${totals}: one step more costs less than nothing; say "acceptCliff" if it is meant` }];
    return compareDecimals(price.amount, before.price.amount) > 0
      ? [{ severity: 'reported', pointer, message: `${totals}: one step more costs ${formatMoney(subtract(costOfMore, cost))}` }]
      : [];
  });
};

/** What the next cent earns by itself, at 100 %: no jump. */
const UNIT = 1n;

const ofScheme = ({ pays, acceptCliff }: RebateScheme, place: string, currency: Currency): Found[] => {
  if (pays.method === 'incremental') return [];
  const edges = pays.method === 'fixed-on-target' ? stepsOf(pays, `${place}/pays/steps`) : edgesOf(pays, `${place}/pays/bands`, currency);
  return edges.flatMap(({ pointer, less, more, isMeant }): Found[] => {
    if (less.pays.currency !== more.pays.currency) return [];
    const totals = `${less.at} pays ${formatMoney(less.pays)} and ${more.at} pays ${formatMoney(more.pays)}`;
    const change = compare(more.pays, less.pays);
    if (change < 0)
      return acceptCliff
        ? []
        : [{ severity: 'refused', pointer, message: `${totals}: who sells more is paid less; say "acceptCliff" if it is meant` }];
    const jump = subtract(more.pays, less.pays);
    return jump.amount > UNIT && !isMeant ? [{ severity: 'reported', pointer, message: `${totals}: a jump of ${formatMoney(jump)}` }] : [];
  });
};

interface Edge {
  readonly pointer: string;
  readonly less: { readonly at: string; readonly pays: Money };
  readonly more: { readonly at: string; readonly pays: Money };
  /** A fixed amount is there to jump. */
  readonly isMeant: boolean;
}

const stepsOf = ({ steps }: Extract<Payment, { method: 'fixed-on-target' }>, place: string): Edge[] =>
  steps.slice(1).flatMap((step, at) => {
    const before = steps[at];
    if (before === undefined) return [];
    const [less, more] = [before, step].map(({ atLeastShare, amount }) => ({ at: `${decimalText(atLeastShare)} of the target`, pays: amount }));
    return less && more ? [{ pointer: `${place}/${at + 1}/amount`, less, more, isMeant: true }] : [];
  });

type Banded = Exclude<Payment, { method: 'fixed-on-target' }>;

/** Of targets and baselines a document knows none: the totals are of 100,000. */
const SUPPOSED = 100_000n;

const edgesOf = (pays: Banded, place: string, currency: Currency): Edge[] => {
  const { bands } = pays;
  const unit = 10n ** BigInt(decimalsOf(currency));
  const supposed = money(SUPPOSED * unit, currency);
  const isGrowth = 'baseline' in pays;
  const of = isGrowth ? ` over a baseline of ${formatMoney(supposed)}` : pays.bandsOf === 'amount' ? '' : ` of a target of ${formatMoney(supposed)}`;
  /** The value at a bound. */
  const valueAt = (bound: Quantity): Money => {
    if (!isGrowth && pays.bandsOf === 'amount') return money(divide(bound.trillionths * unit, 10n ** 12n, 'down'), currency);
    const share = money(divide(supposed.amount * bound.trillionths, 10n ** 12n, 'down'), currency);
    return isGrowth ? add(supposed, share) : share;
  };
  return bands.flatMap(({ above }, at): Edge[] => {
    if (above.trillionths === 0n) return [];
    const value = valueAt(above);
    const next = add(value, money(UNIT, currency));
    const reached = bands.slice(0, at + 1).map(({ rate, upTo }) => ({ rate, ...(upTo && { end: valueAt(upTo) }) }));
    const paid = (reachedBands: readonly Reached[], on: Money): Money => payOf(pays.method, reachedBands, { value: on, supposed });
    return [
      {
        pointer: `${place}/${at}/rate`,
        less: { at: `${formatMoney(value)}${of}`, pays: paid(reached.slice(0, -1), value) },
        more: { at: formatMoney(next), pays: paid(reached, next) },
        isMeant: false,
      },
    ];
  });
};

interface Reached {
  readonly rate: Rate;
  readonly end?: Money;
}

/** What the bands that are reached pay, the last of them the one that the value lies in. */
const payOf = (method: Banded['method'], reached: readonly Reached[], { value, supposed }: { value: Money; supposed: Money }): Money => {
  const last = reached.at(-1);
  if (last === undefined) return zero(value.currency);
  const all = (on: (band: Reached) => Money): Money =>
    sum(
      value.currency,
      reached.map((band) => times(on(band), band.rate, 'half-up')),
    );
  switch (method) {
    case 'incremental':
      return zero(value.currency);
    case 'retroactive':
    case 'growth-on-total':
      return times(value, last.rate, 'half-up');
    case 'growth-on-increment':
      return times(subtract(value, supposed), last.rate, 'half-up');
    case 'each-band-on-the-whole':
      return all(() => value);
    case 'each-band-up-to-its-bound':
      return all(({ end }) => (end === undefined || compare(value, end) < 0 ? value : end));
  }
};

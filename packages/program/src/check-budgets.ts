import { type Day, day, periodOf, plusQuarters, type Quarter, quarterOf, quartersIn } from '@echelon/calendar';
import { compare, formatMoney, type Money, money, sum } from '@echelon/money';
import { type Dates, isReckoned, overlap } from './dated.ts';
import type { ProgramDocument } from './document.ts';
import type { Finding } from './finding.ts';
import type { FiscalPeriod } from './names.ts';

/** A budget that what draws on it can exceed: each has a most that it pays, and in no period do they come to more. */
export const budgetFindings = (document: ProgramDocument): Finding[] => {
  const { rebates, mdf } = document;
  return [
    ...judged(document, '/rebates', rebates?.budgets ?? [], {
      list: 'schemes',
      drawing: rebates?.schemes ?? [],
    }),
    ...judged(document, '/mdf', mdf?.budgets ?? [], { list: 'funds', drawing: mdf?.funds ?? [] }),
  ];
};

interface Budget {
  readonly key: string;
  readonly every: FiscalPeriod;
  readonly amount: Money;
}
interface Drawing extends Dates {
  readonly key: string;
  readonly budget?: string | undefined;
  readonly amountMax?: Money | undefined;
  /** For which `amountMax` holds; the budget's own period, where it has none. */
  readonly period?: FiscalPeriod | undefined;
}
interface Drawings {
  readonly list: string;
  readonly drawing: readonly Drawing[];
}

const judged = (document: ProgramDocument, place: string, budgets: readonly Budget[], { list, drawing }: Drawings): Finding[] => [
  ...drawing.flatMap(({ budget, amountMax }, at) =>
    budget === undefined || amountMax !== undefined
      ? []
      : [{ pointer: `${place}/${list}/${at}/budget`, message: `nothing keeps it within "${budget}": say "amountMax"` }],
  ),
  ...budgets.flatMap((budget, at) => {
    const most = mostIn(document, budget, drawing);
    return compare(most, budget.amount) > 0
      ? [
          {
            pointer: `${place}/budgets/${at}/amount`,
            message: `has ${formatMoney(budget.amount)} each ${budget.every.replace('-', ' ')}, and its ${list} may come to ${formatMoney(most)}`,
          },
        ]
      : [];
  }),
];

/** The most that can be drawn in one period: in one in which something begins or ends, or in the one before or after it. Days out of reach are refused elsewhere. */
const mostIn = (document: ProgramDocument, { key, every, amount }: Budget, drawing: readonly Drawing[]): Money => {
  const drawn = drawing.filter(({ budget, amountMax }) => budget === key && amountMax?.currency === amount.currency);
  const days = drawn.flatMap(({ from, until }) => [from, until].flatMap((date) => (date && isReckoned(date) ? [date] : [])));
  const firsts = (days.length > 0 ? days : [ANY]).map((on) => firstOf(every, on, document));
  const length = every === 'fiscal-year' ? 4 : 1;
  return firsts
    .flatMap((first) => [-length, 0, length].map((after) => plusQuarters(first, after)))
    .map((first) => {
      const quarters = Array.from({ length }, (_, n) => datesOf(plusQuarters(first, n), document));
      return sum(
        amount.currency,
        drawn.map((one) => money(paymentsIn(quarters, one) * (one.amountMax?.amount ?? 0n), amount.currency)),
      );
    })
    .reduce((most, one) => (compare(one, most) > 0 ? one : most));
};

/** Where nothing begins or ends, any day will do. */
const ANY = day('2000-01-01');

/** What is paid each quarter is paid, in a year, once for each quarter of it in which it holds; what is paid each year, once. */
const paymentsIn = (quarters: readonly Dates[], one: Drawing): bigint => {
  const held = quarters.filter((quarter) => overlap(one, quarter)).length;
  return BigInt(one.period === 'fiscal-quarter' ? held : Math.min(held, 1));
};

/** The first quarter of the period that a day lies in. */
const firstOf = (every: FiscalPeriod, on: Day, { fiscalCalendar }: ProgramDocument): Quarter => {
  const within = quartersIn(every, on, fiscalCalendar);
  return (within === 'all' ? undefined : within[0]) ?? quarterOf(on, fiscalCalendar);
};

const datesOf = (quarter: Quarter, { fiscalCalendar }: ProgramDocument): Dates => {
  const { from, to } = periodOf(quarter, fiscalCalendar);
  return { from, until: to };
};

import { type Day, day, plusQuarters, quarterEnd, quarterOf, quarterStart, quartersIn } from '@echelon/calendar';
import { compare, formatMoney, type Money, money, sum } from '@echelon/money';
import { type Dates, overlap } from './dated.ts';
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

/** The most that can be drawn in one period: it is so in one in which something begins, or in the first of all. */
const mostIn = (document: ProgramDocument, { key, every, amount }: Budget, drawing: readonly Drawing[]): Money => {
  const drawn = drawing.filter(({ budget, amountMax }) => budget === key && amountMax?.currency === amount.currency);
  const days = drawn.flatMap(({ from, until }) => [from, until].filter((date) => date !== undefined));
  const periods = (days.length > 0 ? days : [ANY]).map((on) => periodAround(on, every, document));
  return periods
    .map((period) =>
      sum(
        amount.currency,
        drawn.filter((one) => overlap(one, period)).map((one) => money(paymentsIn(every, one) * (one.amountMax?.amount ?? 0n), amount.currency)),
      ),
    )
    .reduce((most, one) => (compare(one, most) > 0 ? one : most));
};

/** Where nothing begins or ends, any day will do. */
const ANY = day('2000-01-01');

/** What is paid each quarter is paid four times in a year. */
const paymentsIn = (every: FiscalPeriod, { period = every }: Drawing): bigint => (every === 'fiscal-year' && period === 'fiscal-quarter' ? 4n : 1n);

const periodAround = (on: Day, every: FiscalPeriod, { fiscalCalendar }: ProgramDocument): Dates => {
  const within = quartersIn(every, on, fiscalCalendar);
  const first = (within === 'all' ? undefined : within[0]) ?? quarterOf(on, fiscalCalendar);
  return {
    from: quarterStart(first, fiscalCalendar),
    until: quarterEnd(every === 'fiscal-year' ? plusQuarters(first, 3) : first, fiscalCalendar),
  };
};

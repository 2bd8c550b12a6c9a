/** Against every period of many years, one by one: what the check reckons from a few of them. */
import { periodOf, plusQuarters, type Quarter } from '@echelon/calendar';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { altered, alteredWire } from './arbitraries.ts';
import { check } from './check.ts';
import { overlap } from './dated.ts';

const FIRST: Quarter = 'FY2025-Q1';
const YEARS = 8;
const MILLION = 1_000_000;
const days = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const scheme = fc.record({
  from: fc.option(days, { nil: undefined }),
  until: fc.option(days, { nil: undefined }),
  period: fc.constantFrom('fiscal-quarter', 'fiscal-year'),
  millions: fc.integer({ min: 1, max: 3 }),
});

it('a budget is refused exactly where in some period its schemes may come to more', () => {
  const [like] = (alteredWire('logitech-partner-connect-2023', {}) as { rebates: { schemes: object[] } }).rebates.schemes;
  const every = fc.constantFrom('fiscal-quarter', 'fiscal-year');
  fc.assert(
    fc.property(fc.array(scheme, { maxLength: 3 }), every, fc.integer({ min: 1, max: 12 }), (schemes, each, has) => {
      const document = altered('logitech-partner-connect-2023', {
        '/rebates': {
          budgets: [{ key: 'growth', name: 'Growth', every: each, amount: { amount: `${has * MILLION}.00`, currency: 'USD' } }],
          schemes: schemes.map(({ from, until, period, millions }, at) => ({
            ...like,
            ...{ key: `scheme-${at}`, from, until, period, stacking: { order: at + 1, on: 'value' } },
            ...{ budget: 'growth', amountMax: { amount: `${millions * MILLION}.00`, currency: 'USD' } },
          })),
        },
      });
      const length = each === 'fiscal-year' ? 4 : 1;
      const most = Array.from({ length: (YEARS * 4) / length }, (_, n) => {
        const quarters = Array.from({ length }, (_, m) => periodOf(plusQuarters(FIRST, n * length + m), document.fiscalCalendar));
        return (document.rebates?.schemes ?? []).reduce((all, one, at) => {
          const held = quarters.filter(({ from, to }) => overlap(one, { from, until: to })).length;
          return all + (one.period === 'fiscal-quarter' ? held : Math.min(held, 1)) * (schemes[at]?.millions ?? 0);
        }, 0);
      }).reduce((one, other) => Math.max(one, other));
      const refused = check(document).filter(({ pointer }) => pointer === '/rebates/budgets/0/amount');
      expect(refused.length).toBe(most > has ? 1 : 0);
    }),
    { seed: 7, numRuns: 200 },
  );
});

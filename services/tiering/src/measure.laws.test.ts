/** What buckets give on a day, beside what counting every single fact anew gives: by other code, and as slowly as it likes. */
import { type Day, Window } from '@echelon/calendar';
import { baseTier, type ProgramDocument, type Requirement } from '@echelon/program';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { usd } from '../../../test/given.ts';
import { facts, life, reseller, version } from '../../../test/standing.ts';
import { document as asked, days, enrolment, spells, today } from './arbitraries.ts';
import { given } from './evaluate.ts';
import { measured } from './measure.ts';

interface Held {
  readonly from: Day;
  readonly until: Day;
}
/** Everything that was ever said, and whether it was taken back. */
interface Known {
  readonly orders: readonly { readonly on: Day; readonly dollars: number; readonly cancelled: boolean }[];
  readonly events: readonly { readonly on: Day; readonly revoked: boolean }[];
  readonly certificates: readonly { readonly person: number; readonly spell: Held; readonly revoked: boolean }[];
  readonly specializations: readonly Held[];
}
const list = <One>(one: fc.Arbitrary<One>) => fc.array(one, { maxLength: 14 });
const known: fc.Arbitrary<Known> = fc.record({
  orders: list(fc.record({ on: days, dollars: fc.constantFrom(1, 49, 50, 150, 300), cancelled: fc.boolean() })),
  events: list(fc.record({ on: days, revoked: fc.boolean() })),
  certificates: list(fc.record({ person: fc.integer({ min: 1, max: 3 }), spell: spells, revoked: fc.boolean() })),
  specializations: fc.array(spells, { maxLength: 4 }),
});

const tellings = ({ orders, events, certificates, specializations }: Known) => [
  ...orders.flatMap(({ on, dollars, cancelled }, n) => [
    facts.won(n, on, dollars),
    ...(cancelled ? [facts.won(n, on, dollars, { takenBack: true })] : []),
  ]),
  ...events.flatMap(({ on, revoked }, n) => [facts.engaged(on, 'event', 1, n), ...(revoked ? [facts.engaged(on, 'event', -1, n)] : [])]),
  ...certificates.flatMap(({ person, spell, revoked }, n) => [
    facts.certified(n, { ...spell, person }),
    ...(revoked ? [facts.certified(n, { from: spell.from, until: spell.from.subtract({ days: 1 }), person, said: 2 })] : []),
  ]),
  ...specializations.map((spell, n) => facts.specialized(n, spell)),
  // Last, so that what follows is worked out once.
  enrolment,
];

/** A day and the fiscal calendar by which windows are cut. */
interface When {
  readonly on: Day;
  readonly startMonth: number;
}
const isFrom = (first: Day, day: Day): boolean => first.until(day).sign >= 0;
const quarterFrom = (on: Day, startMonth: number): Day => on.with({ day: 1 }).subtract({ months: (on.month - startMonth + 12) % 3 });
/** Does what was so on a day count in the window? The current quarter counts whole. */
const isWithin = (window: Window, { on, startMonth }: When, day: Day): boolean => {
  const quarter = quarterFrom(on, startMonth);
  const first = {
    'fiscal-quarter': quarter,
    'fiscal-year': on.with({ day: 1 }).subtract({ months: (on.month - startMonth + 12) % 12 }),
    'trailing-four-quarters': quarter.subtract({ months: 9 }),
    lifetime: quarter.subtract({ years: 100 }),
  }[window];
  return isFrom(first, day) && isFrom(day, quarter.add({ months: 3 }).subtract({ days: 1 }));
};
const holds = ({ from, until }: Held, on: Day): boolean => isFrom(from, on) && isFrom(on, until);
const sum = (figures: readonly number[]): number => figures.reduce((total, figure) => total + figure, 0);

const naive = ({ orders, events, certificates, specializations }: Known, when: When) => {
  const standing = certificates.filter(({ revoked }) => !revoked);
  const booked = (window: Window) => orders.filter(({ on, cancelled }) => !cancelled && isWithin(window, when, on));
  const held = (window: Window) => events.filter(({ on, revoked }) => !revoked && isWithin(window, when, on)).length;
  const points = (window: Window): number => {
    const deals = sum(booked(window).map(({ dollars }) => Math.floor(dollars / 50)));
    const certified = standing.filter(({ spell }) => isWithin(window, when, spell.from));
    return 5 * deals + 10 * certified.length + 7 * held(window);
  };
  return (requirement: Requirement): number => {
    switch (requirement.kind) {
      case 'revenue':
        return 100 * sum(booked(requirement.window).map(({ dollars }) => dollars));
      case 'points':
        return points(requirement.window);
      case 'engagement':
        return held(requirement.window);
      case 'certified-people':
        return new Set(standing.filter(({ spell }) => holds(spell, when.on)).map(({ person }) => person)).size;
      case 'specialization':
        return specializations.some((spell) => holds(spell, when.on)) ? 1 : 0;
      default:
        throw new Error(`no ladder here asks for ${requirement.kind}`);
    }
  };
};
const needed = (requirement: Requirement): number => {
  if (requirement.kind === 'revenue') return Number(requirement.atLeast.amount);
  return requirement.kind === 'specialization' || !('atLeast' in requirement) ? 1 : requirement.atLeast;
};

const base = baseTier(reseller);
const hard = { strictness: 'hard' } as const;
const anyPoints = { kind: 'points', window: 'lifetime', atLeast: 1, ...hard } as const;
const ofWindow = (window: Window): Requirement[] => [
  { kind: 'revenue', measure: 'bookings', window, atLeast: usd(1), ...hard },
  { ...anyPoints, window },
  { kind: 'engagement', engagement: 'event', window, atLeast: 1, ...hard },
];

it('measures in every window, and tiers, are what a count of every fact gives, on any day by any fiscal calendar', () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(known, days, fc.integer({ min: 1, max: 12 }), (all, on, startMonth) => {
      const document: ProgramDocument = { ...asked, fiscalCalendar: { startMonth } };
      const partner = life(version(1, '2020-01-01', document));
      partner.hear(today, ...tellings(all));
      const asOf = { document, facts: partner.standing().facts, on };
      const have = naive(all, { on, startMonth });
      // What the ledger lists of a window is what a requirement counts.
      const listed = (window: Window) =>
        sum(
          partner
            .ledger()
            .filter((activity) => isWithin(window, { on, startMonth }, activity.on))
            .flatMap(({ entries }) => entries.map(({ points }) => points)),
        );
      for (const window of Window.options) expect([window, listed(window)]).toEqual([window, have({ ...anyPoints, window })]);
      for (const requirement of Window.options.flatMap(ofWindow))
        expect([requirement, Number(measured(requirement, base, asOf).have)]).toEqual([requirement, have(requirement)]);
      for (const ladder of document.ladders) {
        const missed = ladder.tiers.findIndex(({ requirements }) => requirements.some((one) => have(one) < needed(one)));
        const rank = (missed === -1 ? ladder.tiers.length : missed) - 1;
        expect([ladder.key, given(ladder, asOf).lastIndexOf(true)]).toEqual([ladder.key, rank]);
        reached.add(`${ladder.key} ${rank}`);
      }
    }),
    { numRuns: 300, seed: 5 },
  );
  // The law would hold where nobody ever climbs.
  expect(reached.size).toBe(9);
});

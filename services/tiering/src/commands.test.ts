import { addDays, type Day, day, instant, quarterOf, quartersIn } from '@echelon/calendar';
import type { Order } from '@echelon/contracts/deals';
import type { InForce } from '@echelon/contracts/programs';
import { Standing } from '@echelon/contracts/tiering';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dealId, decided, document, inForce, partnerId, programId, standingId, usd, versionId } from '../../../test/given.ts';
import { count, open } from './commands.ts';
import { attained, isAbove } from './evaluate.ts';
import { evolve, none, type StandingState } from './standing.ts';

/** Still December of 2026 in New York. */
const now = instant('2027-01-01T03:00:00Z');
const today = day('2026-12-31');
const place = { programId: programId(1), partnerId: partnerId(1), program: inForce, at: now, now };
const nothing = none(standingId(1));

const orderOn = (orderedOn: Day, dollars: number): Order => ({ orderNumber: 'PO-1', orderedOn, amount: usd(dollars), fulfilledBy: partnerId(1) });
const counting = (state: StandingState, order: Order, { program = inForce, deal = 1 }: { program?: InForce; deal?: number } = {}) =>
  decided(count({ ...place, program, dealId: dealId(deal), order })(state)).events;
const after = (orders: readonly Order[], from: StandingState = nothing): Standing => {
  const state = orders.reduce<StandingState>((standing, order) => counting(standing, order).reduce<StandingState>(evolve, standing), from);
  if (state.status === 'none') throw new Error('nothing was counted');
  return state;
};

const opened = {
  type: 'StandingOpened',
  at: now,
  data: { programId: programId(1), partnerId: partnerId(1), ladder: 'reseller', tier: 'authorized', on: today, versionId: versionId(1) },
};

describe('open', () => {
  it('gives whoever is enrolled the lowest tier, once', () => {
    const { events } = decided(open(place)(nothing));
    expect(events).toEqual([opened]);
    expect(decided(open(place)(events.reduce<StandingState>(evolve, nothing))).events).toEqual([]);
  });
});

describe('count', () => {
  it('counts as of when it happened, and promotes as of when it is heard', () => {
    const happened = instant('2026-05-01T12:00:00Z');
    const { events } = decided(count({ ...place, at: happened, dealId: dealId(1), order: orderOn(day('2026-04-30'), 250_000) })(nothing));
    expect(events.map(({ type, at }) => [type, String(at)])).toEqual([
      ['StandingOpened', String(happened)],
      ['BookingCounted', String(happened)],
      ['TierChanged', String(now)],
    ]);
  });

  it('opens the standing where the order comes before the enrolment is heard of', () => {
    expect(counting(nothing, orderOn(today, 1_000))).toEqual([
      opened,
      { type: 'BookingCounted', at: now, data: { dealId: dealId(1), quarter: 'FY2026-Q4', amount: usd(1_000) } },
    ]);
  });

  const promotion = (from: string, to: string) => ({
    type: 'TierChanged',
    at: now,
    data: { from, to, reason: 'attained', on: today, versionId: versionId(1) },
  });

  it('promotes at once whoever attains a higher tier, over several if need be', () => {
    const enrolled = decided(open(place)(nothing)).events.reduce<StandingState>(evolve, nothing);
    expect(counting(enrolled, orderOn(today, 249_999)).slice(1)).toEqual([]);
    expect(counting(enrolled, orderOn(today, 250_000)).slice(1)).toEqual([promotion('authorized', 'preferred')]);
    expect(counting(enrolled, orderOn(today, 1_000_000)).slice(1)).toEqual([promotion('authorized', 'elite')]);
    expect(after([orderOn(today, 250_000)], enrolled)).toMatchObject({ tier: 'preferred', since: today });
  });

  it('counts the four quarters of the window, and keeps what lies before it', () => {
    const standing = after([orderOn(day('2025-12-31'), 900_000), orderOn(day('2026-01-01'), 100_000)]);
    expect(standing).toMatchObject({ tier: 'authorized', bookings: [{ quarter: 'FY2025-Q4' }, { quarter: 'FY2026-Q1' }] });
    expect(after([orderOn(day('2026-01-01'), 150_000)], standing).tier).toBe('preferred');
  });

  it('judges by the version that holds, which it names', () => {
    const program = { versionId: versionId(2), document: withElite('200000.00') };
    expect(counting(nothing, orderOn(today, 260_000), { program }).at(-1)?.data).toMatchObject({ to: 'elite', versionId: versionId(2) });
  });

  it('changes no tier that the ladder has no more, unless a tier of the ladder is attained', () => {
    const old: StandingState = { ...after([orderOn(today, 1)]), tier: 'gold' };
    expect(counting(old, orderOn(today, 1)).map(({ type }) => type)).toEqual(['BookingCounted', 'TierChanged']);
  });
});

const withElite = (amount: string): InForce['document'] => ({
  ...document,
  ladder: {
    ...document.ladder,
    tiers: document.ladder.tiers.map((tier) =>
      tier.key === 'elite'
        ? {
            ...tier,
            requirements: tier.requirements.map((one) => ({ ...one, atLeast: { ...one.atLeast, amount: BigInt(amount.replace('.', '')) } })),
          }
        : tier,
    ),
  },
});

describe('attained', () => {
  it('decides by hard requirements only, and by those of all tiers below', () => {
    const advisory = {
      ...document,
      ladder: {
        ...document.ladder,
        tiers: document.ladder.tiers.map((tier) => ({
          ...tier,
          requirements: tier.requirements.map((one) => ({ ...one, strictness: 'advisory' as const })),
        })),
      },
    };
    expect(attained(advisory, { bookings: [], asOf: today }).key).toBe('elite');
    expect(attained(withElite('1.00'), { bookings: [{ quarter: 'FY2026-Q4', amount: usd(100) }], asOf: today }).key).toBe('authorized');
    expect(attained(document, { bookings: [], asOf: today }).key).toBe('authorized');
  });
  it('ranks tiers by the ladder', () => {
    expect([isAbove(document, 'elite', 'preferred'), isAbove(document, 'preferred', 'preferred'), isAbove(document, 'authorized', 'elite')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('of any orders', () => {
  const orders = fc.array(
    fc
      .record({ back: fc.integer({ min: 0, max: 800 }), dollars: fc.constantFrom(1, 40_000, 125_000, 300_000) })
      .map(({ back, dollars }) => orderOn(addDays(today, -back), dollars)),
    { minLength: 1, maxLength: 25 },
  );

  it('another order of the same gives the same bookings and tier', () => {
    const shuffled = orders.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    fc.assert(fc.property(shuffled, ([list, other]) => void expect(after(other)).toEqual(after(list))));
  });

  it('one more never lowers a tier', () => {
    fc.assert(
      fc.property(orders, (list) => {
        let standing: StandingState = nothing;
        for (const order of list) {
          const next = after([order], standing);
          if (standing.status !== 'none') expect(isAbove(document, standing.tier, next.tier)).toBe(false);
          standing = next;
        }
      }),
    );
  });

  it('the buckets are what a naive sum by quarter gives, in order, and the tier what the window’s sum attains', () => {
    fc.assert(
      fc.property(orders, (list) => {
        const { bookings, tier } = after(list);
        const quarters = [...new Set(list.map(({ orderedOn }) => quarterOf(orderedOn, document.fiscalCalendar)))].sort();
        const sumOf = (among: readonly string[]) =>
          list
            .filter(({ orderedOn }) => among.includes(quarterOf(orderedOn, document.fiscalCalendar)))
            .reduce((sum, { amount }) => sum + amount.amount, 0n);
        expect(bookings).toEqual(quarters.map((quarter) => ({ quarter, amount: { amount: sumOf([quarter]), currency: 'USD' } })));
        const window = quartersIn('trailing-four-quarters', today, document.fiscalCalendar);
        const booked = window === 'all' ? 0n : sumOf(window);
        expect(tier).toBe(booked >= 100_000_000n ? 'elite' : booked >= 25_000_000n ? 'preferred' : 'authorized');
      }),
    );
  });

  it('the standing comes back from its wire form as it was', () => {
    fc.assert(
      fc.property(orders, (list) => void expect(Standing.parse(JSON.parse(JSON.stringify(Standing.encode(after(list)))))).toEqual(after(list))),
    );
  });
});

/** Random facts and years: what holds of every one of them. */
import { addDays, day, Instant, monthOf } from '@echelon/calendar';
import { Standing, standingEvents } from '@echelon/contracts/tiering';
import type { Ladder } from '@echelon/program';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { standingId, usd } from '../../../test/given.ts';
import { facts, type Life, life, reseller, version, withLadders } from '../../../test/standing.ts';
import { days, document, each, enrolment, first, heard, helping, known, second, standingOf, start, today } from './arbitraries.ts';
import { signOff } from './decisions.ts';
import { rankOf } from './evaluate.ts';
import type { Telling } from './facts-heard.ts';
import { evolve, none, type StandingEvent } from './standing.ts';

describe('facts', () => {
  it('in any order give the same standing', () => {
    const shuffled = known
      .map((list) => [enrolment, ...list.flatMap(({ fact, taking }, n) => (n % 3 === 0 ? [fact, taking] : [fact]))])
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    fc.assert(fc.property(shuffled, ([list, other]) => each((of) => expect(standingOf(heard(of, other))).toEqual(standingOf(heard(of, list))))));
  });

  it('taken back leave the standing as it was', () => {
    fc.assert(
      fc.property(known, helping, (list, help) =>
        each((of) => {
          const { fact, taking } = help(list.length);
          const before = heard(of, [enrolment, ...list.map((one) => one.fact)]);
          const after = heard(of, [enrolment, ...list.map((one) => one.fact), fact, taking]);
          expect(standingOf(after)).toEqual(standingOf(before));
        }),
      ),
    );
  });

  it('that help lower no tier, by whatever version and on whatever ladder', () => {
    fc.assert(
      fc.property(known, (list) =>
        each((of) => {
          const partner = heard(of, [enrolment]);
          for (const { fact } of list) {
            const before = partner.standing().positions;
            partner.hear(today, fact);
            for (const { ladder, tier, attained } of before) {
              const after = partner.position(ladder);
              const judged = of.at(-1)?.document.ladders.find(({ key }) => key === ladder) ?? reseller;
              expect(rankOf(judged, after.tier)).toBeGreaterThanOrEqual(rankOf(judged, tier));
              expect(rankOf(judged, after.attained)).toBeGreaterThanOrEqual(rankOf(judged, attained));
            }
          }
        }),
      ),
    );
  });

  it('are kept in buckets that are what a naive sum by month gives, in order', () => {
    const orders = fc.array(fc.record({ on: days, dollars: fc.integer({ min: 1, max: 500 }), cancelled: fc.boolean() }), { maxLength: 30 });
    fc.assert(
      fc.property(orders, (list) => {
        const tellings = list.flatMap(({ on, dollars, cancelled }) => [
          facts.booked(on, dollars),
          ...(cancelled ? [facts.booked(on, -dollars, -1)] : []),
        ]);
        const standing = list.filter(({ cancelled }) => !cancelled).map(({ on, dollars }) => ({ month: monthOf(on), dollars }));
        const months = [...new Set(standing.map(({ month }) => month))].sort();
        const naive = months.map((month) => {
          const own = standing.filter((order) => order.month === month);
          return { measure: 'bookings', month, amount: usd(own.reduce((total, { dollars }) => total + dollars, 0)), orders: own.length };
        });
        expect(heard([first], [enrolment, ...tellings]).standing().facts.revenue).toEqual(naive);
      }),
    );
  });
});

/** Over a year with facts on their days, looks each day or now and then, and reviews signed off as proposed three weeks after their day. */
const DAYS = 480;
const SIGNED_AFTER = 21;
const lived = (dated: readonly { readonly on: number; readonly fact: Telling }[], looks: (after: number) => number): Life => {
  const partner = life(first, second);
  partner.hear(start, enrolment);
  for (let after = 1; after <= DAYS; after++) {
    const on = addDays(start, after);
    for (let look = 0; look < looks(after); look++) partner.judge(on);
    partner.hear(on, ...dated.filter((one) => one.on === after).map(({ fact }) => fact));
    // Whoever signs off has looked.
    const signing = partner.standing().positions.filter(({ review }) => review && addDays(review.dueOn, SIGNED_AFTER).until(on).sign >= 0);
    if (signing.length > 0) partner.judge(on);
    for (const { ladder } of signing) partner.decide(on, (act) => signOff({ ...act, ladder, tier: partner.position(ladder).review?.proposed ?? '' }));
  }
  return partner;
};

describe('a year', () => {
  const dated = fc.array(
    fc.record({ on: fc.integer({ min: 1, max: DAYS }), help: helping, takenBack: fc.option(fc.integer({ min: 1, max: 200 })) }),
    { maxLength: 12 },
  );
  const flat = dated.map((list) =>
    list.flatMap(({ on, help, takenBack }, n) => [
      { on, fact: help(n).fact },
      ...(takenBack === null || on + takenBack > DAYS ? [] : [{ on: on + takenBack, fact: help(n).taking }]),
    ]),
  );
  const endOf = (partner: Life) => {
    partner.judge(addDays(start, DAYS + 1));
    const { positions } = partner.standing();
    return positions.map(({ ladder, tier, attained, settled, reviewOn, grace }) => [ladder, tier, attained, settled, reviewOn, grace?.since]);
  };

  it('with looks late and doubled end as with one each day, save for the dates of notices', () => {
    const lateness = fc.infiniteStream(fc.constantFrom(1, 1, 2, 0));
    fc.assert(
      fc.property(flat, lateness, (list, stream) => {
        const now = [...stream.take(DAYS)].map((looks, n, all) => (looks === 0 && all[n - 1] === 0 && all[n - 2] === 0 ? 1 : looks));
        expect(endOf(lived(list, (after) => now[after - 1] ?? 1))).toEqual(endOf(lived(list, () => 1)));
      }),
      { numRuns: 10 },
    );
  });

  it('demote nobody but by a review, after grace and its last notice five days before', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(flat, (list) => {
        const partner = lived(list, () => 1);
        const events = partner.commits.flat();
        for (const [at, event] of events.entries()) {
          if (event.type === 'TierChanged') seen.add(event.data.reason);
          if (event.type !== 'TierChanged' || event.data.reason !== 'review') continue;
          const ladder = document.ladders[0] ?? reseller;
          if (rankOf(ladder, event.data.to) > rankOf(ladder, event.data.from)) continue;
          const notice = events.slice(0, at).findLast((one) => one.type === 'DemotionNoticed' && one.data.ladder === event.data.ladder);
          if (notice?.type !== 'DemotionNoticed') throw new Error('demoted without a notice');
          expect(notice.data.daysBefore).toBe(5);
          expect(addDays(notice.data.on, 5).until(event.data.on).days).toBeGreaterThan(0);
          seen.add('demoted');
        }
      }),
      { numRuns: 15, seed: 7 },
    );
    // The law would hold of years in which nothing happens.
    expect([...seen].sort()).toEqual(expect.arrayContaining(['attained', 'demoted', 'reversed', 'review']));
  });

  it('replay from their commits, also after they have been stored; and a state comes back from its wire form as it was', () => {
    fc.assert(
      fc.property(flat, (list) => {
        const partner = lived(list, (after) => (after % 9 === 0 ? 1 : 0));
        const events = partner.commits.flat();
        expect(events.reduce(evolve, none(standingId(1)))).toEqual(partner.standing());
        expect(events.map(stored).reduce(evolve, none(standingId(1)))).toEqual(partner.standing());
        const wire: unknown = JSON.parse(JSON.stringify(z.encode(Standing, partner.standing())));
        expect(Standing.parse(wire)).toEqual(partner.standing());
      }),
      { numRuns: 10 },
    );
  });
});

it('a look costs no more after ten years than after two, and finds no more facts but a few sums a month', () => {
  let looks = 0;
  const counting: Ladder = {
    ...reseller,
    get tiers() {
      looks += 1;
      return reseller.tiers;
    },
  };
  const partner = life(version(1, '2025-01-01', withLadders(counting)));
  partner.hear(start, facts.enrolled(start));
  const costs = Array.from({ length: 10 }, (_, n) => {
    const year = 2026 + n;
    for (const month of ['02', '05', '08', '11']) {
      const on = day(`${year}-${month}-10`);
      partner.hear(on, facts.booked(on, 100_000), facts.certified(year * 100 + Number(month), { from: on, until: addDays(on, 364) }));
    }
    const reviewed = day(`${year + 1}-01-03`);
    const proposed = (): string => partner.position().review?.proposed ?? '';
    partner.judge(reviewed);
    partner.decide(reviewed, (act) => signOff({ ...act, ladder: 'reseller', tier: proposed() }));
    looks = 0;
    partner.judge(addDays(reviewed, 300));
    return { looks, certifications: partner.standing().facts.certifications.length };
  });
  expect(costs[9]).toEqual(costs[1]);
  expect(partner.standing().facts.revenue).toHaveLength(40);
});

/** The event as a commit's row gives it back. */
const stored = ({ type, at, data }: StandingEvent): StandingEvent => {
  const schema: z.ZodType = standingEvents[type].data;
  const wire: unknown = JSON.parse(JSON.stringify({ at: z.encode(Instant, at), data: z.encode(schema, data) }));
  const row = z.object({ at: Instant, data: schema }).parse(wire);
  // The name found the schema of its own data, which TypeScript can't follow.
  return { type, ...row } as StandingEvent;
};

/**
 * What it takes to count one more order and to see what follows: pure, with more or less before it; how often a second the standing is judged, beside
 * how often the same facts are read from their JSON; and how large it is.
 */
import { monthOf } from '@echelon/calendar';
import { Facts, Standing } from '@echelon/contracts/tiering';
import type { ProgramDocument, Requirement } from '@echelon/program';
import * as z from 'zod';
import { count, judge } from '../../services/tiering/src/commands.ts';
import { document as example, usd } from '../given.ts';
import { changed } from '../standing.ts';
import { type Lived, lived } from './decade.ts';
import { median } from './figures.ts';

export interface Evaluation extends Lived {
  /** What the ladder asks for. */
  readonly asks: string;
  readonly buckets: number;
  /** Certifications that the standing keeps, those that ended lately included. */
  readonly certifications: number;
  readonly microseconds: number;
  /** Judgements a second: every day since the last review on which anything begins or ends. */
  readonly judged: number;
  /** The facts parsed and decoded, a second. */
  readonly parsed: number;
  /** Of the standing's body, as JSON. */
  readonly kilobytes: number;
}

const ROUNDS = 15;
const ROUND_MS = 40;
const WARM_UP_MS = 200;

/** A ladder that asks for revenue alone, and ladders that ask for people, or points, too. */
const forRevenue = example;
const asking = (more: (rank: number) => Requirement): ProgramDocument =>
  changed((ladder) => ({
    ...ladder,
    tiers: ladder.tiers.map((tier, rank) => ({ ...tier, requirements: [...tier.requirements, ...(rank > 0 ? [more(rank)] : [])] })),
  }));
const hard = { strictness: 'hard' } as const;
const forPeople = asking((rank) => ({ kind: 'certified-people', certification: 'systems-engineer', atLeast: 10 * rank, ...hard }));
const forPoints: ProgramDocument = {
  ...asking((rank) => ({ kind: 'points', window: 'trailing-four-quarters', atLeast: 100 * rank, ...hard })),
  pointsRules: [{ key: 'orders', name: 'Orders', category: 'sale', activity: { kind: 'deal-won', per: usd(1_000) }, points: 1 }],
};

interface Case extends Lived {
  readonly asks: string;
  readonly document: ProgramDocument;
}
const revenue = { asks: 'revenue', document: forRevenue };
const points = { asks: 'revenue and points', document: forPoints };
const cases: readonly Case[] = [
  { orders: 0, people: 0, ...revenue },
  { orders: 10, people: 0, ...revenue },
  // One in each quarter: as many buckets as there will be.
  { orders: 40, people: 0, ...revenue },
  { orders: 1_000_000, people: 0, ...revenue },
  { orders: 1_000_000, people: 100, ...revenue },
  { orders: 1_000_000, people: 100, asks: 'revenue and people', document: forPeople },
  { orders: 10, people: 0, ...points },
  { orders: 40, people: 0, ...points },
  { orders: 1_000_000, people: 0, ...points },
];

const timesIn = (ms: number, once: () => unknown): { readonly times: number; readonly ms: number } => {
  const began = performance.now();
  let times = 0;
  while (performance.now() - began < ms) {
    once();
    times += 1;
  }
  return { times, ms: performance.now() - began };
};

export const measureEvaluations = (): readonly Evaluation[] => {
  const prepared = cases.map(({ document, asks, ...of }) => {
    const { standing, versions, now, today } = lived(of, document);
    const bucket = { measure: 'bookings', month: monthOf(today), amount: usd(10_000), orders: 1 } as const;
    const activity = { kind: 'deal-won', id: 'one-more', on: today, version: 1, dealType: 'expansion', amount: usd(10_000) } as const;
    const said = { at: now, fact: { type: 'RevenueCounted', at: now, data: { bucket } }, activity } as const;
    const command = count({ ...standing, now, fact: { said: () => said } });
    const written = JSON.stringify(z.encode(Facts, standing.facts));
    const ways = {
      counted: () => command(standing, { versions }),
      judged: () => judge({ now })(standing, { versions }),
      parsed: () => z.decode(Facts, JSON.parse(written)),
    };
    for (const once of Object.values(ways)) timesIn(WARM_UP_MS, once);
    return { ...of, asks, standing, ways };
  });
  // In turn, so that what else the machine does falls on all of them.
  const rounds = Array.from({ length: ROUNDS }, () =>
    prepared.map(({ ways: { counted, judged, parsed } }) => [counted, judged, parsed].map((once) => timesIn(ROUND_MS, once))),
  );
  return prepared.map(({ standing, ways: _, ...of }, at) => {
    const perSecond = (way: number): number =>
      median(rounds.map((round) => (1_000 * (round[at]?.[way]?.times ?? Number.NaN)) / (round[at]?.[way]?.ms ?? Number.NaN)));
    return {
      ...of,
      buckets: standing.facts.revenue.length,
      certifications: standing.facts.certifications.length,
      microseconds: 1_000_000 / perSecond(0),
      judged: perSecond(1),
      parsed: perSecond(2),
      kilobytes: Buffer.byteLength(JSON.stringify(z.encode(Standing, standing))) / 1_024,
    };
  });
};

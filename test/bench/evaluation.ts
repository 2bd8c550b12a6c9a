/** What it takes to count one more order and to see what follows: pure, with more or less before it; and how large the standing is. */
import { monthOf } from '@echelon/calendar';
import { Standing } from '@echelon/contracts/tiering';
import type { ProgramDocument } from '@echelon/program';
import * as z from 'zod';
import { count } from '../../services/tiering/src/commands.ts';
import { document as example, usd } from '../given.ts';
import { changed } from '../standing.ts';
import { type Lived, lived } from './decade.ts';
import { median } from './figures.ts';

export interface Evaluation extends Lived {
  /** Does the ladder ask for certified people? */
  readonly asked: boolean;
  readonly buckets: number;
  /** Certifications that the standing keeps, those that ended lately included. */
  readonly certifications: number;
  readonly microseconds: number;
  /** Of the standing's body, as JSON. */
  readonly kilobytes: number;
}

const ROUNDS = 15;
const ROUND_MS = 40;
const WARM_UP_MS = 200;

/** A ladder that asks for revenue alone, and one that asks for people too. */
const forRevenue = example;
const forPeople = changed((ladder) => ({
  ...ladder,
  tiers: ladder.tiers.map((tier, rank) => ({
    ...tier,
    requirements: [
      ...tier.requirements,
      ...(rank > 0 ? [{ kind: 'certified-people', certification: 'systems-engineer', atLeast: 10 * rank, strictness: 'hard' } as const] : []),
    ],
  })),
}));

const cases: readonly (Lived & { readonly document: ProgramDocument })[] = [
  { orders: 0, people: 0, document: forRevenue },
  { orders: 10, people: 0, document: forRevenue },
  // One in each quarter: as many buckets as there will be.
  { orders: 40, people: 0, document: forRevenue },
  { orders: 1_000_000, people: 0, document: forRevenue },
  { orders: 1_000_000, people: 100, document: forRevenue },
  { orders: 1_000_000, people: 100, document: forPeople },
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
  const prepared = cases.map(({ document, orders, people }) => {
    const { standing, versions, now, today } = lived({ orders, people }, document);
    const bucket = { measure: 'bookings', month: monthOf(today), amount: usd(10_000), orders: 1 } as const;
    const said = { at: now, fact: { type: 'RevenueCounted', at: now, data: { bucket } } } as const;
    const command = count({ ...standing, now, fact: { said: () => said } });
    const once = () => command(standing, { versions });
    timesIn(WARM_UP_MS, once);
    return { orders, people, asked: document === forPeople, standing, once };
  });
  // In turn, so that what else the machine does falls on all of them.
  const rounds = Array.from({ length: ROUNDS }, () => prepared.map(({ once }) => timesIn(ROUND_MS, once)));
  return prepared.map(({ standing, once: _, ...of }, at) => ({
    ...of,
    buckets: standing.facts.revenue.length,
    certifications: standing.facts.certifications.length,
    microseconds: median(rounds.map((round) => (1_000 * (round[at]?.ms ?? Number.NaN)) / (round[at]?.times ?? 0))),
    kilobytes: Buffer.byteLength(JSON.stringify(z.encode(Standing, standing))) / 1_024,
  }));
};

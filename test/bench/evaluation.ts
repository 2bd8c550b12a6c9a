/**
 * What it takes to count one more order and to see what follows: pure, with more or less before it; how often a second the standing is judged, beside
 * how often the same facts are read from their JSON; and how large it is.
 */
import { addDays, type Day, monthOf } from '@echelon/calendar';
import { SUBSIDIARIES_MAX } from '@echelon/contracts/partners';
import { CERTIFICATIONS_HELD_MAX, Facts, Standing } from '@echelon/contracts/tiering';
import type { ProgramDocument, Requirement } from '@echelon/program';
import * as z from 'zod';
import { count, judge } from '../../services/tiering/src/commands.ts';
import { noFacts } from '../../services/tiering/src/facts.ts';
import { gapOf } from '../../services/tiering/src/gap.ts';
import type { Group } from '../../services/tiering/src/group.ts';
import { certificationId, document as example, personId, usd } from '../given.ts';
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
  /** Others in its group, each with as many certifications as a standing keeps. */
  readonly others: number;
  /** Judgements a second: every day since the last review on which anything begins or ends. */
  readonly judged: number;
  /** Gaps told, a second. */
  readonly told: number;
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

/** Of people of the whole group: an end of any certification may be the last day of what counts. */
const forGroup = asking((rank) => ({ kind: 'certified-people', certification: 'systems-engineer', atLeast: 100 * rank, level: 'group', ...hard }));

interface Case extends Lived {
  readonly asks: string;
  readonly document: ProgramDocument;
  readonly others?: number;
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
  { orders: 1_000_000, people: 100, asks: 'revenue and people of the group', document: forGroup, others: SUBSIDIARIES_MAX },
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

/** As many others as a group has, whose certifications each end on a day of their own, as far as there are days. */
const fullGroup = (others: number, today: Day): Group =>
  Array.from({ length: others }, (_, other) => {
    const certifications = Array.from({ length: CERTIFICATIONS_HELD_MAX }, (_, n) => ({
      ...{ id: certificationId(1_000 * other + n), personId: personId(1_000 * other + n), certification: 'systems-engineer', version: 1 },
      ...{ from: addDays(today, n - 730), until: addDays(today, n) },
    }));
    return { facts: { ...noFacts, certifications }, spells: [{}] };
  });

export const measureEvaluations = (): readonly Evaluation[] => {
  const prepared = cases.map(({ document, asks, others = 0, ...of }) => {
    const { standing, versions, now, today } = lived(of, document);
    const known = { versions, ...(others > 0 && { group: fullGroup(others, today) }) };
    const bucket = { measure: 'bookings', month: monthOf(today), amount: usd(10_000), orders: 1 } as const;
    const activity = { kind: 'deal-won', id: 'one-more', on: today, version: 1, dealType: 'expansion', amount: usd(10_000) } as const;
    const said = { at: now, fact: { type: 'RevenueCounted', at: now, data: { bucket } }, activity } as const;
    const command = count({ ...standing, now, fact: { said: () => said } });
    const written = JSON.stringify(z.encode(Facts, standing.facts));
    const ways = {
      counted: () => command(standing, known),
      judged: () => judge({ now })(standing, known),
      told: () => gapOf(standing, { ...known, now }),
      parsed: () => z.decode(Facts, JSON.parse(written)),
    };
    for (const once of Object.values(ways)) timesIn(WARM_UP_MS, once);
    return { ...of, asks, others, standing, ways };
  });
  // In turn, so that what else the machine does falls on all of them.
  const rounds = Array.from({ length: ROUNDS }, () =>
    prepared.map(({ ways: { counted, judged, told, parsed } }) => [counted, judged, told, parsed].map((once) => timesIn(ROUND_MS, once))),
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
      told: perSecond(2),
      parsed: perSecond(3),
      kilobytes: Buffer.byteLength(JSON.stringify(z.encode(Standing, standing))) / 1_024,
    };
  });
};

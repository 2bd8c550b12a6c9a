/** Random facts about a partner, and programs that judge them: what the laws of standings run over. */
import { addDays, type Day, day } from '@echelon/calendar';
import type { Ladder, ProgramDocument, Requirement } from '@echelon/program';
import * as fc from 'fast-check';
import { usd } from '../../../test/given.ts';
import { facts, type Life, life, reseller, version, withLadders } from '../../../test/standing.ts';
import type { Telling } from './facts-heard.ts';
import type { Version } from './versions.ts';

export const start = day('2026-01-05');
export const today = day('2026-11-20');

const tiers = (second: readonly Requirement[], third: readonly Requirement[]): Ladder['tiers'] =>
  reseller.tiers.map((tier, rank) => ({ ...tier, requirements: rank === 0 ? [] : [...(rank === 1 ? second : third)] }));
const hard = { strictness: 'hard' } as const;
const revenue = (dollars: number, window: 'trailing-four-quarters' | 'fiscal-year' | 'lifetime'): Requirement => ({
  ...{ kind: 'revenue', measure: 'bookings', window, atLeast: usd(dollars) },
  ...hard,
});
const engineers = (atLeast: number): Requirement => ({ kind: 'certified-people', certification: 'systems-engineer', atLeast, ...hard });

/** Three ladders: by revenue and people; by points, at reviews each quarter; by specialization and engagement. Two versions. */
export const document: ProgramDocument = {
  ...withLadders(
    { ...reseller, tiers: tiers([revenue(200, 'trailing-four-quarters')], [revenue(500, 'lifetime'), engineers(2)]) },
    {
      ...{ ...reseller, key: 'points', routes: [], promotion: 'at-review', review: { every: 'fiscal-quarter', graceDays: 30 } },
      tiers: tiers([{ kind: 'points', window: 'fiscal-year', atLeast: 20, ...hard }], [{ kind: 'points', window: 'lifetime', atLeast: 60, ...hard }]),
    },
    {
      ...{ ...reseller, key: 'services', routes: [] },
      tiers: tiers(
        [{ kind: 'specialization', specialization: 'data-protection', ...hard }],
        [{ kind: 'engagement', engagement: 'event', window: 'trailing-four-quarters', atLeast: 2, ...hard }, engineers(1)],
      ),
    },
  ),
  pointsRules: [
    { key: 'deals', name: 'Deals', category: 'sale', activity: { kind: 'deal-won', per: usd(50) }, points: 5 },
    { key: 'people', name: 'People', category: 'capability', activity: { kind: 'certification', certification: 'systems-engineer' }, points: 10 },
    { key: 'events', name: 'Events', category: 'pre-sale', activity: { kind: 'engagement', engagement: 'event' }, points: 7 },
  ],
};
const ladders = ['reseller', 'points', 'services'];
export const first = version(1, '2025-01-01', document);
/** Dearer on one ladder, without another, with a new one; and with another fiscal year. */
export const second = version(2, '2026-07-01', {
  ...document,
  fiscalCalendar: { startMonth: 2 },
  ladders: document.ladders.flatMap((ladder) => {
    if (ladder.key === 'services') return [{ ...ladder, key: 'capability', promotion: 'at-review' }];
    return ladder.key === 'reseller' ? [{ ...ladder, tiers: tiers([revenue(300, 'fiscal-year')], [engineers(3)]) }] : [ladder];
  }),
});
/** That moves partners: on one ladder by a plan, whatever the facts give, and from one to another; with time to adapt, and the benefits of before. */
export const third = version(3, '2026-06-01', {
  ...document,
  ladders: document.ladders.map((ladder) => {
    if (ladder.key !== 'services') return ladder;
    return { ...ladder, key: 'capability', tiers: ladder.tiers.map((tier) => ({ ...tier, key: `capable-${tier.key}` })) };
  }),
  migration: {
    tiers: reseller.tiers.map(({ key, name }) => ({ key, name })),
    moves: [
      { by: 'mapping', from: 'authorized', tier: 'preferred' },
      { by: 'mapping', from: 'elite', tier: 'elite' },
      { by: 'mapping', from: 'elite', tier: 'capable-preferred' },
    ],
    deadline: day('2026-09-30'),
    grandfatheredUntil: day('2027-03-31'),
  },
});
/** Without one of the ladders, and then with it again. */
const without = version(4, '2026-04-01', { ...document, ladders: document.ladders.filter(({ key }) => key !== 'services') });
const back = version(5, '2026-07-01', document);
export const versions: readonly [Version, ...Version[]][] = [[first], [first, second], [first, third], [first, without, back]];

export const days = fc.integer({ min: -500, max: 320 }).map((after) => addDays(start, after));
export const spells = fc
  .record({ from: days, length: fc.integer({ min: 0, max: 400 }) })
  .map(({ from, length }) => ({ from, until: addDays(from, length) }));
interface Help {
  readonly fact: Telling;
  readonly taking: Telling;
}
/** Helping facts, each with what takes it back; of the number that tells it from the others. */
export const helping: fc.Arbitrary<(n: number) => Help> = fc.oneof(
  fc.record({ on: days, dollars: fc.constantFrom(1, 49, 50, 150, 300) }).map(({ on, dollars }) => (n: number) => ({
    fact: facts.won(n, on, dollars),
    taking: facts.won(n, on, dollars, { takenBack: true }),
  })),
  fc.record({ person: fc.integer({ min: 1, max: 3 }), spell: spells }).map(({ person, spell }) => (n: number) => ({
    fact: facts.certified(n, { ...spell, person }),
    taking: facts.certified(n, { ...spell, person, until: addDays(spell.from, -1), said: 2 }),
  })),
  spells.map((spell) => (n: number) => ({
    fact: facts.specialized(n, spell),
    taking: facts.specialized(n, { ...spell, until: addDays(spell.from, -1), said: 2 }),
  })),
  days.map((on) => (n: number) => ({ fact: facts.engaged(on, 'event', 1, n), taking: facts.engaged(on, 'event', -1, n) })),
);
export const known = fc.array(helping, { maxLength: 14 }).map((list) => list.map((help, n) => help(n)));
export const enrolment = facts.enrolled(start, ladders);

/** A partner of whom facts are heard, all today. */
export const heard = (of: readonly [Version, ...Version[]], tellings: readonly Telling[]): Life => {
  const partner = life(...of);
  partner.hear(today, ...tellings);
  return partner;
};
/** All but `since`, which keeps that a tier was held for a while; and facts without those that never counted. */
export const standingOf = (partner: Life) => {
  const { positions, facts: all, ...standing } = partner.standing();
  const counting = <Held extends { readonly from: Day; readonly until: Day }>(held: readonly Held[]) =>
    held.filter(({ from, until }) => until.since(from).sign >= 0);
  return {
    ...standing,
    positions: positions.map(({ since: _, ...position }) => position),
    facts: { ...all, certifications: counting(all.certifications), specializations: counting(all.specializations) },
  };
};
export const each = (check: (of: readonly [Version, ...Version[]]) => void): void => versions.forEach(check);

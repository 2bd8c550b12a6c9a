/** Of any program that passes the checks, and any partner: a gap is empty exactly where the tier is given, and what it names closes it. */
import { addDays, day, monthOf } from '@echelon/calendar';
import type { GapAction } from '@echelon/contracts/tiering';
import { type Money, TRILLION } from '@echelon/money';
import type { Key, Measure, PointsRule, ProgramDocument } from '@echelon/program';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usd } from '../../../test/given.ts';
import { facts, type Life, noon } from '../../../test/standing.ts';
import { today } from './arbitraries.ts';
import { courseOf } from './course.ts';
import { rankOf } from './evaluate.ts';
import type { Telling } from './facts-heard.ts';
import { gapOf } from './gap.ts';
import { othersOn } from './group.ts';
import { isOwnModel, measured } from './measure.ts';
import { weightOf } from './points.ts';
import { agree, enrolledAs, type InProgram, nominateFor, partnersOf, programs } from './programs.arbitraries.ts';
import { requirementsOf } from './views.ts';

const RUNS = { numRuns: 150, seed: 28 };

/** Longer than anything that is held here lasts. */
const DAYS_AHEAD = Array.from({ length: 1_500 }, (_, ahead) => ahead);

const partners = programs.chain((document) => partnersOf(document).map((known) => ({ document, ...known })));
const laddersOf = (partner: Life, on = today) => gapOf(partner.standing(), { ...partner.known(on), now: noon(on) }).ladders;

describe('of any partner in any program that passes the checks', () => {
  it('nothing fails, on whatever day it is looked at', () => {
    fc.assert(
      fc.property(partners, fc.integer({ min: 0, max: 700 }), ({ partner }, after) => {
        const on = addDays(today, after);
        partner.judge(on);
        const look = { ...partner.known(on), now: noon(on) };
        expect(laddersOf(partner, on)).toHaveLength(2);
        expect(requirementsOf(partner.standing(), look).ladders).toHaveLength(2);
      }),
      RUNS,
    );
  });

  it('the gap to a tier is empty exactly where the facts give it', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(partners, ({ document, partner }) => {
        for (const { ladder: key, projected, tiers } of laddersOf(partner)) {
          const ladder = document.ladders.find((one) => one.key === key);
          const course = courseOf(partner.position(key), partner.standing().facts, { ...partner.known(today), today });
          if (ladder === undefined || course === undefined) throw new Error(`no ladder ${key}`);
          expect(projected).toBe(course.attained);
          for (const { tier, given, actions, requirements } of tiers) {
            expect([tier, actions.length === 0]).toEqual([tier, given]);
            expect(requirements.every(({ met, requirement }) => met || requirement.strictness === 'advisory')).toBe(given);
            if (ladder.promotion !== 'by-choice') expect(given).toBe(rankOf(ladder, tier) <= rankOf(ladder, course.attained));
            for (const { missing, met } of requirements) expect(Number(missing) === 0).toBe(met);
            seen.add(`${ladder.promotion} ${given}`);
          }
        }
      }),
      RUNS,
    );
    // The law would hold where nobody has a gap, or everybody.
    expect(seen.size).toBe(6);
  });

  it('what is held of a requirement counts until the first day after which less of it does', () => {
    let ended = 0;
    fc.assert(
      fc.property(partners, ({ document, partner }) => {
        const { facts, group } = { ...partner.standing(), ...partner.known(today) };
        for (const { ladder: key, tiers } of laddersOf(partner))
          for (const { tier: tierKey, requirements } of tiers)
            for (const { requirement, rule, until } of requirements) {
              const tier = document.ladders.find((one) => one.key === key)?.tiers.find((_, rank) => rule.includes(`/tiers/${rank}/`));
              if (tier === undefined) throw new Error(`no tier ${tierKey}`);
              const on = (ahead: number) => measured(requirement, tier, { document, facts, group, on: addDays(today, ahead) });
              const { have, need } = on(0);
              const lasts = DAYS_AHEAD.find((ahead) => on(ahead + 1).have < have && on(ahead + 1).have < need);
              expect([rule, lasts === undefined ? undefined : String(addDays(today, lasts))]).toEqual([rule, until && String(until)]);
              if (until) ended += 1;
            }
      }),
      { ...RUNS, numRuns: 25 },
    );
    expect(ended).toBeGreaterThan(20);
  });

  it('its actions, carried out, close it: what is asked of the group by another of it', () => {
    const carried = new Set<string>();
    fc.assert(
      fc.property(partners, fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 2 }), ({ document, partner, other }, at, rank) => {
        const open = () => {
          const ladder = laddersOf(partner)[at];
          return ladder?.tiers.find((one) => one.tier === tier);
        };
        const tier = document.ladders[at]?.tiers[rank]?.key;
        const before = open();
        if (before === undefined || before.given) return;
        // A target that is only now agreed is then to be met; and once what is gained once gives no more points, a business model is taken up, to earn
        // them as that: these are more rounds.
        for (const _ of [1, 2, 3])
          for (const action of open()?.actions ?? []) {
            carried.add(`${action.kind}${action.level ? ' in the group' : ''}`);
            carryOut({ partner, other }, document, action);
          }
        expect(open()?.actions.filter((action) => !isBeyondReach(action, document, { partner, other })) ?? []).toEqual([]);
      }),
      { ...RUNS, numRuns: 400 },
    );
    expect([...carried].toSorted()).toEqual([
      ...['agree-target', 'be-nominated', 'bring-revenue', 'bring-revenue in the group', 'certify-people', 'certify-people in the group'],
      ...['earn-points', 'earn-points in the group', 'engage', 'engage in the group', 'gain-specialization', 'gain-specialization in the group'],
      ...['meet-target', 'take-up-model', 'take-up-model in the group'],
    ]);
  });
});

/** Numbers that nothing else has. */
let fresh = 10_000;
const spell = { from: today, until: day('2027-11-20') };

/** What is asked of the group another of it does, if it can; everything else the partner itself. */
const carryOut = (known: InProgram, document: ProgramDocument, action: GapAction): void => {
  const { partner, other } = known;
  const { group = [] } = partner.known(today);
  const isTogether = othersOn(group, today).length > 0;
  const able = action.level === 'group' && other && isTogether ? [other, partner] : [partner];
  const hear = (as: Key | undefined, ...tellings: readonly Telling[]): void => {
    const doer = able.find((one) => isOwnModel(as, one.standing().facts)) ?? partner;
    doer.hear(today, ...tellings);
    if (doer === other) partner.join(group.map(({ spells }) => ({ spells, facts: doer.standing().facts })));
  };
  const times = (count: number, telling: (n: number) => Telling, as?: Key) => hear(as, ...Array.from({ length: count }, () => telling(++fresh)));
  switch (action.kind) {
    case 'certify-people':
      times(action.people, (n) => facts.certified(n, { ...spell, certification: action.certification }));
      break;
    case 'bring-revenue':
    case 'meet-target':
      hear(undefined, brought(action.measure, action.amount));
      break;
    case 'engage':
      times(action.times, (n) => facts.engaged(today, action.engagement, 1, n));
      break;
    case 'gain-specialization':
      times(1, (n) => facts.specialized(n, { ...spell, specialization: action.specialization }));
      break;
    case 'agree-target':
      agree(partner, action.measure);
      break;
    case 'be-nominated':
      nominateFor(partner, action.tier, action.among);
      break;
    case 'take-up-model': {
      const { businessModels = [], version = 0 } = able[0]?.standing().facts.enrollment ?? {};
      hear(undefined, enrolledAs([...businessModels, action.businessModel], version + 1));
      break;
    }
    case 'earn-points': {
      const [way] = action.ways;
      const rule = document.pointsRules[Number(way?.rule.split('/').at(-1))];
      if (way && rule) times(way.amount ? 1 : way.times, (n) => done(n, rule.activity, way.amount), rule.businessModel);
    }
  }
};

/** There is no way to points where only what is gained once gives any. */
const isBeyondReach = (action: GapAction, document: ProgramDocument, { partner, other }: InProgram): boolean => {
  if (action.kind !== 'earn-points' || action.ways.length > 0) return false;
  const earners = action.level === 'group' && other ? [partner, other] : [partner];
  return document.pointsRules
    .filter(({ businessModel }) => action.businessModel === undefined || businessModel === action.businessModel)
    .filter(({ businessModel }) => earners.some((one) => isOwnModel(businessModel, one.standing().facts)))
    .filter((rule) => givesPoints(rule, document))
    .every((rule) => rule.activity.kind === 'specialization');
};
const givesPoints = (rule: PointsRule, document: ProgramDocument): boolean =>
  BigInt(rule.points) * weightOf(rule, document) >= ('per' in rule.activity && rule.activity.per ? 1n : TRILLION);

const brought = (measure: Measure, amount: Money): Telling => ({
  said: () => ({
    at: noon(today),
    fact: { type: 'RevenueCounted', at: noon(today), data: { bucket: { measure, month: monthOf(today), amount, orders: 1 } } },
  }),
});

/** What a rule gives its points for; with as many amounts as it takes. */
const done = (n: number, asked: PointsRule['activity'], amount: Money = usd(1)): Telling => {
  const dollars = Number(amount.amount / 100n);
  switch (asked.kind) {
    case 'deal-approved':
      return facts.approved(n, today, asked.dealTypes?.[0]);
    case 'deal-won':
      return facts.won(n, today, dollars, asked.dealTypes?.[0] ? { dealType: asked.dealTypes[0] } : {});
    case 'measured':
      return facts.reported(n, today, dollars, asked.measure);
    case 'certification':
      return facts.certified(n, { ...spell, certification: asked.certification });
    case 'specialization':
      return facts.specialized(n, { ...spell, specialization: asked.specialization });
    case 'engagement':
      return facts.engaged(today, asked.engagement, 1, n);
  }
};

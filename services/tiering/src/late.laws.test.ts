/** Facts that are heard late, looks that come late, ladders that are joined late: what holds of all of them. */
import { addDays, type Day, dayOf, earlier, later } from '@echelon/calendar';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { facts, type Life, life, zone } from '../../../test/standing.ts';
import { each, enrolment, first, heard, helping, known, standingOf, start, today } from './arbitraries.ts';
import { override } from './decisions.ts';
import type { Telling } from './facts-heard.ts';
import type { Version } from './versions.ts';

/** Of a standing that was looked at on days gone by: all but what keeps on which of them, by which version it changed last, notices and the evidence of reviews. */
const followingOf = (partner: Life) => {
  const { laddersLeft: _, versionId: __, ...standing } = standingOf(partner);
  const positions = standing.positions.map(({ grace, review, ...position }) => ({ ...position, shortSince: grace?.since, dueOn: review?.dueOn }));
  return { ...standing, positions };
};
/** Enrolled on one ladder, and later on others, each from its day on. */
const enrolmentsOf = (joining: readonly { readonly on: number; readonly ladder: string }[]): readonly Telling[] => {
  const ordered = joining.toSorted((a, b) => a.on - b.on);
  return [undefined, ...ordered].map((_, said) => {
    const joined: Record<string, Day> = { services: start };
    for (const { on, ladder } of ordered.slice(0, said)) joined[ladder] ??= addDays(start, on);
    const saidOn = addDays(start, ordered[said - 1]?.on ?? 0);
    return facts.enrolled(start, Object.keys(joined), { saidOn, said: said + 1, ...(said > 0 && { joined }) });
  });
};
describe('facts', () => {
  it('whenever they are heard, with an enrolment that changes, give the same standing', () => {
    const heardOn = (fact: Telling, lag: number): Day => {
      const on = later(start, dayOf(fact.said([first]).at, zone));
      return earlier(today, addDays(on, lag));
    };
    const changes = fc.array(fc.record({ on: fc.integer({ min: 1, max: 300 }), ladder: fc.constantFrom('reseller', 'points') }), { maxLength: 2 });
    const told = fc
      .tuple(known, changes)
      .map(([list, joining]) => [...enrolmentsOf(joining), ...list.flatMap(({ fact, taking }, n) => (n % 3 === 0 ? [fact, taking] : [fact]))]);
    const lags = fc.infiniteStream(fc.integer({ min: 0, max: 200 }));
    const livedBy = (of: readonly [Version, ...Version[]], tellings: readonly Telling[], lag: () => number): Life => {
      const dated = tellings.map((fact) => ({ fact, on: heardOn(fact, lag()) })).toSorted((a, b) => b.on.until(a.on).days);
      const partner = life(...of);
      for (const { fact, on } of dated) {
        partner.hear(on, fact);
        partner.judge(on);
      }
      partner.hear(today, ...tellings.slice(0, 1));
      partner.judge(today);
      return partner;
    };
    fc.assert(
      fc.property(told, lags, (list, stream) =>
        each((of) => {
          const late = livedBy(of, list, () => stream.next().value ?? 0);
          expect(followingOf(late)).toEqual(followingOf(livedBy(of, list, () => 500)));
        }),
      ),
    );
  });

  it('give on a ladder that is joined later what they give whoever enrols on that day', () => {
    const joining = fc.record({ on: fc.integer({ min: 1, max: 300 }), ladder: fc.constantFrom('reseller', 'points') });
    fc.assert(
      fc.property(known, joining, (list, { on, ladder }) =>
        each((of) => {
          const told = list.map(({ fact }) => fact);
          const joined = addDays(start, on);
          const one = heard(of, [...enrolmentsOf([{ on, ladder }]), ...told]);
          expect(one.position(ladder)).toEqual(heard(of, [facts.enrolled(joined, [ladder]), ...told]).position(ladder));
        }),
      ),
    );
  });
});

describe('what time brings', () => {
  it('is dated as if somebody had looked each day, also where an override ends', () => {
    const held = fc.array(helping, { maxLength: 8 }).map((list) => list.map((help, n) => help(n).fact));
    const set = fc.record({ tier: fc.constantFrom('authorized', 'preferred', 'elite'), lasting: fc.integer({ min: 0, max: 300 }) });
    const looks = fc.uniqueArray(fc.integer({ min: 0, max: 318 }), { maxLength: 5 });
    fc.assert(
      fc.property(held, set, looks, (list, { tier, lasting }, on) =>
        each((of) => {
          const looked = (daily: boolean) => {
            const partner = life(...of);
            partner.hear(start, enrolment, ...list);
            partner.decide(start, (act) => override({ ...act, ladder: 'reseller', tier, until: addDays(start, lasting), reason: 'So.' }));
            for (let after = 0; after < 319; after++) if (daily || on.includes(after)) partner.judge(addDays(start, after));
            partner.judge(today);
            return partner.standing().positions.map(({ grace, review, ...position }) => ({ ...position, short: grace?.since, due: review?.dueOn }));
          };
          expect(looked(false)).toEqual(looked(true));
        }),
      ),
      { numRuns: 20 },
    );
  });
});

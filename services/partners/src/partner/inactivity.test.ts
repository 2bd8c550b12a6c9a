import { addDays, day, type Instant, startOfDay, TimeZone } from '@echelon/calendar';
import type { InForce } from '@echelon/contracts/programs';
import { describe, expect, it } from 'vitest';
import { decided, document, inForce, partnerId, programId, refusalOf } from '../../../../test/given.ts';
import { type ActivityFacts, judgeActivity, keep, REMOVAL_PROPOSED_AFTER_DAYS } from './inactivity.ts';
import { evolve, none, type PartnerEvent, type PartnerState } from './partner.ts';

const zone = document.timeZone;
const DAYS = document.inactivityDays;
const begun = day('2026-03-02');
const at = startOfDay(begun, zone);
/** The first instant of so many days after the enrolment. */
const after = (days: number): Instant => startOfDay(addDays(begun, days), zone);

const enrolledIn = (...numbers: number[]): PartnerState => {
  const application = { legalName: 'Northern', country: 'US', city: 'Austin' };
  const events: PartnerEvent[] = [
    { type: 'PartnerApplied', at, data: { application, by: 'ann' } },
    { type: 'PartnerVetted', at, data: { by: 'bob' } },
    { type: 'PartnerAdmitted', at, data: { agreement: 'Agreement 2026', by: 'bob' } },
    ...numbers.map((n): PartnerEvent => {
      const enrollment = { programId: programId(n), businessModels: ['reseller'], ladders: ['reseller'], enrolledOn: begun };
      return { type: 'PartnerEnrolled', at, data: { enrollment } };
    }),
  ];
  return events.reduce(evolve, none(partnerId(1)));
};
const facts = (lastActiveAt?: Instant, programs: readonly InForce[] = [inForce]): ActivityFacts => ({
  lastActiveAt,
  programs: new Map(programs.map((program, n) => [programId(n + 1), program])),
});
const judge = (state: PartnerState, now: Instant, known: ActivityFacts | undefined = facts()) => decided(judgeActivity({ now })(state, known)).events;
const judged = (state: PartnerState, now: Instant, known = facts()) => judge(state, now, known).reduce(evolve, state);
const types = (events: readonly PartnerEvent[]) => events.map(({ type }) => type);

const quiet = enrolledIn(1);
const flagged = judged(quiet, after(DAYS + 1));
const proposed = judged(flagged, after(DAYS + 1 + REMOVAL_PROPOSED_AFTER_DAYS + 1));

describe('an inactive partner', () => {
  it('is found on the first day after as many days as the program allows, and once', () => {
    expect(judge(quiet, after(DAYS + 1).subtract({ milliseconds: 1 }))).toEqual([]);
    const found = { type: 'PartnerFoundInactive', at: after(DAYS + 1), data: { lastActiveOn: begun, on: addDays(begun, DAYS + 1) } };
    expect(judge(quiet, after(DAYS + 1))).toEqual([found]);
    expect(judge(flagged, after(DAYS + 1))).toEqual([]);
  });

  it('is proposed for removal a further while after it was found, however late that was, and once', () => {
    const late = judged(quiet, after(DAYS + 500));
    expect(judge(late, after(DAYS + 500 + REMOVAL_PROPOSED_AFTER_DAYS))).toEqual([]);
    expect(types(judge(late, after(DAYS + 500 + REMOVAL_PROPOSED_AFTER_DAYS + 1)))).toEqual(['PartnerRemovalProposed']);
    expect(judge(proposed, after(DAYS + 5_000))).toEqual([]);
    expect(proposed).toMatchObject({ status: 'admitted', inactivity: { lastActiveOn: begun, flaggedOn: addDays(begun, DAYS + 1) } });
  });

  it('is active again by what it did since, and not by what it did before', () => {
    const now = after(DAYS + 3);
    expect(types(judge(flagged, now, facts(after(DAYS + 2))))).toEqual(['PartnerFoundActive']);
    expect(judged(flagged, now, facts(after(DAYS + 2)))).toEqual(quiet);
    expect(judge(flagged, now, facts(after(1).subtract({ hours: 12 })))).toEqual([]);
  });
});

describe('is active', () => {
  it('by a deal, a sale or a certification within the days, judged by days in the zone of the program', () => {
    const lateInTheEvening = after(11).subtract({ hours: 1 });
    expect(judge(quiet, after(DAYS + 11).subtract({ milliseconds: 1 }), facts(lateInTheEvening))).toEqual([]);
    expect(types(judge(quiet, after(DAYS + 11), facts(lateInTheEvening)))).toEqual(['PartnerFoundInactive']);
  });

  it('by any of its programs, the most patient one', () => {
    const patient = { ...inForce, document: { ...document, inactivityDays: DAYS + 100 } };
    const both = enrolledIn(1, 2);
    expect(judge(both, after(DAYS + 100), facts(undefined, [inForce, patient]))).toEqual([]);
    expect(judge(both, after(DAYS + 101), facts(undefined, [inForce, patient]))).toMatchObject([{ data: { lastActiveOn: begun } }]);
  });

  it('by the one whose day is the longest, where they lie in other zones', () => {
    const inZone = (timeZone: string) => ({ ...inForce, document: { ...document, timeZone: TimeZone.parse(timeZone) } });
    const [east, west] = [inZone('Pacific/Auckland'), inZone('Pacific/Honolulu')];
    const evening = startOfDay(addDays(begun, DAYS + 1), west.document.timeZone).subtract({ milliseconds: 1 });
    for (const programs of [
      [east, west],
      [west, east],
    ]) {
      expect(judge(enrolledIn(1, 2), evening, facts(undefined, programs))).toEqual([]);
      expect(types(judge(enrolledIn(1, 2), evening.add({ milliseconds: 1 }), facts(undefined, programs)))).toEqual(['PartnerFoundInactive']);
    }
    expect(types(judge(enrolledIn(1), evening, facts(undefined, [east])))).toEqual(['PartnerFoundInactive']);
  });

  it('for all that can be said of one that is enrolled in nothing, suspended, or not asked about', () => {
    const suspended = evolve(quiet, { type: 'PartnerSuspended', at, data: { reason: 'So.', by: 'bob' } });
    for (const state of [none(partnerId(1)), enrolledIn(), suspended]) expect(judge(state, after(9_000))).toEqual([]);
    expect(decided(judgeActivity({ now: after(9_000) })(quiet, undefined)).events).toEqual([]);
  });
});

describe('keep', () => {
  const keeping = (now: Instant) => keep({ reason: 'A new owner.', by: 'bob', now });
  it('takes the finding back, and the time starts anew', () => {
    const now = after(DAYS + 40);
    const kept = decided(keeping(now)(proposed, facts())).events.reduce(evolve, proposed);
    expect(kept).toEqual({ ...quiet, keptOn: addDays(begun, DAYS + 40) });
    expect(judge(kept, after(2 * DAYS + 40))).toEqual([]);
    expect(types(judge(kept, after(2 * DAYS + 41)))).toEqual(['PartnerFoundInactive']);
  });
  it('is refused of who was not found inactive', () => {
    expect(refusalOf(keeping(at)(quiet, facts()))).toBe('not-inactive');
    expect(refusalOf(keeping(at)(none(partnerId(1)), facts()))).toBe('not-found');
  });
});

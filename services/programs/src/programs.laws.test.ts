/** Random histories of a program, its decisions stored and read again as they come: what holds of every one of them. */
import { addDays, day, Instant, startOfDay } from '@echelon/calendar';
import type { EventContract } from '@echelon/contracts';
import { PartnerProgram, programEvents } from '@echelon/contracts/programs';
import type { Decision } from '@echelon/decider';
import { holdsOn } from '@echelon/program';
import { holdingOn, spanOf } from '@echelon/program/timeline';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { document, programId, versionId } from '../../../test/given.ts';
import { activate, approve, draft, establish } from './commands.ts';
import { evolve, none, type ProgramEvent, type ProgramState } from './program.ts';

const start = day('2026-03-02');
const step = fc.record({
  act: fc.constantFrom('establish', 'draft', 'draft', 'approve', 'approve', 'activate', 'activate'),
  versionId: fc.integer({ min: 1, max: 4 }).map(versionId),
  by: fc.constantFrom('ann', 'bob'),
  /** Days from the step's own day on. */
  ahead: fc.integer({ min: -1, max: 4 }),
});
const alone = { document, replaced: undefined, following: undefined };
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

const decide = (state: ProgramState, { act, ahead, ...one }: Step, nth: number): Decision<ProgramEvent, string> => {
  const today = addDays(start, nth);
  const asked = { ...one, now: startOfDay(today, document.timeZone) };
  switch (act) {
    case 'establish':
      return establish({ name: 'Resellers', ...asked })(state);
    case 'draft':
      return draft({ hash: `hash of ${one.versionId}`, ...asked })(state, []);
    case 'approve':
      return approve(asked)(state);
    case 'activate':
      return activate({ effectiveFrom: addDays(today, ahead), ...asked })(state, alone);
  }
};

const throughJson = (wire: unknown): unknown => JSON.parse(JSON.stringify(wire));
const stateAsStored = (state: ProgramState): ProgramState =>
  state.status === 'none' ? state : PartnerProgram.parse(throughJson(z.encode(PartnerProgram, state)));
const eventAsStored = ({ type, at, data }: ProgramEvent): ProgramEvent => {
  const { data: schema }: EventContract = programEvents[type];
  const stored = z.object({ at: Instant, data: schema }).parse(throughJson({ at: z.encode(Instant, at), data: z.encode(schema, data) }));
  // What was stored is of the type that its name says.
  return { type, ...stored } as ProgramEvent;
};

/** From the first day on exactly one version holds, as its span says and as whoever asks for the day is told. */
const expectOneADay = ({ versions, timeline }: PartnerProgram): void => {
  const [first] = timeline;
  if (first === undefined) return;
  const spans = versions.flatMap(({ versionId: id }) => ({ id, ...spanOf(timeline, id) }));
  for (let after = -1; after < 50; after++) {
    const on = addDays(first.from, after);
    const holding = spans.filter(({ from, until }) => from !== undefined && holdsOn({ from, until }, on));
    expect(holding.map(({ id }) => id)).toEqual(after < 0 ? [] : [holdingOn(timeline, on)?.versionId]);
  }
};

it('the commits of a program, as they are stored, fold to its state; every day has one version from the first on, and nobody approved an own draft', () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(fc.array(step, { minLength: 4, maxLength: 40, size: 'max' }), (history) => {
      let state = none(programId(1));
      const commits: ProgramEvent[][] = [];
      for (const [nth, one] of history.entries()) {
        const decision = decide(state, one, nth);
        if ('refused' in decision) continue;
        commits.push(decision.events.map(eventAsStored));
        state = stateAsStored(decision.events.reduce(evolve, state));
      }
      expect(commits.flat().reduce(evolve, none(programId(1)))).toEqual(state);
      if (state.status === 'none') return;
      const days = state.timeline.map(({ from }) => `${from}`);
      expect(days).toEqual([...new Set(days)].toSorted());
      expectOneADay(state);
      for (const version of state.versions) {
        reached.add(version.status);
        if ('approvedBy' in version) expect(version.approvedBy).not.toBe(version.draftedBy);
      }
    }),
    { numRuns: 200, seed: 7 },
  );
  expect([...reached].toSorted()).toEqual(['active', 'approved', 'draft']);
});

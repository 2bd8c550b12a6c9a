import { day, instant } from '@echelon/calendar';
import { PartnerProgram } from '@echelon/contracts/programs';
import type { ProgramDocument } from '@echelon/program';
import { check, type Found, refused } from '@echelon/program/check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { decided, document, programId, refusalOf, versionId } from '../../../test/given.ts';
import { activate, approve, type Beside, draft, establish } from './commands.ts';
import { evolve, none, type ProgramEvent, type ProgramState } from './program.ts';
import { programFor } from './views.ts';

/** Still Sunday in New York, where the program counts its days. */
const now = instant('2026-03-02T03:00:00Z');
const today = day('2026-03-01');
const [v1, v2] = [versionId(1), versionId(2)];

const established: ProgramEvent = { type: 'ProgramEstablished', at: now, data: { name: 'Resellers' } };
const drafted = (version = v1): ProgramEvent => ({ type: 'ProgramVersionDrafted', at: now, data: { versionId: version, hash: 'h', by: 'ann' } });
const approved = (version = v1): ProgramEvent => ({ type: 'ProgramVersionApproved', at: now, data: { versionId: version, by: 'bob' } });
const activated = (version = v1, effectiveFrom = today): ProgramEvent => ({
  type: 'ProgramVersionActivated',
  at: now,
  data: { versionId: version, hash: 'h', effectiveFrom, document },
});
const given = (...events: ProgramEvent[]): ProgramState => events.reduce(evolve, none(programId(1)));

const alone: Beside = { document, replaced: undefined, following: undefined };
const drafting = (state: ProgramState, faults: readonly Found[] = []) => draft({ versionId: v1, hash: 'h', by: 'ann', now })(state, faults);
const approving = approve({ versionId: v1, by: 'bob', now });
const activating = (state: ProgramState, { effectiveFrom = today, beside = alone } = {}) =>
  activate({ versionId: v1, effectiveFrom, by: 'bob', now })(state, beside);

const [ladder] = document.ladders;
if (ladder === undefined) throw new Error('the document has no ladder');
const withTiers = (...keys: string[]): ProgramDocument => ({
  ...document,
  ladders: [{ ...ladder, tiers: keys.map((key) => ({ key, name: key, requirements: [], benefits: [] })) }],
});
/** It moves gold, and says nothing of silver. */
const migrating: ProgramDocument = {
  ...document,
  migration: {
    tiers: [{ key: 'gold', name: 'Gold' }],
    moves: [{ by: 'facts', from: 'gold', ladder: ladder.key }],
    deadline: today,
  },
};
const forgetful: Beside = { ...alone, document: migrating, replaced: withTiers('gold', 'silver') };
const mindful: Beside = { ...alone, document: migrating, replaced: withTiers('gold') };

describe('establish', () => {
  it('begins a program without a version, once', () => {
    expect(decided(establish({ name: 'Resellers', by: 'ann', now })(given())).events).toEqual([established]);
    expect(refusalOf(establish({ name: 'Others', by: 'ann', now })(given(established)))).toBe('key-reused');
  });
});

describe('draft', () => {
  it('adds a version by its hash', () => {
    expect(decided(drafting(given(established))).events).toEqual([drafted()]);
    expect(given(established, drafted())).toMatchObject({
      versions: [{ status: 'draft', versionId: v1, hash: 'h', draftedBy: 'ann', draftedAt: now }],
    });
  });
  it('is refused where there is no program, of a version that is there, and past the hundredth', () => {
    expect(refusalOf(drafting(given()))).toBe('not-found');
    expect(refusalOf(drafting(given(established, drafted())))).toBe('key-reused');
    const many = Array.from({ length: 100 }, (_, n) => drafted(versionId(10 + n)));
    expect(refusalOf(drafting(given(established, ...many.slice(1))))).toBeUndefined();
    expect(refusalOf(drafting(given(established, ...many)))).toBe('too-many-versions');
  });
});

it('what is wrong with a draft is told at once, one fault for each finding', () => {
  const faults = refused(check({ ...migrating, illustrative: ['/nothing', '/nowhere'] }));
  expect(drafting(given(established), faults)).toEqual({
    refused: 'invalid',
    faults: [
      { in: 'body', pointer: '/document/illustrative/0', message: 'there is nothing at /nothing' },
      { in: 'body', pointer: '/document/illustrative/1', message: 'there is nothing at /nowhere' },
    ],
  });
  expect(refusalOf(drafting(given(), faults))).toBe('not-found');
});

describe('an activation leaves no tier unmapped', () => {
  const ready = given(established, drafted(), approved());
  const from = day('2026-06-01');
  const faults = (...messages: string[]) => messages.map((message) => ({ in: 'path', pointer: '/versionId', message }));

  it('of the version that it replaces', () => {
    expect(activating(ready, { beside: forgetful })).toEqual({
      refused: 'tier-unmapped',
      faults: faults('leaves "silver" (silver) of the version before unmapped'),
    });
    expect(decided(activating(ready, { beside: mindful })).events).toHaveLength(1);
  });
  it('of its own, by the version that replaces it then', () => {
    const between = (...tiers: string[]): Beside => ({ ...alone, document: withTiers(...tiers), following: { document: migrating, from } });
    expect(activating(ready, { beside: between('gold', 'silver') })).toEqual({
      refused: 'tier-unmapped',
      faults: faults('the version from 2026-06-01 leaves "silver" (silver) of the version before unmapped'),
    });
    expect(decided(activating(ready, { beside: between('gold') })).events).toHaveLength(1);
  });
});

describe('approve', () => {
  it('is done by a second person', () => {
    expect(decided(approving(given(established, drafted()))).events).toEqual([approved()]);
    expect(refusalOf(approve({ versionId: v1, by: 'ann', now })(given(established, drafted())))).toBe('same-person');
  });
  it('is refused of what is not there and of what is no draft', () => {
    expect(refusalOf(approving(given()))).toBe('not-found');
    expect(refusalOf(approving(given(established, drafted(v2))))).toBe('not-found');
    expect(approving(given(established, drafted(), approved()))).toEqual({ refused: 'not-a-draft', because: 'This version is approved.' });
  });
  it('changes no other version', () => {
    expect(given(established, drafted(), drafted(v2), approved(v2))).toMatchObject({ versions: [{ status: 'draft' }, { status: 'approved' }] });
  });
});

describe('activate', () => {
  const ready = given(established, drafted(), approved());
  it('puts the version in force from the start of its day in the zone of the program, and its event carries the document', () => {
    expect(decided(activating(ready)).events).toEqual([activated()]);
    expect(given(established, drafted(), approved(), activated())).toMatchObject({
      versions: [{ status: 'active', effectiveFrom: today }],
      timeline: [{ from: today, at: instant('2026-03-01T05:00:00Z'), versionId: v1, hash: 'h' }],
    });
  });
  it('keeps the timeline in order of the days, whatever the order of the activations', () => {
    const [soon, late] = [day('2026-04-01'), day('2026-07-01')];
    const both = given(established, drafted(), approved(), drafted(v2), approved(v2), activated(v2, late), activated(v1, soon));
    expect(both).toMatchObject({ timeline: [{ versionId: v1 }, { versionId: v2 }] });
  });
  it('is refused before today, where today is the program’s', () => {
    expect(activating(ready, { effectiveFrom: day('2026-02-28') })).toEqual({
      refused: 'day-past',
      because: 'Today is 2026-03-01 in America/New_York.',
    });
  });
  it('is refused on a day that another version has', () => {
    const taken = given(established, drafted(), approved(), drafted(v2), approved(v2), activated(v2));
    expect(refusalOf(activating(taken))).toBe('day-taken');
    expect(refusalOf(activating(taken, { effectiveFrom: day('2026-03-02') }))).toBeUndefined();
  });
  it('is refused of what is not there and of what is not approved', () => {
    expect(refusalOf(activating(given()))).toBe('not-found');
    expect(refusalOf(activating(ready, { beside: { ...alone, document: undefined } }))).toBe('not-found');
    expect(refusalOf(activating(given(established, drafted())))).toBe('not-approved');
    expect(refusalOf(activating(given(established, drafted(), approved(), activated()), { effectiveFrom: day('2026-05-01') }))).toBe('not-approved');
  });
});

it('a partner sees the versions that hold or will, and no draft', () => {
  const state = given(established, drafted(v2), drafted(), approved(), activated());
  if (state.status === 'none') throw new Error('it was established');
  const seenBy = (sees: 'all' | 'own') => programFor({ sees, principal: 'x', role: 'auditor' })(state).versions.map((version) => version.versionId);
  expect([seenBy('own'), seenBy('all')]).toEqual([[v1], [v2, v1]]);
});

it('the state comes back from its wire form as it was', () => {
  const state = given(established, drafted(), drafted(v2), approved(), activated());
  if (state.status === 'none') throw new Error('it was established');
  expect(PartnerProgram.parse(JSON.parse(JSON.stringify(z.encode(PartnerProgram, state))))).toEqual(state);
});

it('an event that no decision could have led to is a fault, not a state', () => {
  expect(() => given(drafted())).toThrow('never established');
  expect(() => given(established, drafted(), activated())).toThrow('activated while draft');
});

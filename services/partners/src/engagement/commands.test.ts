import { day, instant } from '@echelon/calendar';
import { Engagement, type EngagementSubmission } from '@echelon/contracts/partners';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { decided, engagementId, inForce, partnerAtWork, partnerId, programId, refusalOf } from '../../../../test/given.ts';
import { acceptEngagement, decline, revoke, submit } from './commands.ts';
import { type EngagementEvent, type EngagementState, evolve, none } from './engagement.ts';

// It is still the first of March in New York.
const now = instant('2026-03-02T03:00:00Z');
const submission: EngagementSubmission = {
  programId: programId(1),
  kind: 'campaign',
  title: 'Spring campaign',
  heldOn: day('2026-03-01'),
  evidence: [{ name: 'Report', url: 'https://files.example/report.pdf' }],
};
const submitted: EngagementEvent = { type: 'EngagementSubmitted', at: now, data: { partnerId: partnerId(1), submission, by: 'ann' } };
const accepted: EngagementEvent = { type: 'EngagementAccepted', at: now, data: { by: 'bob' } };
const declined: EngagementEvent = { type: 'EngagementDeclined', at: now, data: { reason: 'No report.', by: 'bob' } };
const revoked: EngagementEvent = { type: 'EngagementRevoked', at: now, data: { reason: 'It was last year’s.', by: 'carl' } };
const given = (...events: EngagementEvent[]): EngagementState => events.reduce(evolve, none(engagementId(1)));
const states = {
  none: given(),
  submitted: given(submitted),
  accepted: given(submitted, accepted),
  declined: given(submitted, declined),
  revoked: given(submitted, accepted, revoked),
};

describe('submit', () => {
  const submitting = (changes: Partial<EngagementSubmission> = {}) =>
    submit({ submission: { ...submission, ...changes }, partnerId: partnerId(1), by: 'ann', now });
  const facts = { program: inForce, partner: partnerAtWork(1) };
  it('takes what was held today in the program’s zone, or before', () => {
    expect(decided(submitting()(given(), facts)).events).toEqual([submitted]);
    expect(submitting({ heldOn: day('2026-03-02') })(given(), facts)).toEqual({
      refused: 'not-held-yet',
      because: "It is 2026-03-01 in the program's time zone.",
    });
  });
  it('is for partners at work in the program', () => {
    expect(refusalOf(submitting({ programId: programId(2) })(given(), facts))).toBe('not-enrolled');
    expect(
      refusalOf(submitting()(given(), { ...facts, partner: { ...partnerAtWork(1), status: 'suspended', suspendedAt: now, reason: 'So.' } })),
    ).toBe('not-enrolled');
    expect(refusalOf(submitting()(given(), { ...facts, partner: undefined }))).toBe('not-enrolled');
    expect(refusalOf(submitting()(given(), { ...facts, program: undefined }))).toBe('program-not-in-force');
    expect(refusalOf(submitting()(given(submitted), facts))).toBe('key-reused');
  });
});

describe.each([
  ['accept', acceptEngagement({ by: 'bob', now }), 'submitted', 'not-submitted', accepted],
  ['decline', decline({ reason: 'No report.', by: 'bob', now }), 'submitted', 'not-submitted', declined],
  ['revoke', revoke({ reason: 'It was last year’s.', by: 'carl', now }), 'accepted', 'not-accepted', revoked],
] as const)('%s', (_, command, allowed, reason, event) => {
  it.each(Object.entries(states))('what is %s', (status, state) => {
    const decision = command(state);
    if (status === allowed) expect(decided(decision).events).toEqual([event]);
    else expect(refusalOf(decision)).toBe(status === 'none' ? 'not-found' : reason);
  });
});

it('who submitted it does not judge it', () => {
  expect(refusalOf(acceptEngagement({ by: 'ann', now })(states.submitted))).toBe('same-person');
  expect(refusalOf(decline({ reason: 'No.', by: 'ann', now })(states.submitted))).toBe('same-person');
});

it('a revocation keeps who had accepted it; every state comes back from its wire form as it was', () => {
  expect(states.revoked).toMatchObject({ decidedBy: 'bob', revokedBy: 'carl', revokedAt: now, heldOn: submission.heldOn });
  for (const state of Object.values(states))
    if (state.status !== 'none') expect(Engagement.parse(JSON.parse(JSON.stringify(z.encode(Engagement, state))))).toEqual(state);
});

/** Customers that are alike: who is shown to whoever decides, and what becomes of a decision. */
import { DealRegistration, MATCHES_MAX } from '@echelon/contracts/deals';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { dealId, partnerId, refusalOf } from '../../../test/given.ts';
import { type Answer, customer, dealIn, later, monday, registry } from '../../../test/registry.ts';
import { pairOf, REASON_KEPT_MAX, says } from './alike.ts';
import { opportunityKeys } from './lines.ts';
import { UNDER_KEY_MAX } from './matching/keys.ts';
import { dealFor } from './views.ts';

/** Of an event as it is sent, and what stands around it. */
const EVENT_BYTES_MAX = 250_000;

const [ours, theirs, third, fourth] = [dealId(1), dealId(2), dealId(3), dealId(4)];
const [us, them, others] = [partnerId(1), partnerId(2), partnerId(3)];

const whole = customer({ name: 'Telefonaktiebolaget LM Ericsson AB', country: 'SE', city: 'Stockholm' });
const cut = customer({ name: 'TELEFONAKTIEBOLAGET LM ERICS', country: 'SE', city: 'STOCKHOLM' });
const short = customer({ name: 'LM Ericsson', country: 'SE', city: 'Stockholm' });

describe('names that are alike', () => {
  it('are a match for a person, who sees the two customers side by side with the evidence; a partner learns that somebody looks', () => {
    const room = registry();
    room.submit(ours, us, whole, monday);
    const late = dealIn(room.submit(theirs, them, cut, later));
    expect([late.conflict, late.matches]).toEqual([undefined, [{ dealId: ours, partnerId: us, by: 'likeness' }]]);
    expect(dealFor({ sees: 'own' })(late).conflict).toEqual({ underReview: true });
    const [candidate] = room.candidates(theirs, later);
    expect(candidate).toMatchObject({ dealId: ours, by: 'likeness', endCustomer: whole.endCustomer });
    expect(candidate?.evidence).toEqual(
      expect.arrayContaining([
        { of: 'name', finding: 'same' },
        { of: 'city', finding: 'same' },
      ]),
    );
    expect(candidate?.sentence).toContain('spelling, abbreviations');
    expect(refusalOf(room.approve(theirs, later))).toBe('match-undecided');
    expect(dealIn(room.approve(ours, later)).status).toBe('approved');
  });

  it('are seen at approval by whoever came second, though the policy would approve it', () => {
    const room = registry();
    room.submit(ours, us, whole, monday);
    room.approve(ours, monday);
    room.submit(theirs, them, cut, later);
    expect(room.approve(theirs, later)).toMatchObject({ refused: 'match-undecided', because: expect.stringContaining(ours) });
  });

  it('are none of another product family, and none of a partner’s own', () => {
    const room = registry();
    room.submit(ours, us, whole, monday);
    expect(dealIn(room.submit(theirs, them, { ...cut, productFamilies: ['backup'] }, later)).matches).toBeUndefined();
    expect(dealIn(room.submit(third, us, cut, later)).matches).toBeUndefined();
  });
});

describe('more than a deal keeps', () => {
  const inCity = (n: number) => ({ ...whole.endCustomer, city: `Kista ${n}` });
  /** An earlier deal of the very name, and behind it more that are alike than a deal keeps: as many as stand in two lines. */
  const crowd = () => {
    const room = registry();
    room.submit(ours, us, whole, monday);
    const keys = opportunityKeys(whole).alike ?? [];
    const line = (from: number) =>
      Array.from({ length: UNDER_KEY_MAX }, (_, n) => ({
        id: dealId(100 + from + n),
        by: partnerId(100 + from + n),
        says: says({ ...whole, endCustomer: inCity(from + n) }),
      }));
    for (const [i, key] of keys.entries()) room.lines.set(key, { key, version: 9, line: line(10 * i) });
    return room;
  };

  it('hides none that bears the name, and none that is undecided: the deal is not approved past any', () => {
    const room = crowd();
    const late = dealIn(room.submit(theirs, them, whole, later));
    expect(late.matches).toHaveLength(MATCHES_MAX);
    expect(late.matches?.[0]).toEqual({ dealId: ours, partnerId: us, by: 'name' });
    for (const { dealId: other } of late.matches ?? []) room.match(theirs, other, 'different', later);
    expect(refusalOf(room.approve(theirs, later))).toBe('match-undecided');
    expect(room.candidates(theirs, later)[0]?.decision).toBeUndefined();
  });
});

describe('a decision on two customers', () => {
  const decided = (verdict: 'same-customer' | 'different') => {
    const room = registry();
    room.submit(ours, us, whole, monday);
    room.submit(theirs, them, cut, later);
    room.match(theirs, ours, verdict, later);
    return room;
  };

  it('is remembered where they meet again, and says who decided it', () => {
    const room = decided('different');
    room.withdraw(theirs, later);
    const again = dealIn(room.submit(third, others, cut, later));
    expect(again.matches).toEqual([
      { dealId: ours, partnerId: us, by: 'likeness', decision: 'different', reason: 'I know them.', decidedBy: 'manager', remembered: true },
    ]);
    expect(dealFor({ sees: 'own' })(again)).not.toHaveProperty('conflict');
    expect(dealIn(room.approve(third, later)).status).toBe('approved');
  });

  it('that found them the same puts the next one behind, without asking anybody', () => {
    const room = decided('same-customer');
    room.withdraw(theirs, later);
    const again = dealIn(room.submit(third, others, cut, later));
    expect(dealFor({ sees: 'own' })(again).conflict).toEqual({});
    expect(refusalOf(room.approve(third, later))).toBe('not-first');
  });

  it('is taken back by deciding again: what is remembered is the last, what was decided on a deal itself stays', () => {
    const room = decided('same-customer');
    room.submit(third, others, cut, later);
    room.match(theirs, ours, 'different', later);
    expect(dealIn(room.approve(theirs, later)).status).toBe('approved');
    // The third was put behind by what was remembered then. It is the second's namesake, which a person decides.
    room.match(third, theirs, 'different', later);
    expect(room.candidates(third, later).find(({ dealId: id }) => id === ours)).toMatchObject({ decision: 'different', remembered: true });
    expect(dealIn(room.approve(third, later)).status).toBe('approved');
  });

  it('that told two names apart says nothing of a corporate group, which nobody had seen then', () => {
    const room = decided('different');
    room.withdraw(theirs, later);
    room.withdraw(ours, later);
    const group = { scheme: 'DUNS', value: '123456789' } as const;
    room.submit(fourth, us, { ...whole, endCustomer: { ...whole.endCustomer, registryId: group } }, later);
    const again = dealIn(room.submit(third, others, { ...cut, endCustomer: { ...cut.endCustomer, corporateGroup: group } }, later));
    expect(again.matches).toMatchObject([{ dealId: fourth, by: 'group' }]);
    expect(again.matches?.[0]).not.toHaveProperty('decision');
    expect(refusalOf(room.approve(third, later))).toBe('match-undecided');
  });

  it('is kept with an approval, and of whoever has gone since nothing', () => {
    const room = registry();
    room.submit(ours, us, whole, monday);
    room.submit(theirs, them, cut, later);
    room.withdraw(ours, later);
    expect(dealIn(room.approve(theirs, later))).not.toHaveProperty('matches');
  });

  it('is not remembered of two that are written alike: whose namesake the next one is nobody knows', () => {
    const room = registry();
    room.submit(ours, us, whole, monday);
    room.submit(theirs, them, whole, later);
    room.match(theirs, ours, 'different', later);
    room.withdraw(theirs, later);
    expect(dealIn(room.submit(fourth, others, whole, later)).matches).toEqual([{ dealId: ours, partnerId: us, by: 'name' }]);
  });

  it('is kept with the beginning of its reason, so that a hundred of the longest are no larger than an event may be', () => {
    // Two units each, of the 2,000 that a reason may have.
    const [reason, kept] = ['𝄞'.repeat(1_000), '𝄞'.repeat(REASON_KEPT_MAX)];
    const room = registry();
    const [key = ''] = opportunityKeys(whole).alike ?? [];
    const line = Array.from({ length: UNDER_KEY_MAX }, (_, n) => {
      const other = { ...whole.endCustomer, city: `Kista ${n}` };
      const remembered = { decision: 'different', reason, decidedBy: 'm'.repeat(50) } as const;
      room.decisions.set(pairOf(whole.endCustomer, other) ?? '', remembered);
      return { id: dealId(100 + n), by: partnerId(100 + n), says: says({ ...whole, endCustomer: other }) };
    });
    room.lines.set(key, { key, version: 9, line });
    // Beside the state an event carries what happened: no more than the state says of it, and one reason whole.
    const sizeOf = (answer: Answer): number =>
      2 * Buffer.byteLength(JSON.stringify(z.encode(DealRegistration, dealIn(answer)))) + Buffer.byteLength(reason);
    const submitted = room.submit(ours, us, whole, monday);
    expect(dealIn(submitted).matches?.map((match) => match.reason)).toEqual(Array(MATCHES_MAX).fill(kept));
    expect(sizeOf(submitted)).toBeLessThan(EVENT_BYTES_MAX);
    for (const { id } of line) room.match(ours, id, 'different', later, reason);
    const decided = room.match(ours, dealId(100), 'same-customer', later, reason);
    expect(dealIn(decided).matches?.map((match) => match.reason)).toEqual(Array(MATCHES_MAX).fill(kept));
    expect(decided).toMatchObject({ events: [{ data: { reason } }] });
    expect(sizeOf(decided)).toBeLessThan(EVENT_BYTES_MAX);
  });

  it('says nothing of a third way to write them', () => {
    const room = decided('different');
    expect(dealIn(room.submit(third, others, short, later)).matches?.map(({ decision }) => decision)).toEqual([undefined, undefined]);
  });
});

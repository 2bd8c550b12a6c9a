import { addDays, day, dayOf, type Instant, instant } from '@echelon/calendar';
import type { Enrollment } from '@echelon/contracts/partners';
import { decimalText, rate } from '@echelon/money';
import type { ProgramDocument } from '@echelon/program';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dealId, document, inForce, partnerId, programId, refusalOf, usd, versionId } from '../../../test/given.ts';
import { customer, dealIn, gone, later, leaving, monday, partnerAt, registry, standingOn, submission, suspended } from '../../../test/registry.ts';

const [ours, theirs, third] = [dealId(1), dealId(2), dealId(3)];
const [us, them, others] = [partnerId(1), partnerId(2), partnerId(3)];
const byDomain = customer({ domain: 'acme.example' });
const byName = customer({ city: 'Dallas' });

const under = (changes: Partial<ProgramDocument['dealRegistration']>) => ({
  ...inForce,
  document: { ...document, dealRegistration: { ...document.dealRegistration, ...changes } },
});
/** Our standing on one ladder, whichever the document has. */
const onLadder = (ladder: string) => {
  const standing = standingOn('elite', us);
  return { ...standing, positions: standing.positions.map((position) => ({ ...position, ladder })) };
};
/** A registry with our deal in it. */
const submitted = (changes: Partial<typeof submission> = {}) => {
  const room = registry();
  room.submit(ours, us, { ...submission, ...changes }, monday);
  return room;
};

describe('approve', () => {
  it('fixes the offer of the lowest tier where no standing is known, and protects through the ninetieth day', () => {
    const room = submitted();
    const protectedUntil = instant('2026-06-01T04:00:00Z'); // midnight in New York after 31 May
    const { tier, discount, margin } = document.dealRegistration.offers[0] ?? {};
    const offer = { tier, dealType: 'net-new-logo', discount, margin, versionId: versionId(1), rule: '/dealRegistration/offers/0' };
    expect(room.approve(ours, monday)).toMatchObject({
      events: [{ type: 'DealApproved', at: monday, data: { by: 'manager', offer, protectedUntil } }],
    });
    for (const { line } of room.linesOf(ours)) expect(line).toMatchObject([{ id: ours, by: us, until: '2026-06-01T04:00:00.000Z' }]);
  });

  it('fixes the offer of what is earned once an override is over, though nobody has recorded its end', () => {
    const over = { tier: 'elite', from: day('2026-01-05'), until: day('2026-03-02'), reason: 'So.', setBy: 'pam', setAt: monday };
    const standing = standingOn('elite', us);
    const positions = standing.positions.map((one) => ({ ...one, override: over, earned: 'preferred' }));
    const tierOf = (now: Instant) => {
      const room = submitted();
      room.standings.set(us, { ...standing, positions });
      return (dealIn(room.approve(ours, now)) as { offer?: { tier: string } }).offer?.tier;
    };
    // Monday is its last day, in New York.
    expect([tierOf(later), tierOf(monday.add({ hours: 24 }))]).toEqual(['elite', 'preferred']);
  });

  it('fixes the offer of the tier, deal type and route of that day, by the version of that day', () => {
    const room = submitted({ route: 'service-provider' });
    room.standings.set(us, standingOn('elite', us));
    room.world.program = { versionId: versionId(2), document };
    const { offer } = dealIn(room.approve(ours, later)) as { offer?: object };
    const at = document.dealRegistration.offers.findIndex((one) => one.tier === 'elite' && one.route === 'service-provider');
    expect(offer).toMatchObject({ tier: 'elite', versionId: versionId(2), rule: `/dealRegistration/offers/${at}` });
  });

  it('reads the tier on the ladder that decides the route, and no other', () => {
    const room = submitted();
    const another = document.ladders.map((ladder) => ({ ...ladder, key: 'another', routes: [] }));
    room.world.program = { ...inForce, document: { ...document, ladders: [...document.ladders, ...another] } };
    room.standings.set(us, onLadder('another'));
    expect(dealIn(room.approve(ours, later))).toMatchObject({ offer: { tier: 'authorized' } });
  });

  describe('while tiering has not placed the partner under the version in force', () => {
    const before = [
      ['a tier', standingOn('a-tier-of-old', us)],
      ['a ladder', onLadder('a-ladder-of-old')],
    ] as const;

    it.each(before)('fixes no offer by a standing that names %s which the version has not, and does once it is placed', (_, standing) => {
      const room = submitted();
      room.standings.set(us, standing);
      expect(room.approve(ours, later)).toEqual({ refused: 'standing-unsettled', because: expect.stringContaining(`under ${versionId(1)} yet`) });
      room.standings.set(us, standingOn('preferred', us));
      expect(dealIn(room.approve(ours, later))).toMatchObject({ offer: { tier: 'preferred' } });
    });

    it.each(before)('leaves to a person what the policy would approve: it names %s of old', (_, standing) => {
      const room = registry(under({ autoApproval: { amountMax: submission.amount, segments: ['smb'], productFamilies: ['storage'] } }));
      room.standings.set(us, standing);
      expect(dealIn(room.submit(ours, us, { ...submission, segment: 'smb' }, monday)).status).toBe('submitted');
    });

    it.each(before)('gives no share of an offer to whoever came second: it names %s of old', (_, standing) => {
      const room = registry(under({ runnerUpShare: rate('0.5') }));
      room.standings.set(them, standing);
      room.submit(ours, us, submission, monday);
      room.submit(theirs, them, submission, later);
      expect(refusalOf(room.reject(theirs, later))).toBe('standing-unsettled');
      room.standings.set(them, standingOn('preferred', them));
      expect(dealIn(room.reject(theirs, later))).toMatchObject({ runnerUpOffer: { tier: 'preferred' } });
    });

    it('fixes the offer of the very tier that its standing names, or none', () => {
      const tiers = [...document.ladders.flatMap((ladder) => ladder.tiers.map(({ key }) => key)), 'a-tier-of-old'];
      const [tier, days] = [fc.constantFrom(...tiers), fc.integer({ min: -2, max: 2 })];
      fc.assert(
        fc.property(tier, fc.option(tier), days, (official, earned, left) => {
          const today = dayOf(later, document.timeZone);
          const until = addDays(today, left);
          const override = { tier: official, from: day('2026-01-05'), until, reason: 'So.', setBy: 'pam', setAt: monday };
          const standing = standingOn(official, us);
          const positions = standing.positions.map((one) => (earned === null ? one : { ...one, override, earned }));
          const room = submitted();
          room.standings.set(us, { ...standing, positions });
          const named = earned === null || left >= 0 ? official : earned;
          const answer = room.approve(ours, later);
          if (named === 'a-tier-of-old') expect(refusalOf(answer)).toBe('standing-unsettled');
          else expect(dealIn(answer)).toMatchObject({ offer: { tier: named } });
        }),
      );
    });

    it('rejects what came first all the same, for which there is no offer', () => {
      const room = registry(under({ runnerUpShare: rate('0.5') }));
      room.standings.set(us, standingOn('a-tier-of-old', us));
      room.submit(ours, us, submission, monday);
      expect(dealIn(room.reject(ours, later)).status).toBe('rejected');
    });
  });

  it('forgets the conflict that time resolved, and approves a question that was not answered', () => {
    const room = submitted();
    room.submit(theirs, them, submission, later);
    room.ask(theirs, later);
    room.withdraw(ours, later);
    const approved = dealIn(room.approve(theirs, later));
    expect(approved.status).toBe('approved');
    expect(approved.conflict).toBeUndefined();
    expect(approved).not.toHaveProperty('question');
    expect(approved).not.toHaveProperty('dueAt');
  });

  it('is refused to whoever is second in any one line, naming who holds it', () => {
    const room = registry();
    room.submit(theirs, them, byDomain, monday);
    room.submit(ours, us, submission, later);
    expect(room.approve(ours, later)).toEqual({
      refused: 'not-first',
      because: `${theirs} came before it: it holds domain:acme.example for "storage".`,
    });
  });

  it('is refused where nobody stands in the line, which is no place to be approved from', () => {
    const room = submitted();
    for (const claim of room.linesOf(ours)) room.lines.set(claim.key, { ...claim, line: [] });
    expect(refusalOf(room.approve(ours, later))).toBe('not-first');
  });

  it.each([
    ['same-person', (room: ReturnType<typeof registry>) => room.approve(ours, later, us)],
    ['not-found', (room: ReturnType<typeof registry>) => room.approve(theirs, later)],
    [
      'no-offer',
      (room: ReturnType<typeof registry>) => {
        room.world.program = under({ offers: document.dealRegistration.offers.filter(({ route }) => route !== 'reseller') });
        return room.approve(ours, later);
      },
    ],
    [
      'program-not-in-force',
      (room: ReturnType<typeof registry>) => {
        room.world.program = undefined as never;
        return room.approve(ours, later);
      },
    ],
    [
      'partner-suspended',
      (room: ReturnType<typeof registry>) => {
        room.partners.set(us, suspended(partnerAt(us), later));
        return room.approve(ours, later);
      },
    ],
    [
      'partner-suspended',
      (room: ReturnType<typeof registry>) => {
        room.partners.set(us, leaving(partnerAt(us), later));
        return room.approve(ours, later);
      },
    ],
  ] as const)('is refused as %s', (reason, act) => {
    expect(refusalOf(act(submitted()))).toBe(reason);
  });

  it.each<[string, Partial<Enrollment>]>([
    ['not-enrolled', { programId: programId(9) }],
    ['outside-territory', { territories: ['DE'] }],
    ['not-authorised', { productFamilies: ['backup'] }],
    ['route-not-open', { ladders: ['services'] }],
  ])('is refused as %s where the partner’s terms have changed since the submission', (reason, enrollment) => {
    const room = submitted();
    room.partners.set(us, partnerAt(us, { enrollment }));
    expect(refusalOf(room.approve(ours, later))).toBe(reason);
  });

  it.each([
    ['below-minimum', under({ minimumAmount: usd(50_001) }), '/dealRegistration/minimumAmount'],
    ['vendor-engaged', under({ exclusions: ['vendor-engaged'] }), '/dealRegistration/exclusions/0'],
    [
      'named-account',
      under({ exclusions: [], namedAccounts: [{ name: 'Acme', registryIds: [], domains: ['acme.example'] }] }),
      '/dealRegistration/namedAccounts/0',
    ],
    ['other-currency', { ...inForce, document: { ...document, currency: 'EUR' as const } }, '/currency'],
    ['unknown-product-family', { ...inForce, document: { ...document, productFamilies: [] } }, '/productFamilies'],
  ])('is refused as %s by the version in force then, whose rule is named; the deal stays for a person to reject', (reason, program, rule) => {
    const room = registry(under({ exclusions: [] }));
    room.submit(ours, us, { ...submission, vendorEngaged: true }, monday);
    room.world.program = { ...program, versionId: versionId(2) };
    expect(room.approve(ours, later)).toEqual({ refused: reason, because: expect.stringContaining(`(${rule} of ${versionId(2)})`) });
    expect(dealIn(room.reject(ours, later)).status).toBe('rejected');
  });

  it('is refused of a deal that was decided', () => {
    const room = submitted();
    room.approve(ours, later);
    expect(room.approve(ours, later)).toEqual({ refused: 'not-open', because: 'The deal is approved.' });
  });
});

describe('a match', () => {
  /** Theirs is known by the same name as ours, which came first. */
  const matched = () => {
    const room = registry();
    room.submit(ours, us, byName, monday);
    room.submit(theirs, them, byName, later);
    return room;
  };

  it('keeps the later deal from being approved until a person has decided, and not the earlier one', () => {
    const room = matched();
    expect(room.approve(theirs, later)).toEqual({ refused: 'match-undecided', because: `Is ${ours} for the same customer?` });
    expect(dealIn(room.approve(ours, later)).status).toBe('approved');
    expect(refusalOf(room.approve(theirs, later))).toBe('match-undecided');
  });

  it('that is another customer is ignored; that is the same must be gone first', () => {
    const room = matched();
    expect(dealIn(room.match(theirs, ours, 'same-customer', later)).matches).toEqual([
      { dealId: ours, partnerId: us, by: 'name', decision: 'same-customer', reason: 'I know them.', decidedBy: 'manager' },
    ]);
    expect(room.approve(theirs, later)).toMatchObject({ refused: 'not-first', because: `${ours}, which is for the same customer, comes first.` });
    room.match(theirs, ours, 'different', later);
    expect(dealIn(room.approve(theirs, later)).status).toBe('approved');
  });

  it('that has left its line stands in nobody’s way, decided or not', () => {
    for (const decide of [true, false]) {
      const room = matched();
      if (decide) room.match(theirs, ours, 'same-customer', later);
      room.withdraw(ours, later);
      expect(dealIn(room.approve(theirs, later)).status).toBe('approved');
    }
  });

  it('stays one when the earlier deal becomes another’s', () => {
    const room = matched();
    room.transfer(ours, others, later);
    expect(refusalOf(room.approve(theirs, later))).toBe('match-undecided');
    expect(dealIn(room.match(theirs, ours, 'different', later)).matches).toMatchObject([{ dealId: ours, partnerId: others }]);
    expect(dealIn(room.approve(theirs, later)).status).toBe('approved');
  });

  it('is for a person to decide also where a transfer leaves both with one partner', () => {
    const room = matched();
    expect(dealIn(room.transfer(ours, them, later)).partnerId).toBe(them);
    expect(refusalOf(room.approve(theirs, later))).toBe('match-undecided');
  });

  it('is refused of what is no match, and of a deal that was decided', () => {
    const room = matched();
    expect(refusalOf(room.match(theirs, third, 'different', later))).toBe('no-such-match');
    expect(refusalOf(room.match(ours, theirs, 'different', later))).toBe('no-such-match');
    room.reject(theirs, later);
    expect(refusalOf(room.match(theirs, ours, 'different', later))).toBe('not-open');
  });
});

describe('a customer that is known otherwise than when its deal was submitted', () => {
  /** What stands for new lists of suffixes and shared domains: the customer's key is another than the one that was claimed. */
  const renamed = () => {
    const room = submitted({ endCustomer: byDomain.endCustomer });
    const deal = dealIn(room.expire(ours, monday));
    room.deals.set(ours, { ...deal, endCustomer: { ...deal.endCustomer, domain: 'acme-group.example' } });
    return room;
  };
  const byNewDomain = customer({ domain: 'acme-group.example' });
  const idsIn = (room: ReturnType<typeof registry>) =>
    [...room.lines.values()].filter(({ key }) => !key.includes('#alike#')).map(({ key, line }) => [key.split('#')[2], line.map(({ id }) => id)]);

  it('keeps the place that it took, takes the new one at approval, and leaves both', () => {
    const room = renamed();
    expect(dealIn(room.approve(ours, later)).keys.strong).toEqual(
      ['acme.example', 'acme-group.example'].map((domain) => `${programId(1)}#storage#domain:${domain}`),
    );
    expect(idsIn(room)).toEqual([
      ['domain:acme.example', [ours]],
      ['name:acme|US|', [ours]],
      ['domain:acme-group.example', [ours]],
    ]);
    room.withdraw(ours, later);
    expect(room.linesOf(ours).flatMap(({ line }) => line)).toEqual([]);
  });

  it('leaves the line that it stood in, approved or not', () => {
    const room = renamed();
    room.reject(ours, later);
    expect(idsIn(room).flatMap(([, line]) => line)).toEqual([]);
  });

  it('is second to whoever holds the new key, and a match of whoever has the new name', () => {
    const room = renamed();
    room.submit(theirs, them, byNewDomain, later);
    expect(room.approve(ours, later)).toMatchObject({ refused: 'not-first', because: expect.stringContaining(theirs) });
    const other = submitted({ endCustomer: byDomain.endCustomer });
    const deal = dealIn(other.expire(ours, monday));
    other.deals.set(ours, { ...deal, endCustomer: { ...deal.endCustomer, city: 'Dallas' } });
    other.submit(theirs, them, byName, later);
    expect(refusalOf(other.approve(ours, later))).toBe('match-undecided');
    other.match(ours, theirs, 'different', later);
    expect(dealIn(other.approve(ours, later)).status).toBe('approved');
  });
});

describe('reject', () => {
  it('tells the partner why', () => {
    expect(dealIn(submitted().reject(ours, later))).toMatchObject({ status: 'rejected', reason: 'No.', decidedBy: 'manager', decidedAt: later });
  });

  it('gives whoever came second a share of the discount it would have had, and no margin, by that rule', () => {
    const second = (runnerUpShare: string, first = true) => {
      const room = registry(under({ runnerUpShare: rate(runnerUpShare) }));
      room.standings.set(them, standingOn('preferred', them));
      if (first) room.submit(ours, us, submission, monday);
      room.submit(theirs, them, submission, later);
      const deal = dealIn(room.reject(theirs, later));
      return deal.status === 'rejected' ? deal.runnerUpOffer : undefined;
    };
    const offer = second('0.25');
    expect(offer).toMatchObject({ tier: 'preferred', rule: '/dealRegistration/runnerUpShare', versionId: versionId(1) });
    expect(offer && [decimalText(offer.discount), decimalText(offer.margin)]).toEqual(['0.0375', '0']); // a quarter of 15 %
    expect(second('0')).toBeUndefined();
    expect(second('0.25', false)).toBeUndefined();
  });

  it('gives nothing to a partner that has left, whatever its standing says', () => {
    const room = registry(under({ runnerUpShare: rate('0.5') }));
    room.standings.set(them, standingOn('a-tier-of-old', them));
    room.submit(ours, us, submission, monday);
    room.submit(theirs, them, submission, later);
    expect(refusalOf(room.reject(theirs, later))).toBe('standing-unsettled');
    room.partners.set(them, gone(partnerAt(them), later));
    expect(dealIn(room.reject(theirs, later))).not.toHaveProperty('runnerUpOffer');
  });

  it('gives it also to whoever was found to be for the same customer', () => {
    const room = registry(under({ runnerUpShare: rate('0.5') }));
    room.submit(ours, us, byName, monday);
    room.submit(theirs, others, byName, later);
    room.match(theirs, ours, 'same-customer', later);
    expect(dealIn(room.reject(theirs, later))).toMatchObject({ runnerUpOffer: { tier: 'authorized' } });
  });
});

describe('a decision that is overdue', () => {
  const due = instant('2026-03-04T15:00:00Z');

  it('is recorded once, dated when it was due, whenever this comes to it', () => {
    for (const now of [due, due.add({ hours: 900 })]) {
      const room = submitted();
      expect(room.overdue(ours, now)).toMatchObject({
        events: [{ type: 'DealDecisionOverdue', at: due, data: { dueAt: due } }],
        deal: { overdue: true },
      });
      expect(room.overdue(ours, now)).toMatchObject({ events: [] });
    }
  });

  it('is not before, nor while a question is open, nor once it was decided', () => {
    const room = submitted();
    expect(room.overdue(ours, due.subtract({ milliseconds: 1 }))).toMatchObject({ events: [] });
    room.ask(ours, later);
    expect(room.overdue(ours, due)).toMatchObject({ events: [] });
    room.approve(ours, due);
    expect(room.overdue(ours, due)).toMatchObject({ events: [] });
  });

  it('is recorded by a decision that comes after the hours, where no look came before it', () => {
    const [inTime, late] = [due.subtract({ milliseconds: 1 }), due.add({ hours: 2 })];
    const typesOf = (decide: 'approve' | 'reject', now: typeof due) => {
      const answer = submitted()[decide](ours, now);
      return 'events' in answer ? answer.events.map(({ type, at }) => [type, at]) : answer;
    };
    expect(typesOf('approve', inTime)).toEqual([['DealApproved', inTime]]);
    expect(typesOf('approve', late)).toEqual([
      ['DealDecisionOverdue', due],
      ['DealApproved', late],
    ]);
    expect(typesOf('reject', late)).toEqual([
      ['DealDecisionOverdue', due],
      ['DealRejected', late],
    ]);
  });

  it('is forgotten with the deciding', () => {
    const room = submitted();
    room.overdue(ours, due);
    expect(dealIn(room.approve(ours, due))).not.toHaveProperty('overdue');
  });
});

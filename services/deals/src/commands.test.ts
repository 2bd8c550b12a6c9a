import { addDays, day, instant } from '@echelon/calendar';
import type { DealSubmission, Order } from '@echelon/contracts/deals';
import { LINE_MAX } from '@echelon/decider';
import { money } from '@echelon/money';
import { describe, expect, it } from 'vitest';
import { dealId, decided, document, inForce, partnerId, programId, refusalOf, usd, versionId } from '../../../test/given.ts';
import { type Answer, registry } from '../../../test/registry.ts';
import * as commands from './commands.ts';
import { type Deal, none } from './deal.ts';
import { opportunityKeys } from './opportunity.ts';
import { dealFor } from './views.ts';

/** Monday, ten in the morning in New York, where the program's business hours are nine to five. */
const monday = instant('2026-03-02T15:00:00Z');
const later = monday.add({ hours: 1 });
const [ours, theirs, third] = [dealId(1), dealId(2), dealId(3)];
const [us, them, others] = [partnerId(1), partnerId(2), partnerId(3)];

const submission: DealSubmission = {
  programId: programId(1),
  endCustomer: { name: 'Acme', country: 'US', registryId: { scheme: 'DUNS', value: '123456789' }, domain: 'acme.example' },
  productFamilies: ['storage'],
  amount: usd(50_000),
  expectedCloseOn: day('2026-05-01'),
  route: 'reseller',
};
const customer = (endCustomer: Partial<DealSubmission['endCustomer']>): DealSubmission => ({
  ...submission,
  endCustomer: { name: 'Acme', country: 'US', ...endCustomer },
});
const byDomain = customer({ domain: 'acme.example' });
const byRegistry = customer({ registryId: { scheme: 'DUNS', value: '123456789' } });
const byName = customer({ city: 'Dallas' });

const order: Order = { orderNumber: 'PO-1', orderedOn: day('2026-03-20'), amount: usd(48_000), fulfilledBy: us };

const dealIn = (answer: Answer): Exclude<Deal, { status: 'none' }> => {
  if ('refused' in answer) throw new Error(`refused: ${answer.refused} ${answer.because ?? ''}`);
  if (answer.deal.status === 'none') throw new Error('nothing was decided');
  return answer.deal;
};
const conflictOf = (answer: Answer) => dealIn(answer).conflict;

describe('submit', () => {
  const facts = { program: inForce, enrolled: true, claims: [] };
  const submitting = (changes: Partial<DealSubmission> = {}, known: Partial<Parameters<ReturnType<typeof commands.submit>>[1]> = {}) =>
    commands.submit({ submission: { ...submission, ...changes }, partnerId: us, by: 'crm', now: monday })(none(ours), { ...facts, ...known });

  it('registers the deal under the version in force, due after the business hours for approval', () => {
    expect(submitting()).toEqual({
      events: [
        {
          type: 'DealSubmitted',
          at: monday,
          // 16 hours from Monday ten o'clock: seven on Monday, eight on Tuesday, one on Wednesday.
          data: { partnerId: us, by: 'crm', submission, versionId: versionId(1), dueAt: instant('2026-03-04T15:00:00Z') },
        },
      ],
      claims: [],
    });
  });

  it('stands in the line of every key of the opportunity, per product family', () => {
    const room = registry();
    room.submit(ours, us, { ...submission, productFamilies: ['storage', 'backup', 'storage'] }, monday);
    const place = (key: string) => `${programId(1)}#${key}`;
    expect([...room.lines.keys()]).toEqual(
      ['backup#DUNS:123456789', 'backup#domain:acme.example', 'storage#DUNS:123456789', 'storage#domain:acme.example'].map(place),
    );
    for (const { line, version } of room.lines.values()) {
      expect(line).toEqual([{ id: ours, by: us }]);
      expect(version).toBe(1);
    }
  });

  it('is second to a deal that shares any one key, and keeps the evidence', () => {
    const room = registry();
    expect(conflictOf(room.submit(ours, us, submission, monday))).toBeUndefined();
    const key = `${programId(1)}#storage#domain:acme.example`;
    expect(conflictOf(room.submit(theirs, them, byDomain, later))).toEqual({ evidence: [{ key, dealId: ours, partnerId: us }] });
  });

  it('meets through a deal between them what does not overlap directly', () => {
    const room = registry();
    expect(conflictOf(room.submit(ours, us, byRegistry, monday))).toBeUndefined();
    expect(conflictOf(room.submit(theirs, them, byDomain, monday))).toBeUndefined();
    expect(conflictOf(room.submit(third, others, submission, later))?.evidence?.map((one) => one.dealId)).toEqual([ours, theirs]);
  });

  it('does not meet another customer, another family, another program, or the same name', () => {
    const room = registry();
    room.submit(ours, us, submission, monday);
    const elsewhere = [
      customer({ domain: 'other.example' }),
      { ...submission, productFamilies: ['backup'] },
      { ...submission, programId: programId(2) },
      byName,
    ];
    for (const [n, other] of elsewhere.entries()) expect(conflictOf(room.submit(dealId(10 + n), them, other, later))).toBeUndefined();
    expect(opportunityKeys(byName)).toEqual([]);
  });

  it('is refused to a partner who stands in one of the lines already, first or not', () => {
    const room = registry();
    room.submit(ours, us, submission, monday);
    room.submit(theirs, them, submission, later);
    expect(refusalOf(room.submit(third, us, byDomain, later))).toBe('already-registered');
    expect(refusalOf(room.submit(third, them, byRegistry, later))).toBe('already-registered');
    expect(room.dealOf(third)).toEqual(none(third));
  });

  it('is refused where a line is full, and taken again when one of it has gone', () => {
    const key = opportunityKeys(byDomain)[0] ?? '';
    const until = '2026-03-02T15:00:00.000Z';
    const line = (last: { until?: string }) =>
      Array.from({ length: LINE_MAX }, (_, n) => ({ id: dealId(100 + n), by: partnerId(100 + n), ...(n === 7 && last) }));
    const claim = (last: { until?: string }) => ({ claims: [{ key, version: 9, line: line(last) }] });
    expect(refusalOf(submitting(byDomain, claim({})))).toBe('line-full');
    expect(refusalOf(submitting(byDomain, claim({ until })))).toBeUndefined();
  });

  it.each([
    ['not-enrolled', {}, { enrolled: false }],
    ['program-not-in-force', {}, { program: undefined }],
    ['other-currency', { amount: money(9_000_000n, 'EUR') }, {}],
    ['below-minimum', { amount: money(999_999n, 'USD') }, {}],
    ['unknown-product-family', { productFamilies: ['storage', 'printers'] }, {}],
    ['route-not-offered', { route: 'distributor' }, {}],
  ] as const)('is refused as %s', (reason, changes, known) => {
    const { productFamilies, ...rest } = { productFamilies: submission.productFamilies, ...changes };
    expect(refusalOf(submitting({ ...rest, productFamilies: [...productFamilies] }, known))).toBe(reason);
  });

  it('takes just the minimum, and names both figures when it is missed', () => {
    expect(refusalOf(submitting({ amount: usd(10_000) }))).toBeUndefined();
    expect(submitting({ amount: usd(9_000) })).toMatchObject({ because: 'The minimum is 10,000.00 USD; this is 9,000.00 USD.' });
  });

  it('tells an excluded submission so, whoever else is in line', () => {
    const room = registry();
    room.submit(ours, us, submission, monday);
    expect(refusalOf(room.submit(theirs, us, { ...submission, amount: usd(1) }, later))).toBe('below-minimum');
  });

  it('refuses a second submission under the same id', () => {
    const room = registry();
    room.submit(ours, us, submission, monday);
    expect(refusalOf(room.submit(ours, us, byName, later))).toBe('key-reused');
  });
});

describe('asking for information', () => {
  it('keeps the priority and lets the hours for approval stand still', () => {
    const room = registry();
    room.submit(ours, us, submission, monday);
    room.submit(theirs, them, submission, later);
    const asked = instant('2026-03-02T17:00:00Z'); // 14 of the 16 hours are left
    expect(dealIn(room.ask(ours, asked))).toMatchObject({ status: 'information-requested', question: 'Why?', askedAt: asked, submittedAt: monday });
    const informed = dealIn(room.inform(ours, instant('2026-03-05T14:00:00Z'))); // Thursday at nine: eight hours, and six on Friday
    expect(informed).toMatchObject({ status: 'submitted', submittedAt: monday, dueAt: instant('2026-03-06T20:00:00Z') });
    expect(informed).not.toHaveProperty('question');
    expect(informed).not.toHaveProperty('askedAt');
    expect(refusalOf(room.approve(theirs, instant('2026-03-05T14:00:00Z')))).toBe('not-first');
    expect(dealIn(room.approve(ours, instant('2026-03-05T14:00:00Z'))).status).toBe('approved');
  });

  it('is refused of what is not there or not open, and an answer to what was not asked', () => {
    const room = registry();
    expect(refusalOf(room.ask(ours, later))).toBe('not-found');
    expect(refusalOf(room.inform(ours, later))).toBe('not-found');
    room.submit(ours, us, submission, monday);
    expect(refusalOf(room.inform(ours, later))).toBe('nothing-asked');
    room.ask(ours, later);
    expect(refusalOf(room.ask(ours, later))).toBe('not-open');
    room.reject(ours, later);
    expect(refusalOf(room.ask(ours, later))).toBe('not-open');
    expect(refusalOf(room.inform(ours, later))).toBe('nothing-asked');
  });
});

describe('approve', () => {
  const submitted = (): Deal => dealIn(registry().submit(ours, us, submission, monday));
  const first = opportunityKeys(submission).map((key) => ({ key, version: 1, line: [{ id: ours, by: us }] }));
  const approving = (facts: Partial<Parameters<ReturnType<typeof commands.approve>>[1]> = {}, deal = submitted(), by = 'manager') =>
    commands.approve({ by, now: monday })(deal, { program: inForce, tier: undefined, claims: first, ...facts });

  it('fixes the offer of the lowest tier where no standing is known, and protects through the ninetieth day', () => {
    const protectedUntil = instant('2026-06-01T04:00:00Z'); // midnight in New York after 31 May
    const { tier, discount, margin } = document.dealRegistration.offers[0] ?? {};
    expect(approving()).toMatchObject({
      events: [
        {
          type: 'DealApproved',
          at: monday,
          data: { by: 'manager', offer: { tier, discount, margin, versionId: versionId(1), rule: '/dealRegistration/offers/0' }, protectedUntil },
        },
      ],
      claims: first.map((claim) => ({ ...claim, line: [{ id: ours, by: us, until: '2026-06-01T04:00:00.000Z' }] })),
    });
  });

  it('fixes the offer of the tier and route of that day, by the version of that day', () => {
    const deal = dealIn(registry().submit(ours, us, { ...submission, route: 'service-provider' }, monday));
    const program = { versionId: versionId(2), document };
    expect(approving({ tier: 'elite', program }, deal)).toMatchObject({
      events: [{ data: { offer: { tier: 'elite', versionId: versionId(2), rule: '/dealRegistration/offers/5' } } }],
    });
  });

  it('forgets the conflict that time resolved, and approves a question that was not answered', () => {
    const room = registry();
    room.submit(ours, us, submission, monday);
    room.submit(theirs, them, submission, later);
    room.ask(theirs, later);
    room.withdraw(ours, later);
    const approved = dealIn(room.approve(theirs, later));
    expect(approved.status).toBe('approved');
    expect(approved.conflict).toBeUndefined();
    expect(approved).not.toHaveProperty('question');
  });

  it('is refused to whoever is second in any one line, naming who holds it', () => {
    const room = registry();
    room.submit(theirs, them, byDomain, monday);
    room.submit(ours, us, submission, later);
    expect(room.approve(ours, later)).toEqual({ refused: 'not-first', because: `${theirs} holds ${programId(1)}#storage#domain:acme.example.` });
  });

  it('is refused where nobody stands in the line, which is no place to be approved from', () => {
    expect(refusalOf(approving({ claims: first.map((claim) => ({ ...claim, line: [] })) }))).toBe('not-first');
  });

  it('offers what the lowest tier gives to whoever holds a tier of a ladder that is no more', () => {
    expect(decided(approving({ tier: 'a-tier-of-old' })).events).toMatchObject([{ data: { offer: { tier: 'authorized' } } }]);
  });

  const { dealRegistration } = document;
  const withoutResellers = {
    ...document,
    dealRegistration: { ...dealRegistration, offers: dealRegistration.offers.filter(({ route }) => route !== 'reseller') },
  };

  it.each([
    ['same-person', () => approving({}, submitted(), us)],
    ['program-not-in-force', () => approving({ program: undefined })],
    ['no-offer', () => approving({ program: { ...inForce, document: withoutResellers } })],
    ['not-found', () => approving({}, none(ours))],
  ] as const)('is refused as %s', (reason, act) => {
    expect(refusalOf(act())).toBe(reason);
  });

  it('is refused of a deal that was decided', () => {
    const room = registry();
    room.submit(ours, us, submission, monday);
    room.approve(ours, later);
    expect(room.approve(ours, later)).toEqual({ refused: 'not-open', because: 'The deal is approved.' });
  });
});

describe('leaving the line', () => {
  it.each(['reject', 'withdraw'] as const)('by %s lets the next in line succeed, whose priority is its own', (leave) => {
    const room = registry();
    room.submit(ours, us, submission, monday);
    room.submit(theirs, them, byDomain, later);
    room.submit(third, others, submission, later);
    const left = dealIn(room[leave](ours, later));
    expect(left.status).toBe(leave === 'reject' ? 'rejected' : 'withdrawn');
    expect(refusalOf(room.approve(third, later))).toBe('not-first');
    expect(dealIn(room.approve(theirs, later))).toMatchObject({ status: 'approved', submittedAt: later });
    for (const { line } of room.linesOf(ours)) expect(line.map((claimant) => claimant.id)).not.toContain(ours);
  });

  it('lets the same partner register again', () => {
    const room = registry();
    room.submit(ours, us, submission, monday);
    room.reject(ours, later);
    expect(conflictOf(room.submit(third, us, submission, later))).toBeUndefined();
  });

  it('by withdrawal is open to a protected deal until its protection ends', () => {
    const withdrawn = (now: string) => {
      const room = registry();
      room.submit(ours, us, submission, monday);
      room.approve(ours, monday);
      return room.withdraw(ours, instant(now));
    };
    const { status, ...rest } = dealIn(withdrawn('2026-06-01T03:59:59.999Z'));
    expect(status).toBe('withdrawn');
    expect(rest).not.toHaveProperty('offer');
    expect(refusalOf(withdrawn('2026-06-01T04:00:00Z'))).toBe('not-live');
  });

  it('is refused of what is not there or has left', () => {
    const room = registry();
    expect(refusalOf(room.reject(ours, later))).toBe('not-found');
    expect(refusalOf(room.withdraw(ours, later))).toBe('not-found');
    room.submit(ours, us, submission, monday);
    room.withdraw(ours, later);
    expect(refusalOf(room.reject(ours, later))).toBe('not-open');
    expect(refusalOf(room.withdraw(ours, later))).toBe('not-live');
  });

  it('tells the partner why it was rejected', () => {
    const room = registry();
    room.submit(ours, us, submission, monday);
    expect(dealIn(room.reject(ours, later))).toMatchObject({ status: 'rejected', reason: 'No.', decidedBy: 'manager', decidedAt: later });
  });
});

describe('expire', () => {
  const end = instant('2026-06-01T04:00:00Z');
  const protectedDeal = () => {
    const room = registry();
    room.submit(ours, us, submission, monday);
    room.approve(ours, monday);
    return room;
  };

  it('is dated when it was due, whenever it is recorded', () => {
    for (const now of [end, end.add({ hours: 700 })]) {
      const room = protectedDeal();
      expect(room.expire(ours, now)).toMatchObject({ events: [{ type: 'DealExpired', at: end, data: {} }], deal: { status: 'expired' } });
    }
  });

  it('finds nothing to do before the end, a second time, or where nothing is protected', () => {
    const room = protectedDeal();
    expect(room.expire(ours, end.subtract({ milliseconds: 1 }))).toMatchObject({ events: [] });
    room.expire(ours, end);
    expect(room.expire(ours, end)).toMatchObject({ events: [] });
    expect(room.expire(theirs, end)).toMatchObject({ events: [] });
  });

  it('needs no sweep to make room: the next is first from the instant at which protection ends', () => {
    const room = protectedDeal();
    room.submit(theirs, them, submission, later);
    expect(refusalOf(room.approve(theirs, end.subtract({ milliseconds: 1 })))).toBe('not-first');
    expect(dealIn(room.approve(theirs, end)).status).toBe('approved');
    expect(room.dealOf(ours).status).toBe('approved');
  });
});

describe('win', () => {
  const approvedAt = instant('2026-03-03T03:30:00Z'); // still Monday in New York
  const won = (changes: Partial<Order> = {}, now = instant('2026-05-31T12:00:00Z'), { expired = false } = {}) => {
    const room = registry();
    room.submit(ours, us, submission, monday);
    room.approve(ours, approvedAt);
    if (expired) room.expire(ours, now);
    return room.win(ours, { ...order, ...changes }, now);
  };
  const [firstDay, lastDay] = [day('2026-03-02'), day('2026-05-31')];

  it('records the order under the offer that was fixed', () => {
    const answer = won();
    expect(dealIn(answer)).toMatchObject({ status: 'won', order, offer: { tier: 'authorized' } });
    expect(answer).toMatchObject({ events: [{ type: 'DealWon', data: { order, offer: { rule: '/dealRegistration/offers/0' }, by: 'partner' } }] });
  });

  it('counts the day of the order as the program counts days, from the day of approval to the last day of protection', () => {
    for (const orderedOn of [firstDay, lastDay]) expect(dealIn(won({ orderedOn })).status).toBe('won');
    const report = instant('2026-06-20T12:00:00Z');
    for (const orderedOn of [addDays(firstDay, -1), addDays(lastDay, 1)])
      expect(won({ orderedOn }, report)).toEqual({ refused: 'outside-protection', because: `Protection is from ${firstDay} to ${lastDay}.` });
  });

  it('takes a late report of an order within protection, whether or not the expiry was recorded', () => {
    const report = instant('2026-09-01T12:00:00Z');
    for (const expired of [true, false]) expect(dealIn(won({ orderedOn: lastDay }, report, { expired })).status).toBe('won');
  });

  it('takes no order of tomorrow, and tomorrow begins at midnight in New York', () => {
    const tomorrow = { orderedOn: day('2026-03-21') };
    expect(refusalOf(won(tomorrow, instant('2026-03-21T03:59:59Z')))).toBe('order-in-future');
    expect(dealIn(won(tomorrow, instant('2026-03-21T04:00:00Z'))).status).toBe('won');
  });

  it('is refused in another currency, of what is not there, not approved, or won already', () => {
    expect(refusalOf(won({ amount: money(1n, 'EUR') }))).toBe('other-currency');
    const room = registry();
    expect(refusalOf(room.win(ours, order, later))).toBe('not-found');
    room.submit(ours, us, submission, monday);
    expect(refusalOf(room.win(ours, order, later))).toBe('not-approved');
    room.approve(ours, monday);
    room.win(ours, order, instant('2026-03-20T12:00:00Z'));
    expect(refusalOf(room.win(ours, order, instant('2026-03-20T12:00:00Z')))).toBe('not-approved');
  });

  it('takes an order for one deal only, and only from a fulfiller that is enrolled', () => {
    const room = registry();
    const { registryId: _, ...byDomain } = submission.endCustomer;
    const endCustomer = { ...byDomain, domain: 'elsewhere.example' };
    room.submit(ours, us, submission, monday);
    room.submit(theirs, us, { ...submission, endCustomer }, monday);
    for (const id of [ours, theirs]) room.approve(id, monday);
    const when = instant('2026-03-20T12:00:00Z');
    expect(refusalOf(room.win(ours, order, when, false))).toBe('fulfiller-not-enrolled');
    expect(dealIn(room.win(ours, order, when)).status).toBe('won');
    expect(refusalOf(room.win(theirs, order, when))).toBe('order-taken');
    expect(dealIn(room.win(theirs, { ...order, orderNumber: 'PO-2' }, when)).status).toBe('won');
  });

  it('keeps the line until the end of protection: a won opportunity is not free', () => {
    const room = registry();
    room.submit(ours, us, submission, monday);
    room.approve(ours, monday);
    room.win(ours, order, instant('2026-03-20T12:00:00Z'));
    expect(conflictOf(room.submit(theirs, them, submission, instant('2026-03-21T12:00:00Z')))?.evidence).toHaveLength(2);
  });
});

describe('what a partner sees of a conflict', () => {
  it('is that there is one, and nothing more', () => {
    const room = registry();
    room.submit(ours, us, submission, monday);
    const second = dealIn(room.submit(theirs, them, submission, later));
    expect(dealFor({ sees: 'own' })(second).conflict).toEqual({});
    expect(dealFor({ sees: 'all' })(second)).toEqual(second);
    expect(dealFor({ sees: 'own' })(dealIn(room.ask(ours, later)))).not.toHaveProperty('conflict');
  });
});

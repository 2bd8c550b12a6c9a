import { addDays, type Day, dayOf, type Instant, instant } from '@echelon/calendar';
import { type DealSubmission, INFORMATION_MAX, MATCHES_MAX } from '@echelon/contracts/deals';
import { LINE_MAX } from '@echelon/decider';
import { money } from '@echelon/money';
import type { ProgramDocument } from '@echelon/program';
import { describe, expect, it } from 'vitest';
import { dealId, document, inForce, partnerId, programId, refusalOf, usd, versionId } from '../../../test/given.ts';
import {
  conflictOf,
  customer,
  dealIn,
  gone,
  later,
  leaving,
  monday,
  partnerAt,
  registry,
  standingOn,
  submission,
  suspended,
} from '../../../test/registry.ts';
import { says } from './alike.ts';
import { none } from './deal.ts';
import { likelyNamed } from './exclusion.ts';
import { allOf, opportunityKeys } from './lines.ts';
import { candidateKeys, UNDER_KEY_MAX } from './matching/keys.ts';
import { dealFor } from './views.ts';

const [ours, theirs, third] = [dealId(1), dealId(2), dealId(3)];
const [us, them, others] = [partnerId(1), partnerId(2), partnerId(3)];

const byDomain = customer({ domain: 'www.acme.example' });
const byRegistry = customer({ registryId: { scheme: 'DUNS', value: '123456789' } });
const byName = customer({ city: 'Dallas' });

/** The example under another deal policy. */
const under = (changes: Partial<ProgramDocument['dealRegistration']>) =>
  registry({ ...inForce, document: { ...document, dealRegistration: { ...document.dealRegistration, ...changes } } });

describe('submit', () => {
  it('registers the deal under the version in force, due after the business hours for approval', () => {
    const { events } = registry().submit(ours, us, submission, monday) as { events: unknown };
    expect(events).toEqual([
      {
        type: 'DealSubmitted',
        at: monday,
        // 16 hours from Monday ten o'clock: seven on Monday, eight on Tuesday, one on Wednesday.
        data: {
          ...{ partnerId: us, by: us, submission, dealType: 'net-new-logo', versionId: versionId(1) },
          dueAt: instant('2026-03-04T15:00:00Z'),
          keys: opportunityKeys(submission),
        },
      },
    ]);
  });

  it('stands in the line of every key of the opportunity, per product family, and of the name; and once in those of its group and of names that are alike', () => {
    const room = registry();
    room.submit(ours, us, { ...submission, productFamilies: ['storage', 'backup', 'storage'] }, monday);
    const place = (key: string) => `${programId(1)}#${key}`;
    const ofFamily = (family: string) => [`${family}#DUNS:123456789`, `${family}#domain:acme.example`].map(place);
    const names = ['backup', 'storage'].map((family) => place(`${family}#name:acme|US|dallas`));
    const alike = [place('group#DUNS:123456789'), ...candidateKeys(submission.endCustomer).map((key) => place(`alike#${key}`))];
    expect([...room.lines.keys()]).toEqual([...ofFamily('backup'), ...ofFamily('storage'), ...names, ...alike]);
    for (const { key, line, version } of room.lines.values()) {
      expect(line).toEqual([{ id: ours, by: us, ...(alike.includes(key) && { says: expect.stringContaining('"name":"Acme"') }) }]);
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

  it('does not meet another customer, another family, or another program', () => {
    const room = registry();
    room.submit(ours, us, submission, monday);
    room.partners.set(them, partnerAt(them, { enrollment: { programId: programId(2) } }));
    for (const [n, other] of [customer({ name: 'Other', domain: 'other.example' }), { ...submission, productFamilies: ['backup'] }].entries()) {
      const deal = dealIn(room.submit(dealId(10 + n), others, other, later));
      expect([deal.conflict, deal.matches]).toEqual([undefined, undefined]);
    }
    const elsewhere = dealIn(room.submit(theirs, them, { ...submission, programId: programId(2) }, later));
    expect([elsewhere.conflict, elsewhere.matches]).toEqual([undefined, undefined]);
  });

  it('is refused to a partner who stands in one of the strong lines already, first or not', () => {
    const room = registry();
    room.submit(ours, us, submission, monday);
    room.submit(theirs, them, submission, later);
    expect(refusalOf(room.submit(third, us, byDomain, later))).toBe('already-registered');
    expect(refusalOf(room.submit(third, them, byRegistry, later))).toBe('already-registered');
    expect(room.dealOf(third)).toEqual(none(third));
  });

  it('is refused where a line is full, and taken again when one of it has gone', () => {
    const [key = ''] = opportunityKeys(byDomain).strong;
    const until = '2026-03-02T15:00:00.000Z';
    const full = (last: { until?: string }) => {
      const room = registry();
      const line = Array.from({ length: LINE_MAX }, (_, n) => ({ id: dealId(100 + n), by: partnerId(100 + n), ...(n === 7 && last) }));
      room.lines.set(key, { key, version: 9, line });
      return room.submit(ours, us, byDomain, monday);
    };
    expect(refusalOf(full({}))).toBe('line-full');
    expect(refusalOf(full({ until }))).toBeUndefined();
  });
});

describe('a name', () => {
  it('is a match for a person, with the evidence, and no conflict', () => {
    const room = registry();
    room.submit(ours, us, byName, monday);
    const second = dealIn(room.submit(theirs, them, customer({ name: 'ACME ', city: 'Dallas', domain: 'acme.example' }), later));
    expect(second.conflict).toBeUndefined();
    expect(second.matches).toEqual([{ dealId: ours, partnerId: us, by: 'name' }]);
  });

  it('is no match where a strong key decides', () => {
    const room = registry();
    room.submit(ours, us, submission, monday);
    expect(dealIn(room.submit(theirs, them, submission, later)).matches).toBeUndefined();
  });

  it('is registered once by a partner for as long as that lives, per product family', () => {
    const room = registry();
    room.submit(ours, us, byName, monday);
    for (const again of [byName, submission]) expect(refusalOf(room.submit(theirs, us, again, later))).toBe('already-registered');
    expect(dealIn(room.submit(theirs, us, { ...byName, productFamilies: ['backup'] }, later)).matches).toBeUndefined();
    room.withdraw(ours, later);
    expect(dealIn(room.submit(third, us, byName, later)).matches).toBeUndefined();
  });

  const springfield = (registryId: string, domain?: string) =>
    customer({ name: 'City of Springfield', registryId: { scheme: 'DUNS', value: registryId }, ...(domain !== undefined && { domain }) });
  it.each([
    ['a registry id and a domain of its own', springfield('111111118', 'il.example'), springfield('222222226', 'mo.example')],
    ['a registry id of its own', springfield('111111118'), springfield('222222226', 'mo.example')],
    ['a domain of its own', customer({ domain: 'il.example' }), customer({ domain: 'mo.example' })],
  ])('of two customers is registered twice by one partner where each has %s, and a person looks', (_, one, other) => {
    const room = registry();
    room.submit(ours, us, one, monday);
    expect(dealIn(room.submit(theirs, us, other, later))).toMatchObject({ status: 'submitted', matches: [{ dealId: ours, by: 'name' }] });
    expect(refusalOf(room.submit(third, us, other, later))).toBe('already-registered');
  });

  it.each([
    ['of two kinds', springfield('111111118'), customer({ name: 'City of Springfield', domain: 'mo.example' })],
    ['on one side', customer({ name: 'City of Springfield' }), springfield('222222226', 'mo.example')],
    ['of a host', customer({ domain: 'il.wordpress.com' }), customer({ domain: 'mo.sharepoint.com' })],
  ])('is registered once by a partner where what could tell the two apart is %s', (_, one, other) => {
    const room = registry();
    room.submit(ours, us, one, monday);
    expect(refusalOf(room.submit(theirs, us, other, later))).toBe('already-registered');
  });
});

describe('a corporate group', () => {
  const parent = { scheme: 'DUNS', value: '111111112' } as const;
  const daughter = (name: string, families = ['storage']) => ({ ...customer({ name, corporateGroup: parent }), productFamilies: families });
  const itself = customer({ name: 'Acme Holding', registryId: parent });

  it.each([
    ['two daughters', daughter('Acme Iberia'), daughter('Acme Nordics')],
    ['the parent and a daughter', itself, daughter('Acme Nordics')],
    ['a daughter and the parent', daughter('Acme Iberia'), itself],
  ])('makes a match for a person of %s, and decides nothing', (_, first, second) => {
    const room = registry();
    room.submit(ours, us, first, monday);
    const late = dealIn(room.submit(theirs, them, second, later));
    expect([late.conflict, late.matches]).toEqual([undefined, [{ dealId: ours, partnerId: us, by: 'group' }]]);
    expect(refusalOf(room.approve(theirs, later))).toBe('match-undecided');
    expect(dealIn(room.match(theirs, ours, 'different', later)).matches).toMatchObject([{ by: 'group', decision: 'different' }]);
    expect(dealIn(room.approve(theirs, later)).status).toBe('approved');
  });

  it('is none where the product family is another, and none of a partner’s own', () => {
    const room = registry();
    room.submit(ours, us, daughter('Acme Iberia'), monday);
    expect(dealIn(room.submit(theirs, them, daughter('Acme Nordics', ['backup']), later)).matches).toBeUndefined();
    expect(dealIn(room.submit(third, us, daughter('Acme Gaul'), later)).matches).toBeUndefined();
  });

  it('that is full refuses nobody: who comes then is compared with those who are there', () => {
    const room = registry();
    const [key = ''] = opportunityKeys(daughter('Acme')).alike ?? [];
    const line = Array.from({ length: UNDER_KEY_MAX }, (_, n) => ({
      id: dealId(100 + n),
      by: partnerId(100 + n),
      says: says(daughter(`Acme ${n}`)),
    }));
    room.lines.set(key, { key, version: 9, line });
    const deal = dealIn(room.submit(ours, us, daughter('Acme'), monday));
    expect([deal.matches?.length, room.lines.get(key)?.line]).toEqual([MATCHES_MAX, line]);
    expect(deal.keys.alike).not.toContain(key);
  });
});

describe('what a partner sees', () => {
  const sees = dealFor({ sees: 'own' });
  it('of a conflict is that there is one, and of a match that somebody looks', () => {
    const room = registry();
    room.submit(ours, us, submission, monday);
    const second = dealIn(room.submit(theirs, them, submission, later));
    expect(sees(second).conflict).toEqual({});
    expect(dealFor({ sees: 'all' })(second)).toEqual(second);
    expect(sees(dealIn(room.ask(ours, later)))).not.toHaveProperty('conflict');
    const looked = sees(dealIn(room.submit(third, others, byName, later)));
    expect([looked.conflict, looked]).toEqual([{ underReview: true }, expect.not.objectContaining({ matches: expect.anything() })]);
  });

  it('of a deal that was transferred to it is nothing that its former partner answered, and what it answers itself', () => {
    const room = registry();
    room.submit(ours, us, submission, monday);
    room.ask(ours, monday);
    room.inform(ours, later);
    const asked = later.add({ hours: 1 });
    room.transfer(ours, them, asked);
    expect(sees(dealIn(room.ask(ours, asked)))).not.toHaveProperty('information');
    expect(sees(dealIn(room.inform(ours, asked))).information).toHaveLength(1);
    expect(dealFor({ sees: 'all' })(dealIn(room.overdue(ours, asked))).information).toHaveLength(2);
  });

  it('of a match that was decided is a conflict, or nothing', () => {
    const room = registry();
    room.submit(ours, us, byName, monday);
    room.submit(theirs, them, byName, later);
    expect(sees(dealIn(room.match(theirs, ours, 'different', later)))).not.toHaveProperty('conflict');
    expect(sees(dealIn(room.match(theirs, ours, 'same-customer', later))).conflict).toEqual({});
  });
});

describe('a submission is excluded', () => {
  const at = partnerAt(us);
  const enrolled = (enrollment: Parameters<typeof partnerAt>[1] & object) => partnerAt(us, enrollment);
  it.each([
    ['not-enrolled', enrolled({ enrollment: { programId: programId(9) } }), {}, ''],
    ['not-enrolled', undefined, {}, ''],
    ['partner-suspended', suspended(at, monday), {}, 'suspended since 2026-03-02T15:00:00Z'],
    ['partner-suspended', leaving(at, monday), {}, 'leaving since'],
    ['partner-suspended', gone(at, monday), {}, 'left at'],
    ['outside-territory', enrolled({ enrollment: { territories: ['DE', 'AT'] } }), {}, 'DE, AT; the end customer is in US'],
    ['not-authorised', enrolled({ enrollment: { productFamilies: ['backup'] } }), {}, '"storage"'],
    ['route-not-open', enrolled({ enrollment: { ladders: ['services'] } }), {}, 'is for partners on ladder "reseller"'],
    ['other-currency', at, { amount: money(9_000_000n, 'EUR') }, '/currency'],
    ['below-minimum', at, { amount: money(999_999n, 'USD') }, '10,000.00 USD; this is 9,999.99 USD (/dealRegistration/minimumAmount'],
    ['unknown-product-family', at, { productFamilies: ['storage', 'printers'] }, '"printers"'],
    ['domain-not-registrable', at, { endCustomer: { name: 'A', country: 'US', domain: 'co.uk' } }, 'co.uk'],
    ['rfp-published', at, { rfpPublished: true }, '/dealRegistration/exclusions/0'],
    ['vendor-engaged', at, { vendorEngaged: true }, '/dealRegistration/exclusions/1'],
    ['named-account', at, { endCustomer: { name: 'A', country: 'US', domain: 'shop.named-account.example' } }, '/dealRegistration/namedAccounts/0'],
    ['named-account', at, { endCustomer: { name: 'A', country: 'US', registryId: { scheme: 'DUNS', value: '999999998' } } }, 'namedAccounts/0'],
    [
      'named-account',
      at,
      { endCustomer: { name: 'A', country: 'US', corporateGroup: { scheme: 'DUNS', value: '999999998' } } },
      '/dealRegistration/namedAccounts/0',
    ],
    ['fulfiller-missing', at, { route: 'distributor' }, ''],
    ['fulfiller-is-partner', at, { route: 'distributor', fulfilledBy: us }, ''],
    ['fulfiller-not-enrolled', at, { route: 'distributor', fulfilledBy: partnerId(77) }, ''],
  ] as const)('as %s', (reason, partner, changes, because) => {
    const room = registry();
    if (partner) room.partners.set(us, partner);
    else room.partners.delete(us);
    const answer = room.submit(ours, us, { ...submission, ...(changes as Partial<DealSubmission>) }, monday);
    expect(refusalOf(answer)).toBe(reason);
    if (because !== '') expect(answer).toMatchObject({ because: expect.stringContaining(because) });
  });

  it('by the version in force, and not where the program does not exclude it', () => {
    expect(refusalOf(under({ exclusions: [] }).submit(ours, us, { ...submission, rfpPublished: true }, monday))).toBeUndefined();
    const room = registry();
    room.world.program = undefined as never;
    expect(refusalOf(room.submit(ours, us, submission, monday))).toBe('program-not-in-force');
  });

  it('where no tier of the partner gives what the family asks for, and not where one does', () => {
    const [storage, ...rest] = document.productFamilies;
    const families = [{ ...storage, key: 'storage', name: 'Storage', benefit: 'advisory-board' }, ...rest];
    const room = registry({ ...inForce, document: { ...document, productFamilies: families } });
    expect(room.submit(ours, us, submission, monday)).toMatchObject({
      refused: 'not-authorised',
      because: expect.stringContaining('"authorized", gives what the family asks for (/productFamilies/0/benefit'),
    });
    room.standings.set(us, standingOn('a-tier-of-old', us));
    expect(refusalOf(room.submit(ours, us, submission, monday))).toBe('standing-unsettled');
    room.standings.set(us, standingOn('elite', us));
    expect(refusalOf(room.submit(ours, us, submission, monday))).toBeUndefined();
  });

  it('as a named account whose domain others share, for the account itself, and none of its subscribers', () => {
    const named = (name: string) =>
      refusalOf(
        under({ namedAccounts: [{ name: 'Telstra', registryIds: [], domains: ['telstra.com'] }] }).submit(
          ours,
          us,
          { ...submission, endCustomer: { name, country: 'AU', domain: 'telstra.com' } },
          monday,
        ),
      );
    expect([named('Telstra Corporation Limited'), named('Smith Plumbing')]).toEqual(['named-account', undefined]);
  });

  it('once a migration keeps the benefit of a tier that was held before no more, and until then not', () => {
    const [storage, ...rest] = document.productFamilies;
    const families = [{ ...storage, key: 'storage', name: 'Storage', benefit: 'advisory-board' }, ...rest];
    const until = dayOf(monday, document.timeZone);
    const refused = (now: Instant) => {
      const room = registry({ ...inForce, document: { ...document, productFamilies: families } });
      room.world.before = inForce;
      const grandfathered = { until, versionId: inForce.versionId, held: [{ ladder: 'reseller', tier: 'elite' }] };
      room.standings.set(us, { ...standingOn('authorized', us), grandfathered });
      return refusalOf(room.submit(ours, us, submission, now));
    };
    expect([refused(monday), refused(monday.add({ hours: 24 }))]).toEqual([undefined, 'not-authorised']);
  });

  it('before a benefit that the family asks for is in force, and once it is, not', () => {
    const [storage, ...rest] = document.productFamilies;
    const families = [{ ...storage, key: 'storage', name: 'Storage', benefit: 'advisory-board' }, ...rest];
    const refused = (from: Day) => {
      const benefits = document.benefits.map((one) => (one.key === 'advisory-board' ? { ...one, from } : one));
      const room = registry({ ...inForce, document: { ...document, productFamilies: families, benefits } });
      room.standings.set(us, standingOn('elite', us));
      return refusalOf(room.submit(ours, us, submission, monday));
    };
    const today = dayOf(monday, document.timeZone);
    expect([refused(addDays(today, 1)), refused(today)]).toEqual(['not-authorised', undefined]);
  });

  it('where a distributor is named that is suspended; one that is at work is taken', () => {
    const room = registry();
    const named = { ...submission, route: 'distributor', fulfilledBy: them } as const;
    room.partners.set(them, suspended(partnerAt(them), monday));
    expect(refusalOf(room.submit(ours, us, named, monday))).toBe('fulfiller-not-enrolled');
    room.partners.set(them, partnerAt(them));
    expect(dealIn(room.submit(ours, us, named, monday))).toMatchObject({ fulfilledBy: them });
  });
});

describe('the policy approves at once', () => {
  const autoApproval = { amountMax: usd(50_000), segments: ['smb' as const], productFamilies: ['storage'] };
  const small = { ...submission, segment: 'smb' as const };
  const statusOf = (changes: Partial<DealSubmission>, before?: DealSubmission) => {
    const room = under({ autoApproval });
    if (before) room.submit(theirs, them, before, monday);
    return dealIn(room.submit(ours, us, { ...small, ...changes }, later)).status;
  };

  it('with its rule, the offer of that day, and protection in every line', () => {
    const room = under({ autoApproval });
    room.standings.set(us, standingOn('preferred', us));
    const answer = room.submit(ours, us, small, monday);
    const protectedUntil = instant('2026-06-01T04:00:00Z');
    expect(answer).toMatchObject({
      events: [
        { type: 'DealSubmitted' },
        { type: 'DealApproved', data: { by: 'policy', rule: '/dealRegistration/autoApproval', offer: { tier: 'preferred' }, protectedUntil } },
      ],
    });
    expect(dealIn(answer)).toMatchObject({ status: 'approved', decidedBy: 'policy' });
    for (const { line } of allLines(room)) expect(line).toMatchObject([{ id: ours, by: us, until: '2026-06-01T04:00:00.000Z' }]);
  });
  const allLines = (room: ReturnType<typeof registry>) => allOf(opportunityKeys(submission)).map((key) => room.lines.get(key) ?? { line: [] });

  it.each([
    ['all that it asks for', {}, 'approved'],
    ['a cent more', { amount: money(5_000_001n, 'USD') }, 'submitted'],
    ['another segment', { segment: 'enterprise' }, 'submitted'],
    ['a family that is not listed', { productFamilies: ['storage', 'backup'] }, 'submitted'],
  ] as const)('or not: %s', (_, changes, status) => {
    expect(statusOf({ ...changes } as Partial<DealSubmission>)).toBe(status);
  });

  it.each([
    ['is called', { name: 'CARGILL' }],
    ['is called but for its legal form', { name: 'Cargill, Inc.', city: 'Wayzata' }],
  ])('nothing of a customer that %s like a named account, whatever was left out; a person may', (_, known) => {
    const namedAccounts = [{ name: 'Cargill', registryIds: [], domains: ['cargill.example'] }];
    const room = under({ autoApproval, namedAccounts });
    const deal = dealIn(room.submit(ours, us, { ...small, endCustomer: customer(known).endCustomer }, monday));
    expect(deal.status).toBe('submitted');
    expect(likelyNamed(deal, room.world.program)).toEqual([
      { name: 'Cargill', versionId: versionId(1), rule: '/dealRegistration/namedAccounts/0', sentence: expect.stringContaining('same name') },
    ]);
    expect(dealFor({ sees: 'own' })(deal)).toEqual(deal);
    expect(dealIn(room.approve(ours, later)).status).toBe('approved');
  });

  it('nothing that says no segment, meets a conflict, or has a match to look at', () => {
    const room = under({ autoApproval });
    expect(dealIn(room.submit(ours, us, submission, monday)).status).toBe('submitted');
    expect(statusOf({}, byDomain)).toBe('submitted');
    expect(statusOf({}, byName)).toBe('submitted');
    expect(statusOf({}, customer({ name: 'Else' }))).toBe('approved');
  });
});

describe('asking for information', () => {
  it('keeps the last questions with their answers for whoever decides, and after', () => {
    const room = registry();
    room.submit(ours, us, submission, monday);
    const asked = Array.from({ length: INFORMATION_MAX + 1 }, (_, n) => later.add({ minutes: n }));
    for (const at of asked) {
      room.ask(ours, at);
      room.inform(ours, at.add({ seconds: 1 }), us);
    }
    const { information } = dealIn(room.approve(ours, later.add({ hours: 1 })));
    const kept = asked.slice(1).map((askedAt) => ({ question: 'Why?', askedAt, answer: 'So.', suppliedAt: askedAt.add({ seconds: 1 }) }));
    expect(information).toEqual(kept);
  });

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

  it('after the hours were up says first that they were, dated when, and once', () => {
    const room = registry();
    const submitted = dealIn(room.submit(ours, us, submission, monday));
    if (submitted.status !== 'submitted') throw new Error(submitted.status);
    const { dueAt } = submitted;
    expect(room.ask(ours, dueAt.add({ hours: 1 }))).toMatchObject({
      events: [{ type: 'DealDecisionOverdue', at: dueAt, data: { dueAt } }, { type: 'DealInformationRequested' }],
      deal: { status: 'information-requested', overdue: true },
    });
    const answered = dueAt.add({ hours: 2 });
    expect(room.inform(ours, answered)).toMatchObject({ deal: { status: 'submitted', overdue: true } });
    expect(room.overdue(ours, answered.add({ hours: 900 }))).toMatchObject({ events: [] });
  });

  it('is refused of what is not there or not open, and an answer to what was not asked or by who only fulfils', () => {
    const room = registry();
    expect(refusalOf(room.ask(ours, later))).toBe('not-found');
    expect(refusalOf(room.inform(ours, later))).toBe('not-found');
    room.submit(ours, us, submission, monday);
    expect(refusalOf(room.inform(ours, later))).toBe('nothing-asked');
    room.ask(ours, later);
    expect(refusalOf(room.ask(ours, later))).toBe('not-open');
    expect(refusalOf(room.inform(ours, later, them))).toBe('forbidden');
    room.reject(ours, later);
    expect(refusalOf(room.ask(ours, later))).toBe('not-open');
    expect(refusalOf(room.inform(ours, later))).toBe('nothing-asked');
  });
});

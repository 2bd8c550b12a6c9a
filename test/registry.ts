/** Deals and the lines they stand in, in memory: what table and transaction do for the commands, without either. */
import { day, type Instant, instant } from '@echelon/calendar';
import type { DealRegistration, DealSubmission, EndCustomer, LineKeys, Order, OrderAmendment } from '@echelon/contracts/deals';
import type { DealId, PartnerId } from '@echelon/contracts/ids';
import type { Asset, Enrollment, Partner } from '@echelon/contracts/partners';
import type { InForce } from '@echelon/contracts/programs';
import type { Standing } from '@echelon/contracts/tiering';
import { type Claim, type Decision, refuse } from '@echelon/decider';
import { pairOf, type Remembered } from '../services/deals/src/alike.ts';
import { approve, candidatesOf, decideMatch, findOverdue, reject } from '../services/deals/src/approval.ts';
import { type Deal, type DealEvent, evolve, none } from '../services/deals/src/deal.ts';
import { allOf, keysNow, type Lines, type Looking, matchesIn, opportunityKeys, orderKey } from '../services/deals/src/lines.ts';
import { amendOrder, cancelOrder, creditInfluence, win } from '../services/deals/src/order.ts';
import { close, expire, extend, lose, transfer, withdraw } from '../services/deals/src/protection.ts';
import { lookingFor, requestInformation, submit, supplyInformation } from '../services/deals/src/submission.ts';
import { evolve as evolvePartner, type PartnerEvent } from '../services/partners/src/partner/partner.ts';
import { inForce, partnerId as numbered, programId, standingId, usd, versionId } from './given.ts';

/** Monday, ten in the morning in New York, where the example's business hours are nine to five. */
export const monday = instant('2026-03-02T15:00:00Z');
export const later = monday.add({ hours: 1 });

const endCustomer: EndCustomer = {
  ...{ name: 'Acme', country: 'US', city: 'Dallas' },
  ...{ registryId: { scheme: 'DUNS', value: '123456789' }, domain: 'acme.example' },
};
export const submission: DealSubmission = {
  programId: programId(1),
  endCustomer,
  productFamilies: ['storage'],
  amount: usd(50_000),
  expectedCloseOn: day('2026-05-01'),
  route: 'reseller',
};
/** For an end customer that is known by no more than is said. */
export const customer = (known: Partial<EndCustomer>): DealSubmission => ({
  ...submission,
  endCustomer: { name: 'Acme', country: 'US', ...known },
});

export type Answer = { readonly deal: Deal; readonly events: readonly DealEvent[] } | { readonly refused: string; readonly because?: string };

export const dealIn = (answer: Answer): DealRegistration => {
  if ('refused' in answer) throw new Error(`refused: ${answer.refused} ${answer.because ?? ''}`);
  if (answer.deal.status === 'none') throw new Error('nothing was decided');
  return answer.deal;
};
export const conflictOf = (answer: Answer) => dealIn(answer).conflict;

export const MANAGER = 'manager';

export const enrollment: Enrollment = {
  programId: programId(1),
  businessModels: ['reseller'],
  ladders: ['reseller'],
  enrolledOn: day('2026-01-05'),
};

const since = instant('2026-01-05T12:00:00Z');

/** A partner at work in the program, or however it is said to be. */
export const partnerAt = (id: PartnerId, changes: { readonly enrollment?: Partial<Enrollment> } = {}): Extract<Partner, { status: 'admitted' }> => ({
  status: 'admitted',
  id,
  ...{ legalName: `Partner ${id.slice(-2)}`, country: 'US', city: 'Austin' },
  ...{ appliedBy: 'applicant', appliedAt: since, vettedBy: MANAGER, vettedAt: since },
  ...{ agreement: 'Partner Agreement 2026', admittedAt: since },
  enrollments: [{ ...enrollment, ...changes.enrollment }],
  specializations: [],
});
export const suspended = (partner: ReturnType<typeof partnerAt>, suspendedAt: Instant): Partner => ({
  ...partner,
  ...{ status: 'suspended', suspendedAt, reason: 'Unpaid invoices.' },
});
interface Before {
  /** It was suspended when it began to leave. */
  readonly suspendedAt?: Instant;
}
export const leaving = (partner: ReturnType<typeof partnerAt>, offboardingSince: Instant, before: Before = {}): Partner => ({
  ...partner,
  ...{ status: 'offboarding', ...before, offboardingSince, reason: 'Asked to leave.' },
});
export const gone = (partner: ReturnType<typeof partnerAt>, leftAt: Instant, before: Before = {}): Partner => ({
  ...partner,
  ...{ status: 'left', ...before, leftAt },
});

/** A standing with that tier on the one ladder of the example. */
export const standingOn = (tier: string, partner: PartnerId): Standing => ({
  ...{ status: 'official', id: standingId(1), programId: programId(1), partnerId: partner, versionId: versionId(1) },
  positions: [
    {
      ...{ ladder: 'reseller', tier, since: day('2026-01-05'), attained: tier },
      ...{ settled: { tier, on: day('2026-01-05') }, reviewOn: day('2027-01-01') },
    },
  ],
  facts: { revenue: [], certifications: [], specializations: [], engagements: [], targets: [], nominations: [] },
});

export const registry = (program: InForce = inForce) => {
  const histories = new Map<DealId, readonly DealEvent[]>();
  const deals = new Map<DealId, Deal>();
  const lines = new Map<string, Claim>();
  const decisions = new Map<string, Remembered>();
  const partners = new Map<PartnerId, Partner>([1, 2, 3, 4, 5].map((n) => [numbered(n), partnerAt(numbered(n))]));
  const standings = new Map<PartnerId, Standing>();
  const assets: Asset[] = [];
  const world: { program: InForce; before?: InForce } = { program };

  const dealOf = (id: DealId): Deal => deals.get(id) ?? none(id);
  const read = (keys: readonly string[]): Claim[] => keys.map((key) => lines.get(key) ?? { key, version: 0, line: [] });
  const linesFor = ({ strong, names, alike = [] }: LineKeys): Lines => ({ strong: read(strong), names: read(names), alike: read(alike) });
  const linesOf = ({ keys }: DealRegistration): Lines => linesFor(keys);
  const matched = (looking: Looking, keys: LineKeys, now: Instant) => {
    const found = linesFor(keys);
    const known = matchesIn(found, looking, now).flatMap(({ dealId, endCustomer }) => {
      const decision = endCustomer && decisions.get(pairOf(looking.endCustomer, endCustomer) ?? '');
      return decision ? [[dealId, decision] as const] : [];
    });
    return { lines: found, memory: new Map(known) };
  };
  const of = (id: PartnerId) => ({ partner: partners.get(id), standing: standings.get(id), ...(world.before && { before: world.before }) });

  const commit = (id: DealId, decision: Decision<DealEvent, string>): Answer => {
    if ('refused' in decision) return decision;
    if (decision.events.length === 0) return { deal: dealOf(id), events: [] };
    const deal = decision.events.reduce(evolve, dealOf(id));
    for (const claim of decision.claims ?? []) lines.set(claim.key, { ...claim, version: claim.version + 1 });
    deals.set(id, deal);
    for (const { type, data } of decision.events)
      if (type === 'DealMatchDecided' && data.endCustomer && deal.status !== 'none') {
        const pair = pairOf(deal.endCustomer, data.endCustomer);
        if (pair)
          decisions.set(pair, {
            decision: data.decision,
            reason: data.reason,
            decidedBy: data.by,
            ...(data.matchedBy && { matchedBy: data.matchedBy }),
          });
      }
    histories.set(id, [...(histories.get(id) ?? []), ...decision.events]);
    return { deal, events: decision.events };
  };
  const onDeal = (id: DealId, decide: (deal: DealRegistration) => Decision<DealEvent, string>): Answer => {
    const deal = dealOf(id);
    return commit(id, deal.status === 'none' ? refuse('not-found') : decide(deal));
  };
  const linesNow = (deal: DealRegistration): Lines => linesFor(keysNow(deal));
  const decision = (deal: DealRegistration, now: Instant) => ({
    program: world.program,
    ...of(deal.partnerId),
    ...matched(deal, keysNow(deal), now),
  });

  return {
    ...{ deals, histories, lines, partners, standings, assets, decisions, world, dealOf },
    linesOf: (id: DealId): readonly Claim[] => {
      const deal = dealOf(id);
      return deal.status === 'none' ? [] : allOf(linesOf(deal));
    },
    /** What partners says of a partner, as its state follows from it. */
    heard: (id: PartnerId, event: PartnerEvent): void => {
      const partner = evolvePartner(partners.get(id) ?? partnerAt(id), event);
      if (partner.status !== 'none') partners.set(id, partner);
    },
    submit: (id: DealId, partner: PartnerId, submission: DealSubmission, now: Instant): Answer => {
      const { fulfilledBy } = submission;
      const facts = {
        ...{ program: world.program, ...of(partner), ...matched(lookingFor(id, partner, submission), opportunityKeys(submission), now) },
        fulfiller: fulfilledBy === undefined ? undefined : partners.get(fulfilledBy),
        assets,
      };
      return commit(id, submit({ submission, partnerId: partner, by: partner, party: partner, now })(dealOf(id), facts));
    },
    ask: (id: DealId, now: Instant) => onDeal(id, requestInformation({ question: 'Why?', by: MANAGER, now })),
    inform: (id: DealId, now: Instant, party?: PartnerId) =>
      onDeal(id, (deal) => supplyInformation({ answer: 'So.', by: 'partner', party, now })(deal, world.program)),
    match: (id: DealId, other: DealId, verdict: 'same-customer' | 'different', now: Instant, reason = 'I know them.') =>
      onDeal(id, (deal) => decideMatch({ other, decision: verdict, reason, by: MANAGER, now })(deal, linesNow(deal))),
    /** What whoever decides sees. */
    candidates: (id: DealId, now: Instant) => {
      const deal = dealOf(id);
      return deal.status === 'none' ? [] : candidatesOf(deal, matched(deal, keysNow(deal), now), now);
    },
    approve: (id: DealId, now: Instant, by = MANAGER) => onDeal(id, (deal) => approve({ by, now })(deal, decision(deal, now))),
    reject: (id: DealId, now: Instant) => onDeal(id, (deal) => reject({ reason: 'No.', by: MANAGER, now })(deal, decision(deal, now))),
    withdraw: (id: DealId, now: Instant, party?: PartnerId) => onDeal(id, (deal) => withdraw({ by: 'partner', party, now })(deal, linesOf(deal))),
    extend: (id: DealId, now: Instant, party?: PartnerId) =>
      onDeal(id, (deal) => extend({ reason: 'Slow budget.', by: 'partner', party, now })(deal, { ...decision(deal, now), lines: linesOf(deal) })),
    transfer: (id: DealId, to: PartnerId, now: Instant) =>
      onDeal(id, (deal) =>
        transfer({ to, reason: 'They agreed.', by: MANAGER, now })(deal, { ...decision(deal, now), ...of(to), lines: linesOf(deal), assets }),
      ),
    lose: (id: DealId, now: Instant, party?: PartnerId) =>
      onDeal(id, (deal) => lose({ reason: 'No budget.', by: 'partner', party, now })(deal, linesOf(deal))),
    expire: (id: DealId, now: Instant) => onDeal(id, expire({ now })),
    overdue: (id: DealId, now: Instant) => onDeal(id, findOverdue({ now })),
    close: (id: DealId, now: Instant) =>
      onDeal(id, (deal) =>
        close({ now })(deal, { partner: partners.get(deal.partnerId), policy: world.program.document.dealRegistration, lines: linesOf(deal) }),
      ),
    win: (id: DealId, order: Order, now: Instant, party?: PartnerId): Answer =>
      onDeal(id, (deal) => {
        const [line = { key: '', version: 0, line: [] }] = read([orderKey(programId(1), order)]);
        const facts = { program: world.program, onTheDay: world.program, partner: partners.get(deal.partnerId), line };
        return win({ order, by: 'partner', party, now })(deal, { ...facts, fulfiller: partners.get(order.fulfilledBy) });
      }),
    amend: (id: DealId, terms: OrderAmendment, now: Instant) => onDeal(id, (deal) => amendOrder({ terms, by: 'billing', now })(deal, world.program)),
    cancel: (id: DealId, now: Instant) => onDeal(id, (deal) => cancelOrder({ reason: 'Budget cut.', by: 'billing', now })(deal, linesOf(deal))),
    influence: (id: DealId, partner: PartnerId, salesPlay: string, now: Instant) =>
      onDeal(id, (deal) =>
        creditInfluence({ partnerId: partner, salesPlay, reason: 'Ran the workshop.', by: MANAGER, now })(deal, {
          program: world.program,
          partner: partners.get(partner),
        }),
      ),
  };
};

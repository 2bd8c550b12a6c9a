/** Random histories of several partners who want customers that overlap, by every command, and a room to take them in. */
import { day, Instant, instant, isBefore } from '@echelon/calendar';
import type { DealSubmission } from '@echelon/contracts/deals';
import type { VersionId } from '@echelon/contracts/ids';
import type { InForce } from '@echelon/contracts/programs';
import { live } from '@echelon/decider';
import { money, type Rate, rate } from '@echelon/money';
import * as fc from 'fast-check';
import * as z from 'zod';
import { dealId, document, partnerId, programId, usd, versionId } from '../../../test/given.ts';
import { type Answer, registry } from '../../../test/registry.ts';

/** Of the versions that may follow one another; all but the first round what they credit. */
const shares = ['1', '0.333333333333', '0.0125', '0.00000777'].map(rate);

export const shareIn = (version: VersionId | undefined): Rate => shares.find((_, n) => versionId(n + 1) === version) ?? rate('0');

/** Approves small ones at once, and closes the deals of whoever is suspended or has left. */
const programOf = (version: number): InForce => ({
  versionId: versionId(version),
  document: {
    ...document,
    dealRegistration: {
      ...document.dealRegistration,
      autoApproval: { amountMax: usd(10_000), segments: ['smb'], productFamilies: ['storage'] },
      accountTeamCredit: shares[version - 1] ?? rate('0'),
      suspension: { openDeals: 'close' },
      leaving: { openDeals: 'close' },
    },
  },
});

/** Few values each, so that they overlap in one key, in some, in all, or in none. */
const submissions: fc.Arbitrary<DealSubmission> = fc.record(
  {
    programId: fc.constant(programId(1)),
    endCustomer: fc.record(
      {
        name: fc.constantFrom('Acme', 'ACME!', 'Other'),
        country: fc.constant('US'),
        registryId: fc.constantFrom('111111112', '222222223').map((value) => ({ scheme: 'DUNS' as const, value })),
        domain: fc.constantFrom('a.example', 'www.b.example', 'gmail.com'),
        corporateGroup: fc.constantFrom('222222223', '333333334', '444444445', '555555556').map((value) => ({ scheme: 'DUNS' as const, value })),
      },
      { requiredKeys: ['name', 'country'] },
    ),
    productFamilies: fc.constantFrom(['storage'], ['backup'], ['storage', 'backup'], ['backup', 'storage', 'backup']),
    amount: fc.constantFrom(usd(10_000), usd(250_000)),
    expectedCloseOn: fc.constant(day('2026-05-01')),
    route: fc.constantFrom('reseller' as const, 'service-provider' as const),
    segment: fc.constant('smb' as const),
  },
  { requiredKeys: ['programId', 'endCustomer', 'productFamilies', 'amount', 'expectedCloseOn', 'route'] },
);

/** Hours gone by since the step before: none, a few, or long enough for protection to end. */
const hours = fc.constantFrom(0, 0, 0, 0, 1, 30, 95 * 24);
const acts = {
  ...{ approve: 6, ask: 1, inform: 2, 'same-customer': 1, different: 3, reject: 1, withdraw: 1, extend: 2, transfer: 2, lose: 1 },
  ...{
    'extend-under-way': 1,
    expire: 1,
    overdue: 1,
    close: 2,
    win: 4,
    amend: 2,
    cancel: 3,
    influence: 8,
    suspend: 1,
    reinstate: 2,
    'begin-leaving': 1,
    leave: 1,
    publish: 2,
  },
} as const;
const weighted = Object.entries(acts).flatMap(([act, weight]) => Array<keyof typeof acts>(weight).fill(act as keyof typeof acts));
const DEALS = 4;
const PARTNERS = 4;
const numbers = fc.integer({ min: 1, max: DEALS });
export const histories = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: fc.record({ hours, submission: submissions, by: fc.integer({ min: 1, max: PARTNERS }).map(partnerId) }) },
    { weight: 2, arbitrary: fc.record({ hours, act: fc.constantFrom(...weighted), id: numbers.map(dealId), other: numbers }) },
  ),
  { minLength: 1, maxLength: 80, size: 'max' },
);
type Step = typeof histories extends fc.Arbitrary<(infer One)[]> ? One : never;
type Room = ReturnType<typeof registry>;

const said = { reason: 'So it is.', by: 'manager' };
/** What partners says when a partner's standing turns, and of whom it may. */
const turns = {
  suspend: { from: ['admitted'], event: (at: Instant) => ({ type: 'PartnerSuspended', at, data: said }) as const },
  reinstate: { from: ['suspended', 'offboarding'], event: (at: Instant) => ({ type: 'PartnerReinstated', at, data: said }) as const },
  'begin-leaving': { from: ['admitted', 'suspended'], event: (at: Instant) => ({ type: 'PartnerOffboardingBegun', at, data: said }) as const },
  leave: { from: ['offboarding'], event: (at: Instant) => ({ type: 'PartnerLeft', at, data: { by: 'manager' } }) as const },
};

const take = (room: Room, step: Step, now: Instant): Answer => {
  if ('submission' in step) return room.submit(dealId(room.deals.size + 1), step.by, step.submission, now);
  const { act, id, other } = step;
  switch (act) {
    case 'win': {
      const orderedOn = now.toZonedDateTimeISO('America/New_York').toPlainDate();
      return room.win(id, { orderNumber: `PO-${other}`, orderedOn, amount: usd(7 * other), fulfilledBy: partnerId(1) }, now);
    }
    case 'amend':
      return room.amend(id, { amount: money(BigInt(other) * 333n, 'USD'), reason: 'Fewer.' }, now);
    case 'influence':
      return room.influence(id, partnerId(other), 'ransomware-recovery', now);
    case 'extend-under-way': {
      const deal = room.dealOf(id);
      const ended = deal.status === 'approved' && !isBefore(now, deal.protectedUntil);
      return room.extend(id, ended ? deal.protectedUntil.subtract({ milliseconds: 1 }) : now);
    }
    case 'same-customer':
    case 'different':
      return room.match(id, dealId(other), act, now);
    case 'transfer':
      return room.transfer(id, partnerId(other), now);
    case 'publish':
      room.world.program = programOf(other);
      return { deal: room.dealOf(id), events: [] };
    case 'suspend':
    case 'reinstate':
    case 'begin-leaving':
    case 'leave': {
      const { from, event } = turns[act];
      const partner = partnerId(other);
      if (from.includes(room.partners.get(partner)?.status ?? 'unknown')) room.heard(partner, event(now));
      return { deal: room.dealOf(id), events: [] };
    }
    default:
      return room[act](id, now);
  }
};

/** The lines of opportunities; those of order numbers are another kind. */
const linesAt = (room: Room, now: Instant) =>
  new Map(
    [...room.lines.values()].filter(({ key }) => !key.startsWith('order#')).map((claim) => [claim.key, live(claim, z.encode(Instant, now))] as const),
  );
type Lines = ReturnType<typeof linesAt>;
export interface Seen {
  readonly room: Room;
  readonly now: Instant;
  readonly step: Step;
  readonly answer: Answer;
  readonly before: Lines;
  readonly after: Lines;
}
/** Runs a history, and looks at the room before and after each of its steps, at the time of the step. */
export const run = (history: readonly Step[], look: (seen: Seen) => void = () => {}): Room => {
  const room = registry(programOf(1));
  let now = instant('2026-03-02T15:00:00Z');
  for (const step of history) {
    now = now.add({ hours: step.hours });
    const before = linesAt(room, now);
    const answer = take(room, step, now);
    look({ room, now, step, answer, before, after: linesAt(room, now) });
  }
  return room;
};

/** Random histories of several partners who want customers that overlap, by every command: what holds of each of them. */
import { day, Instant, instant, isBefore } from '@echelon/calendar';
import { DealRegistration, type DealSubmission, dealEvents } from '@echelon/contracts/deals';
import type { InForce } from '@echelon/contracts/programs';
import { live } from '@echelon/decider';
import { add } from '@echelon/money';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { dealId, document, inForce, partnerId, programId, usd } from '../../../test/given.ts';
import { type Answer, partnerAt, registry, suspended } from '../../../test/registry.ts';
import { type Deal, type DealEvent, evolve, none } from './deal.ts';
import { allOf, opportunityKeys } from './lines.ts';

/** Approves small ones at once, and closes the deals of whoever is suspended. */
const program: InForce = {
  ...inForce,
  document: {
    ...document,
    dealRegistration: {
      ...document.dealRegistration,
      autoApproval: { amountMax: usd(10_000), segments: ['smb'], productFamilies: ['storage'] },
      suspension: { openDeals: 'close' },
    },
  },
};

/** Few values each, so that they overlap in one key, in some, in all, or in none. */
const submissions: fc.Arbitrary<DealSubmission> = fc.record(
  {
    programId: fc.constant(programId(1)),
    endCustomer: fc.record(
      {
        name: fc.constantFrom('Acme', 'ACME!', 'Other'),
        country: fc.constant('US'),
        registryId: fc.constantFrom('111111111', '222222222').map((value) => ({ scheme: 'DUNS' as const, value })),
        domain: fc.constantFrom('a.example', 'www.b.example', 'gmail.com'),
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
  ...{ expire: 1, overdue: 1, close: 2, win: 4, amend: 2, cancel: 2, influence: 4, suspend: 1, reinstate: 2 },
} as const;
const weighted = Object.entries(acts).flatMap(([act, weight]) => Array<keyof typeof acts>(weight).fill(act as keyof typeof acts));
const DEALS = 4;
const PARTNERS = 4;
const numbers = fc.integer({ min: 1, max: DEALS });
const histories = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: fc.record({ hours, submission: submissions, by: fc.integer({ min: 1, max: PARTNERS }).map(partnerId) }) },
    { weight: 2, arbitrary: fc.record({ hours, act: fc.constantFrom(...weighted), id: numbers.map(dealId), other: numbers }) },
  ),
  { minLength: 1, maxLength: 80, size: 'max' },
);
type Step = typeof histories extends fc.Arbitrary<(infer One)[]> ? One : never;
type Room = ReturnType<typeof registry>;

const take = (room: Room, step: Step, now: Instant): Answer => {
  if ('submission' in step) return room.submit(dealId(room.deals.size + 1), step.by, step.submission, now);
  const { act, id, other } = step;
  switch (act) {
    case 'win': {
      const orderedOn = now.toZonedDateTimeISO('America/New_York').toPlainDate();
      return room.win(id, { orderNumber: `PO-${other}`, orderedOn, amount: usd(7 * other), fulfilledBy: partnerId(1) }, now);
    }
    case 'amend':
      return room.amend(id, { amount: usd(other), reason: 'Fewer.' }, now);
    case 'influence':
      return room.influence(id, partnerId(other), 'ransomware-recovery', now);
    case 'same-customer':
    case 'different':
      return room.match(id, dealId(other), act, now);
    case 'transfer':
      return room.transfer(id, partnerId(other), now);
    case 'suspend':
    case 'reinstate': {
      const partner = partnerAt(partnerId(other));
      room.partners.set(partner.id, act === 'suspend' ? suspended(partner, now) : partner);
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
interface Seen {
  readonly room: Room;
  readonly now: Instant;
  readonly step: Step;
  readonly answer: Answer;
  readonly before: Lines;
  readonly after: Lines;
}
/** Runs a history, and looks at the room before and after each of its steps, at the time of the step. */
const run = (history: readonly Step[], look: (seen: Seen) => void = () => {}): Room => {
  const room = registry(program);
  let now = instant('2026-03-02T15:00:00Z');
  for (const step of history) {
    now = now.add({ hours: step.hours });
    const before = linesAt(room, now);
    const answer = take(room, step, now);
    look({ room, now, step, answer, before, after: linesAt(room, now) });
  }
  return room;
};

/** Said without any line: does the deal, by itself, have its opportunity at that time? */
const wants = (deal: Deal, now: Instant): boolean => {
  switch (deal.status) {
    case 'submitted':
    case 'information-requested':
      return true;
    case 'approved':
    case 'expired':
    case 'won':
      return isBefore(now, deal.protectedUntil);
    case 'none':
    case 'rejected':
    case 'withdrawn':
    case 'lost':
    case 'closed':
    case 'cancelled':
      return false;
  }
};
const noKeys = { strong: [], names: [] };
const keysOf = (deal: Deal) => (deal.status === 'none' ? noKeys : opportunityKeys(deal));
const isProtected = (deal: Deal, now: Instant): boolean => 'protectedUntil' in deal && wants(deal, now);
const partnerOf = (deal: Deal) => (deal.status === 'none' ? undefined : deal.partnerId);

const holds = (look: (seen: Seen) => void) =>
  fc.assert(
    fc.property(histories, (history) => void run(history, look)),
    { numRuns: 100 },
  );

describe('in every history', () => {
  it('the line of a key is those who want it, in the order in which they came, for those whose they are', () => {
    holds(({ room, now, after }) => {
      for (const [key, line] of after) {
        const wanting = [...room.deals.values()].filter((deal) => wants(deal, now) && allOf(keysOf(deal)).includes(key));
        expect(line.map(({ id, by }) => [id, by])).toEqual(wanting.map((deal) => [deal.id, partnerOf(deal)]));
      }
    });
  });

  it('no two deals are protected for one strong key at one time', () => {
    holds(({ room, now }) => {
      const held = [...room.deals.values()].filter((deal) => isProtected(deal, now)).flatMap((deal) => keysOf(deal).strong);
      expect(held.length).toBe(new Set(held).size);
    });
  });

  it('who is first stays first until it leaves or its protection ends', () => {
    const leaves = new Set<string>(['reject', 'withdraw', 'lose', 'close', 'cancel']);
    holds(({ step, before, after }) => {
      const leaver = 'act' in step && leaves.has(step.act) ? step.id : undefined;
      for (const [key, [first]] of before) if (first && first.id !== leaver) expect(after.get(key)?.[0]?.id).toBe(first.id);
    });
  });

  it('a submission has a conflict exactly if somebody held one of its strong keys, and a partner stands in such a line once', () => {
    holds(({ room, step, answer, before, after }) => {
      if ('submission' in step && 'deal' in answer) {
        const submitted = answer.events.find((event) => event.type === 'DealSubmitted');
        const held = opportunityKeys(step.submission).strong.flatMap((key) => before.get(key)?.slice(0, 1) ?? []);
        expect(submitted?.data.conflict?.evidence?.length ?? 0).toBe(held.length);
      }
      for (const key of [...room.deals.values()].flatMap((deal) => keysOf(deal).strong)) {
        const line = after.get(key) ?? [];
        expect(new Set(line.map(({ by }) => by)).size).toBe(line.length);
      }
    });
  });

  it('an approval, a person’s or the policy’s, goes to who is first in every strong line, and has nobody of its name before it undecided', () => {
    holds(({ answer, before, after }) => {
      if ('refused' in answer || !answer.events.some(({ type }) => type === 'DealApproved')) return;
      const { deal } = answer;
      if (deal.status !== 'approved') throw new Error(`approved, and yet ${deal.status}`);
      for (const key of keysOf(deal).strong) expect(after.get(key)?.[0]?.id).toBe(deal.id);
      const met = new Set(keysOf(deal).strong.flatMap((key) => after.get(key)?.map(({ id }) => id) ?? []));
      for (const key of keysOf(deal).names) {
        const line = after.get(key) ?? [];
        const ahead = line.slice(
          0,
          line.findIndex(({ id }) => id === deal.id),
        );
        for (const { id } of ahead.filter(({ id }) => !met.has(id)))
          expect(deal.matches?.find(({ dealId: other }) => other === id)?.decision).toBe('different');
      }
      expect(before.size).toBeLessThanOrEqual(after.size);
    });
  });

  it('the account team’s credits of a deal add up to its share of the order as it stands', () => {
    holds(({ room }) => {
      for (const [id, events] of room.histories) {
        const deal = room.dealOf(id);
        const credits = events.flatMap((event) => (event.type === 'AccountTeamCredited' ? [event.data.credit.amount] : []));
        const credited = credits.reduce(add, usd(0));
        const owed = deal.status === 'won' ? (deal.order.committedTcv ?? deal.order.amount) : usd(0);
        expect(credited).toEqual(owed);
        if ('order' in deal) expect(deal.accountTeamCredit?.amount).toEqual(owed);
      }
    });
  });

  it('a refusal changes nothing', () => {
    holds(({ answer, before, after }) => {
      if ('refused' in answer) expect(after).toEqual(before);
    });
  });

  it('the events replay to the state, also after they have been stored', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const room = run(history);
        for (const [id, events] of room.histories) {
          expect(events.reduce(evolve, none(id))).toEqual(room.dealOf(id));
          expect(events.map(stored).reduce(evolve, none(id))).toEqual(room.dealOf(id));
        }
      }),
    );
  });

  it('every state comes back from its wire form as it was, and goes out again as it came', () => {
    holds(({ answer }) => {
      if ('refused' in answer || answer.deal.status === 'none') return;
      const wire: unknown = JSON.parse(JSON.stringify(z.encode(DealRegistration, answer.deal)));
      expect(DealRegistration.parse(wire)).toEqual(answer.deal);
      expect(JSON.stringify(z.encode(DealRegistration, DealRegistration.parse(wire)))).toBe(JSON.stringify(wire));
    });
  });
});

/** The event as a commit's row gives it back. */
const stored = ({ type, at, data }: DealEvent): DealEvent => {
  const schema: z.ZodType = dealEvents[type].data;
  const wire: unknown = JSON.parse(JSON.stringify({ at: z.encode(Instant, at), data: z.encode(schema, data) }));
  const row = z.object({ at: Instant, data: schema }).parse(wire);
  // The name found the schema of its own data, which TypeScript can't follow.
  return { type, ...row } as DealEvent;
};

it('the histories reach every status and every event, and both answers to an approval', () => {
  const reached = new Set<string>();
  for (const history of fc.sample(histories, { numRuns: 400, seed: 1 }))
    run(history, ({ answer }) => {
      if ('refused' in answer) reached.add(answer.refused);
      else for (const name of [answer.deal.status, ...answer.events.map(({ type }) => type)]) reached.add(name);
    });
  const statuses = DealRegistration.options.map((option) => option.shape.status.value);
  expect([...reached]).toEqual(
    expect.arrayContaining([...statuses, ...Object.keys(dealEvents), 'not-first', 'match-undecided', 'already-registered']),
  );
});

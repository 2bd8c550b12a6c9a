/** Random histories of several partners who want customers that overlap: what holds of every one of them. */
import { day, Instant, instant, isBefore } from '@echelon/calendar';
import { DealRegistration, type DealSubmission, dealEvents } from '@echelon/contracts/deals';
import { live } from '@echelon/decider';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { dealId, partnerId, programId, usd } from '../../../test/given.ts';
import { type Answer, registry } from '../../../test/registry.ts';
import { type Deal, type DealEvent, evolve, none } from './deal.ts';
import { opportunityKeys } from './opportunity.ts';

/** Few values each, so that they overlap in one key, in some, in all, or in none. */
const submissions: fc.Arbitrary<DealSubmission> = fc.record({
  programId: fc.constant(programId(1)),
  endCustomer: fc.record(
    {
      name: fc.constant('Acme'),
      country: fc.constant('US'),
      registryId: fc.constantFrom('111111111', '222222222').map((value) => ({ scheme: 'DUNS' as const, value })),
      domain: fc.constantFrom('a.example', 'b.example'),
    },
    { requiredKeys: ['name', 'country'] },
  ),
  productFamilies: fc.constantFrom(['storage'], ['backup'], ['storage', 'backup'], ['backup', 'storage', 'backup']),
  amount: fc.constantFrom(usd(10_000), usd(250_000)),
  expectedCloseOn: fc.constant(day('2026-05-01')),
  route: fc.constantFrom('reseller' as const, 'service-provider' as const),
});

/** Hours gone by since the step before: none, a few, or long enough for protection to end. */
const hours = fc.constantFrom(0, 0, 0, 1, 30, 95 * 24);
const acts = ['approve', 'approve', 'ask', 'inform', 'reject', 'withdraw', 'expire', 'win', 'win'] as const;
const DEALS = 4;
const histories = fc.array(
  fc.oneof(
    fc.record({ hours, submission: submissions, by: fc.integer({ min: 1, max: 4 }).map(partnerId) }),
    fc.record({ hours, act: fc.constantFrom(...acts), id: fc.integer({ min: 1, max: DEALS }).map(dealId) }),
  ),
  { minLength: 1, maxLength: 60 },
);
type Step = typeof histories extends fc.Arbitrary<(infer One)[]> ? One : never;
type Room = ReturnType<typeof registry>;

const take = (room: Room, step: Step, now: Instant): Answer => {
  if ('submission' in step) return room.submit(dealId(room.deals.size + 1), step.by, step.submission, now);
  if (step.act !== 'win') return room[step.act](step.id, now);
  const orderedOn = now.toZonedDateTimeISO('America/New_York').toPlainDate();
  return room.win(step.id, { orderNumber: 'PO-1', orderedOn, amount: usd(1), fulfilledBy: partnerId(1) }, now);
};

/** Runs a history, and looks at the room before and after each of its steps, at the time of the step. */
/** The lines of opportunities; those of order numbers are another kind. */
const linesAt = (room: Room, now: Instant) =>
  new Map([...room.lines.values()].filter(({ key }) => !key.includes('#order#')).map((claim) => [claim.key, live(claim, z.encode(Instant, now))]));
type Lines = ReturnType<typeof linesAt>;
interface Seen {
  readonly room: Room;
  readonly now: Instant;
  readonly step: Step;
  readonly answer: Answer;
  readonly before: Lines;
  readonly after: Lines;
}
const run = (history: readonly Step[], look: (seen: Seen) => void = () => {}): Room => {
  const room = registry();
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
      return false;
  }
};
const keysOf = (deal: Deal): readonly string[] => (deal.status === 'none' ? [] : opportunityKeys(deal));
const isProtected = (deal: Deal, now: Instant): boolean => 'protectedUntil' in deal && isBefore(now, deal.protectedUntil);

const holds = (look: (seen: Seen) => void) =>
  fc.assert(
    fc.property(histories, (history) => void run(history, look)),
    { numRuns: 300 },
  );

describe('in every history', () => {
  it('the line of a key is those who want it, in the order in which they came', () => {
    holds(({ room, now, after }) => {
      for (const [key, line] of after) {
        const wanting = [...room.deals.values()].filter((deal) => wants(deal, now) && keysOf(deal).includes(key));
        expect(line.map(({ id }) => id)).toEqual(wanting.map(({ id }) => id));
      }
    });
  });

  it('no two deals are protected for one key at one time', () => {
    holds(({ room, now }) => {
      const held = [...room.deals.values()].filter((deal) => isProtected(deal, now)).flatMap(keysOf);
      expect(held.length).toBe(new Set(held).size);
    });
  });

  it('who is first stays first until it leaves or its protection ends', () => {
    holds(({ step, before, after }) => {
      const leaver = 'act' in step && (step.act === 'reject' || step.act === 'withdraw') ? step.id : undefined;
      for (const [key, [first]] of before) if (first && first.id !== leaver) expect(after.get(key)?.[0]?.id).toBe(first.id);
    });
  });

  it('a submission has a conflict exactly if somebody held one of its keys, and a partner stands in a line once', () => {
    holds(({ step, answer, before, after }) => {
      if ('submission' in step && 'deal' in answer) {
        const held = opportunityKeys(step.submission).flatMap((key) => before.get(key)?.slice(0, 1) ?? []);
        const { conflict } = z.looseObject({ conflict: z.looseObject({ evidence: z.array(z.unknown()) }).optional() }).parse(answer.deal);
        expect(conflict?.evidence.length ?? 0).toBe(held.length);
      }
      for (const line of after.values()) expect(new Set(line.map(({ by }) => by)).size).toBe(line.length);
    });
  });

  it('an approval goes to who is first in every line, and to nobody else', () => {
    holds(({ room, step, answer, before }) => {
      if (!('act' in step) || step.act !== 'approve') return;
      const first = keysOf(room.dealOf(step.id)).every((key) => before.get(key)?.[0]?.id === step.id);
      if ('events' in answer) expect(first).toBe(true);
      else expect(answer.refused === 'not-first').toBe(!first && !['not-found', 'not-open'].includes(answer.refused));
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

it('the histories reach every status, and both answers to an approval', () => {
  const reached = new Set<string>();
  for (const history of fc.sample(histories, { numRuns: 400, seed: 1 }))
    run(history, ({ answer }) => reached.add('refused' in answer ? answer.refused : answer.deal.status));
  expect([...reached].sort()).toEqual(
    expect.arrayContaining([...DealRegistration.options.map((option) => option.shape.status.value), 'not-first', 'already-registered']),
  );
});

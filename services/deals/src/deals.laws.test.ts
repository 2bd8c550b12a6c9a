/** Random histories of several partners who want customers that overlap: what holds of every one of them. */
import { day, type Instant, instant } from '@echelon/calendar';
import { DealRegistration, dealEvents, type DealSubmission } from '@echelon/contracts/deals';
import type { DealId } from '@echelon/contracts/ids';
import { holder } from '@echelon/decider';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { dealId, partnerId, programId, usd } from '../../../test/given.ts';
import { type Answer, registry } from '../../../test/registry.ts';
import { evolve, none } from './deal.ts';
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
  route: fc.constantFrom('reseller', 'service-provider'),
});

const DEALS = 12;
const nth = fc.integer({ min: 1, max: DEALS }).map(dealId);
/** Hours gone by since the step before: none, a few, or long enough for protection to end. */
const hours = fc.constantFrom(0, 0, 1, 30, 95 * 24);

const steps = fc.oneof(
  { weight: 4, arbitrary: fc.record({ hours, what: fc.constant('submit' as const), by: fc.integer({ min: 1, max: 4 }).map(partnerId), submission: submissions }) },
  {
    weight: 5,
    arbitrary: fc.record({ hours, what: fc.constantFrom('approve', 'approve', 'ask', 'inform', 'reject', 'withdraw', 'expire', 'win'), id: nth }),
  },
);
type Step = typeof steps extends fc.Arbitrary<infer One> ? One : never;
const histories = fc.array(steps, { minLength: 1, maxLength: 60 });

type Room = ReturnType<typeof registry>;
type Seen = { readonly room: Room; readonly now: Instant; readonly answer: Answer; readonly before: ReadonlyMap<string, DealId | undefined> };

const holders = (room: Room, now: Instant): Map<string, DealId | undefined> =>
  new Map([...room.lines.values()].map((claim) => [claim.key, holder(claim, z.encode(Instant_, now))?.id as DealId | undefined]));
const Instant_ = dealEventsAt();

const run = (history: readonly Step[], look: (seen: Seen) => void): Room => {
  const room = registry();
  let now = instant('2026-03-02T15:00:00Z');
  let submitted = 0;
  for (const step of history) {
    now = now.add({ hours: step.hours });
    const before = holders(room, now);
    const answer = act(room, step, { now, id: dealId(submitted + 1) });
    if ('submission' in step && 'events' in answer) submitted++;
    look({ room, now, answer, before });
  }
  return room;
};

const act = (room: Room, step: Step, { now, id }: { now: Instant; id: DealId }): Answer => {
  if ('submission' in step) return room.submit(id, step.by, step.submission, now);
  if (step.what === 'win') {
    const orderedOn = now.toZonedDateTimeISO('America/New_York').toPlainDate();
    return room.win(step.id, { orderNumber: 'PO-1', orderedOn, amount: usd(1), fulfilledBy: partnerId(1) }, now);
  }
  return room[step.what](step.id, now);
};

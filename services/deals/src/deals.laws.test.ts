/** Of random histories of several partners who want customers that overlap: what holds of each of them. */
import { Instant, isBefore } from '@echelon/calendar';
import { DealRegistration, dealEvents, type LineKeys } from '@echelon/contracts/deals';
import { DealId } from '@echelon/contracts/ids';
import { add, times } from '@echelon/money';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { usd } from '../../../test/given.ts';
import { type Deal, type DealEvent, evolve, none } from './deal.ts';
import { histories, run, type Seen, shareIn } from './histories.arbitraries.ts';
import { allOf, opportunityKeys } from './lines.ts';

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
const noKeys: LineKeys = { strong: [], names: [] };
/** Of one customer and its families the same each time, and asked for thousands of times. */
const keysFound = new Map<string, LineKeys>();
const keysOf = (deal: Deal): LineKeys => {
  if (deal.status === 'none') return noKeys;
  const asked = JSON.stringify([deal.endCustomer, deal.productFamilies]);
  const keys = keysFound.get(asked) ?? opportunityKeys(deal);
  keysFound.set(asked, keys);
  return keys;
};
const sharesFamily = (one: Deal, other: DealRegistration): boolean =>
  one.status !== 'none' && one.productFamilies.some((family) => other.productFamilies.includes(family));
const isProtected = (deal: Deal, now: Instant): boolean => 'protectedUntil' in deal && wants(deal, now);
const partnerOf = (deal: Deal) => (deal.status === 'none' ? undefined : deal.partnerId);

const holds = (look: (seen: Seen) => void) =>
  fc.assert(
    fc.property(histories, (history) => void run(history, look)),
    { numRuns: 100 },
  );

describe('in every history', { timeout: 30_000 }, () => {
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
      // Judged by a time before this step's, at which another was first.
      if ('act' in step && step.act === 'extend-under-way') return;
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

  it('an approval, a person’s or the policy’s, goes to who is first in every strong line, and has nobody of its name or group before it undecided', () => {
    holds(({ room, answer, after }) => {
      if ('refused' in answer || !answer.events.some(({ type }) => type === 'DealApproved')) return;
      const { deal } = answer;
      if (deal.status !== 'approved') throw new Error(`approved, and yet ${deal.status}`);
      for (const key of keysOf(deal).strong) expect(after.get(key)?.[0]?.id).toBe(deal.id);
      const met = new Set(keysOf(deal).strong.flatMap((key) => after.get(key)?.map(({ id }) => id) ?? []));
      const { names, alike = [] } = keysOf(deal);
      const ahead = (key: string) => {
        const line = after.get(key) ?? [];
        return line.slice(
          0,
          line.findIndex(({ id }) => id === deal.id),
        );
      };
      const ofOthers = alike.flatMap(ahead).filter(({ id, by }) => by !== deal.partnerId && sharesFamily(room.dealOf(DealId.parse(id)), deal));
      for (const { id } of [...names.flatMap(ahead), ...ofOthers].filter(({ id }) => !met.has(id)))
        expect(deal.matches?.find(({ dealId: other }) => other === id)?.decision).toBe('different');
    });
  });

  it('the account team’s credits of a deal add up to its share of the order as it stands', () => {
    holds(({ room, answer }) => {
      if ('deal' in answer && answer.events.some(({ type }) => type === 'DealWon'))
        expect(answer.deal).toMatchObject({ accountTeamCredit: { versionId: room.world.program.versionId } });
      for (const [id, events] of room.histories) {
        const deal = room.dealOf(id);
        const credits = events.flatMap((event) => (event.type === 'AccountTeamCredited' ? [event.data.credit.amount] : []));
        const owed = deal.status === 'won' ? times(deal.order.amount, shareIn(deal.accountTeamCredit?.versionId), 'half-even') : usd(0);
        expect(credits.reduce(add, usd(0))).toEqual(owed);
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
}, 30_000);

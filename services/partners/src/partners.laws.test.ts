/** Random histories of the whole room, its steps racing in every order: what holds of every one of them. */
import { Instant } from '@echelon/calendar';
import type { EventContract } from '@echelon/contracts';
import {
  Asset,
  assetEvents,
  Engagement,
  engagementEvents,
  Partner,
  Person,
  partnerEvents,
  personEvents,
  SystemClient,
  systemClientEvents,
} from '@echelon/contracts/partners';
import { Contended } from '@echelon/decider';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { partnerId } from '../../../test/given.ts';
import * as asset from './asset/asset.ts';
import * as engagement from './engagement/engagement.ts';
import { anyStep, grouping, leaving, opened, take } from './histories.arbitraries.ts';
import { groupKey } from './partner/group.ts';
import { ofRecord } from './partner/lifecycle.ts';
import * as partner from './partner/partner.ts';
import * as person from './person/person.ts';
import { atOnce, type Room, room } from './room.arbitraries.ts';
import * as client from './system-client/system-client.ts';

interface Happened {
  readonly type: string;
  readonly at: Instant;
  readonly data: unknown;
}

const stored = (contracts: Readonly<Record<string, EventContract>>, { type, at, data }: Happened): Happened => {
  const schema = contracts[type]?.data ?? z.never();
  const wire: unknown = JSON.parse(JSON.stringify({ at: z.encode(Instant, at), data: z.encode(schema, data) }));
  return { type, ...z.object({ at: Instant, data: schema }).parse(wire) };
};

describe('in every history', () => {
  it('the events of each aggregate, as stored, fold to its state, which comes back from its wire form; and every event is reached', async () => {
    const reached = new Set<string>();
    const happened = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 5, maxLength: 120, size: 'max' }), async (history) => {
        const all = await opened(room(atOnce, () => {}));
        for (const one of history) await take(all, one);
        const replays = <State extends { status: string }, Event extends Happened>(
          { histories, at }: { histories: Map<string, Event[][]>; at: (id: string) => { state: State } },
          { none, evolve }: { none: (id: string) => State; evolve: (state: State, event: Event) => State },
          { schema, events }: { schema: z.ZodType; events: Readonly<Record<string, EventContract>> },
        ) => {
          for (const [id, commits] of histories) {
            const { state } = at(id);
            reached.add(`${id.slice(0, 4)} ${state.status}`);
            for (const { type } of commits.flat()) happened.add(type);
            // What was stored is of the type that its name says.
            expect(
              commits
                .flat()
                .map((event) => stored(events, event) as Event)
                .reduce(evolve, none(id)),
            ).toEqual(state);
            expect(schema.parse(JSON.parse(JSON.stringify(z.encode(schema, state))))).toEqual(state);
          }
        };
        replays(all.partners, partner, { schema: Partner, events: partnerEvents });
        replays(all.people, person, { schema: Person, events: personEvents });
        replays(all.engagements, engagement, { schema: Engagement, events: engagementEvents });
        replays(all.assets, asset, { schema: Asset, events: assetEvents });
        replays(all.clients, client, { schema: SystemClient, events: systemClientEvents });
      }),
      { numRuns: 300, seed: 7 },
    );
    expect([...reached].toSorted()).toEqual([
      ...['asse installed', 'asse retired', 'clie registered', 'clie revoked', 'eng_ accepted', 'eng_ declined', 'eng_ revoked', 'eng_ submitted'],
      ...['prsn anonymised', 'prsn employed', 'prsn former', 'ptnr admitted', 'ptnr left', 'ptnr offboarding', 'ptnr suspended'],
    ]);
    const events = [partnerEvents, personEvents, engagementEvents, assetEvents, systemClientEvents].flatMap((all) => Object.keys(all));
    expect(events.filter((type) => !happened.has(type))).toEqual(['PartnerDeclined']);
  }, 60_000);

  it('at any time a tally is the number of assets of record, and who left is of record for nothing, whoever races', async () => {
    const ended = { left: 0, refused: 0, contended: 0 };
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(leaving, { minLength: 4, maxLength: 24, size: 'max' }), async (scheduler, history) => {
        let racing = false;
        const all: Room = room(
          (act) => (racing ? scheduler.schedule(Promise.resolve()).then(act) : atOnce(act)),
          () => {
            const installed = all.assets.all().flatMap((one) => (one.status === 'installed' ? [one.partnerOfRecord] : []));
            for (const n of [1, 2, 3]) {
              const id = partnerId(n);
              const { sum, closed } = all.tally(ofRecord(id));
              const left = all.partners.at(id).state.status === 'left';
              expect([sum, closed]).toEqual([BigInt(installed.filter((one) => one === id).length), left]);
              if (left) expect(sum).toBe(0n);
            }
          },
        );
        await opened(all);
        racing = true;
        const outcomes = await scheduler.waitFor(Promise.allSettled(history.map((one) => take(all, one))));
        for (const outcome of outcomes) {
          if (outcome.status === 'fulfilled') ended.refused += 'refused' in outcome.value ? 1 : 0;
          else if (outcome.reason instanceof Contended) ended.contended += 1;
          else throw outcome.reason;
        }
        ended.left += all.partners.all().filter(({ status }) => status === 'left').length;
      }),
      { numRuns: 120 },
    );
    expect([ended.left > 10, ended.refused > 100]).toEqual([true, true]);
  }, 120_000);

  it('at any time a group is one level deep, its parent at work in it, and its line is its subsidiaries, whoever races', async () => {
    const ended = { grouped: 0, refused: 0, contended: 0 };
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(grouping, { minLength: 4, maxLength: 24, size: 'max' }), async (scheduler, history) => {
        let racing = false;
        const all: Room = room(
          (act) => (racing ? scheduler.schedule(Promise.resolve()).then(act) : atOnce(act)),
          () => {
            const partners = all.partners.all().flatMap((one) => (one.status === 'none' ? [] : [one]));
            const members = partners.flatMap((one) => ('parentId' in one && one.parentId ? [[one.id, one.parentId] as const] : []));
            for (const { id, status } of partners) {
              const subsidiaries = members.filter(([, parent]) => parent === id).map(([member]) => member);
              expect(all.line(groupKey(id)).line.map((one) => one.id)).toEqual(expect.arrayContaining(subsidiaries));
              expect(all.line(groupKey(id)).line.length).toBe(subsidiaries.length);
              const isMember = members.some(([member]) => member === id);
              if (subsidiaries.length > 0) expect([isMember, status === 'left']).toEqual([false, false]);
              if (status === 'left') expect(isMember).toBe(false);
            }
            ended.grouped += members.length > 0 ? 1 : 0;
          },
        );
        await opened(all);
        racing = true;
        const outcomes = await scheduler.waitFor(Promise.allSettled(history.map((one) => take(all, one))));
        for (const outcome of outcomes) {
          if (outcome.status === 'fulfilled') ended.refused += 'refused' in outcome.value ? 1 : 0;
          else if (outcome.reason instanceof Contended) ended.contended += 1;
          else throw outcome.reason;
        }
      }),
      { numRuns: 120 },
    );
    expect([ended.grouped > 10, ended.refused > 100]).toEqual([true, true]);
  }, 120_000);
});

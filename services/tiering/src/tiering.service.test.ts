/** Standings through the real handlers, on a real table: a year lived by the stage's clock, reversals, sweeps that die, and who sees what. */
import { addDays, type Day, day } from '@echelon/calendar';
import { type Dynamo, startDynamo } from '@echelon/local-stage';
import type { ProgramDocument, Requirement } from '@echelon/program';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { partnerId, usd } from '../../../test/given.ts';
import { changed } from '../../../test/standing.ts';
import { type StandingStage, standingStage } from '../../../test/standing-stage.ts';

const ladder = 'reseller';
const start = day('2026-01-05');
const hard = { strictness: 'hard' } as const;
const engineers = (atLeast: number): Requirement => ({ kind: 'certified-people', certification: 'systems-engineer', atLeast, ...hard });
const revenue: Requirement = { kind: 'revenue', measure: 'bookings', window: 'trailing-four-quarters', atLeast: usd(100_000), ...hard };
const nomination: Requirement = { kind: 'nomination', strictness: 'advisory' };
/** Preferred asks for engineers, elite for revenue, and better with a nomination. */
const asking = (people: number): ProgramDocument =>
  changed((one) => ({
    ...one,
    tiers: one.tiers.map((tier, rank) => ({ ...tier, requirements: [[], [engineers(people)], [revenue, nomination]][rank] ?? [] })),
  }));

/** Preferred asks for points of three kinds of activity. */
const givingPoints: ProgramDocument = {
  ...changed((one) => ({
    ...one,
    tiers: one.tiers.map((tier, rank) => ({
      ...tier,
      requirements: rank === 1 ? [{ kind: 'points', window: 'lifetime', atLeast: 60, ...hard }] : tier.requirements,
    })),
  })),
  pointsRules: [
    { key: 'orders', name: 'Orders', category: 'sale', activity: { kind: 'deal-won', per: usd(100) }, points: 1 },
    { key: 'registrations', name: 'Registrations', category: 'pre-sale', activity: { kind: 'deal-approved' }, points: 3 },
    { key: 'events', name: 'Events', category: 'pre-sale', activity: { kind: 'engagement', engagement: 'event' }, points: 7 },
  ],
};
/** Preferred asks for what the group brings together. */
const byGroup = changed((one) => ({
  ...one,
  tiers: one.tiers.map((tier, rank) => ({
    ...tier,
    requirements:
      rank === 1 ? [{ kind: 'revenue', measure: 'bookings', window: 'lifetime', atLeast: usd(1_000), level: 'group', ...hard }] : tier.requirements,
  })),
}));

let dynamo: Dynamo;
beforeAll(async () => {
  dynamo = await startDynamo();
});
afterAll(() => dynamo.stop());

describe('a standing', () => {
  let place: StandingStage;
  let programId: Awaited<ReturnType<StandingStage['inForceFrom']>>;
  beforeEach(async () => {
    place = await standingStage(dynamo.endpoint, asking(1));
    programId = await place.inForceFrom(start);
    for (const n of [1, 2]) await place.say.applied(partnerId(n), start);
    await place.settled();
    return () => place.stage.stop();
  });
  const standing = async (n = 1) => {
    const [found] = (await place.asPartner(n).tiering.list({ query: { programId } })).value.items;
    if (found === undefined) throw new Error('no standing');
    return found;
  };
  const position = async () => (await standing()).positions[0];
  /** The events of a kind that were sent, each once, by what of them is looked at. */
  const sent = <Seen>(type: string, look: (data: Record<string, unknown>) => Seen): Seen[] =>
    place
      .heard()
      .filter((event) => event.type === type)
      .map(({ data }) => look(data as Record<string, unknown>));
  const benefits = async (on: Day) => {
    const { value } = await place.asPartner(1).tiering.benefits({ params: { standingId: (await standing()).id }, query: { on } });
    return value.benefits.map(({ key }) => key);
  };
  /** Each day that is named, looked at twice. */
  const lookedAt = async (...days: string[]): Promise<void> => {
    for (const on of days) {
      await place.on(day(on));
      await place.sweep();
      expect(await place.sweep()).toBe(0);
    }
  };

  it('lives through a year: a lapse, its notices, the review that proposes, and the sign-off that demotes', async () => {
    const { say, as } = place;
    await say.certified({ programId }, { from: start, until: day('2026-06-30') });
    await say.enrolled({ programId }, start);
    await place.settled();
    expect(await position()).toMatchObject({ tier: 'preferred', reviewOn: day('2027-01-01') });
    await lookedAt('2026-06-30', '2026-07-01', '2026-09-01', '2026-10-02', '2026-11-01', '2026-12-01', '2026-12-27');
    expect(await position()).toMatchObject({ tier: 'preferred', attained: 'authorized', grace: { since: day('2026-07-01') } });
    expect(sent('DemotionNoticed', ({ daysBefore }) => daysBefore)).toEqual([90, 60, 30, 5]);

    const params = { standingId: (await standing()).id, ladder };
    const manager = as('channel-manager').tiering;
    await expect(manager.signOff({ params, body: { tier: 'authorized' } })).rejects.toThrow('409 no-open-review');
    await lookedAt('2027-01-01', '2027-01-02', '2027-01-04');
    expect((await position())?.review).toMatchObject({
      proposed: 'authorized',
      dueOn: day('2027-01-01'),
      evidence: [{ have: '0', need: '1' }, { have: '0.00' }, { have: '0' }],
    });
    await expect(as('program-manager').tiering.signOff({ params, body: { tier: 'authorized' } })).rejects.toThrow('403');
    const { value: after } = await manager.signOff({ params, body: { tier: 'authorized' } });
    expect(after.positions).toMatchObject([
      { tier: 'authorized', settled: { tier: 'authorized', on: day('2027-01-04') }, reviewOn: day('2028-01-01') },
    ]);
    await place.settled();
    // Whether it was promoted, or placed so, hangs on which was heard first.
    expect(sent('TierChanged', ({ from, to, reason }) => [from, to, reason]).at(-1)).toEqual(['preferred', 'authorized', 'review']);
    expect(await benefits(day('2027-01-03'))).toEqual(['deal-registration', 'demo-gear']);
    expect(await benefits(day('2027-01-04'))).toEqual(['deal-registration']);
    expect(await benefits(day('2026-01-04'))).toEqual([]);
    await expect(benefits(day('2027-01-05'))).rejects.toThrow('422 day-ahead');
  });

  it('counts an order once, amended by the difference, and not when it is cancelled; which takes back what rested on it', async () => {
    const { say } = place;
    const order = { on: start, dollars: 60_000 };
    await say.won({ programId }, 1, order);
    await say.won({ programId }, 2, order);
    await say.certified({ programId }, { from: start, until: day('2027-12-31') });
    await say.enrolled({ programId }, start);
    await place.settled();
    expect(await standing()).toMatchObject({
      facts: { revenue: [{ amount: usd(120_000), orders: 2, month: '2026-01' }] },
      positions: [{ tier: 'elite' }],
    });
    await place.on(day('2026-08-01'));
    await say.amended({ programId }, 1, { ...order, to: 40_000 });
    await place.settled();
    expect(await standing()).toMatchObject({
      facts: { revenue: [{ amount: usd(100_000), orders: 2, month: '2026-01' }] },
      positions: [{ tier: 'elite' }],
    });
    await say.cancelled({ programId }, 2, order);
    await place.settled();
    expect(await standing()).toMatchObject({
      facts: { revenue: [{ amount: usd(40_000), orders: 1, month: '2026-01' }] },
      positions: [{ tier: 'preferred' }],
    });
    expect(sent('TierChanged', ({ to, reason }) => [to, reason])).toContainEqual(['preferred', 'reversed']);
    // What was in force before the reversal was in force.
    expect(await benefits(day('2026-07-31'))).toContain('advisory-board');
    expect(await benefits(day('2026-08-01'))).not.toContain('advisory-board');
  });

  it('finds what an order gave when it is cancelled, also by a version that has another fiscal year since that day', async () => {
    const { say } = place;
    const today = day('2026-05-10');
    await place.on(today);
    await say.won({ programId }, 1, { on: today, dollars: 60_000 });
    await say.engaged({ programId }, today);
    await place.settled();
    await place.activate(programId, { ...asking(1), fiscalCalendar: { startMonth: 2 } }, today);
    await say.cancelled({ programId }, 1, { on: today, dollars: 60_000 });
    await say.engaged({ programId }, today, true);
    await place.settled();
    expect((await standing()).facts).toMatchObject({ revenue: [], engagements: [] });
  });

  it('keeps what is granted, accepted, and taken back, whatever comes first', async () => {
    const { say } = place;
    await say.engaged({ programId }, start);
    await say.engaged({ programId }, start);
    await say.engaged({ programId }, start, true);
    await say.specialized({ programId }, { from: start, until: addDays(start, 10), revoked: true });
    await say.specialized({ programId }, { from: start, until: day('2027-01-04') });
    await say.certified({ programId }, { from: start, until: addDays(start, -1), version: 7 });
    await say.certified({ programId }, { from: start, until: day('2027-01-04') });
    await place.settled();
    expect(await standing()).toMatchObject({
      positions: [],
      facts: {
        engagements: [{ engagement: 'event', month: '2026-01', count: 1 }],
        specializations: [{ until: addDays(start, 10), version: 2 }],
        certifications: [{ until: addDays(start, -1), version: 7 }],
      },
    });
  });

  it('opens for nobody that is unknown: what is said of such a partner is tried again, ends in the dead letters, and counts once it is known', async () => {
    const { say, stage } = place;
    const stranger = { programId, partner: partnerId(7) };
    await say.certified(stranger, { from: start, until: day('2027-01-04') });
    await stage.settle();
    const dead = stage.queues().flatMap((queue) => queue.dead.map(({ reason }) => reason));
    expect(dead).toEqual([expect.stringContaining(`${stranger.partner} is no partner that is known here`)]);
    const listed = async () => (await place.as('auditor').tiering.list({ query: { programId } })).value.items;
    expect(await listed()).toEqual([]);
    await say.applied(stranger.partner, start);
    await place.stage.settle();
    stage.redrive('tiering');
    await place.settled();
    expect(await listed()).toMatchObject([{ partnerId: stranger.partner, facts: { certifications: [{ version: 1 }] } }]);
  });

  it('counts a certificate on its last day by the version that takes force on it', async () => {
    const { say } = place;
    await say.certified({ programId }, { n: 1, from: start, until: day('2026-07-01') });
    await say.certified({ programId }, { n: 2, from: start, until: day('2026-06-30') });
    await say.enrolled({ programId }, start);
    await place.settled();
    await place.activate(programId, asking(2), day('2026-07-01'));
    await lookedAt('2026-06-30');
    expect(await position()).toMatchObject({ tier: 'preferred', attained: 'preferred' });
    await lookedAt('2026-07-01');
    expect(await position()).toMatchObject({ tier: 'preferred', attained: 'authorized', grace: { since: day('2026-07-01') } });
    // A second version on the same day's afternoon is looked at on the same day.
    await place.on(day('2026-07-02'));
    await place.sweep();
    await place.activate(programId, asking(1), day('2026-07-02'));
    await say.certified({ programId }, { n: 3, from: day('2026-07-02'), until: day('2026-12-31') });
    await place.settled();
    expect(await place.sweep()).toBe(1);
    expect((await position())?.grace).toBeUndefined();
  });

  it('takes overrides, nominations and targets, says what it is short of, and shows itself to its own partner only', async () => {
    const { say, as, asPartner } = place;
    await say.enrolled({ programId }, start);
    await say.enrolled({ programId, partner: partnerId(2) }, start);
    await place.settled();
    const { id: standingId } = await standing();
    const params = { standingId };
    const [manager, own, other] = [as('program-manager').tiering, asPartner(1).tiering, asPartner(2).tiering];
    const body = { ladder, tier: 'elite', until: day('2026-03-31'), reason: 'A strategic account.' };
    const { value: overridden } = await manager.override({ params, body, key: 'set' });
    expect(overridden.positions).toMatchObject([{ tier: 'elite', override: { setBy: 'program-manager', until: body.until } }]);
    expect((await manager.override({ params, body, key: 'set' })).value).toEqual(overridden);
    await expect(manager.override({ params, body })).rejects.toThrow('409 already-overridden');
    expect((await manager.liftOverride({ params: { standingId, ladder } })).value.positions).toMatchObject([{ tier: 'authorized' }]);
    await expect(manager.nominate({ params, body: { ...body, tier: 'preferred' } })).rejects.toThrow('422 not-by-nomination');
    await manager.nominate({ params, body });
    await manager.endNomination({ params: { standingId, tier: 'elite' }, body: { reason: 'Not after all.' } });

    const target = { measure: 'bookings', quarter: 'FY2026-Q2', amount: usd(100_000) } as const;
    await expect(own.proposeTarget({ params, body: { ...target, amount: usd(1_000_000_000_000) } })).rejects.toThrow('at most 99999999999999');
    await own.proposeTarget({ params, body: target });
    await expect(own.agreeTarget({ params, body: target })).rejects.toThrow('409 own-proposal');
    const { value: agreed } = await manager.agreeTarget({ params, body: target });
    expect(agreed.facts.targets).toEqual([{ ...target, proposedBy: 'partner', agreed: true }]);
    const { value: short } = await own.requirements({ params });
    expect(short.ladders).toMatchObject([
      { ladder, tier: 'authorized', findings: [{ have: '0', need: '1', rule: '/ladders/0/tiers/1/requirements/0' }] },
    ]);

    for (const refused of [
      () => other.get({ params }),
      () => other.requirements({ params }),
      () => other.benefits({ params }),
      () => other.proposeTarget({ params, body: target }),
      () => other.agreeTarget({ params, body: target }),
    ])
      await expect(refused()).rejects.toThrow('404 not-found');
    expect((await other.list({ query: { programId } })).value.items.map((one) => one.partnerId)).toEqual([partnerId(2)]);
  });

  it('of a partner that has left gives no benefits from that day on, no notice and no review, and is decided about no more', async () => {
    const { say, as, asPartner } = place;
    await say.certified({ programId }, { from: start, until: day('2026-06-30') });
    await say.enrolled({ programId }, start);
    await place.settled();
    await lookedAt('2026-07-01');
    await place.on(day('2026-08-03'));
    await say.left(day('2026-08-03'));
    await place.settled();
    expect(await benefits(day('2026-08-02'))).toEqual(['deal-registration', 'demo-gear']);
    expect(await benefits(day('2026-08-03'))).toEqual([]);
    const params = { standingId: (await standing()).id };
    const target = { measure: 'bookings', quarter: 'FY2026-Q3', amount: usd(100_000) } as const;
    await expect(asPartner(1).tiering.proposeTarget({ params, body: target })).rejects.toThrow('409 partner-left');
    await expect(
      as('program-manager').tiering.nominate({ params, body: { tier: 'elite', until: day('2026-12-31'), reason: 'Late.' } }),
    ).rejects.toThrow('409 partner-left');
    await lookedAt('2026-12-27', '2027-01-04');
    expect([sent('DemotionNoticed', () => 1), (await position())?.review]).toEqual([[], undefined]);
  });

  it('is looked at once a day, page after page, also where a run dies on its way', async () => {
    const { say, stage } = place;
    const partners = 60;
    for (let n = 3; n <= partners; n++) await say.applied(partnerId(n), start);
    await place.settled();
    for (let n = 1; n <= partners; n++) {
      await say.certified({ programId, partner: partnerId(n) }, { n, from: start, until: day('2026-06-30') });
      await say.enrolled({ programId, partner: partnerId(n) }, start);
    }
    await place.settled();
    await place.on(day('2026-07-01'));
    stage.faults.reset();
    stage.faults.inject('tiering.sweep#1:TransactWriteItems/7:before');
    stage.faults.inject('tiering.sweep#2:TransactWriteItems/50:after');
    const invoked = (): Promise<unknown> => stage.invoke('tiering', 'sweep', { sweep: 'judge' });
    await expect(invoked()).rejects.toThrow();
    await expect(invoked()).rejects.toThrow();
    expect(stage.faults.struck()).toHaveLength(2);
    // What of a page was under way at once may have been done.
    await invoked();
    expect(await invoked()).toEqual({ done: 0 });
    await place.settled();
    expect(sent('GracePeriodBegun', () => 1)).toHaveLength(partners);
  });

  it('is told as official by time, in the gap as of benefits, before anybody has looked', async () => {
    const { say, as, asPartner } = place;
    await say.enrolled({ programId }, start);
    await place.settled();
    const params = { standingId: (await standing()).id };
    const body = { ladder, tier: 'elite', until: day('2026-01-10'), reason: 'Launch.' };
    await as('program-manager').tiering.override({ params, body });
    await place.on(day('2026-01-11'));
    expect(await position()).toMatchObject({ tier: 'elite' });
    const { gap, requirements, benefits } = asPartner(1).tiering;
    expect((await benefits({ params, query: {} })).value.benefits.map(({ tier }) => tier)).toEqual(['authorized']);
    expect((await gap({ params })).value.ladders).toMatchObject([{ official: 'authorized' }]);
    expect((await requirements({ params })).value.ladders).toMatchObject([{ tier: 'authorized' }]);
  });

  it('keeps the ledger of points, page by page, as it stands: of an order that is cancelled nothing, whatever comes first and however often', async () => {
    const { say, asPartner } = place;
    await place.activate(programId, givingPoints, day('2026-02-01'));
    await place.on(day('2026-02-10'));
    await say.cancelled({ programId }, 2, { on: day('2026-02-02'), dollars: 5_000 });
    await say.won({ programId }, 1, { on: day('2026-02-03'), dollars: 5_000 });
    await say.won({ programId }, 2, { on: day('2026-02-02'), dollars: 5_000 });
    await say.approved({ programId }, 3, day('2026-02-04'));
    await say.engaged({ programId }, day('2026-02-05'));
    // Before the version that gives points for it.
    await say.won({ programId }, 4, { on: day('2026-01-31'), dollars: 5_000 });
    await say.enrolled({ programId }, start);
    await place.settled();
    expect(await position()).toMatchObject({ tier: 'preferred' });
    const params = { standingId: (await standing()).id };
    const ledger = async (query: { category?: 'sale' } = {}) => {
      const items: [string, string, number[]][] = [];
      let cursor: string | undefined;
      do {
        const { value } = await asPartner(1).tiering.points({ params, query: { ...query, limit: 2, ...(cursor !== undefined && { cursor }) } });
        items.push(...value.items.map((one): [string, string, number[]] => [one.kind, String(one.on), one.entries.map(({ points }) => points)]));
        cursor = value.next;
      } while (cursor !== undefined);
      return items;
    };
    expect(await ledger()).toEqual([
      ['engagement', '2026-02-05', [7]],
      ['deal-approved', '2026-02-04', [3]],
      ['deal-won', '2026-02-03', [50]],
      ['deal-won', '2026-02-02', [0]],
    ]);
    expect((await ledger({ category: 'sale' })).map(([kind]) => kind)).toEqual(['deal-won', 'deal-won']);
    // The last of the list, by itself on its page: what is left out takes no place on it.
    const { value: sales } = await asPartner(1).tiering.points({ params, query: { category: 'sale', limit: 1 } });
    expect(sales.items.map(({ on }) => String(on))).toEqual(['2026-02-03']);
    const { value: gap } = await asPartner(1).tiering.gap({ params });
    expect(gap.ladders).toMatchObject([
      { official: 'preferred', tiers: [{ given: true, actions: [], requirements: [{ have: '60', need: '60' }] }, { given: false }] },
    ]);
    await expect(asPartner(2).tiering.points({ params, query: {} })).rejects.toThrow('404 not-found');
    await expect(asPartner(2).tiering.gap({ params })).rejects.toThrow('404 not-found');
    await expect(asPartner(1).tiering.points({ params, query: { cursor: 'nowhere' } })).rejects.toThrow('422 invalid');
  });

  it('takes back what an approval gave whoever withdraws the deal then, whichever of the two is heard first', async () => {
    const { say } = place;
    await place.activate(programId, givingPoints, day('2026-02-01'));
    await place.on(day('2026-02-10'));
    await say.enrolled({ programId }, start);
    for (let n = 1; n <= 4; n++) {
      await say.withdrawn({ programId }, n, { approvedOn: day('2026-02-04'), on: day('2026-02-09') });
      await say.approved({ programId }, n, day('2026-02-04'));
    }
    await say.approved({ programId }, 5, day('2026-02-04'));
    await place.settled();
    expect((await standing()).facts.points).toEqual([{ since: '2026-02', points: [3] }]);
  });

  it('follows a track that is confirmed, and a group from the day on which it is one', async () => {
    const { say } = place;
    await place.activate(programId, byGroup, day('2026-02-01'));
    await place.on(day('2026-02-10'));
    const other = partnerId(2);
    await say.enrolled({ programId }, start);
    await say.won({ programId, partner: other }, 1, { on: start, dollars: 700 });
    await say.grouped(other, day('2026-02-05'), partnerId(1));
    await place.settled();
    // What the other brought is seen at the next fact, or the next daily look.
    await say.won({ programId }, 2, { on: start, dollars: 300 });
    await place.settled();
    expect(await position()).toMatchObject({ tier: 'preferred' });
    await place.on(day('2026-03-01'));
    await say.grouped(other, day('2026-03-01'), undefined, 5);
    await place.settled();
    await lookedAt('2026-03-02');
    expect(await position()).toMatchObject({ tier: 'preferred', attained: 'authorized', grace: { since: day('2026-03-01') } });

    await place.activate(programId, { ...byGroup, ladders: byGroup.ladders.map((one) => ({ ...one, promotion: 'by-choice' })) }, day('2026-03-10'));
    await place.on(day('2026-03-11'));
    await say.track({ programId }, day('2026-03-11'), { track: 'elite' });
    await place.settled();
    expect(await position()).toMatchObject({ tier: 'elite' });
    expect(sent('TierChanged', ({ to, reason }) => [to, reason]).at(-1)).toEqual(['elite', 'chosen']);
  });
});

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
/** Preferred asks for engineers, elite for revenue. */
const asking = (people: number): ProgramDocument =>
  changed((one) => ({ ...one, tiers: one.tiers.map((tier, rank) => ({ ...tier, requirements: [[], [engineers(people)], [revenue]][rank] ?? [] })) }));

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
      evidence: [{ have: '0', need: '1' }, { have: '0.00' }],
    });
    await expect(as('program-manager').tiering.signOff({ params, body: { tier: 'authorized' } })).rejects.toThrow('403');
    const { value: after } = await manager.signOff({ params, body: { tier: 'authorized' } });
    expect(after.positions).toMatchObject([
      { tier: 'authorized', settled: { tier: 'authorized', on: day('2027-01-04') }, reviewOn: day('2028-01-01') },
    ]);
    await place.settled();
    expect(sent('TierChanged', ({ from, to, reason }) => [from, to, reason])).toEqual([['preferred', 'authorized', 'review']]);
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
    await manager.nominate({ params, body });
    await manager.endNomination({ params: { standingId, tier: 'elite' }, body: { reason: 'Not after all.' } });

    const target = { measure: 'bookings', quarter: 'FY2026-Q2', amount: usd(100_000) } as const;
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

  it('is looked at once a day, one after the other, also where a run dies on its way', async () => {
    const { say, stage } = place;
    const partners = 60;
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
    expect(await invoked()).toEqual({ done: partners - 6 - 50 });
    expect(await invoked()).toEqual({ done: 0 });
    await place.settled();
    expect(sent('GracePeriodBegun', () => 1)).toHaveLength(partners);
  });
});

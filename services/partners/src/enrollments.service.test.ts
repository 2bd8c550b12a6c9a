/** Through the real handlers, on a real table: tracks that partners choose, fees of those that are new, and who belongs to whom. */
import { addDays, startOfDay } from '@echelon/calendar';
import type { PartnerId } from '@echelon/contracts/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usd } from '../../../test/given.ts';
import { actor, eventually } from '../../../test/journeys/cast.ts';
import { document } from '../../../test/partner-program.ts';
import { partnersWorld, refusal } from '../../../test/partners-world.ts';

let here: Awaited<ReturnType<typeof partnersWorld>>;
beforeAll(async () => {
  here = await partnersWorld({ document, ladders: ['reseller', 'engagement'] });
});
afterAll(() => here.world.close());

const because = { reason: 'As agreed.' };
const enrollmentOf = async (partnerId: PartnerId) => {
  const { value } = await here.manager.get({ params: { partnerId } });
  return 'enrollments' in value ? value.enrollments[0] : undefined;
};
const toldOf = (type: string, partnerId: PartnerId) =>
  eventually(`${type} is told`, async () => here.told().find((event) => event.type === type && event.aggregateId === partnerId));

describe('a track', () => {
  it('is chosen by the partner’s own, and is official once a channel manager has confirmed it', async () => {
    const { partnerId, system } = await here.newPartner();
    const [ofProgram, ofLadder] = [
      { partnerId, programId: here.programId },
      { partnerId, programId: here.programId, ladder: 'engagement' },
    ];
    const choosing = { params: ofProgram, body: { ladder: 'engagement', track: 'select' } };
    expect(await refusal(here.manager.confirmTrack({ params: ofLadder, body: { track: 'select' } }))).toBe('not-chosen');
    expect(await refusal(here.manager.chooseTrack(choosing))).toBe('forbidden');
    await system.partners.chooseTrack(choosing);
    expect(await refusal(system.partners.confirmTrack({ params: ofLadder, body: { track: 'select' } }))).toBe('forbidden');
    await here.manager.confirmTrack({ params: ofLadder, body: { track: 'select' } });
    expect(await enrollmentOf(partnerId)).toMatchObject({
      tracks: [{ ladder: 'engagement', track: 'select', confirmedOn: here.today }],
      trackChoices: [],
    });
    const confirmation = { programId: here.programId, ladder: 'engagement', track: 'select', confirmedOn: String(here.today), by: 'channel-manager' };
    expect(await toldOf('TrackConfirmed', partnerId)).toMatchObject({ partnerId, data: confirmation });

    await system.partners.chooseTrack({ ...choosing, body: { ladder: 'engagement', track: 'principal' } });
    expect(await refusal(here.manager.confirmTrack({ params: ofLadder, body: { track: 'select' } }))).toBe('not-chosen');
    await here.manager.declineTrack({ params: ofLadder, body: { track: 'principal', ...because } });
    const { value } = await system.partners.get({ params: { partnerId } });
    expect(value).toMatchObject({ enrollments: [{ tracks: [{ track: 'select' }], trackChoices: [{ status: 'declined', ...because }] }] });
  });

  it('is none that another partner could choose, nor who merely applied for the partner', async () => {
    const [own, other] = [await here.newPartner(), await here.newPartner()];
    const choosing = { params: { partnerId: own.partnerId, programId: here.programId }, body: { ladder: 'engagement', track: 'select' } };
    expect(await refusal(other.system.partners.chooseTrack(choosing))).toBe('not-found');
    expect(await refusal(actor(here.world, 'partner-admin').partners.chooseTrack(choosing))).toBe('not-found');
    expect((await enrollmentOf(own.partnerId))?.trackChoices).toBeUndefined();
  });
});

describe('an admission fee', () => {
  const meg = () => actor(here.world, 'program-manager').partners;
  it('is charged to who is new, by its rule, and settled by the vendor’s billing', async () => {
    const { partnerId } = await here.newPartner();
    const charged = await toldOf('AdmissionFeeCharged', partnerId);
    expect(charged.data).toMatchObject({ programId: here.programId, amount: { amount: '500.00', currency: 'USD' }, rule: '/admission/fee' });
    const params = { partnerId, programId: here.programId };
    await here.billing.settleAdmissionFee({ params, body: { settledOn: here.today, reference: 'PAY-1' } });
    expect((await enrollmentOf(partnerId))?.admissionFee).toMatchObject({ status: 'settled', amount: usd(500), settledOn: here.today });
    expect(await refusal(meg().waiveAdmissionFee({ params, body: because }))).toBe('not-owed');
  });

  it('is waived by a program manager, who says why', async () => {
    const { partnerId } = await here.newPartner();
    const params = { partnerId, programId: here.programId };
    await meg().waiveAdmissionFee({ params, body: because });
    expect((await enrollmentOf(partnerId))?.admissionFee).toMatchObject({ status: 'waived', ...because, waivedBy: 'program-manager' });
    const settling = { params, body: { settledOn: here.today, reference: 'PAY-2' } };
    expect(await refusal(here.billing.settleAdmissionFee(settling))).toBe('not-owed');
  });

  it('is none of a partner that was admitted before the program began', async () => {
    const { partnerId } = await here.newPartner();
    const [drafter, approver] = [actor(here.world, 'program-manager').programs, actor(here.world, 'second-program-manager').programs];
    const { value: program } = await drafter.establish({ body: { name: 'Next' } });
    const { value: drafted } = await drafter.draft({ params: { programId: program.id }, body: { document } });
    const [version] = drafted.versions;
    if (version === undefined) throw new Error('the draft left no version');
    const params = { programId: program.id, versionId: version.versionId };
    await approver.approve({ params });
    const tomorrow = addDays(here.today, 1);
    await drafter.activate({ params, body: { effectiveFrom: tomorrow } });
    const before = (await here.operator.platform.clock({})).value.now;
    try {
      await here.operator.platform.moveClock({ body: { now: startOfDay(tomorrow, document.timeZone) } });
      const enrolling = { params: { partnerId }, body: { programId: program.id, businessModels: ['reseller'], ladders: ['reseller'] } };
      const { value } = await eventually('partners knows the program', () => here.manager.enroll(enrolling));
      const enrollment = 'enrollments' in value ? value.enrollments.find(({ programId }) => programId === program.id) : undefined;
      expect([enrollment?.enrolledOn, enrollment?.admissionFee]).toEqual([tomorrow, undefined]);
    } finally {
      await here.operator.platform.moveClock({ body: { now: before } });
    }
  });
});

it('a specialization that has several ways is granted on one of them', async () => {
  const { partnerId } = await here.newPartner();
  const granting = (way?: string) =>
    refusal(
      here.manager.grantSpecialization({
        params: { partnerId },
        body: { programId: here.programId, specialization: 'data-protection', from: here.today, ...(way && { way }) },
      }),
    );
  expect([await granting(), await granting('by-air'), await granting('resold')]).toEqual(['way-missing', 'unknown-way', 'too-few-certified']);
});

describe('a group', () => {
  const group = (partnerId: PartnerId, parentId?: PartnerId) =>
    here.manager.group({ params: { partnerId }, body: { ...because, ...(parentId && { parentId }) } });

  it('is a parent and its subsidiaries: the vendor sees them, the parent’s people see no more than before', async () => {
    const [parent, first, second] = [await here.newPartner(), await here.newPartner(), await here.newPartner()];
    for (const { partnerId } of [first, second]) await group(partnerId, parent.partnerId);
    expect(await toldOf('PartnerGrouped', first.partnerId)).toMatchObject({ state: { parentId: parent.partnerId } });
    const listed = async () => (await here.manager.subsidiaries({ params: { partnerId: parent.partnerId } })).value.items.map(({ id }) => id);
    await eventually('both are listed', async () => ((await listed()).length === 2 ? true : undefined));
    expect((await listed()).toSorted()).toEqual([first.partnerId, second.partnerId].toSorted());
    const params = { partnerId: first.partnerId };
    for (const look of [parent.system.partners.get, parent.system.partners.people]) expect(await refusal(look({ params }))).toBe('not-found');
    expect(await refusal(parent.system.partners.subsidiaries({ params: { partnerId: parent.partnerId } }))).toBe('forbidden');

    await here.manager.beginOffboarding({ params: { partnerId: parent.partnerId }, body: because });
    expect(await refusal(here.manager.leave({ params: { partnerId: parent.partnerId } }))).toBe('has-subsidiaries');
    await group(first.partnerId);
    await here.manager.beginOffboarding({ params: { partnerId: second.partnerId }, body: because });
    expect((await here.manager.leave({ params: { partnerId: second.partnerId } })).value).not.toHaveProperty('parentId');
    expect((await here.manager.leave({ params: { partnerId: parent.partnerId } })).value.status).toBe('left');
    expect(await refusal(group(first.partnerId, parent.partnerId))).toBe('parent-not-admitted');
  });

  it('is one level deep, whoever is first: of two that would belong to each other one does', async () => {
    for (let round = 0; round < 6; round++) {
      const [one, other, third] = [await here.newPartner(), await here.newPartner(), await here.newPartner()];
      const raced = await Promise.all([
        refusal(group(one.partnerId, other.partnerId)),
        refusal(group(other.partnerId, one.partnerId)),
        refusal(group(third.partnerId, one.partnerId)),
      ]);
      const all = await Promise.all([one, other, third].map(async ({ partnerId }) => (await here.manager.get({ params: { partnerId } })).value));
      const parents = all.map((partner) => ('parentId' in partner ? partner.parentId : undefined));
      expect(parents.map((parent) => parent !== undefined)).toEqual(raced.map((outcome) => outcome === 'done'));
      for (const [at, parent] of parents.entries()) if (parent) expect(parents.some((other) => other === all[at]?.id)).toBe(false);
      expect(raced.filter((outcome) => outcome === 'done').length).toBeGreaterThan(0);
    }
  });
});

/** Through the real handlers, on a real table: who sees what, and what races come to. */
import type { AssetId, PartnerId } from '@echelon/contracts/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../../test/journeys/cast.ts';
import type { PartnerAtWork } from '../../../test/journeys/one-deal.ts';
import { partnersWorld, refusal } from '../../../test/partners-world.ts';

let here: Awaited<ReturnType<typeof partnersWorld>>;
beforeAll(async () => {
  here = await partnersWorld();
});
afterAll(() => here.world.close());

const because = { reason: 'It leaves the market.' };

describe('offboarding', () => {
  it('is refused its end while the partner is of record for anything, and then is for good', async () => {
    const [leaver, heir] = [await here.newPartner(), await here.newPartner()];
    const params = { partnerId: leaver.partnerId };
    const [first, second] = [await here.assetOf(leaver.partnerId), await here.assetOf(leaver.partnerId)];
    expect(await refusal(here.manager.leave({ params }))).toBe('not-offboarding');
    await here.manager.beginOffboarding({ params, body: because });
    await expect(here.manager.leave({ params })).rejects.toThrow('Assets that the partner is still of record for: 2.');
    expect(await refusal(here.assetOf(leaver.partnerId))).toBe('not-enrolled');

    await here.manager.reassignAsset({ params: { assetId: first }, body: { to: heir.partnerId, ...because } });
    await expect(here.manager.leave({ params })).rejects.toThrow('of record for: 1.');
    await here.manager.retireAsset({ params: { assetId: second }, body: { on: here.today, reason: 'Replaced.' } });
    expect((await here.manager.leave({ params })).value.status).toBe('left');
    expect(await refusal(here.manager.reassignAsset({ params: { assetId: first }, body: { to: leaver.partnerId, ...because } }))).toBe(
      'not-enrolled',
    );
    expect(await refusal(here.manager.reinstate({ params, body: because }))).toBe('not-suspended');
  });

  it('and an asset that comes in between: whoever is first, no asset is orphaned', async () => {
    const heir = await here.newPartner();
    for (let round = 0; round < 6; round++) {
      const { partnerId } = await here.newPartner();
      const params = { partnerId };
      const moved = await here.assetOf(heir.partnerId);
      const leaving = here.manager.beginOffboarding({ params, body: because }).then(() => refusal(here.manager.leave({ params })));
      const coming = [
        here.assetOf(partnerId),
        here.assetOf(partnerId),
        here.manager.reassignAsset({ params: { assetId: moved }, body: { to: partnerId, ...because } }),
      ];
      const [left, ...came] = await Promise.all([leaving, ...coming.map(refusal)]);
      for (const outcome of came) expect(['done', 'not-enrolled']).toContain(outcome);
      expect(left).toBe(came.includes('done') ? 'of-record' : 'done');
      const { value: asset } = await here.manager.asset({ params: { assetId: moved } });
      expect(asset.partnerOfRecord).toBe(came[2] === 'done' ? partnerId : heir.partnerId);
    }
  });
});

describe('an asset', () => {
  it('is seen by its partner of record: after a reassignment the former sees nothing, and the list follows', async () => {
    const [one, other] = [await here.newPartner(), await here.newPartner()];
    const params = { assetId: await here.assetOf(one.partnerId) };
    const seenBy = async ({ system }: PartnerAtWork) => {
      const { value } = await system.partners.assets({ query: { programId: here.programId } });
      return [await refusal(system.partners.asset({ params })), value.items.map(({ id }) => id)];
    };
    const missing = await refusal(one.system.partners.asset({ params: { assetId: `asset_${'0'.repeat(26)}` as AssetId } }));
    await eventually('it is listed', async () => ((await seenBy(one))[1]?.length === 1 ? true : undefined));
    expect([await seenBy(one), await seenBy(other)]).toEqual([
      ['done', [params.assetId]],
      [missing, []],
    ]);
    await here.manager.reassignAsset({ params, body: { to: other.partnerId, reason: 'The customer asked for it.' } });
    await eventually('the list follows', async () => ((await seenBy(other))[1]?.length === 1 ? true : undefined));
    expect([await seenBy(one), await seenBy(other)]).toEqual([
      [missing, []],
      ['done', [params.assetId]],
    ]);
    const of = async (query: { partnerId?: PartnerId }, who = here.manager) =>
      (await who.assets({ query: { programId: here.programId, ...query } })).value.items.length;
    expect([await of({ partnerId: other.partnerId }), await of({ partnerId: one.partnerId })]).toEqual([1, 0]);
    expect(await of({ partnerId: other.partnerId }, one.system.partners)).toBe(0);
  });
});

describe('a serial number', () => {
  it('is of one installed asset, whoever races for it, and free again once that is retired', async () => {
    const { partnerId } = await here.newPartner();
    const serialed = () => refusal(here.assetOf(partnerId, 'SN-1'));
    const raced = await Promise.all([serialed(), serialed(), serialed()]);
    expect(raced.toSorted()).toEqual(['already-registered', 'already-registered', 'done']);
    const [asset] = await eventually('it is listed', async () => {
      const { value } = await here.manager.assets({ query: { programId: here.programId, partnerId } });
      return value.items.length > 0 ? value.items : undefined;
    });
    if (asset === undefined) throw new Error('it was listed');
    await here.manager.retireAsset({ params: { assetId: asset.id }, body: { on: here.today, reason: 'Replaced.' } });
    expect([await serialed(), await serialed()]).toEqual(['done', 'already-registered']);
  });
});

describe('a specialization', () => {
  it('is granted once as many people as the program asks for are certified', async () => {
    const { partnerId } = await here.newPartner();
    const params = { partnerId };
    const body = { programId: here.programId, specialization: 'data-protection', from: here.today };
    const certify = async () => {
      const { value } = await here.manager.addPerson({
        params,
        body: { record: { name: 'Ada', email: 'ada@a.example' }, roles: [], employedFrom: here.today },
      });
      await here.manager.grantCertification({
        params: { personId: value.id },
        body: { programId: here.programId, certification: 'systems-engineer', from: here.today },
      });
    };
    await certify();
    expect(await refusal(here.manager.grantSpecialization({ params, body }))).toBe('too-few-certified');
    await certify();
    const { value } = await eventually('both are seen', () => here.manager.grantSpecialization({ params, body }));
    expect(value).toMatchObject({ specializations: [{ specialization: 'data-protection', from: here.today }] });
  });
});

describe('an engagement', () => {
  const submission = { kind: 'event', title: 'Autumn fair', evidence: [{ name: 'Photos', url: 'https://files.example/photos.zip' }] } as const;
  it('is submitted by the partner with its evidence, and judged by a channel manager', async () => {
    const { partnerId, system } = await here.newPartner();
    const body = { programId: here.programId, heldOn: here.today, ...submission, evidence: [...submission.evidence] };
    const { value: submitted } = await system.partners.submitEngagement({ body });
    const params = { engagementId: submitted.id };
    expect(submitted).toMatchObject({ status: 'submitted', partnerId, heldOn: here.today });
    expect(await refusal(system.partners.acceptEngagement({ params }))).toBe('forbidden');
    expect((await here.manager.acceptEngagement({ params })).value.status).toBe('accepted');
    expect((await here.manager.revokeEngagement({ params, body: because })).value).toMatchObject({ status: 'revoked', decidedBy: 'channel-manager' });
    const [own] = await eventually('it is listed', async () => {
      const { value } = await system.partners.engagements({ query: { programId: here.programId, status: 'revoked' } });
      return value.items.length > 0 ? value.items : undefined;
    });
    expect(own?.id).toBe(submitted.id);
    expect((await (await here.newPartner()).system.partners.engagements({ query: { programId: here.programId, partnerId } })).value.items).toEqual(
      [],
    );
  });

  it('is none of a suspended partner, which goes on reading what is its own', async () => {
    const { partnerId, system } = await here.newPartner();
    const params = { partnerId };
    await here.manager.suspend({ params, body: because });
    const body = { programId: here.programId, heldOn: here.today, ...submission, evidence: [...submission.evidence] };
    expect(await refusal(system.partners.submitEngagement({ body }))).toBe('not-enrolled');
    expect((await system.partners.get({ params })).value.status).toBe('suspended');
    await here.manager.reinstate({ params, body: { reason: 'Paid.' } });
    expect(await refusal(system.partners.submitEngagement({ body }))).toBe('done');
  });
});

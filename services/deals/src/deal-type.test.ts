import { addDays, type Day, day } from '@echelon/calendar';
import type { DealSubmission, EndCustomer } from '@echelon/contracts/deals';
import type { PartnerId } from '@echelon/contracts/ids';
import type { Asset } from '@echelon/contracts/partners';
import { describe, expect, it } from 'vitest';
import { assetId, dealId, document, inForce, partnerId, programId, refusalOf } from '../../../test/given.ts';
import { customer, dealIn, later, monday, registry, submission } from '../../../test/registry.ts';

const ours = dealId(1);
const [us, them] = [partnerId(1), partnerId(2)];

const asset = (changes: Partial<Extract<Asset, { status: 'installed' }>> = {}): Asset => ({
  ...{ status: 'installed', id: assetId(1), programId: programId(1) },
  ...{ endCustomer: submission.endCustomer, productFamily: 'storage', installedOn: day('2024-01-01') },
  ...{ partnerOfRecord: us, ofRecordSince: monday },
  ...changes,
});
const retired = (retiredOn: Day): Asset => ({ ...asset(), status: 'retired', retiredOn });
const typed = (assets: readonly Asset[], changes: Partial<DealSubmission> = {}, by: PartnerId = us) => {
  const room = registry();
  room.assets.push(...assets);
  const answer = room.submit(ours, by, { ...submission, ...changes }, monday);
  return 'refused' in answer ? answer.refused : dealIn(answer).dealType;
};
/** 730 days before Monday. */
const cutoff = day('2024-03-02');
const group = { scheme: 'DUNS', value: '555555556' } as const;
const sister: EndCustomer = { name: 'Sister', country: 'US', corporateGroup: group };

describe('the deal type', () => {
  it('is net-new-logo where nothing is installed, or ended longer ago than the program looks back', () => {
    expect(typed([])).toBe('net-new-logo');
    expect(typed([retired(addDays(cutoff, -1))])).toBe('net-new-logo');
    expect(typed([asset({ endsOn: addDays(cutoff, -1) })])).toBe('net-new-logo');
    expect(typed([retired(cutoff)])).toBe('expansion');
    expect(typed([asset({ endsOn: cutoff })])).toBe('expansion');
  });

  it('is cross-sell where other families are installed, and expansion where one of these is', () => {
    expect(typed([asset({ productFamily: 'backup' })])).toBe('cross-sell');
    expect(typed([asset({ productFamily: 'backup' })], { productFamilies: ['storage', 'backup'] })).toBe('expansion');
  });

  it('looks at the whole corporate group, whoever is of record, in whichever program', () => {
    const theirs = asset({ endCustomer: sister, partnerOfRecord: them, programId: programId(9) });
    expect(typed([theirs])).toBe('net-new-logo');
    expect(typed([theirs], { endCustomer: { ...submission.endCustomer, corporateGroup: group } })).toBe('expansion');
    expect(typed([theirs], { endCustomer: { ...submission.endCustomer, registryId: group } })).toBe('expansion');
  });

  describe('of a customer that may have something installed', () => {
    const garmin: EndCustomer = { name: 'Garmin International, Inc.', country: 'US', city: 'Olathe', domain: 'garmin.example' };
    const at = (endCustomer: Partial<EndCustomer>) => ({ endCustomer: customer(endCustomer).endCustomer });

    it.each([
      ['leaves out its city', { name: 'Garmin International, Inc.' }],
      ['writes it another way', { name: 'Garmin Intl', city: 'Olathe' }],
      ['leaves out its legal form', { name: 'Garmin International', city: 'Olathe' }],
    ])('is no net-new-logo because the partner %s', (_, known) => {
      expect(typed([asset({ endCustomer: garmin })], at(known))).toBe('expansion');
      expect(typed([asset({ endCustomer: garmin, productFamily: 'backup' })], at(known))).toBe('cross-sell');
      expect(typed([asset({ endCustomer: garmin, endsOn: addDays(cutoff, -1) })], at(known))).toBe('net-new-logo');
    });

    it('is net-new-logo of one that is called otherwise, or is of another country', () => {
      for (const known of [{ name: 'Garlock' }, { name: 'Garmin International', country: 'GB' as const }])
        expect(typed([asset({ endCustomer: garmin })], at(known))).toBe('net-new-logo');
    });

    it('follows what is installed at the customer itself, and not at its namesake', () => {
      const backup = asset({ endCustomer: garmin, productFamily: 'backup' });
      const namesake = asset({ endCustomer: { name: 'Garmin International', country: 'US', city: 'Salem' } });
      expect(typed([namesake, backup], { endCustomer: garmin })).toBe('cross-sell');
    });
  });

  it('is renewal for the partner of record of the named asset, and for nobody else', () => {
    const renews = asset().id;
    expect(typed([asset()], { renews })).toBe('renewal');
    expect(typed([asset({ endsOn: cutoff })], { renews })).toBe('renewal');
    expect(typed([asset()], { renews }, them)).toBe('not-of-record');
    expect(typed([], { renews })).toBe('not-of-record');
    expect(typed([retired(day('2026-02-01'))], { renews })).toBe('not-of-record');
    const elsewhere = asset({ endCustomer: sister });
    expect(typed([elsewhere], { renews, endCustomer: { ...submission.endCustomer, corporateGroup: group } })).toBe('not-of-record');
  });

  it('is renewal of one’s own asset however the customer is written, and of nothing of a stranger’s', () => {
    const installed = asset({ endCustomer: { name: 'Acme, Inc.', country: 'US', city: 'Dallas' } });
    const written = customer({ name: 'Acme', city: 'Dallas' });
    expect(typed([installed], { ...written, renews: installed.id })).toBe('renewal');
    expect(typed([installed], { ...written, renews: installed.id }, them)).toBe('not-of-record');
    expect(typed([installed], { ...customer({ name: 'Umbrella', city: 'Dallas' }), renews: installed.id })).toBe('not-of-record');
  });

  it('is upsell where a named asset of the customer is replaced by more, whoever is of record', () => {
    const upgrades = asset().id;
    expect(typed([asset({ partnerOfRecord: them })], { upgrades })).toBe('upsell');
    expect(typed([], { upgrades })).toBe('no-such-asset');
    const written = { ...customer({ name: 'Acme Corp', city: 'Dallas' }), upgrades };
    expect(typed([asset()], written)).toBe('upsell');
    expect(typed([asset({ partnerOfRecord: them })], written)).toBe('no-such-asset');
  });

  it.each(['renews', 'upgrades'])('is refused where what it %s is of another family, or ended longer ago than the program looks back', (names) => {
    const named = { [names]: asset().id };
    expect(typed([asset({ productFamily: 'backup' })], named)).toBe('other-family');
    expect(typed([asset({ productFamily: 'backup' })], { ...named, productFamilies: ['storage', 'backup'] })).not.toBe('other-family');
    expect(typed([asset({ endsOn: addDays(cutoff, -1) })], named)).toBe('asset-ended');
  });

  it('is refused where the program makes no offer for it by the route', () => {
    const { dealRegistration } = document;
    const offers = dealRegistration.offers.filter(({ dealTypes }) => !dealTypes.includes('renewal'));
    const room = registry({ ...inForce, document: { ...document, dealRegistration: { ...dealRegistration, offers } } });
    room.assets.push(asset());
    expect(room.submit(ours, us, { ...submission, renews: asset().id }, monday)).toMatchObject({
      refused: 'route-not-offered',
      because: expect.stringContaining('renewal by route "reseller"'),
    });
  });

  it('stays that of its submission where the deal is transferred to who is of record by then, however the customer is written', () => {
    const room = registry();
    const installed = { ...submission.endCustomer, name: 'Acme, Inc.' };
    room.assets.push(asset({ endCustomer: installed }));
    room.submit(ours, us, { ...customer({ name: 'Acme', city: 'Dallas' }), renews: asset().id }, monday);
    expect(refusalOf(room.transfer(ours, them, later))).toBe('not-of-record');
    room.assets.splice(0, 1, asset({ endCustomer: installed, partnerOfRecord: them, endsOn: addDays(cutoff, -1) }));
    expect(dealIn(room.transfer(ours, them, later))).toMatchObject({ partnerId: them, dealType: 'renewal' });
  });
});

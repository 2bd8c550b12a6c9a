import type { Happened } from '@echelon/contracts';
import { AssetId } from '@echelon/contracts/ids';
import type { Asset, assetEvents } from '@echelon/contracts/partners';
import { was } from '@echelon/decider';

export type AssetState = { readonly status: 'none'; readonly id: AssetId } | Asset;
export type AssetEvent = Happened<typeof assetEvents>;

export const none = (id: string): AssetState => ({ status: 'none', id: AssetId.parse(id) });

export const evolve = (state: AssetState, { type, at, data }: AssetEvent): AssetState => {
  switch (type) {
    case 'AssetRegistered':
      return { status: 'installed', id: state.id, ...data.registration, ofRecordSince: at };
    case 'AssetReassigned':
      return { ...was(state, type, 'installed'), partnerOfRecord: data.to, ofRecordSince: at };
    case 'AssetRetired':
      return { ...was(state, type, 'installed'), status: 'retired', retiredOn: data.on };
  }
};

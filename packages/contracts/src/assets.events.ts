import { Day, Instant } from '@echelon/calendar';
import { Key } from '@echelon/program';
import * as z from 'zod';
import { EndCustomer } from './end-customer.ts';
import { events } from './event.ts';
import { AssetId, PartnerId, ProgramId } from './ids.ts';

export const AssetRegistration = z
  .object({
    programId: ProgramId,
    endCustomer: EndCustomer,
    productFamily: Key,
    serialNumber: z.string().trim().min(1).max(80).optional(),
    installedOn: Day,
    endsOn: Day.optional().meta({ description: 'The last day of its term, where it has one.' }),
    partnerOfRecord: PartnerId,
  })
  .meta({ id: 'AssetRegistration' });
export type AssetRegistration = z.output<typeof AssetRegistration>;

const asset = { id: AssetId, ...AssetRegistration.shape, ofRecordSince: Instant };

export const Asset = z
  .discriminatedUnion('status', [
    z.object({ status: z.literal('installed'), ...asset }),
    z.object({ status: z.literal('retired'), ...asset, retiredOn: Day }),
  ])
  .meta({ id: 'Asset', description: 'What is installed at an end customer, and whose partner of record looks after it.' });
export type Asset = z.output<typeof Asset>;

const by = z.string();

export const assetEvents = events('partners', Asset, {
  AssetRegistered: z
    .object({ registration: AssetRegistration, by })
    .meta({ description: 'Something is installed at an end customer, and a partner is of record for it.' }),
  AssetReassigned: z
    .object({ from: PartnerId, to: PartnerId, reason: z.string(), by })
    .meta({ description: 'Another partner is of record for the asset from now on.' }),
  AssetRetired: z.object({ on: Day, reason: z.string(), by }).meta({ description: 'The asset is installed no more: nobody is of record for it.' }),
});

import type { partners as contract } from '@echelon/contracts/partners';
import type { Rows } from '@echelon/lambda';
import { assetRows } from './asset/api.ts';
import type { Deps } from './deps.ts';
import { engagementRows } from './engagement/api.ts';
import { partnerRows } from './partner/api.ts';
import { personRows } from './person/api.ts';
import { systemClientRows } from './system-client/api.ts';

export const api: Rows<typeof contract, Deps> = { ...partnerRows, ...personRows, ...engagementRows, ...assetRows, ...systemClientRows };

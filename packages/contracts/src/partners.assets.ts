/** Assets of record: what is installed at which end customer, and the partner that looks after it. */
import { Day } from '@echelon/calendar';
import * as z from 'zod';
import { Asset, AssetRegistration } from './assets.events.ts';
import { conflict, everyone, get, invalid, post } from './contract.ts';
import { AssetId, PartnerId, ProgramId } from './ids.ts';
import { page, paging } from './paging.ts';
import { Text } from './text.ts';

const ofAsset = z.object({ assetId: AssetId });
const notEnrolled = conflict('The partner that is to be of record is not at work in the program: admitted, not suspended, and enrolled.');
const notInstalled = conflict('The asset is retired.');
const registrars = ['channel-manager', 'billing-system'] as const;

export const assetRoutes = {
  registerAsset: post('/v1/assets', {
    summary: 'Register what is installed at an end customer, with its partner of record.',
    roles: registrars,
    body: AssetRegistration,
    answers: Asset,
    refuses: {
      'program-not-in-force': conflict('No version of this program is in force today.'),
      'unknown-product-family': invalid('The program has no such product family.', '/productFamily'),
      'not-installed-yet': invalid('An asset is registered on the day of its installation or later.', '/installedOn'),
      'ends-before-it-starts': invalid('A term ends on the day of installation or later.', '/endsOn'),
      'not-enrolled': notEnrolled,
      'already-registered': conflict('An installed asset of this program and product family has this serial number.'),
    },
  }),
  assets: get('/v1/assets', {
    summary: 'List assets of a program, the latest first: those that a partner is of record for, or all.',
    roles: everyone,
    query: z.object({
      programId: ProgramId,
      partnerId: PartnerId.optional().meta({ description: 'Those alone that this partner is of record for.' }),
      status: z.enum(Asset.options.map((option) => option.shape.status.value)).optional(),
      ...paging,
    }),
    answers: page(Asset),
  }),
  asset: get('/v1/assets/{assetId}', {
    summary: 'Get an asset. A partner sees it for as long as it is of record for it.',
    roles: everyone,
    params: ofAsset,
    answers: Asset,
  }),
  reassignAsset: post('/v1/assets/{assetId}/reassignment', {
    summary: 'Make another partner the partner of record.',
    roles: ['channel-manager'],
    params: ofAsset,
    body: z.object({ to: PartnerId, reason: Text }),
    answers: Asset,
    refuses: {
      'not-installed': notInstalled,
      'same-partner': conflict('This partner is of record already.'),
      'not-enrolled': notEnrolled,
    },
  }),
  retireAsset: post('/v1/assets/{assetId}/retirement', {
    summary: 'Record that an asset is in use no more: nobody is of record for it.',
    roles: registrars,
    params: ofAsset,
    body: z.object({ on: Day, reason: Text }),
    answers: Asset,
    refuses: {
      'not-installed': notInstalled,
      'not-retired-yet': invalid('An asset is retired on its last day of use or later: until then somebody is of record for it.', '/on'),
      'before-it-was-installed': invalid('An asset is retired on the day of its installation or later.', '/on'),
    },
  }),
} as const;

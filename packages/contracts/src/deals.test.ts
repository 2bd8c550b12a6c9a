import { expect, it } from 'vitest';
import { DealRegistration, DealSubmission, dealEvents } from './deals.ts';

const id = (prefix: string) => `${prefix}_${'1'.padStart(26, '0')}`;
const submission = {
  programId: id('prog'),
  endCustomer: { name: 'Acme', country: 'US' },
  productFamilies: ['storage', 'backup', 'storage'],
  amount: { amount: '50000.00', currency: 'USD' },
  expectedCloseOn: '2026-05-01',
  route: 'reseller',
};
const registered = {
  ...{ partnerId: id('ptnr'), dealType: 'net-new-logo', versionId: id('ver'), dueAt: '2026-03-04T15:00:00Z' },
  keys: { strong: [], names: [] },
};

it('a submission names each product family once; what was kept with one twice is still read', () => {
  const { error } = DealSubmission.safeParse(submission);
  expect(error?.issues.map(({ path, message }) => [path, message])).toEqual([[['productFamilies'], 'names each once']]);
  expect(DealSubmission.safeParse({ ...submission, productFamilies: ['storage', 'backup'] }).success).toBe(true);

  const deal = { status: 'submitted', id: id('deal'), submittedAt: '2026-03-02T15:00:00Z', ...submission, ...registered };
  expect(DealRegistration.safeParse(deal).error).toBeUndefined();
  expect(dealEvents.DealSubmitted.data.safeParse({ by: 'us', submission, ...registered }).error).toBeUndefined();
});

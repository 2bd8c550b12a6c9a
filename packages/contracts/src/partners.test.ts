import { expect, it } from 'vitest';
import { partners } from './partners.ts';

it.each([
  ['2199-12-31', true],
  ['2200-01-01', false],
  ['9999-12-31', false],
])('what is granted from %s for a time has a last day that can be written: %s', (from, taken) => {
  const granted = { programId: `prog_${'0'.repeat(26)}`, from };
  const { grantCertification, grantSpecialization } = partners.routes;
  expect(grantCertification.body.safeParse({ ...granted, certification: 'engineer' }).success).toBe(taken);
  expect(grantSpecialization.body.safeParse({ ...granted, specialization: 'storage' }).success).toBe(taken);
});

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

it.each([
  [{ url: 'https://files.example/plan.pdf' }, undefined],
  [{ url: 'https://files.example/plan.pdf', mediaType: 'application/pdf' }, undefined],
  [{ url: 'https://files.example/setup', mediaType: 'application/x-msdownload' }, 'mediaType'],
  [{ url: 'https://files.example/plan.pdf', mediaType: 'Application/PDF' }, 'mediaType'],
  [{ url: 'http://files.example/plan.pdf' }, 'url'],
  [{ url: 'file:///etc/passwd' }, 'url'],
  [{ url: 'javascript:alert(1)' }, 'url'],
])('evidence that is %o is refused at %s', (evidence, at) => {
  const submission = { programId: `prog_${'0'.repeat(26)}`, kind: 'event', title: 'Fair', heldOn: '2026-03-01' };
  const { error } = partners.routes.submitEngagement.body.safeParse({ ...submission, evidence: [{ name: 'Plan', ...evidence }] });
  expect(error?.issues.map(({ path }) => path)).toEqual(at && [['evidence', 0, at]]);
});

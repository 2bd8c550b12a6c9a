/** What is sent wrongly to partners is refused with the place where it is wrong, and nothing of it is kept. */
import { Problem } from '@echelon/contracts';
import { PartnerId } from '@echelon/contracts/ids';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { document } from '../../../test/partner-program.ts';
import { partnersWorld } from '../../../test/partners-world.ts';

let here: Awaited<ReturnType<typeof partnersWorld>>;
let partnerId: PartnerId;
const US = 'our-system';
beforeAll(async () => {
  here = await partnersWorld({ document, ladders: ['reseller', 'engagement'] });
  ({ partnerId } = await here.newPartner());
  await here.world.stage.register({ clientId: US, secret: 'secret', role: 'partner-system', partnerId });
});
afterAll(() => here.world.close());

type Json = Record<string, unknown>;
/** As no typed client would send it: status, code, and where each fault is. */
const refused = async (path: string, body: Json, { who = 'channel-manager', method = 'POST' } = {}) => {
  const answer = await fetch(`${here.world.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await here.world.stage.token(who)}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    },
    body: JSON.stringify(body),
  });
  const { code, faults = [] } = Problem.parse(await answer.json());
  return [answer.status, code, ...faults.map((fault) => `${fault.in} ${fault.pointer}`)];
};

it.each([
  ['of a type that nobody could look at', { mediaType: 'application/x-msdownload' }, '/evidence/0/mediaType'],
  ['that is not fetched safely', { url: 'http://files.example/plan.pdf' }, '/evidence/0/url'],
  ['that is on somebody’s own disk', { url: 'file:///home/ada/plan.pdf' }, '/evidence/0/url'],
  ['without a place', { url: undefined }, '/evidence/0/url'],
])('evidence %s', async (_, changes, pointer) => {
  const evidence = [{ name: 'Plan', url: 'https://files.example/plan.pdf', ...changes }];
  const submission = { programId: here.programId, kind: 'business-plan', title: 'Plan', heldOn: String(here.today), evidence };
  expect(await refused('/v1/engagements', submission, { who: US })).toEqual([422, 'invalid', `body ${pointer}`]);
  expect((await here.manager.engagements({ query: { programId: here.programId } })).value.items).toEqual([]);
});

it('a certification that expires before it was issued', async () => {
  const body = { record: { name: 'Ada', email: 'ada@a.example' }, roles: [], employedFrom: here.today };
  const { value } = await here.manager.addPerson({ params: { partnerId }, body });
  const certification = { programId: here.programId, certification: 'systems-engineer', from: '2026-03-02', until: '2026-03-01' };
  const path = `/v1/people/${value.id}/certifications`;
  expect(await refused(path, certification)).toEqual([422, 'ends-before-it-starts', 'body /until']);
  expect(await refused(path, { ...certification, certification: 'juggler' })).toEqual([422, 'unknown-certification', 'body /certification']);
  expect((await here.manager.person({ params: { personId: value.id } })).value.person.certifications).toEqual([]);
});

it.each([
  ['of a ladder that is none', { ladder: 'stairs', track: 'select' }, [422, 'unknown-ladder', 'body /ladder']],
  ['that is none', { ladder: 'engagement', track: 'elite' }, [422, 'unknown-track', 'body /track']],
  ['of a ladder of tiers', { ladder: 'reseller', track: 'elite' }, [409, 'not-by-choice']],
  ['without its ladder', { track: 'select' }, [422, 'invalid', 'body /ladder']],
])('a track %s', async (_, body, expected) => {
  expect(await refused(`/v1/partners/${partnerId}/enrollments/${here.programId}/tracks`, body, { who: US })).toEqual(expected);
});

it.each([
  ['that is yet to come', { settledOn: '2199-12-31', reference: 'PAY-1' }, [422, 'not-settled-yet', 'body /settledOn']],
  ['that billing does not know', { settledOn: '2026-03-01', reference: ' ' }, [422, 'invalid', 'body /reference']],
])('a payment %s', async (_, body, expected) => {
  const path = `/v1/partners/${partnerId}/enrollments/${here.programId}/admission-fee/settlement`;
  expect(await refused(path, body, { who: 'billing-system' })).toEqual(expected);
});

it.each([
  ['the partner itself', () => partnerId, [422, 'own-parent', 'body /parentId']],
  ['nobody', () => PartnerId.parse(`ptnr_${'0'.repeat(26)}`), [409, 'parent-not-admitted']],
  ['a person', () => `prsn_${'0'.repeat(26)}`, [422, 'invalid', 'body /parentId']],
])('as parent %s', async (_, parentId, expected) => {
  expect(await refused(`/v1/partners/${partnerId}/parent`, { parentId: parentId(), reason: 'So.' })).toEqual(expected);
});

it.each([
  ['business model', { businessModels: ['broker'] }, 'unknown-business-model', '/businessModels'],
  ['ladder', { ladders: ['stairs'] }, 'unknown-ladder', '/ladders'],
  ['product family', { productFamilies: ['boats'] }, 'unknown-product-family', '/productFamilies'],
])('an enrolment for a %s that is none', async (_, changes, code, pointer) => {
  const terms = { businessModels: ['reseller'], ladders: ['reseller'], ...changes };
  const path = `/v1/partners/${partnerId}/enrollments/${here.programId}`;
  expect(await refused(path, terms, { method: 'PUT' })).toEqual([422, code, `body ${pointer}`]);
});

import type { PartnerId } from '@echelon/contracts/ids';
import type { Asset } from '@echelon/contracts/partners';
import { actor } from '../journeys/cast.ts';
import { opportunity } from '../journeys/one-deal.ts';
import { type Rows, row } from './row.ts';
import { inDays, nothing, type Scene } from './scene.ts';

interface OfPartner {
  readonly partnerId: PartnerId;
}
const because = { reason: 'As agreed.' };
const terms = { businessModels: ['reseller'], ladders: ['reseller'] };

/** Partners, and what is theirs, as far along as a row wants them. */
export const partnersOf = ({ world, programId }: Pick<Scene, 'world' | 'programId'>) => {
  const [applicant, manager] = [actor(world, 'partner-admin').partners, actor(world, 'channel-manager').partners];
  const application = () => applicant.apply({ body: { legalName: 'Next Systems LLC', country: 'US', city: 'Austin' } });
  const applied = async (): Promise<OfPartner> => ({ partnerId: (await application()).value.id });
  const vetted = async () => {
    const params = await applied();
    await manager.vet({ params, body: { outcome: 'passed' } });
    return params;
  };
  const admitted = async () => {
    const params = await vetted();
    await manager.admit({ params, body: { agreement: 'Partner Agreement 2026' } });
    return params;
  };
  const enroll = (params: OfPartner) => manager.enroll({ params, body: { programId, ...terms } });
  const enrolled = async () => {
    const params = await admitted();
    await enroll(params);
    return params;
  };
  const addPerson = (params: OfPartner) => {
    const record = { name: 'Ada Lovelace', email: 'ada@partner.example' };
    return manager.addPerson({ params, body: { record, roles: ['se'], employedFrom: inDays(0) } });
  };
  const employed = async () => ({ personId: (await addPerson(await enrolled())).value.id });
  const certify = (params: Awaited<ReturnType<typeof employed>>, days = 730) =>
    manager.grantCertification({ params, body: { programId, certification: 'systems-engineer', from: inDays(0), until: inDays(days) } });
  return { manager, application, applied, vetted, admitted, enroll, enrolled, addPerson, employed, certify };
};

export const partnerRows = (scene: Scene): Rows => {
  const { programId, partner, other, dollars } = scene;
  const { manager, application, applied, vetted, admitted, enroll, enrolled, addPerson, employed, certify } = partnersOf(scene);
  const leaving = async () => {
    const params = await enrolled();
    await manager.beginOffboarding({ params, body: because });
    return params;
  };
  const evidence = [{ name: 'Plan', url: 'https://files.example/plan.pdf' }];
  const submitEngagement = () =>
    partner.system.partners.submitEngagement({ body: { programId, kind: 'business-plan', title: 'Plan of the year', heldOn: inDays(0), evidence } });
  const engaged = async () => ({ engagementId: (await submitEngagement()).value.id });
  const registerAsset = () => {
    const { endCustomer } = opportunity(programId, dollars);
    const registration = { programId, endCustomer, productFamily: 'storage', installedOn: inDays(0), partnerOfRecord: partner.partnerId };
    return manager.registerAsset({ body: registration });
  };
  const registered = async (): Promise<Asset> => (await registerAsset()).value;
  const widened = { ...terms, businessModels: ['reseller', 'service-provider'] };

  return {
    'partners apply': row(nothing, application),
    'partners vet': row(applied, (params) => manager.vet({ params, body: { outcome: 'passed' } })),
    'partners admit': row(vetted, (params) => manager.admit({ params, body: { agreement: 'Partner Agreement 2026' } })),
    'partners enroll': row(admitted, enroll),
    'partners changeEnrollment': row(enrolled, (params) => manager.changeEnrollment({ params: { ...params, programId }, body: widened })),
    'partners group': row(
      async () => ({ subsidiary: await enrolled(), parent: await enrolled() }),
      ({ subsidiary, parent }) => manager.group({ params: subsidiary, body: { parentId: parent.partnerId, ...because } }),
    ),
    'partners suspend': row(enrolled, (params) => manager.suspend({ params, body: because })),
    'partners leave': row(leaving, (params) => manager.leave({ params })),
    'partners addPerson': row(enrolled, addPerson),
    'partners grantCertification': row(employed, (params) => certify(params)),
    'partners submitEngagement': row(nothing, submitEngagement),
    'partners acceptEngagement': row(engaged, (params) => manager.acceptEngagement({ params })),
    'partners registerAsset': row(nothing, registerAsset),
    'partners reassignAsset': row(registered, ({ id }) =>
      manager.reassignAsset({ params: { assetId: id }, body: { to: other.partnerId, ...because } }),
    ),
    'partners on CertificationGranted': row(employed, (params) => certify(params), { by: 'react' }),
  };
};

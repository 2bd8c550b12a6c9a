/** Partners and programs on a stage of their own, and who works there: what the service tests of partners begin with. */
import { dayOf } from '@echelon/calendar';
import { ApiProblem } from '@echelon/client';
import { Envelope } from '@echelon/contracts';
import type { AssetId, PartnerId } from '@echelon/contracts/ids';
import { partners as contract, partnerEvents, personEvents } from '@echelon/contracts/partners';
import { programs } from '@echelon/contracts/programs';
import type { ProgramDocument } from '@echelon/program';
import { openTable } from '@echelon/store';
import { document as example } from './given.ts';
import { type Actor, actor } from './journeys/cast.ts';
import { type PartnerAtWork, partnerAtWork, programInForce } from './journeys/one-deal.ts';
import { localWorld } from './local-world.ts';

interface Given {
  readonly document?: ProgramDocument;
  readonly ladders?: string[];
}

export const partnersWorld = async ({ document = example, ladders = ['reseller'] }: Given = {}) => {
  const world = await localWorld({ services: [{ contract: programs }, { contract }] });
  const { stage } = world;
  const watch = stage.listen('watch', Object.values({ ...partnerEvents, ...personEvents }));
  const programId = await programInForce(world, document);
  const [manager, billing, operator] = [actor(world, 'channel-manager').partners, actor(world, 'billing-system').partners, actor(world, 'operator')];
  const today = dayOf((await operator.platform.clock({})).value.now, document.timeZone);
  let partners = 0;
  return {
    world,
    table: openTable(stage.dynamodb, `${stage.tables.partners}`),
    programId,
    manager,
    billing,
    operator,
    today,
    /** Every event of partners and people, as it came. */
    told: (): readonly Envelope[] => watch.received().map(({ detail }) => Envelope.parse(detail)),
    newPartner: (): Promise<PartnerAtWork> => partnerAtWork(world, programId, `Partner ${++partners} Ltd`, { businessModels: ['reseller'], ladders }),
    /** One of a partner's people who looks after the others. */
    adminOf: async (partnerId: PartnerId): Promise<Actor['partners']> => {
      const credentials = { clientId: `admin-${partnerId}`, clientSecret: 'secret' };
      await stage.register({ clientId: credentials.clientId, secret: credentials.clientSecret, role: 'partner-admin', partnerId });
      return actor(world, credentials).partners;
    },
    assetOf: async (partnerOfRecord: PartnerId, serialNumber?: string): Promise<AssetId> => {
      const endCustomer = { name: 'Acme', country: 'US' };
      const body = { programId, endCustomer, productFamily: 'storage', installedOn: today, partnerOfRecord, ...(serialNumber && { serialNumber }) };
      return (await billing.registerAsset({ body })).value.id;
    },
  };
};

/** By which reason a call was refused; `done` where it was not. */
export const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: unknown) => (error instanceof ApiProblem ? error.problem.code : String(error)),
  );

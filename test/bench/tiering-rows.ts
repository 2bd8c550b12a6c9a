import { type PartnerId, StandingId } from '@echelon/contracts/ids';
import { idFrom } from '@echelon/lambda';
import { actor } from '../journeys/cast.ts';
import { partnerAtWork } from '../journeys/one-deal.ts';
import { tenYears } from './decade.ts';
import { partnersOf } from './partner-rows.ts';
import { replant } from './planted.ts';
import { type Rows, row } from './row.ts';
import { approvedDeal, inDays, nothing, orderOf, type Scene } from './scene.ts';

const ladder = 'reseller';

export const tieringRows = async (scene: Scene): Promise<Rows> => {
  const { world, programId, partner } = scene;
  const { stage } = world;
  const [manager, programManager] = [actor(world, 'channel-manager').tiering, actor(world, 'program-manager').tiering];
  const billing = actor(world, 'billing-system').deals;
  const { enrolled, employed, certify } = partnersOf(scene);

  const idOf = ({ partnerId }: { readonly partnerId: PartnerId }) => idFrom(StandingId, programId, partnerId);
  const standing = async () => {
    const standingId = idOf(await enrolled());
    await stage.settle();
    return standingId;
  };
  const reviewDue = async () => {
    const standingId = await standing();
    await replant(stage, { service: 'tiering', id: standingId }, ({ positions, ...rest }) => ({
      ...rest,
      positions: (positions as object[]).map((position) => ({ ...position, reviewOn: String(inDays(0)) })),
    }));
    return standingId;
  };
  /** A partner of long standing, and one deal more. */
  const veteran = await partnerAtWork(world, programId, 'Veteran Systems LLC');
  const inVeteran = { ...scene, partner: veteran };
  const afterTenYears = async () => {
    const deal = await approvedDeal(inVeteran);
    await stage.settle();
    const { positions, facts } = tenYears().written;
    await replant(stage, { service: 'tiering', id: idOf(veteran) }, (now) => ({ ...now, positions, facts }));
    return deal;
  };

  return {
    'tiering list': row(nothing, () => partner.system.tiering.list({ query: { programId } })),
    'tiering gap': row(standing, (standingId) => manager.gap({ params: { standingId } })),
    'tiering points': row(standing, (standingId) => manager.points({ params: { standingId }, query: {} })),
    'tiering override': row(standing, (standingId) =>
      programManager.override({ params: { standingId }, body: { ladder, tier: 'elite', until: inDays(90), reason: 'A merger.' } }),
    ),
    'tiering signOff': row(reviewDue, (standingId) => manager.signOff({ params: { standingId, ladder }, body: { tier: 'authorized' } })),
    'tiering on CertificationGranted': row(employed, (params) => certify(params), { by: 'react' }),
    'tiering on DealWon, after ten years': row(
      afterTenYears,
      (deal) => billing.win({ params: { dealId: deal.id }, body: orderOf(inVeteran, deal) }),
      { by: 'react' },
    ),
  };
};

import type { DealRegistration } from '@echelon/contracts/deals';
import { actor } from '../journeys/cast.ts';
import { type Rows, row } from './row.ts';
import { approvedDeal, nothing, orderOf, type Scene, someDeal, submittedDeal } from './scene.ts';

const of = ({ id }: Pick<DealRegistration, 'id'>) => ({ params: { dealId: id } });
const because = { reason: 'The customer said so.' };

/** Deals as far along as a row wants them. */
const stages = (scene: Scene) => {
  const { world, partner, other } = scene;
  const [manager, billing] = [actor(world, 'channel-manager').deals, actor(world, 'billing-system').deals];
  const deal = () => submittedDeal(scene);
  const approved = () => approvedDeal(scene);
  const win = (one: DealRegistration) => billing.win({ ...of(one), body: orderOf(scene, one) });
  return {
    ...{ manager, billing, deal, approved, win },
    asked: async () => (await manager.requestInformation({ ...of(await deal()), body: { question: 'Which array?' } })).value,
    /** Of a customer whom another partner's deal names in the same way, and nothing else says so. */
    matched: async () => {
      const [first, second] = [someDeal(scene), someDeal(scene)];
      const { name, country, city } = first.endCustomer;
      const { value: before } = await other.system.deals.submit({ body: first });
      const { value } = await partner.system.deals.submit({ body: { ...second, endCustomer: { ...second.endCustomer, name, country, city } } });
      return { deal: value, match: before.id };
    },
    won: async () => (await win(await approved())).value,
  };
};

const amendment = ({ amount }: DealRegistration) => ({ ...because, amount: { ...amount, amount: amount.amount / 2n } });

export const dealRows = (scene: Scene): Rows => {
  const { programId, partner, other } = scene;
  const { system } = partner;
  const { manager, billing, deal, asked, matched, approved, won, win } = stages(scene);
  return {
    'deals submit': row(nothing, () => system.deals.submit({ body: someDeal(scene) })),
    'deals submit, approved at once': row(nothing, () => system.deals.submit({ body: { ...someDeal(scene), segment: 'smb' } })),
    'deals requestInformation': row(deal, (one) => manager.requestInformation({ ...of(one), body: { question: 'Which array?' } })),
    'deals supplyInformation': row(asked, (one) => system.deals.supplyInformation({ ...of(one), body: { answer: 'The old one.' } })),
    'deals decideMatch': row(matched, ({ deal: one, match }) =>
      manager.decideMatch({ ...of(one), body: { dealId: match, decision: 'different', ...because } }),
    ),
    'deals approve': row(deal, (one) => manager.approve(of(one))),
    'deals reject': row(deal, (one) => manager.reject({ ...of(one), body: because })),
    'deals withdraw': row(deal, (one) => system.deals.withdraw(of(one))),
    'deals extend': row(approved, (one) => system.deals.extend({ ...of(one), body: because })),
    'deals transfer': row(approved, (one) => manager.transfer({ ...of(one), body: { to: other.partnerId, ...because } })),
    'deals lose': row(approved, (one) => system.deals.lose({ ...of(one), body: because })),
    'deals win': row(approved, win),
    'deals amendOrder': row(won, (one) => billing.amendOrder({ ...of(one), body: amendment(one) })),
    'deals cancelOrder': row(won, (one) => billing.cancelOrder({ ...of(one), body: because })),
    'deals creditInfluence': row(won, (one) =>
      manager.creditInfluence({ ...of(one), body: { partnerId: other.partnerId, salesPlay: 'ransomware-recovery', ...because } }),
    ),
    'deals get': row(deal, (one) => system.deals.get(of(one))),
    'deals list, 25 a page': row(deal, () => system.deals.list({ query: { programId, limit: 25 } })),
  };
};

/** What follows of what happens to deals, in other functions. */
export const reactionRows = (scene: Scene): Rows => {
  const { billing, approved, won, win } = stages(scene);
  return {
    // The win and the account team's credit.
    'deals publish of a win': row(approved, win, { by: 'publish', events: 2 }),
    'tiering on DealWon': row(approved, win, { by: 'react' }),
    'tiering on OrderAmended': row(won, (one) => billing.amendOrder({ ...of(one), body: amendment(one) }), { by: 'react' }),
    'partners on DealWon': row(approved, win, { by: 'react' }),
  };
};

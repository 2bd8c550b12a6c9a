/** What partners and the vendor do: the verbs of every story. Each act of it has a key of its own, so that told again it changes nothing. */
import { addDays, quarterOf } from '@echelon/calendar';
import type { DealId } from '@echelon/contracts/ids';
import { type Money, money } from '@echelon/money';
import type { EngagementKind, Key } from '@echelon/program';
import { type CustomerName, customers } from './customers.ts';
import type { Act, Acting } from './story.ts';

const thousand = (thousands: number): Money => money(BigInt(thousands) * 100_000n, 'USD');

/** What becomes of a deal in its month. One that is approved and left alone expires; a partner that leaves has its deals closed. */
type Ends = keyof typeof ends;
interface Opened extends Acting {
  readonly dealId: DealId;
  readonly amount: Money;
}
const decided = ({ key, dealId }: Opened) => ({ key: key('decides'), params: { dealId } });
const approve: (deal: Opened) => Promise<unknown> = (deal) => deal.vendor.channelManager.deals.approve(decided(deal));
const win = async (deal: Opened): Promise<void> => {
  await approve(deal);
  const order = { orderNumber: `PO-${deal.dealId.slice(-8)}`, orderedOn: deal.today, amount: deal.amount, fulfilledBy: deal.partnerId };
  await deal.system.deals.win({ ...decided(deal), body: order });
};
const ends = {
  submitted: async () => {},
  asked: (deal) => deal.vendor.channelManager.deals.requestInformation({ ...decided(deal), body: { question: 'Which of their sites is it for?' } }),
  rejected: (deal) => deal.vendor.channelManager.deals.reject({ ...decided(deal), body: { reason: 'Our account team is in talks already.' } }),
  withdrawn: (deal) => deal.system.deals.withdraw(decided(deal)),
  approved: approve,
  lost: async (deal) => {
    await approve(deal);
    await deal.system.deals.lose({ ...decided(deal), body: { reason: 'They stay with what they have.' } });
  },
  won: win,
  cancelled: async (deal) => {
    await win(deal);
    await deal.vendor.billing.deals.cancelOrder({ ...decided(deal), body: { reason: 'The project was stopped.' } });
  },
} as const satisfies Readonly<Record<string, (deal: Opened) => Promise<unknown>>>;

interface More {
  readonly family?: Key;
  /** A partner that helped to win it, and in which sales play. */
  readonly helped?: readonly [partner: string, salesPlay: Key];
}
export const deal =
  (customer: CustomerName, thousands: number, end: Ends, { family, helped }: More = {}): Act =>
  async (acting) => {
    const amount = thousand(thousands);
    const { value } = await acting.system.deals.submit({
      key: acting.key(customer),
      body: {
        programId: acting.programId,
        endCustomer: customers[customer],
        productFamilies: [family ?? acting.productFamily],
        amount,
        expectedCloseOn: addDays(acting.today, 45),
        route: acting.route,
      },
    });
    const opened = { ...acting, dealId: value.id, amount };
    await ends[end](opened);
    if (helped === undefined) return;
    const [partner, salesPlay] = helped;
    const body = { partnerId: acting.other(partner), salesPlay, reason: 'Brought the customer’s architects round.' };
    await acting.vendor.channelManager.deals.creditInfluence({ ...decided(opened), body });
  };

/** Each partner has some of them; the addresses are its own. */
const staff = {
  ada: { name: 'Ada Bauer', role: 'se' },
  ben: { name: 'Ben Okafor', role: 'se' },
  chiara: { name: 'Chiara Rossi', role: 'se' },
  dev: { name: 'Dev Patel', role: 'se' },
  elena: { name: 'Elena Novak', role: 'se' },
  femi: { name: 'Femi Adeyemi', role: 'ae' },
  grace: { name: 'Grace Kim', role: 'ae' },
  hugo: { name: 'Hugo Martin', role: 'ae' },
  ines: { name: 'Ines Duarte', role: 'ae' },
} as const;

/** People of the partner pass an examination; it holds as long as the document says, or until so many days after the present. */
export const certified =
  (certification: Key, people: readonly (keyof typeof staff)[], endsIn?: number): Act =>
  async ({ partnerId, programId, slug, key, today, began, present, vendor: { channelManager } }) => {
    for (const who of people) {
      const { name, role } = staff[who];
      const { value: person } = await channelManager.partners.addPerson({
        key: `${slug}-${who}`,
        params: { partnerId },
        body: { record: { name, email: `${who}@${slug}.example` }, roles: [role], employedFrom: began },
      });
      const until = endsIn === undefined ? {} : { until: addDays(present, endsIn) };
      const body = { programId, certification, from: today, ...until };
      await channelManager.partners.grantCertification({ key: key(certification), params: { personId: person.id }, body });
    }
  };

/** Done and accepted; or still to be judged. */
export const engaged =
  (kind: EngagementKind, title: string, state: 'accepted' | 'submitted' = 'accepted'): Act =>
  async ({ programId, slug, key, today, system, vendor: { channelManager } }) => {
    const evidence = [{ name: `${title}.pdf`, url: `https://files.${slug}.example/${kind}.pdf` }];
    const body = { programId, kind, title, heldOn: today, evidence };
    const { value } = await system.partners.submitEngagement({ key: key(title), body });
    if (state === 'accepted') await channelManager.partners.acceptEngagement({ key: key(title), params: { engagementId: value.id } });
  };

/** Bookings of the quarter, proposed by the partner and agreed; of one quarter once, however often it is said. */
export const targeted =
  (thousands: number): Act =>
  async (acting) => {
    const quarter = quarterOf(acting.today, { startMonth: acting.fiscalStartMonth });
    const asked = {
      key: `${acting.slug}-${quarter}`,
      params: await standing(acting),
      body: { measure: 'bookings', quarter, amount: thousand(thousands) },
    } as const;
    await acting.system.tiering.proposeTarget(asked);
    await acting.vendor.channelManager.tiering.agreeTarget(asked);
  };

export const nominated =
  (tier: Key): Act =>
  async (acting) => {
    const body = { tier, until: addDays(acting.present, 365), reason: 'Among the most strategic.' };
    await acting.vendor.programManager.tiering.nominate({ key: acting.key(tier), params: await standing(acting), body });
  };

const standing = async ({ system, programId }: Acting) => {
  const { value } = await system.tiering.list({ query: { programId } });
  const [first] = value.items;
  if (first === undefined) throw new Error('the partner has no standing');
  return { standingId: first.id };
};

/** Chosen by the partner; and confirmed by a channel manager, unless that is still to come. */
export const track =
  (ladder: Key, chosen: Key, state: 'confirmed' | 'chosen' = 'confirmed'): Act =>
  async ({ partnerId, programId, key, system, vendor: { channelManager } }) => {
    await system.partners.chooseTrack({ key: key(chosen), params: { partnerId, programId }, body: { ladder, track: chosen } });
    if (state === 'confirmed')
      await channelManager.partners.confirmTrack({ key: key(chosen), params: { partnerId, programId, ladder }, body: { track: chosen } });
  };

export const specialized =
  (specialization: Key, way?: Key): Act =>
  ({ partnerId, programId, key, today, vendor: { channelManager } }) =>
    channelManager.partners.grantSpecialization({
      key: key(specialization),
      params: { partnerId },
      body: { programId, specialization, from: today, ...(way !== undefined && { way }) },
    });

export const feeSettled: Act = ({ partnerId, programId, slug, key, today, vendor: { billing } }) =>
  billing.partners.settleAdmissionFee({ key: key('fee'), params: { partnerId, programId }, body: { settledOn: today, reference: `SEPA ${slug}` } });

export const feeWaived: Act = ({ partnerId, programId, key, vendor: { programManager } }) =>
  programManager.partners.waiveAdmissionFee({ key: key('fee'), params: { partnerId, programId }, body: { reason: 'Came with the former program.' } });

export const subsidiaryOf =
  (parent: string): Act =>
  ({ partnerId, key, other, vendor: { channelManager } }) =>
    channelManager.partners.group({
      key: key('parent'),
      params: { partnerId },
      body: { parentId: other(parent), reason: 'Its national subsidiary.' },
    });

/** What was sold stands at the customer, with the partner of record. */
export const installed =
  (customer: CustomerName, serialNumber: string, productFamily: Key): Act =>
  ({ programId, partnerId, key, today, vendor: { billing } }) =>
    billing.partners.registerAsset({
      key: key(serialNumber),
      body: { programId, endCustomer: customers[customer], productFamily, serialNumber, installedOn: today, partnerOfRecord: partnerId },
    });

export const leaves: Act = async ({ partnerId, key, vendor: { channelManager } }) => {
  await channelManager.partners.beginOffboarding({ key: key('leaves'), params: { partnerId }, body: { reason: 'Gives up this business.' } });
  await channelManager.partners.leave({ key: key('leaves'), params: { partnerId } });
};

/** What commands are judged by, read from the table: what follows from the deal after it, all the rest at once. */
import type { Instant } from '@echelon/calendar';
import type { DealRegistration, DealSubmission, EndCustomer, LineKeys, Order } from '@echelon/contracts/deals';
import type { DealId, PartnerId, ProgramId } from '@echelon/contracts/ids';
import type { Asset, Partner } from '@echelon/contracts/partners';
import type { InForce } from '@echelon/contracts/programs';
import type { Standing } from '@echelon/contracts/tiering';
import { refuse } from '@echelon/decider';
import type { ProgramBook } from '@echelon/lambda/program-book';
import type { Claims, Informed, Projection, Shelf } from '@echelon/store';
import { type Memory, pairOf, type Remembered } from './alike.ts';
import { groupKeys, nameKey } from './customer.ts';
import { type Deal, type DealEvent, type Decided, winnable } from './deal.ts';
import type { Registrant } from './exclusion.ts';
import { allOf, keysNow, type Lines, type Looking, matchesIn, opportunityKeys, orderKey } from './lines.ts';
import { matchTo } from './matching/match.ts';
import type { InfluenceFacts, OrderFacts } from './order.ts';
import type { ExtensionFacts, TransferFacts } from './protection.ts';
import { type Customers, standingKey } from './store.ts';
import { lookingFor, type SubmissionFacts } from './submission.ts';

/** The lines, and what others last said. */
export interface Known {
  readonly claims: Claims;
  readonly programs: ProgramBook;
  readonly partners: Projection<Partner>;
  readonly standings: Projection<Standing>;
  readonly assets: Shelf<Asset>;
  readonly customers: Customers;
  readonly decisions: Projection<Remembered>;
}

/** A command on a deal that is there, with the facts that follow from it. */
export const onDeal = <Facts, Reason extends string>(
  command: (deal: DealRegistration, facts: Facts) => Decided<Reason>,
  facts: (deal: DealRegistration) => Promise<Facts>,
): Informed<Deal, DealEvent, Reason | 'not-found', { readonly known: Facts } | undefined> => ({
  facts: async (promised) => {
    const deal = await promised;
    return deal.status === 'none' ? undefined : { known: await facts(deal) };
  },
  command: (deal, read) => (deal.status === 'none' || read === undefined ? refuse('not-found') : command(deal, read.known)),
});

export const noFacts = async (): Promise<undefined> => undefined;

const linesFor = async (keys: LineKeys, { claims }: Pick<Known, 'claims'>): Promise<Lines> => {
  const lines = await claims.read(allOf(keys));
  const [named, other] = [keys.strong.length, keys.strong.length + keys.names.length];
  return { strong: lines.slice(0, named), names: lines.slice(named, other), alike: lines.slice(other) };
};

/** Those in which it stands. */
export const linesOf = ({ keys }: DealRegistration, known: Pick<Known, 'claims'>): Promise<Lines> => linesFor(keys, known);

/** Those of its customer as known now too, in which it may stand not yet. */
export const linesNow = (deal: DealRegistration, known: Pick<Known, 'claims'>): Promise<Lines> => linesFor(keysNow(deal), known);

/** What was decided before of those in its lines that may want the same: nothing is asked where there are none. */
const memoryOf = async (deal: Looking, lines: Lines, now: Instant, { decisions }: Pick<Known, 'decisions'>): Promise<Memory> => {
  const candidates = matchesIn(lines, deal, now);
  const known = await Promise.all(
    candidates.map(async ({ dealId, endCustomer }) => {
      const pair = endCustomer && pairOf(deal.endCustomer, endCustomer);
      return [dealId, pair && (await decisions.get(pair))] as const;
    }),
  );
  return new Map(known.flatMap(([dealId, decision]) => (decision ? [[dealId, decision] as const] : [])));
};

/** The lines, and what is remembered of those who stand in them. */
const remembering = async (deal: Looking, keys: LineKeys, now: Instant, known: Pick<Known, 'claims' | 'decisions'>) => {
  const lines = await linesFor(keys, known);
  return { lines, memory: await memoryOf(deal, lines, now, known) };
};

/** All of an open deal that may want the same, as things stand. */
export const forMatches = (deal: DealRegistration, now: Instant, known: Pick<Known, 'claims' | 'decisions'>) =>
  remembering(deal, keysNow(deal), now, known);

const registrantOf = async (programId: ProgramId, partnerId: PartnerId, { partners, standings, programs }: Known): Promise<Registrant> => {
  const [partner, standing] = await Promise.all([partners.get(partnerId), standings.get(standingKey(programId, partnerId))]);
  const before = standing?.grandfathered && (await programs.under(programId, standing.grandfathered.versionId));
  return { partner, standing, before };
};

/** Customers that may be the one, whose assets are looked at: each is a read. */
const LIKELY_MAX = 25;

/** What is installed at the customer and in its group, and at those that are called alike, the likeliest. */
const assetsAt = async (endCustomer: EndCustomer, { assets, customers }: Pick<Known, 'assets' | 'customers'>): Promise<readonly Asset[]> => {
  const [found, alike] = await Promise.all([assets.read(groupKeys(endCustomer)), customers.calledLike(endCustomer)]);
  const match = matchTo({ endCustomer });
  const likely = alike
    .map((one) => ({ key: nameKey(one), ...match({ endCustomer: one }) }))
    .filter(({ key, verdict }) => verdict !== 'different' && key !== nameKey(endCustomer))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, LIKELY_MAX);
  return [...found, ...(await assets.read(likely.map(({ key }) => key)))];
};

export const forSubmission = async (
  {
    id,
    submission,
    partnerId,
    now,
  }: { readonly id: DealId; readonly submission: DealSubmission; readonly partnerId: PartnerId; readonly now: Instant },
  known: Known,
): Promise<SubmissionFacts> => {
  const { programId, fulfilledBy, endCustomer } = submission;
  const [program, registrant, fulfiller, assets, matched] = await Promise.all([
    known.programs.at(programId, now),
    registrantOf(programId, partnerId, known),
    fulfilledBy === undefined ? undefined : known.partners.get(fulfilledBy),
    assetsAt(endCustomer, known),
    remembering(lookingFor(id, partnerId, submission), opportunityKeys(submission), now, known),
  ]);
  return { program, ...registrant, fulfiller, assets, ...matched };
};

/** Of today's version, for the deal's partner or another. */
const ofToday = async ({ programId, partnerId }: Pick<DealRegistration, 'programId' | 'partnerId'>, now: Instant, known: Known) => {
  const [program, registrant] = await Promise.all([known.programs.at(programId, now), registrantOf(programId, partnerId, known)]);
  return { program, ...registrant };
};

export const forDecision = async (deal: DealRegistration, now: Instant, known: Known) => {
  const [today, matched] = await Promise.all([ofToday(deal, now, known), forMatches(deal, now, known)]);
  return { ...today, ...matched };
};

export const forTransfer = async (
  deal: DealRegistration,
  { to, now }: { readonly to: PartnerId; readonly now: Instant },
  known: Known,
): Promise<TransferFacts> => {
  const [today, lines, assets] = await Promise.all([
    ofToday({ ...deal, partnerId: to }, now, known),
    linesOf(deal, known),
    deal.renews === undefined ? [] : assetsAt(deal.endCustomer, known),
  ]);
  return { ...today, lines, assets };
};

/** The version that fixed what protects the deal; before there is any, the one it was submitted under. */
const programOf = (deal: DealRegistration, { programs }: Known): Promise<InForce> => {
  const { versionId } = winnable(deal)?.offer ?? ('offer' in deal ? deal.offer : deal);
  return programs.under(deal.programId, versionId);
};

export const forExtension = async (deal: DealRegistration, known: Known): Promise<ExtensionFacts> => {
  const [program, partner, lines] = await Promise.all([programOf(deal, known), known.partners.get(deal.partnerId), linesOf(deal, known)]);
  return { program, partner, lines };
};

export const forOrder = async (deal: DealRegistration, order: Order, known: Known): Promise<OrderFacts> => {
  const { programId, partnerId } = deal;
  const { orderedOn, fulfilledBy } = order;
  const [program, thatDay, partner, fulfiller, [line]] = await Promise.all([
    programOf(deal, known),
    known.programs.on(programId, orderedOn),
    known.partners.get(partnerId),
    known.partners.get(fulfilledBy),
    known.claims.read([orderKey(programId, order)]),
  ]);
  if (line === undefined) throw new Error('one key was asked for, and no line came');
  // A day before the program's first version lies outside of any protection.
  return { program, onTheDay: thatDay ?? program, partner, fulfiller, line };
};

/** The version in force on the day of its order, whose rule credited it. */
export const onTheOrdersDay = (deal: DealRegistration, known: Known): Promise<InForce> =>
  deal.status === 'won' && deal.accountTeamCredit ? known.programs.under(deal.programId, deal.accountTeamCredit.versionId) : programOf(deal, known);

export const forInfluence = async (deal: DealRegistration, influencer: PartnerId, known: Known): Promise<InfluenceFacts> => {
  const [program, partner] = await Promise.all([onTheOrdersDay(deal, known), known.partners.get(influencer)]);
  return { program, partner };
};

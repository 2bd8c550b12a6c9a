import { Instant } from '@echelon/calendar';
import type { deals as contract, DealRegistration, InfluenceCredit, InfluenceStatement } from '@echelon/contracts/deals';
import type { Asset, Partner } from '@echelon/contracts/partners';
import type { Standing } from '@echelon/contracts/tiering';
import type { Reactions } from '@echelon/lambda';
import type { Agenda, Projection } from '@echelon/store';
import * as z from 'zod';
import { pairOf, type Remembered } from './alike.ts';
import { groupKeys } from './customer.ts';
import type { Known } from './reads.ts';
import { standingKey } from './store.ts';

export interface Deps extends Known {
  readonly toClose: Agenda;
  readonly influences: Projection<InfluenceStatement>;
  readonly decisions: Projection<Remembered>;
}
interface Told<State> {
  readonly event: { readonly version: number; readonly occurredAt: Instant; readonly state: State };
}

/** What others say of programs, partners, tiers and assets is kept as last said; nothing here decides anything. */
const keepPartner = ({ event: { version, state } }: Told<Partner>, { partners }: Deps) => partners.put(state.id, version, state);

/** A partner that stands down may have deals to close: a sweep looks at it, once what it is can be read. */
const keepForClosing = async (told: Told<Partner>, deps: Deps) => {
  await keepPartner(told, deps);
  const { version, occurredAt, state } = told.event;
  await deps.toClose.put(state.id, { version, dueAt: z.encode(Instant, occurredAt) });
};

const keepStanding = ({ event: { version, state } }: Told<Standing>, { standings }: Deps) =>
  standings.put(standingKey(state.programId, state.partnerId), version, state);

const keepAsset = async ({ event: { version, state } }: Told<Asset>, { assets, customers }: Deps) => {
  await assets.put(groupKeys(state.endCustomer), state.id, { version, value: state });
  await customers.put(state.endCustomer);
};

/** A partner that was credited is no party to the deal: what it was given is kept beside, for it to see. */
const keepInfluence = (
  { event: { version, state, occurredAt, data } }: Told<DealRegistration> & { readonly event: { readonly data: Credited } },
  { influences }: Deps,
) => {
  const { credit, reason } = data;
  if (!('order' in state)) throw new Error(`${state.id} was credited without an order`);
  const reversed = reason === undefined ? {} : { reversed: { at: occurredAt, reason } };
  const statement = { ...credit, programId: state.programId, dealId: state.id, orderedOn: state.order.orderedOn, ...reversed };
  return influences.put(`${state.id}#${credit.partnerId}#${credit.salesPlay}`, version, statement);
};
interface Credited {
  readonly credit: InfluenceCredit;
  /** Why it was taken back. */
  readonly reason?: string;
}

export const react: Reactions<typeof contract, Deps> = {
  ProgramVersionActivated: ({ event }, { programs }) => programs.learn(event),
  PartnerEnrolled: keepPartner,
  PartnerEnrollmentChanged: keepPartner,
  PartnerSuspended: keepForClosing,
  PartnerReinstated: keepPartner,
  PartnerOffboardingBegun: keepPartner,
  PartnerLeft: keepForClosing,
  PartnerPlaced: keepStanding,
  PositionEnded: keepStanding,
  TierChanged: keepStanding,
  AttainmentChanged: keepStanding,
  OverrideSet: keepStanding,
  BenefitsGrandfathered: keepStanding,
  AssetRegistered: keepAsset,
  AssetReassigned: keepAsset,
  AssetRetired: keepAsset,
  /** By its time, for two deals have no versions in common: what was decided last counts. */
  DealMatchDecided: async ({ event: { occurredAt, state, data } }, { decisions }) => {
    const { endCustomer, decision, reason, by: decidedBy, matchedBy } = data;
    const pair = endCustomer && pairOf(state.endCustomer, endCustomer);
    if (pair) await decisions.put(pair, occurredAt.epochMilliseconds, { decision, reason, decidedBy, ...(matchedBy && { matchedBy }) });
  },
  InfluenceCredited: keepInfluence,
  InfluenceReversed: keepInfluence,
};

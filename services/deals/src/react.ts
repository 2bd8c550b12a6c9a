import type { deals as contract } from '@echelon/contracts/deals';
import type { Partner } from '@echelon/contracts/partners';
import type { Standing } from '@echelon/contracts/tiering';
import type { Reactions } from '@echelon/lambda';
import type { ProgramBook } from '@echelon/lambda/program-book';
import type { Projection } from '@echelon/store';
import { standingKey } from './store.ts';

export interface Deps {
  readonly programs: ProgramBook;
  readonly partners: Projection<Partner>;
  readonly standings: Projection<Standing>;
}

interface StandingTold {
  readonly event: { readonly version: number; readonly state: Standing };
}

/** What others say of programs, partners and tiers is kept as last said; nothing here decides anything. */
const keepStanding = ({ event: { version, state } }: StandingTold, { standings }: Deps) =>
  standings.put(standingKey(state.programId, state.partnerId), version, state);

export const react: Reactions<typeof contract, Deps> = {
  ProgramVersionActivated: ({ event }, { programs }) => programs.learn(event),
  PartnerEnrolled: ({ event: { aggregateId, version, state } }, { partners }) => partners.put(aggregateId, version, state),
  StandingOpened: keepStanding,
  TierChanged: keepStanding,
};

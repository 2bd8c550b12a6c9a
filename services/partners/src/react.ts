import type { partners as contract } from '@echelon/contracts/partners';
import type { Reactions } from '@echelon/lambda';
import type { ProgramBook } from '@echelon/lambda/program-book';
import type { RightsTable } from '@echelon/lambda/rights';

export interface Deps {
  readonly programs: ProgramBook;
  readonly rights: RightsTable;
}

/** A system client's rights follow from its events, so that they are granted even if the request that registered it dies. */
export const react: Reactions<typeof contract, Deps> = {
  ProgramVersionActivated: ({ event }, { programs }) => programs.learn(event),
  SystemClientRegistered: ({ event: { data } }, { rights }) => rights.grant(data.oauthClientId, data.actsFor),
  SystemClientRevoked: ({ event: { state } }, { rights }) => rights.revoke(state.oauthClientId),
};

import { Instant } from '@echelon/calendar';
import { Asset, Engagement, Partner, Person, SystemClient } from '@echelon/contracts/partners';
import type { ProgramBook } from '@echelon/lambda/program-book';
import type { RightsTable } from '@echelon/lambda/rights';
import { type Rounds, roundsIn } from '@echelon/lambda/rounds';
import { type Claims, claims, listing, type Projection, projection, type Table, type Tallies, tallies } from '@echelon/store';
import {
  type Assets,
  assetsIn,
  clientsIn,
  type Engagements,
  engagementsIn,
  type Partners,
  type People,
  partnersIn,
  peopleIn,
  type SystemClients,
} from './store.ts';
import type { Identity } from './system-client/identity.ts';

/** All that rows, reactions and sweeps are given; each takes what it uses. */
export interface Deps {
  readonly partners: Partners;
  readonly people: People;
  readonly engagements: Engagements;
  readonly assets: Assets;
  readonly clients: SystemClients;
  readonly listPartners: ReturnType<typeof listing<typeof Partner>>;
  readonly listPeople: ReturnType<typeof listing<typeof Person>>;
  readonly listEngagements: ReturnType<typeof listing<typeof Engagement>>;
  readonly listAssets: ReturnType<typeof listing<typeof Asset>>;
  readonly listClients: ReturnType<typeof listing<typeof SystemClient>>;
  readonly claims: Claims;
  readonly tallies: Tallies;
  /** When a partner was last active, by its id. The version is the time itself, so that an earlier one replaces nothing. */
  readonly activity: Projection<Instant>;
  readonly rounds: Rounds;
  readonly programs: ProgramBook;
  readonly identity: Identity;
  readonly rights: RightsTable;
}

export const storesIn = (table: Table): Omit<Deps, 'programs' | 'identity' | 'rights'> => ({
  partners: partnersIn(table),
  people: peopleIn(table),
  engagements: engagementsIn(table),
  assets: assetsIn(table),
  clients: clientsIn(table),
  listPartners: listing(table, Partner),
  listPeople: listing(table, Person),
  listEngagements: listing(table, Engagement),
  listAssets: listing(table, Asset),
  listClients: listing(table, SystemClient),
  claims: claims(table),
  tallies: tallies(table),
  activity: projection(table, 'ACTIVITY', Instant),
  rounds: roundsIn(table),
});

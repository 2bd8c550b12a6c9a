import { tiering as contract } from '@echelon/contracts/tiering';
import { serve } from '@echelon/lambda';
import { needed, openEdges, type Sdk } from '@echelon/lambda/edges';
import { programBook } from '@echelon/lambda/program-book';
import { roundsIn } from '@echelon/lambda/rounds';
import { openTable } from '@echelon/store';
import { api } from './api.ts';
import { react } from './react.ts';
import { departuresIn, groupsIn, ledgerIn, listStandings, partnersIn, programsIn, standingsIn } from './store.ts';
import { sweeps } from './sweeps.ts';

export const create = ({ env, sdk }: { env: Readonly<Record<string, string | undefined>>; sdk?: Sdk }) => {
  const edges = openEdges(env, sdk);
  const table = openTable(edges.dynamo, needed(edges.environment, 'TABLE'));
  const deps = {
    standings: standingsIn(table),
    list: listStandings(table),
    partners: partnersIn(table),
    departures: departuresIn(table),
    programs: programBook(table),
    groups: groupsIn(table),
    ledger: ledgerIn(table),
    judged: programsIn(table),
    rounds: roundsIn(table),
  };
  return serve({ contract, api, react, sweeps, deps }, edges);
};

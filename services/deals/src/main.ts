import { deals as contract } from '@echelon/contracts/deals';
import { serve } from '@echelon/lambda';
import { needed, openEdges, type Sdk } from '@echelon/lambda/edges';
import { programBook } from '@echelon/lambda/program-book';
import { claims, openTable } from '@echelon/store';
import { api } from './api.ts';
import { react } from './react.ts';
import {
  assetsKnown,
  customersKnown,
  dealsIn,
  decisionsIn,
  influencesIn,
  listDeals,
  listInfluences,
  partnersKnown,
  standingsKnown,
  toClose,
} from './store.ts';
import { sweeps } from './sweeps.ts';

export const create = ({ env, sdk }: { env: Readonly<Record<string, string | undefined>>; sdk?: Sdk }) => {
  const edges = openEdges(env, sdk);
  const table = openTable(edges.dynamo, needed(edges.environment, 'TABLE'));
  const deps = {
    deals: dealsIn(table),
    claims: claims(table),
    list: listDeals(table),
    decisions: decisionsIn(table),
    influences: influencesIn(table),
    listInfluences: listInfluences(table),
    programs: programBook(table),
    partners: partnersKnown(table),
    standings: standingsKnown(table),
    assets: assetsKnown(table),
    customers: customersKnown(table),
    toClose: toClose(table),
  };
  return serve({ contract, api, react, sweeps, deps }, edges);
};

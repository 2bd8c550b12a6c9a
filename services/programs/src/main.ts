import { programs as contract } from '@echelon/contracts/programs';
import { serve } from '@echelon/lambda';
import { needed, openEdges, type Sdk } from '@echelon/lambda/edges';
import { openTable } from '@echelon/store';
import { api } from './api.ts';
import { documentsIn, listPrograms, programsIn } from './store.ts';

export const create = ({ env, sdk }: { env: Readonly<Record<string, string | undefined>>; sdk?: Sdk }) => {
  const edges = openEdges(env, sdk);
  const table = openTable(edges.dynamo, needed(edges.environment, 'TABLE'));
  const deps = { programs: programsIn(table), documents: documentsIn(table), list: listPrograms(table) };
  return serve({ contract, api, react: {}, sweeps: {}, deps }, edges);
};

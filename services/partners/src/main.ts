import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { partners as contract } from '@echelon/contracts/partners';
import { serve } from '@echelon/lambda';
import { needed, openEdges, type Sdk } from '@echelon/lambda/edges';
import { programBook } from '@echelon/lambda/program-book';
import { rightsTable } from '@echelon/lambda/rights';
import { openTable } from '@echelon/store';
import { api } from './api.ts';
import { type Deps, storesIn } from './deps.ts';
import { react } from './react.ts';
import { sweeps } from './sweeps.ts';
import { identityIn } from './system-client/identity.ts';

export const create = ({ env, sdk }: { env: Readonly<Record<string, string | undefined>>; sdk?: Sdk }) => {
  const edges = openEdges(env, sdk);
  const { environment, dynamo } = edges;
  const table = openTable(dynamo, needed(environment, 'TABLE'));
  const deps: Deps = {
    ...storesIn(table),
    programs: programBook(table),
    identity: identityIn(new CognitoIdentityProviderClient(edges.sdk), needed(environment, 'USER_POOL')),
    rights: rightsTable(dynamo, needed(environment, 'IDENTITY_TABLE')),
  };
  return serve({ contract, api, react, sweeps, deps }, edges);
};

import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { systemClock } from '@echelon/calendar';
import { asyncapi } from '@echelon/contracts/asyncapi';
import { openapi } from '@echelon/contracts/openapi';
import { platform, programSchema } from '@echelon/contracts/platform';
import { services } from '@echelon/contracts/services';
import { apiOf, type Rows, served } from './api.ts';
import { identifyBy } from './caller.ts';
import { docsPage, docsRenderer } from './docs.ts';
import { clockKey, type Edges, needed, openEdges, type Sdk } from './edges.ts';
import { logOf } from './log.ts';

const contracts = [...services, platform];

const rows: Rows<typeof platform, Edges> = {
  openapi: async (_asked, { environment }) => ({
    state: openapi(contracts, { clockMoves: environment.CLOCK_MOVES === 'true', issuer: environment.ISSUER }),
  }),
  asyncapi: async () => ({ state: asyncapi(contracts) }),
  programSchema: async () => ({ state: programSchema() }),
  docs: async ({ query }) => ({ state: docsPage(query.of ?? 'api') }),
  docsRenderer: async () => ({ state: await docsRenderer() }),
  clock: async ({ now }) => ({ state: { now } }),
  moveClock: async ({ body }, { dynamo, environment }) => {
    const shiftMs = body.now.epochMilliseconds - systemClock.now().epochMilliseconds;
    await dynamo.send(
      new UpdateItemCommand({
        TableName: needed(environment, 'IDENTITY_TABLE'),
        Key: clockKey,
        UpdateExpression: 'SET shiftMs = :shift',
        ExpressionAttributeValues: { ':shift': { N: String(shiftMs) } },
      }),
    );
    return { state: { now: body.now } };
  },
};

export const create = ({ env, sdk }: { env: Readonly<Record<string, string | undefined>>; sdk?: Sdk }) => {
  const edges = openEdges(env, sdk);
  const open = ([, { route }]: [string, { route: { onlyWhereClockMoves?: true } }]) =>
    !route.onlyWhereClockMoves || edges.environment.CLOCK_MOVES === 'true';
  const routes = new Map([...served<typeof platform.routes, Edges>(platform.routes, rows)].filter(open));
  return {
    api: apiOf({
      service: platform.name,
      served: routes,
      deps: edges,
      edges,
      identify: identifyBy(edges.environment),
      openLog: logOf(platform.name),
    }),
  };
};

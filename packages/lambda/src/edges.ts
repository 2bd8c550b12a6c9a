/** Where the process meets the world: environment, AWS clients, the clock. Read once, at the start of a function. */
import { DynamoDBClient, type DynamoDBClientConfig, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { type Clock, shiftedClock, systemClock } from '@echelon/calendar';
import * as z from 'zod';

/** Every function's environment: what infra and the local stage both set. An unset variable stops the function at its start. */
export const Environment = z.object({
  STAGE: z.string().min(1),
  TABLE: z.string().min(3).optional(),
  BUS: z.string().min(1).optional(),
  /** The token issuer, as it stands in `iss`. */
  ISSUER: z.string().min(1).optional(),
  /** Where the issuer's keys are; the issuer's well-known place unless told. */
  JWKS: z.url().optional(),
  /** Rights of OAuth clients, and the clock of stages whose clock moves. */
  IDENTITY_TABLE: z.string().min(3).optional(),
  CLOCK_MOVES: z.enum(['true', 'false']).default('false'),
  DEAD_LETTERS: z.string().optional(),
  USER_POOL: z.string().optional(),
});
export type Environment = z.output<typeof Environment>;

/** What every AWS client is made with: endpoint and credentials come from the environment, a request handler from tests. */
export type Sdk = Pick<DynamoDBClientConfig, 'requestHandler' | 'endpoint' | 'region' | 'credentials' | 'maxAttempts'>;

export interface Edges {
  readonly environment: Environment;
  readonly sdk: Sdk;
  readonly dynamo: DynamoDBClient;
  readonly clock: () => Promise<Clock>;
}

export const openEdges = (env: Readonly<Record<string, string | undefined>>, sdk: Sdk = {}): Edges => {
  const environment = Environment.parse(env);
  const dynamo = new DynamoDBClient(sdk);
  return { environment, sdk, dynamo, clock: clockOf(dynamo, environment) };
};

/** @throws where a variable that this function can't do without is not set */
export const needed = (environment: Environment, name: keyof Environment): string => {
  const value = environment[name];
  if (value === undefined) throw new Error(`the environment lacks ${name}`);
  return value;
};

export const clockKey = { pk: { S: 'CLOCK' }, sk: { S: 'CLOCK' } };

/** Business time: the system's, or in stages whose clock moves the system's shifted by what the operator set. */
const clockOf = (dynamo: DynamoDBClient, environment: Environment) => async (): Promise<Clock> => {
  if (environment.CLOCK_MOVES === 'false') return systemClock;
  const { Item } = await dynamo.send(new GetItemCommand({ TableName: needed(environment, 'IDENTITY_TABLE'), Key: clockKey, ConsistentRead: true }));
  return shiftedClock(systemClock, Number(Item?.shiftMs?.N ?? 0));
};

/**
 * What AWS and the local stage must agree on beside the contracts themselves: the table's shape, what of its stream is
 * published, how a queue retries, which functions a service has and what they find in their environment.
 * `infra` turns it into CloudFormation, `local-stage` into a running process.
 */
import type { Contract } from './contract.ts';

/** Every service's table. Index names are those of @echelon/store; each has `<name>pk` and `<name>sk`, both text. */
export const tableShape = {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: ['all', 'own', 'party', 'due'],
  timeToLive: 'expires',
  stream: 'NEW_IMAGE',
} as const;

/** What the publish function is shown of the stream: new commits, as Lambda's filter language says it. */
export const commitsOnly = { eventName: ['INSERT'], dynamodb: { Keys: { sk: { S: [{ prefix: 'COMMIT#' }] } } } };
export const publishing = { batchSize: 100, maximumRecordAgeHours: 24 } as const;

/** After so many receives a message goes to the dead-letter queue, with its reason; SQS's own policy is the net one receive later. */
export const RECEIVES_MAX = 5;
export const queueing = {
  batchSize: 10,
  functionSeconds: 30,
  visibilitySeconds: 180,
  receivesMaxBySqs: RECEIVES_MAX + 1,
  retentionDays: 14,
} as const;

export const functions = ['api', 'publish', 'react', 'sweep'] as const;
export type FunctionName = (typeof functions)[number];

/** A service has just the functions that its contract has work for. */
export const functionsOf = (contract: Contract): readonly FunctionName[] =>
  functions.filter((name) => {
    const work = { api: contract.routes, publish: contract.events, react: contract.reacts, sweep: contract.sweeps }[name];
    return Object.keys(work).length > 0;
  });

export interface Surroundings {
  readonly stage: string;
  readonly clockMoves: boolean;
  readonly bus: string;
  readonly issuer: string;
  readonly jwks?: string;
  readonly identityTable: string;
  readonly userPool: string;
  readonly table?: string;
  readonly deadLetters?: string;
}

/** The environment of a function, as `Environment` in @echelon/lambda reads it. */
export const environmentOf = ({
  stage,
  clockMoves,
  bus,
  issuer,
  jwks,
  identityTable,
  userPool,
  table,
  deadLetters,
}: Surroundings): Record<string, string> => ({
  STAGE: stage,
  CLOCK_MOVES: String(clockMoves),
  BUS: bus,
  ISSUER: issuer,
  IDENTITY_TABLE: identityTable,
  USER_POOL: userPool,
  ...(jwks !== undefined && { JWKS: jwks }),
  ...(table !== undefined && { TABLE: table }),
  ...(deadLetters !== undefined && { DEAD_LETTERS: deadLetters }),
});

/** What differs from stage to stage, as data. Anything that isn't here is the same everywhere. */
import { queueing } from '@echelon/contracts/wiring';
import { CfnOutput, type Stack } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';

export interface Stage {
  readonly name: string;
  /** The operator may move business time and run sweeps: routes that elsewhere don't exist. */
  readonly clockMoves: boolean;
  /** An AWS-compatible endpoint takes AWS's place: it lacks some types of resource, and has addresses of its own. */
  readonly emulated: boolean;
  /** Tables, users and archives outlive their stacks. */
  readonly dataOutlivesStack: boolean;
  /** Nobody can delete a table or the user pool before this is taken back. */
  readonly deletionProtected: boolean;
  readonly logRetention: RetentionDays;
  readonly archiveDays: number;
  /** A message that failed is seen again after this. AWS wants six times the consumer's time at least. */
  readonly visibilitySeconds: number;
  /** What all callers together may ask of the API; beyond it they get 429. */
  readonly requests: { readonly perSecond: number; readonly burst: number };
  readonly alarms: {
    readonly publishMinutes: number;
    /** The last of five receives comes after 4 × 180 s = 12 minutes: an event that waits longer is not just being retried. */
    readonly processMinutes: number;
    /** In five minutes, over the whole API. */
    readonly failuresMax: number;
  };
}

const lasting = { clockMoves: false, emulated: false, visibilitySeconds: queueing.visibilitySeconds } as const;
const forTrying = {
  clockMoves: true,
  dataOutlivesStack: false,
  deletionProtected: false,
  logRetention: RetentionDays.ONE_WEEK,
  archiveDays: 7,
} as const;

export const stages = {
  local: {
    ...forTrying,
    name: 'local',
    emulated: true,
    visibilitySeconds: 2,
    requests: { perSecond: 1_000, burst: 1_000 },
    alarms: { publishMinutes: 5, processMinutes: 15, failuresMax: 1 },
  },
  dev: {
    ...lasting,
    ...forTrying,
    name: 'dev',
    requests: { perSecond: 50, burst: 100 },
    alarms: { publishMinutes: 30, processMinutes: 60, failuresMax: 20 },
  },
  staging: {
    ...lasting,
    name: 'staging',
    dataOutlivesStack: true,
    deletionProtected: false,
    logRetention: RetentionDays.ONE_MONTH,
    archiveDays: 30,
    requests: { perSecond: 500, burst: 1_000 },
    alarms: { publishMinutes: 5, processMinutes: 15, failuresMax: 5 },
  },
  prod: {
    ...lasting,
    name: 'prod',
    dataOutlivesStack: true,
    deletionProtected: true,
    logRetention: RetentionDays.ONE_YEAR,
    archiveDays: 365,
    requests: { perSecond: 1_000, burst: 2_000 },
    alarms: { publishMinutes: 5, processMinutes: 15, failuresMax: 5 },
  },
} as const satisfies Readonly<Record<string, Stage>>;

/** @throws where there is no such stage */
export const stageNamed = (name: unknown): Stage => {
  const found = Object.values(stages).find((stage) => stage.name === name);
  if (found === undefined) throw new Error(`say which stage: -c stage=${Object.keys(stages).join('|')}`);
  return found;
};

export const stackName = (stage: Stage, room: string): string => `echelon-${stage.name}-${room}`;

/** What people and scripts need to know of a stack. Ids share a namespace with the stack's constructs, hence the prefix. */
export const outputs = (stack: Stack, values: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(values)) new CfnOutput(stack, `Out${name}`, { value });
};

/** What a stage is told, and what it offers. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EventContract, Role } from '@echelon/contracts';
import type { FunctionName } from '@echelon/contracts/wiring';
import type { BusEvent } from './bus.ts';
import type { Faults } from './faults.ts';
import type { GroundOptions } from './ground.ts';
import type { ServiceModule } from './loading.ts';
import type { Meter } from './meter.ts';
import type { QueueStatus } from './queues.ts';
import type { BadTokens } from './tokens.ts';

export interface Stepped {
  readonly seed: number;
  /** An event may stand on a queue twice, and a stream's batch may be published twice. */
  readonly duplicates?: boolean;
  /** A queue gives any of its messages, in any order. */
  readonly disorder?: boolean;
}
export interface StageOptions extends GroundOptions {
  /** Every service of the contracts unless told. */
  readonly services?: readonly ServiceModule[];
  /** `one-thread` unless told: faults and meter see only that. */
  readonly mode?: 'one-thread' | 'workers';
  /** As it comes unless told. */
  readonly delivery?: 'flowing' | Stepped;
  readonly clockMoves?: boolean;
  /** After how long a failed message or batch is tried again, where nothing is stepped. */
  readonly retryAfterMs?: number;
  /** Also sums DynamoDB's capacity units, which costs a little time per call. */
  readonly meter?: boolean;
}
/** A client that is there from the start, as a person would set one up in the console. */
export interface Persona {
  readonly clientId: string;
  readonly secret: string;
  readonly role: Role;
  readonly partnerId?: string;
}
export interface Listener {
  /** Every event that its rule sent it, in order of arrival. */
  received(): readonly BusEvent[];
}
export interface Stage {
  readonly name: string;
  readonly url: string;
  readonly issuer: string;
  readonly tokenUrl: string;
  readonly awsUrl: string;
  readonly dynamodbUrl: string;
  readonly dynamodb: DynamoDBClient;
  /** Table by service; `identity` among them. */
  readonly tables: Readonly<Record<string, string>>;
  register(persona: Persona): Promise<void>;
  /** From the token endpoint, as any client gets one. */
  token(clientId: string): Promise<string>;
  readonly tokens: BadTokens;
  /** A further consumer on the bus, such as the vendor's billing. What was sent before it listened it does not hear. */
  listen(name: string, events: readonly EventContract[]): Listener;
  /** Runs a function by hand, as its source would. */
  invoke(service: string, name: FunctionName, event: object): Promise<unknown>;
  step(): Promise<string | undefined>;
  settle(): Promise<number>;
  queues(): readonly QueueStatus[];
  /** @returns how many messages went from the dead-letter queue back to the queue */
  redrive(queue: string): number;
  readonly faults: Faults;
  readonly meter: Meter;
  stop(): Promise<void>;
}

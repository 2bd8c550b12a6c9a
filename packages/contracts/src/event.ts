import { Instant } from '@echelon/calendar';
import * as z from 'zod';
import { PartnerId, ProgramId } from './ids.ts';

/** One kind of event: its name on the bus, what it says, and the public state of its aggregate after it. */
export interface EventContract {
  readonly service: string;
  readonly name: string;
  readonly data: z.ZodType;
  readonly state: z.ZodType;
}

/** An aggregate's events: each carries its own data, and all carry the aggregate's public state. */
export const events = <const Data extends Readonly<Record<string, z.ZodType>>, State extends z.ZodType>(
  service: string,
  state: State,
  data: Data,
): {
  readonly [Name in keyof Data & string]: { readonly service: string; readonly name: Name; readonly data: Data[Name]; readonly state: State };
} => {
  const entries = Object.entries(data).map(([name, schema]) => [name, { service, name, data: schema, state }]);
  // Object.fromEntries forgets which name has which schema; the mapped type above says it.
  return Object.fromEntries(entries);
};

/** What a decision says happened, and when in the world: the union over an aggregate's events. */
export type Happened<Events extends Readonly<Record<string, EventContract>>> = {
  [Name in keyof Events & string]: { readonly type: Name; readonly at: Instant; readonly data: z.output<Events[Name]['data']> };
}[keyof Events & string];

/** The envelope that every event travels in: `detail` on EventBridge, where the detail-type is `type`. */
export const Envelope = z.object({
  id: z.string().meta({ description: '`<aggregateId>#<version>.<n>`: equal on every resend.' }),
  type: z.string(),
  aggregateId: z.string().meta({ description: 'What it happened to.' }),
  version: z.int().positive().meta({ description: 'Counts the decisions on this aggregate, from 1.' }),
  occurredAt: Instant.meta({ description: 'EffectiveTime: when it was so in the world.' }),
  recordedAt: Instant.meta({ description: 'RecordedTime: when Echelon learned it.' }),
  programId: ProgramId.optional(),
  partnerId: PartnerId.optional(),
  correlationId: z.string().meta({ description: 'The API call or outside event at the root of it.' }),
  causationId: z.string().meta({ description: 'The request or event that directly led to it.' }),
  state: z.unknown().meta({ description: "The aggregate's public state at this version." }),
  data: z.unknown(),
});
export type Envelope = z.output<typeof Envelope>;

/** An envelope whose data and state have been decoded by its contract. */
export type EventMessage<E extends EventContract> = Omit<Envelope, 'data' | 'state'> & {
  readonly data: z.output<E['data']>;
  readonly state: z.output<E['state']>;
};

export const sourceOf = (service: string): string => `echelon.${service}`;

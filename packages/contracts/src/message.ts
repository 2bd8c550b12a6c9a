/** One kind of event as it stands on the bus, for those who read about it: the schema of its `detail`, and one example of it. */
import * as z from 'zod';
import { Envelope, type EventContract } from './event.ts';
import { exampleOf } from './example.ts';
import type { Json } from './json-schema.ts';

/** The envelope with this event's own name, data and state in it. */
export const messageOf = ({ name, data, state }: EventContract) =>
  Envelope.extend({
    type: z.literal(name).meta({ description: 'The detail-type.' }),
    data: data.meta({ description: 'What this event says.' }),
    state: state.meta({ description: "The aggregate's public state at this version." }),
  });

/** What the event is for its readers: the sentence on its data, else its name in words. */
export const sentenceOf = ({ name, data }: EventContract): string => z.globalRegistry.get(data)?.description ?? `${sentence(kebab(name))}.`;

const VERSION = 1;

/** An example that hangs together: its ids are its state's, and its state is one that such an event leaves. */
export const messageExampleOf = (event: EventContract): Json => {
  const made = exampleOf(messageOf(event), leftBy(event)) as Json & { state: Json };
  const { id, programId, partnerId } = made.state;
  const { occurredAt, recordedAt, state, data } = made;
  const about = { ...(programId !== undefined && { programId }), ...(partnerId !== undefined && { partnerId }) };
  const traced = { correlationId: EXAMPLE_REQUEST, causationId: EXAMPLE_REQUEST };
  return { id: `${id}#${VERSION}.1`, type: event.name, aggregateId: id, version: VERSION, occurredAt, recordedAt, ...about, ...traced, state, data };
};

const EXAMPLE_REQUEST = 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef';

/** Of a union's branches the one whose status ends the event's name, else the one that has most in common with what the event says. */
const leftBy = ({ name, data }: EventContract) => {
  const said = data instanceof z.ZodObject ? Object.keys(data.shape).flatMap((field) => [field, `${field}s`]) : [];
  return (branches: readonly Json[]): Json | undefined => {
    const ends = branches.find((branch) => kebab(name).endsWith(`-${statusOf(branch)}`));
    const common = (branch: Json) => said.filter((field) => field in propertiesOf(branch)).length;
    return ends ?? branches.toSorted((a, b) => common(b) - common(a))[0];
  };
};

const propertiesOf = (branch: Json) => (branch.properties ?? {}) as Readonly<Record<string, Json>>;
const statusOf = (branch: Json): unknown => propertiesOf(branch).status?.const;

/** `DealInformationRequested` is `deal-information-requested`. */
const kebab = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1).replaceAll('-', ' ');

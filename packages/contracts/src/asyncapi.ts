/** AsyncAPI 3, from the contracts: who publishes which event, who reacts to it, its schema and an example. */
import * as z from 'zod';
import { type Contract, type EventContract, sourceOf } from './contract.ts';
import { type Components, type Json, schemaOf } from './json-schema.ts';
import { messageExampleOf, messageOf, sentenceOf } from './message.ts';

const description = `Every event is published once its decision is stored, on the stage's bus of Amazon EventBridge (\`echelon-<stage>\`). A rule by \`source\`
and \`detail-type\` hears it; the payloads here are the \`detail\`.

- An event may come more than once and out of order: \`id\` is equal on every resend, \`version\` counts the decisions on one aggregate.
- \`state\` is the aggregate's public state after the event, so that a copy of it just replaces a lower version.
- Events only grow: ignore the fields that you do not know.

The HTTP API: [docs](docs).`;

export const asyncapi = (contracts: readonly Contract[]): Json => {
  const schemas: Components = {};
  const publishing = contracts.filter(({ events }) => Object.keys(events).length > 0);
  const all = publishing.flatMap(({ events }) => Object.values(events));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Echelon: events',
      version: '1.0.0',
      description,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    servers: {
      bus: {
        host: 'events.{region}.amazonaws.com',
        protocol: 'https',
        description: 'Amazon EventBridge: the bus of a stage.',
        variables: { region: { description: 'Where the stage is deployed.', examples: ['eu-central-1'] } },
      },
    },
    channels: Object.fromEntries(publishing.map((contract) => [contract.name, channelOf(contract)])),
    operations: Object.fromEntries(contracts.flatMap(operationsOf)),
    components: {
      messages: Object.fromEntries(all.map((event) => [keyOf(event), message(event, contracts, schemas)])),
      schemas,
    },
  };
};

const keyOf = ({ service, name }: EventContract): string => `${service}.${name}`;
const title = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const channelOf = ({ name, summary, events }: Contract): Json => ({
  address: sourceOf(name),
  title: title(name),
  summary: `What happens in ${name}: events whose source is \`${sourceOf(name)}\`.`,
  description: summary,
  servers: [{ $ref: '#/servers/bus' }],
  messages: Object.fromEntries(Object.values(events).map((event) => [event.name, { $ref: `#/components/messages/${keyOf(event)}` }])),
});

/** What a service publishes is one operation; what it hears of another service is one for each that it hears. */
const operationsOf = ({ name, events, reacts }: Contract): [string, Json][] => {
  const published = Object.values(events);
  const heard = Map.groupBy(reacts, ({ service }) => service);
  return [
    ...(published.length > 0 ? [operation('send', { by: name, of: name, events: published })] : []),
    ...Array.from(heard, ([of, all]) => operation('receive', { by: name, of, events: all })),
  ];
};

const operation = (action: 'send' | 'receive', { by, of, events }: { by: string; of: string; events: readonly EventContract[] }): [string, Json] => [
  action === 'send' ? `${by}.publishes` : `${by}.reactsTo.${of}`,
  {
    action,
    title: action === 'send' ? `${title(by)} publishes` : `${title(by)} reacts to ${of === by ? 'itself' : of}`,
    channel: { $ref: `#/channels/${of}` },
    tags: [{ name: by }],
    messages: events.map((event) => ({ $ref: `#/channels/${of}/messages/${event.name}` })),
  },
];

const message = (event: EventContract, contracts: readonly Contract[], schemas: Components): Json => {
  const reacting = contracts.filter(({ reacts }) => reacts.some((one) => keyOf(one) === keyOf(event))).map(({ name }) => name);
  const example = messageExampleOf(event);
  return {
    name: event.name,
    title: event.name,
    summary: sentenceOf(event),
    description:
      reacting.length > 0
        ? `Within Echelon ${reacting.join(', ')} react${reacting.length > 1 ? '' : 's'} to it.`
        : 'Within Echelon nothing reacts to it.',
    headers: schemaOf(headersOf(event), schemas),
    payload: schemaOf(messageOf(event), schemas),
    examples: [
      { name: event.name, summary: sentenceOf(event), headers: { source: sourceOf(event.service), 'detail-type': event.name }, payload: example },
    ],
  };
};

/** What EventBridge says of an event beside its detail, by which rules pick it. */
const headersOf = ({ service, name }: EventContract) => z.object({ source: z.literal(sourceOf(service)), 'detail-type': z.literal(name) });

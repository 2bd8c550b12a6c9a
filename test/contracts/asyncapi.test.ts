/** The AsyncAPI document: what the reference parser says of it, and whether each example is one of what it exemplifies. */
import { Parser } from '@asyncapi/parser';
import { events, service } from '@echelon/contracts';
import { asyncapi } from '@echelon/contracts/asyncapi';
import { messageOf } from '@echelon/contracts/message';
import { platform } from '@echelon/contracts/platform';
import { services } from '@echelon/contracts/services';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { AsyncApi, payloads } from './payloads.ts';

const document = asyncapi([...services, platform]);
const described = AsyncApi.parse(document);
const everyEvent = services.flatMap((contract) => Object.values(contract.events));

const ERROR = 0;
const WARNING = 1;
const complaints = async (about: unknown): Promise<string[]> =>
  (await new Parser().parse(JSON.stringify(about))).diagnostics
    .filter(({ severity }) => severity === ERROR || severity === WARNING)
    .map(({ message }) => message);

describe('the AsyncAPI document', () => {
  it('is valid, as the reference parser reads it', async () => {
    expect(await complaints(document)).toEqual([]);
  }, 120_000);

  it('would not be with a broken reference, or an operation on another channel’s message', async () => {
    const doors = events('doors', z.object({ open: z.boolean() }), { DoorOpened: z.object({}) });
    const lights = events('lights', z.object({ on: z.boolean() }), { LightTurnedOn: z.object({}) });
    const toy = asyncapi([
      service('doors', { summary: 'Doors.', routes: {}, events: doors }),
      service('lights', { summary: 'Lights.', routes: {}, events: lights, reacts: [doors.DoorOpened] }),
    ]);
    expect(await complaints(toy)).toEqual([]);
    const broken = JSON.parse(JSON.stringify(toy).replace('"#/components/messages/doors.DoorOpened"', '"#/components/messages/nothing"'));
    expect(await complaints(broken)).not.toEqual([]);
    const foreign = structuredClone(toy) as { operations: Record<string, { messages: unknown }> };
    Object.assign(foreign.operations['lights.reactsTo.doors'] ?? {}, { messages: [{ $ref: '#/channels/lights/messages/LightTurnedOn' }] });
    expect(await complaints(foreign)).not.toEqual([]);
  });

  it('has every event of the contracts, on the channel of its service, and every reaction', () => {
    expect(Object.keys(described.components.messages)).toEqual(everyEvent.map(({ service, name }) => `${service}.${name}`));
    for (const { name, events: published, reacts } of services) {
      expect(Object.keys(described.channels[name]?.messages ?? {})).toEqual(Object.keys(published));
      const heard = Object.entries(described.operations).filter(([key]) => key.startsWith(`${name}.reactsTo.`));
      const refs = heard.flatMap(([, { messages }]) => messages.map(({ $ref }) => $ref));
      expect(refs.toSorted()).toEqual(reacts.map((event) => `#/channels/${event.service}/messages/${event.name}`).toSorted());
    }
  });
});

it('uses of JSON Schema only what 2020-12 and draft 7 say alike, for AsyncAPI’s own dialect is the older', () => {
  const newer = ['prefixItems', '$defs', '$dynamicRef', 'unevaluatedProperties', 'dependentRequired', 'dependentSchemas', 'minContains'];
  const found: string[] = [];
  const look = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    const names = Object.keys(part);
    // Draft 7 reads nothing beside a reference: what stands there may describe, and must not restrict.
    const beside = '$ref' in part ? names.filter((name) => !['$ref', 'description', 'examples', 'title'].includes(name)) : [];
    found.push(...names.filter((name) => newer.includes(name)), ...beside);
    for (const inner of Object.values(part)) look(inner);
  };
  look((document as { components: unknown }).components);
  expect(found).toEqual([]);
});

describe('the example of', () => {
  const fits = payloads(document);
  it.each(everyEvent.map((event) => [`${event.service}.${event.name}`, event] as const))(
    '%s fits its JSON Schema and is read by its codecs',
    (key, event) => {
      const example = described.components.messages[key]?.examples[0]?.payload;
      expect(fits(key, example)).toEqual([]);
      const message = messageOf(event);
      expect(z.encode(message, z.decode(message, example as never))).toEqual(example);
    },
  );

  it('an event that is not as it should be does not fit', () => {
    const example = described.components.messages['deals.DealWon']?.examples[0]?.payload as Record<string, object>;
    const { version: _, ...incomplete } = example;
    expect(fits('deals.DealWon', incomplete)).toEqual(["must have required property 'version'"]);
    expect(fits('deals.DealWon', { ...example, data: { ...example.data, order: {} } })).not.toEqual([]);
    expect(fits('deals.DealWon', { ...example, state: { ...example.state, status: 'lost' } })).not.toEqual([]);
    expect(fits('deals.DealForgotten', example)).toEqual(['the document has no deals.DealForgotten']);
  });
});

/** What the documents promise of events, held against those that are really published. */
import { Envelope, sourceOf } from '@echelon/contracts';
import { messageOf } from '@echelon/contracts/message';
import { services } from '@echelon/contracts/services';
import { loadDemo } from '@echelon/demo';
import type { BusEvent } from '@echelon/local-stage';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { AsyncApi, payloads } from '../contracts/payloads.ts';
import { localWorld } from '../local-world.ts';
import type { Persona } from '../world.ts';
import { journeys } from './journeys.ts';

const events = services.flatMap((contract) => Object.values(contract.events));
/** As the document names a message, of what EventBridge says beside the detail. */
const kindOf = ({ source, 'detail-type': name }: BusEvent): string => `${source.replace('echelon.', '')}.${name}`;

describe('what the demo and the journeys publish', () => {
  let document: Record<string, unknown>;
  let published: readonly BusEvent[];

  beforeAll(async () => {
    const world = await localWorld();
    try {
      const listener = world.stage.listen('reader', events);
      // The demo knows people by the names of their roles, which are the cast's.
      const token = (who: string | { clientId: string; clientSecret: string }) => world.token(who as Persona);
      // Points in the one, tracks and targets in the other.
      const programs = ['vmware-partner-connect-2022', 'logitech-partner-connect-2023'] as const;
      await loadDemo({ url: world.url, token, settled: world.stage.settle, programs });
      for (const journey of Object.values(journeys)) await journey(world);
      await world.stage.settle();
      published = listener.received();
      document = z.record(z.string(), z.unknown()).parse(await (await fetch(`${world.url}/asyncapi.json`)).json());
    } finally {
      await world.close();
    }
  });

  it('is of every service, and of no kind that the document lacks', () => {
    const { components } = AsyncApi.parse(document);
    const kinds = new Set(published.map(kindOf));
    expect([...kinds].filter((kind) => !(kind in components.messages))).toEqual([]);
    expect(new Set(published.map(({ source }) => source))).toEqual(new Set(services.map(({ name }) => sourceOf(name))));
    expect(kinds.size).toBeGreaterThan(15);
  });

  it('fits the JSON Schema that the document gives for it', () => {
    const fits = payloads(document);
    for (const event of published) expect(fits(kindOf(event), event.detail), JSON.stringify(event)).toEqual([]);
  });

  it('has no field that the document does not name', () => {
    const messages = new Map(events.map((event) => [`${event.service}.${event.name}`, messageOf(event)]));
    for (const event of published) {
      const message = messages.get(kindOf(event)) ?? Envelope;
      expect(z.encode(message, z.decode(message, event.detail as never))).toEqual(event.detail);
    }
  });
});

/** One correlation id from the API call to the last consumer, in every log line. */
import { dayOf, systemClock } from '@echelon/calendar';
import { Order } from '@echelon/contracts/deals';
import { money } from '@echelon/money';
import { documents } from '@echelon/program/documents';
import { expect } from 'vitest';
import * as z from 'zod';
import type { World } from '../world.ts';
import { actor, eventually } from './cast.ts';
import { opportunity, partnerAtWork, programInForce, submitted } from './one-deal.ts';

const Line = z.object({ message: z.string(), service: z.string(), correlationId: z.string().optional() });

/** A function's own lines; the platform writes others between them. */
const linesIn = (log: readonly string[]) => log.filter((text) => text.startsWith('{"level"')).map((text) => Line.parse(JSON.parse(text)));

/** Won → booked and promoted in tiering → the tier kept in deals, and the bus between them. */
const way = ['deals request', 'deals publish', 'tiering react', 'tiering publish', 'deals react'];

export const correlation = async (world: World): Promise<void> => {
  const log = world.logFromNow();
  const programId = await programInForce(world);
  const partner = await partnerAtWork(world, programId, 'Traceable Ltd');
  const { id } = await submitted(partner, opportunity(programId, 300_000n));
  await actor(world, 'channel-manager').deals.approve({ params: { dealId: id } });

  const orderedOn = dayOf(systemClock.now(), documents['reseller-example'].timeZone);
  const order = { orderNumber: `PO-${id.slice(-6)}`, orderedOn, amount: money(30_000_000n, 'USD'), fulfilledBy: partner.partnerId };
  // By hand, for the typed client leaves the id to the gateway.
  const answer = await fetch(`${world.url}/v1/deals/${id}/order`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await world.token('billing-system')}`,
      'idempotency-key': crypto.randomUUID(),
      'x-correlation-id': `trace-${id}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(z.encode(Order, order)),
  });
  expect([answer.status, answer.headers.get('x-correlation-id')]).toEqual([201, `trace-${id}`]);

  const lines = await eventually('every function on the way has written its line', async () => {
    const written = linesIn(await log());
    const traced = written.filter((line) => line.correlationId === `trace-${id}`).map(({ service, message }) => `${service} ${message}`);
    expect(traced).toEqual(expect.arrayContaining(way));
    return written;
  });
  expect(lines.filter(({ correlationId }) => correlationId === undefined)).toEqual([]);
};

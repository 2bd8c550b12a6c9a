/** One correlation id from the API call to the last consumer, in every log line. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { localWorld } from '../local-world.ts';
import { eventually } from './cast.ts';
import { opportunity, partnerAtWork, programInForce, submitted } from './one-deal.ts';

interface Line {
  readonly message: string;
  readonly service: string;
  readonly correlationId?: string;
  readonly event?: string;
}

describe('the log', () => {
  const lines: Line[] = [];
  beforeEach(() => {
    // What functions write goes to CloudWatch by way of standard output.
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      for (const text of String(chunk).split('\n')) if (text.startsWith('{"level"')) lines.push(JSON.parse(text) as Line);
      return true;
    });
  });
  afterEach(() => vi.restoreAllMocks());

  it('follows one order from the request to the standing by one id, and every line has one', async () => {
    const world = await localWorld();
    try {
      const programId = await programInForce(world);
      const partner = await partnerAtWork(world, programId, 'Traceable Ltd');
      const { id } = await submitted(partner, opportunity(programId, 300_000n));
      const send = async (path: string, who: 'channel-manager' | 'billing-system', body?: object) =>
        fetch(`${world.url}/v1/deals/${id}/${path}`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${await world.token(who)}`,
            'idempotency-key': crypto.randomUUID(),
            'x-correlation-id': `trace-${path}`,
            ...(body && { 'content-type': 'application/json' }),
          },
          ...(body && { body: JSON.stringify(body) }),
        });
      expect((await send('approval', 'channel-manager')).status).toBe(201);
      const orderedOn = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' }).format(new Date());
      const order = { orderNumber: 'PO-1', orderedOn, amount: { amount: '300000.00', currency: 'USD' }, fulfilledBy: partner.partnerId };
      const answer = await send('order', 'billing-system', order);
      expect([answer.status, answer.headers.get('x-correlation-id')]).toEqual([201, 'trace-order']);
      // Won → booked and promoted in tiering → the tier kept in deals: three services, and the bus between them.
      await eventually('deals has heard of the tier', async () =>
        lines.find(({ message, service, event }) => message === 'react' && service === 'deals' && event === 'TierChanged'),
      );
      const trace = lines.filter(({ correlationId }) => correlationId === 'trace-order').map(({ service, message }) => `${service} ${message}`);
      expect(trace).toEqual(expect.arrayContaining(['deals request', 'deals publish', 'tiering react', 'tiering publish', 'deals react']));
      expect(lines.filter(({ correlationId }) => correlationId === undefined)).toEqual([]);
    } finally {
      await world.close();
    }
  });
});

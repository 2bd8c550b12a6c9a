/** The real CDK app, by the real bootstrap and deploy, into an AWS-compatible endpoint; then the same journeys as on the local stage. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actor, eventually } from '../journeys/cast.ts';
import { journeys } from '../journeys/journeys.ts';
import { type DeployedWorld, deploy } from './deployed-world.ts';
import { startEndpoint } from './emulator.ts';

describe('in the rehearsal', () => {
  let world: DeployedWorld;
  beforeAll(async () => {
    const endpoint = await startEndpoint();
    world = await deploy(endpoint).catch((error: unknown) => {
      endpoint.stop();
      throw error;
    });
  });
  afterAll(() => world?.close());

  for (const [sentence, journey] of Object.entries(journeys)) it(sentence, () => journey(world));

  it('a path that nobody serves is a problem too', async () => {
    const answer = await fetch(`${world.url}/v1/nowhere`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
  });

  it('the docs page and the script that draws it are served', async () => {
    const page = await fetch(`${world.url}/docs`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const script = await fetch(`${world.url}/docs/renderer.js`);
    expect([script.status, (await script.text()).includes('querySelector')]).toEqual([200, true]);
  });

  it('a backfill sends what is stored, and a consumer that knows it changes nothing', async () => {
    const auditor = actor(world, 'auditor');
    const standings = async () => {
      const { value } = await auditor.programs.list({});
      const lists = await Promise.all(value.items.map(async ({ id }) => (await auditor.tiering.list({ query: { programId: id } })).value.items));
      return lists.flat().map(({ id, tier, bookings }) => ({ id, tier, bookings }));
    };
    const before = await standings();
    expect(before.some(({ bookings }) => bookings.length > 0)).toBe(true);
    expect(await world.backfill()).toBeGreaterThan(0);
    // Behind the backfilled events on the same queue: once it is buried, they have been taken.
    const last = JSON.stringify({ after: 'the backfill' });
    await world.sendToTiering(last);
    await eventually('what was sent last is buried', async () => (await world.deadInTiering()).find(({ body }) => body === last));
    expect(await standings()).toEqual(before);
  });

  it('a poisoned event ends in the dead-letter queue with its reason', async () => {
    const poison = JSON.stringify({ source: 'echelon.deals', 'detail-type': 'DealWon', detail: { id: 'nonsense' } });
    await world.sendToTiering(poison);
    const dead = await eventually('the poison is buried', async () => (await world.deadInTiering()).find(({ body }) => body === poison));
    expect(dead.reason).toContain('Poison');
  });
});

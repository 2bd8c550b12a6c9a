/** What fails, fails on the way, or comes twice and in any order: the end is the same, and nothing is lost or done twice. */
import { Envelope, Problem } from '@echelon/contracts';
import { DealSubmission } from '@echelon/contracts/deals';
import type { ProgramId } from '@echelon/contracts/ids';
import { standingEvents } from '@echelon/contracts/tiering';
import { type Dynamo, type Stepped, startDynamo } from '@echelon/local-stage';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Actor, actor } from '../journeys/cast.ts';
import { opportunity, programInForce } from '../journeys/one-deal.ts';
import { localWorld } from '../local-world.ts';

type Place = Awaited<ReturnType<typeof localWorld>>;
interface AtWork {
  readonly world: Place;
  readonly programId: ProgramId;
  readonly system: Actor;
  readonly partnerId: Awaited<ReturnType<Actor['partners']['apply']>>['value']['id'];
  /** Distinct events of this name that were sent, by their ids. */
  sent(name: string): Promise<readonly string[]>;
}

let dynamo: Dynamo;
beforeAll(async () => {
  dynamo = await startDynamo();
});
afterAll(() => dynamo.stop());

/** A program in force and a partner with a system, on a stage on which nothing moves unless told. */
const atWork = async (delivery: Stepped): Promise<AtWork> => {
  const world = await localWorld({ delivery, dynamodb: dynamo.endpoint });
  const { stage } = world;
  const watch = stage.listen('watch', [standingEvents.StandingOpened, standingEvents.RevenueCounted, standingEvents.TierChanged]);
  const programId = await programInForce(world);
  await stage.settle();
  const [applicant, manager] = [actor(world, 'partner-admin').partners, actor(world, 'channel-manager').partners];
  const { value: partner } = await applicant.apply({ body: { legalName: 'Northern Systems LLC', country: 'US', city: 'Austin' } });
  const params = { partnerId: partner.id };
  await manager.vet({ params, body: { outcome: 'passed' } });
  await manager.admit({ params, body: { agreement: 'Partner Agreement 2026' } });
  await manager.enroll({ params, body: { programId, businessModels: ['reseller'], ladders: ['reseller'] } });
  const body = { name: 'CRM', actsFor: { role: 'partner-system', partnerId: partner.id } } as const;
  const { client, clientSecret } = (await manager.registerClient({ body })).value;
  await stage.settle();
  const sent = async (name: string) => {
    const envelopes = [...watch.received().map(({ detail }) => detail), ...(await world.billed())].map((detail) => Envelope.parse(detail));
    return [...new Set(envelopes.filter(({ type }) => type === name).map(({ id }) => id))];
  };
  const system = actor(world, { clientId: client.oauthClientId, clientSecret });
  return { world, programId, system, partnerId: partner.id, sent };
};

/** Two deals won: 200,000 and 100,000, which together are more than `preferred` asks for. */
const twoDealsWon = async ({ world, programId, system, partnerId }: AtWork): Promise<void> => {
  const manager = actor(world, 'channel-manager').deals;
  for (const dollars of [200_000n, 100_000n]) {
    const submission = opportunity(programId, dollars);
    const { value: deal } = await system.deals.submit({ body: submission });
    const params = { dealId: deal.id };
    await manager.requestInformation({ params, body: { question: 'Which array?' } });
    await system.deals.supplyInformation({ params, body: { answer: 'A competitor’s.' } });
    const { value: approved } = await manager.approve({ params });
    if (approved.status !== 'approved') throw new Error(`approved, and yet ${approved.status}`);
    const orderedOn = approved.decidedAt.toZonedDateTimeISO('America/New_York').toPlainDate();
    await system.deals.win({ params, body: { orderNumber: `PO-${params.dealId}`, orderedOn, amount: submission.amount, fulfilledBy: partnerId } });
  }
};

const theEnd = async ({ world, programId, system, sent }: AtWork) => {
  const { value: deals } = await system.deals.list({ query: { programId } });
  const { value: standings } = await system.tiering.list({ query: { programId } });
  return {
    deals: deals.items.map(({ status }) => status),
    standings: standings.items.map(({ positions, facts }) => [positions.map(({ tier }) => tier), facts.revenue.map(({ amount }) => amount.amount)]),
    opened: (await sent('StandingOpened')).length,
    counted: (await sent('RevenueCounted')).length,
    promoted: (await sent('TierChanged')).length,
    billed: (await sent('DealWon')).length,
    dead: world.stage.queues().flatMap(({ dead }) => dead),
    left: world.stage.queues().filter(({ name, visible, inFlight }) => !['billing', 'watch'].includes(name) && visible + inFlight > 0),
  };
};
const asItShould = {
  deals: ['won', 'won'],
  standings: [[['preferred'], [30_000_000n]]],
  ...{ opened: 1, counted: 2, promoted: 1, billed: 2 },
  ...{ dead: [], left: [] },
};

it.each([1, 2, 3, 4, 5])('with every event twice and in any order, by seed %i, the end is the same', async (seed) => {
  const place = await atWork({ seed, duplicates: true, disorder: true });
  try {
    await twoDealsWon(place);
    await place.world.stage.settle();
    expect(await theEnd(place)).toEqual(asItShould);
  } finally {
    await place.world.close();
  }
});

describe('with a fault', () => {
  let place: AtWork;
  beforeEach(async () => {
    place = await atWork({ seed: 11 });
    place.world.stage.faults.reset();
    return () => place.world.close();
  });
  const inject = (...faults: string[]): void => {
    for (const fault of faults) place.world.stage.faults.inject(fault);
  };
  const submitting = async (body: DealSubmission, key: string) => {
    const answer = await fetch(`${place.world.url}/v1/deals`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await tokenOf()}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(DealSubmission.encode(body)),
    });
    return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: (await answer.json()) as { id?: string; code?: string } };
  };
  const tokenOf = async (): Promise<string> => {
    const { stage } = place.world;
    await stage.register({ clientId: 'crm', secret: 'secret', role: 'partner-system', partnerId: place.partnerId });
    return stage.token('crm');
  };
  const dealsNow = async () => (await place.system.deals.list({ query: { programId: place.programId } })).value.items.map(({ id }) => id as string);

  it.each([
    ['a consumer that dies at first, before it commits, counts once', 'tiering.react#1:TransactWriteItems:before'],
    ['a consumer that dies at first, after it has committed, counts once', 'tiering.react#1:TransactWriteItems:after'],
    ['a consumer that dies at first, once it has read, counts once', 'tiering.react#1:GetItem:after'],
    ['no event is lost where publishing refuses an entry', 'deals.publish#1:PutEvents:entry'],
    ['no event is lost where publishing is killed before it sends', 'deals.publish#1:PutEvents:before'],
    ['no event is lost where publishing is killed after it has sent', 'deals.publish#1:PutEvents/3:after'],
  ])('%s', async (_, fault) => {
    inject(fault);
    await twoDealsWon(place);
    await place.world.stage.settle();
    expect(place.world.stage.faults.struck()).toEqual([fault]);
    expect(await theEnd(place)).toEqual(asItShould);
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ])('a submission killed %s its commit is one deal when it is sent again with the same key', async (kind, left) => {
    inject(`deals.api#1:TransactWriteItems:${kind}`);
    const submission = opportunity(place.programId, 20_000n);
    expect((await submitting(submission, 'k')).status).toBe(500);
    expect(await dealsNow()).toHaveLength(left);
    const again = await submitting(submission, 'k');
    expect(again.status).toBe(201);
    expect(await submitting(submission, 'k')).toEqual(again);
    expect(await dealsNow()).toEqual([again.body.id]);
  });

  it.each(['lost', 'conflict'])('a submission whose commit met “%s” is answered as if nothing had been', async (kind) => {
    inject(`deals.api#1:TransactWriteItems:${kind}`);
    const answer = await submitting(opportunity(place.programId, 20_000n), 'k');
    expect(answer.status).toBe(201);
    expect(place.world.stage.faults.struck().length).toBeGreaterThan(0);
    expect(await dealsNow()).toEqual([answer.body.id]);
  });

  it('a throttled submission is told to come back, and may', async () => {
    inject('deals.api#1:TransactWriteItems:throttle');
    const submission = opportunity(place.programId, 20_000n);
    const busy = await submitting(submission, 'k');
    expect([busy.status, busy.retryAfter, Problem.parse(busy.body).code]).toEqual([503, '1', 'busy']);
    expect(await dealsNow()).toEqual([]);
    expect((await submitting(submission, 'k')).status).toBe(201);
  });

  const put = async (queue: string, body: string): Promise<void> => {
    const { awsUrl, name } = place.world.stage;
    const QueueUrl = `${awsUrl}/000000000000/echelon-${name}-${queue}`;
    const headers = { 'x-amz-target': 'AmazonSQS.SendMessage', 'content-type': 'application/x-amz-json-1.0' };
    const answer = await fetch(awsUrl, { method: 'POST', headers, body: JSON.stringify({ QueueUrl, MessageBody: body }) });
    expect(answer.status).toBe(200);
  };
  const dead = () => place.world.stage.queues().find(({ name }) => name === 'tiering')?.dead ?? [];

  it('an event that can never be read is put aside at once with its reason, in the way of no other, and comes back when redriven', async () => {
    const event = (detail: unknown, type = 'DealWon') => JSON.stringify({ source: 'echelon.deals', 'detail-type': type, detail });
    const poison = ['no JSON', event({}, 'DealForgotten'), event({ id: 'deal#1.1' })];
    for (const body of poison) await put('tiering', body);
    await twoDealsWon(place);
    await place.world.stage.settle();
    const { dead: aside, ...rest } = await theEnd(place);
    expect({ ...rest, dead: [] }).toEqual(asItShould);
    expect(new Set(aside.map(({ body }) => body))).toEqual(new Set(poison));
    expect(aside.every(({ reason }) => reason.startsWith('Poison: '))).toBe(true);
    expect(aside.find(({ body }) => body === poison[1])?.reason).toContain('DealForgotten');
    expect(place.world.stage.redrive('tiering')).toBe(3);
    expect(dead()).toEqual([]);
    await place.world.stage.settle();
    expect(dead()).toHaveLength(3);
  });

  it('an event that fails again and again ends aside with its reason, and counts when it is redriven', async () => {
    inject('tiering.react#*:TransactWriteItems:throttle');
    await twoDealsWon(place);
    await place.world.stage.settle();
    // The fault meets the first commit of each run: a second message of the same run counts.
    const aside = dead().length;
    expect(aside).toBeGreaterThan(0);
    expect(dead().every(({ reason }) => reason.includes('ThrottlingException'))).toBe(true);
    place.world.stage.faults.reset();
    expect(place.world.stage.redrive('tiering')).toBe(aside);
    await place.world.stage.settle();
    expect(await theEnd(place)).toEqual(asItShould);
  });

  it('a consumer that dies each time leaves its messages to the queue’s own net, from which they come back', async () => {
    inject('tiering.react#*:TransactWriteItems:before');
    await twoDealsWon(place);
    await place.world.stage.settle();
    // Whatever comes in the same run dies with it: an approval, of which tiering has nothing to write, beside the two orders.
    const aside = dead().length;
    expect(aside).toBeGreaterThanOrEqual(2);
    place.world.stage.faults.reset();
    expect(place.world.stage.redrive('tiering')).toBe(aside);
    await place.world.stage.settle();
    expect(await theEnd(place)).toEqual(asItShould);
  });
});

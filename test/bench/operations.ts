/** What each operation asks of DynamoDB, and what that costs at list prices. */
import { documents } from '@echelon/program/documents';
import { actor } from '../journeys/cast.ts';
import { localWorld } from '../local-world.ts';
import { median } from './figures.ts';
import { dollarsPerThousand, type Used } from './prices.ts';
import { type Recorder, startRecorder } from './recorder.ts';
import { approvedDeal, inDays, orderOf, type Scene, setScene, someDeal, submittedDeal } from './scene.ts';

export interface Operation {
  readonly operation: string;
  /** Calls to DynamoDB, or the bus, that had to wait for the one before. */
  readonly steps: number;
  readonly requests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly ms: number;
  readonly dollarsPerThousand: number;
}

/** Units don't vary; the time does, and the first runs find the code cold. */
const TIMES = 15;
const WARM_UPS = 40;

type Beside = Pick<Used, 'httpRequests' | 'events' | 'queueRequests'>;
/** By way of the API, behind one request each. */
const HTTP: Beside = { httpRequests: 1 };
/** EventBridge puts a message on the queue, Lambda's poller receives it and deletes it: three requests where nothing is batched. */
const QUEUE: Beside = { queueRequests: 3 };

export const measureOperations = async (dynamodbUrl: string): Promise<readonly Operation[]> => {
  const recorder = await startRecorder(dynamodbUrl);
  const world = await localWorld({ dynamodb: recorder.url, clockMoves: false, meter: true });
  try {
    const scene = await setScene(world);
    for (let time = 0; time < WARM_UPS; time++) await submittedDeal(scene);
    const found: Operation[] = [];
    for (const [name, { prepare, act }] of Object.entries(apiOperations(scene))) {
      const runs: Run[] = [];
      for (let time = 0; time < TIMES; time++) runs.push(await oneRun({ scene, recorder, of: `${name.split(' ')[0]}.api`, prepare, act }));
      found.push(summed(name, runs, HTTP));
    }
    return [...found, ...(await eventOperations(scene, recorder))];
  } finally {
    await world.close();
    await recorder.stop();
  }
};

/** Named by its service first. What `prepare` made is not counted. */
interface Measured<Made> {
  readonly prepare: () => Promise<Made>;
  readonly act: (made: Made) => Promise<unknown>;
}
const measured = <Made>(prepare: () => Promise<Made>, act: (made: Made) => Promise<unknown>): Measured<unknown> => ({
  prepare,
  // It is handed just what `prepare` made.
  act: (made) => act(made as Made),
});

const apiOperations = (scene: Scene): Readonly<Record<string, Measured<unknown>>> => {
  const { world, programId, partner } = scene;
  const [manager, billing] = [actor(world, 'channel-manager'), actor(world, 'billing-system')];
  const [drafter, approver] = [actor(world, 'program-manager').programs, actor(world, 'second-program-manager').programs];
  const applicant = actor(world, 'partner-admin').partners;
  const { system } = partner;
  const document = documents['reseller-example'];

  const deal = () => submittedDeal(scene);
  const asked = async () => {
    const params = { dealId: (await deal()).id };
    return (await manager.deals.requestInformation({ params, body: { question: 'Which array?' } })).value;
  };
  const application = () => applicant.apply({ body: { legalName: 'Next Systems LLC', country: 'US', city: 'Austin' } });
  const applied = async () => ({ partnerId: (await application()).value.id });
  const vetted = async () => {
    const params = await applied();
    await manager.partners.vet({ params, body: { outcome: 'passed' } });
    return params;
  };
  const admitted = async () => {
    const params = await vetted();
    await manager.partners.admit({ params, body: { agreement: 'Partner Agreement 2026' } });
    return params;
  };
  const established = async () => ({ programId: (await drafter.establish({ body: { name: document.name } })).value.id });
  const drafted = async () => {
    const params = await established();
    const [version] = (await drafter.draft({ params, body: { document } })).value.versions;
    if (version === undefined) throw new Error('the draft left no version');
    return { ...params, versionId: version.versionId };
  };
  const approved = async () => {
    const params = await drafted();
    await approver.approve({ params });
    return params;
  };
  const nothing = async () => undefined;

  return {
    'deals submit': measured(nothing, () => system.deals.submit({ body: someDeal(scene) })),
    'deals requestInformation': measured(deal, ({ id }) =>
      manager.deals.requestInformation({ params: { dealId: id }, body: { question: 'Which array?' } }),
    ),
    'deals supplyInformation': measured(asked, ({ id }) =>
      system.deals.supplyInformation({ params: { dealId: id }, body: { answer: 'The old one.' } }),
    ),
    'deals approve': measured(deal, ({ id }) => manager.deals.approve({ params: { dealId: id } })),
    'deals reject': measured(deal, ({ id }) => manager.deals.reject({ params: { dealId: id }, body: { reason: 'Sold already.' } })),
    'deals withdraw': measured(deal, ({ id }) => system.deals.withdraw({ params: { dealId: id } })),
    'deals win': measured(
      () => approvedDeal(scene),
      (won) => billing.deals.win({ params: { dealId: won.id }, body: orderOf(scene, won) }),
    ),
    'deals get': measured(deal, ({ id }) => system.deals.get({ params: { dealId: id } })),
    'deals list, 25 a page': measured(deal, () => system.deals.list({ query: { programId, limit: 25 } })),
    'partners apply': measured(nothing, application),
    'partners vet': measured(applied, (params) => manager.partners.vet({ params, body: { outcome: 'passed' } })),
    'partners admit': measured(vetted, (params) => manager.partners.admit({ params, body: { agreement: 'Partner Agreement 2026' } })),
    'partners enroll': measured(admitted, (params) =>
      manager.partners.enroll({ params, body: { programId, businessModels: ['reseller'], ladders: ['reseller'] } }),
    ),
    'programs establish': measured(nothing, established),
    'programs draft': measured(established, (params) => drafter.draft({ params, body: { document } })),
    'programs approve': measured(drafted, (params) => approver.approve({ params })),
    'programs activate': measured(approved, (params) => drafter.activate({ params, body: { effectiveFrom: inDays(1) } })),
    'tiering list': measured(nothing, () => system.tiering.list({ query: { programId } })),
  };
};

/** What follows a won deal: its commit is published, tiering counts the order. */
const eventOperations = async (scene: Scene, recorder: Recorder): Promise<Operation[]> => {
  const billing = actor(scene.world, 'billing-system').deals;
  const prepare = () => approvedDeal(scene);
  const act = async (deal: unknown) => {
    const won = deal as Awaited<ReturnType<typeof prepare>>;
    await billing.win({ params: { dealId: won.id }, body: orderOf(scene, won) });
    await scene.world.stage.settle();
  };
  const publishes: Run[] = [];
  const counts: Run[] = [];
  for (let time = 0; time < TIMES; time++) {
    publishes.push(await oneRun({ scene, recorder, of: 'deals.publish', prepare, act }));
    counts.push(await oneRun({ scene, recorder, of: 'tiering.react', prepare, act }));
  }
  return [summed('publish of one commit', publishes, { events: 1 }), summed('tiering: react to DealWon', counts, QUEUE)];
};

interface Run {
  readonly steps: number;
  readonly requests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly ms: number;
}
interface Running extends Measured<unknown> {
  readonly scene: Scene;
  readonly recorder: Recorder;
  /** The function to look at: `deals.api`. */
  readonly of: string;
}

const oneRun = async ({ scene, recorder, of, prepare, act }: Running): Promise<Run> => {
  const { stage } = scene.world;
  const made = await prepare();
  await stage.settle();
  stage.meter.reset();
  const asked = await recorder.record(() => act(made));
  const [one, another] = stage.meter.invocations().filter(({ name }) => name.startsWith(`${of}#`));
  if (one === undefined || another !== undefined) throw new Error(`${of} ran ${one ? 'more than once' : 'never'}`);
  const { steps, operations, capacity, ms } = one;
  const requests = Object.values(operations).reduce((all, n) => all + n, 0);
  const absent = of.endsWith('.api') ? asked.flat().reduce((all, { absent: n }) => all + n, 0) : 0;
  return { steps, requests, readUnits: capacity.read + absent, writeUnits: capacity.write, ms };
};

const summed = (operation: string, runs: readonly Run[], beside: Beside): Operation => {
  const of = (name: keyof Run) => median(runs.map((run) => run[name]));
  const used = { steps: of('steps'), requests: of('requests'), readUnits: of('readUnits'), writeUnits: of('writeUnits'), ms: of('ms') };
  return { operation, ...used, dollarsPerThousand: dollarsPerThousand({ ...used, ...beside }) };
};

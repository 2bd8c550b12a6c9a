/** What each operation asks of DynamoDB, and what that costs at list prices. */
import { localWorld } from '../local-world.ts';
import { median } from './figures.ts';
import { dollarsPerThousand, type Used } from './prices.ts';
import { type Recorder, startRecorder } from './recorder.ts';
import type { Row, Rows } from './row.ts';
import { rows } from './rows.ts';
import { type Scene, setScene, submittedDeal } from './scene.ts';
import { sweepRows } from './sweeps.ts';

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
const SWEEPS = 5;
const WARM_UPS = 40;

export const measureOperations = async (dynamodbUrl: string): Promise<readonly Operation[]> => {
  const recorder = await startRecorder(dynamodbUrl);
  try {
    const found = await measuredOn(recorder, async (scene) => {
      for (let time = 0; time < WARM_UPS; time++) await submittedDeal(scene);
      return { all: await rows(scene), times: TIMES };
    });
    // A sweep sees all that stands in its table: it has a stage of its own.
    return [...found, ...(await measuredOn(recorder, async (scene) => ({ all: await sweepRows(scene), times: SWEEPS })))];
  } finally {
    await recorder.stop();
  }
};

const measuredOn = async (
  recorder: Recorder,
  of: (scene: Scene) => Promise<{ readonly all: Rows; readonly times: number }>,
): Promise<readonly Operation[]> => {
  const world = await localWorld({ dynamodb: recorder.url, clockMoves: false, meter: true });
  try {
    const scene = await setScene(world);
    const { all, times } = await of(scene);
    const found: Operation[] = [];
    for (const [name, one] of Object.entries(all)) {
      const runs: Run[] = [];
      for (let time = 0; time < times; time++) runs.push(await oneRun(name, one, { scene, recorder }));
      found.push(summed(name, one, runs));
    }
    return found;
  } finally {
    await world.close();
  }
};

interface Run {
  readonly steps: number;
  readonly requests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly ms: number;
}

const oneRun = async (
  name: string,
  { prepare, act, by = 'api' }: Row,
  { scene, recorder }: { readonly scene: Scene; readonly recorder: Recorder },
): Promise<Run> => {
  const { stage } = scene.world;
  const of = `${name.split(' ')[0]}.${by}`;
  const made = await prepare();
  await stage.settle();
  stage.meter.reset();
  const asked = await recorder.record(() => act(made));
  if (by !== 'api') await stage.settle();
  const [one, another] = stage.meter.invocations().filter((invocation) => invocation.name.startsWith(`${of}#`));
  if (one === undefined || another !== undefined) throw new Error(`${name}: ${of} ran ${one ? 'more than once' : 'never'}`);
  const { steps, operations, capacity, ms } = one;
  const requests = Object.values(operations).reduce((all, n) => all + n, 0);
  // What is recorded is all that ran: of an act by way of the API or of a sweep, that is what it asked itself.
  const uncounted = by === 'api' || by === 'sweep' ? asked.flat().reduce((all, { uncounted: n }) => all + n, 0) : 0;
  return { steps, requests, readUnits: capacity.read + uncounted, writeUnits: capacity.write, ms };
};

/** EventBridge puts a message on the queue, Lambda's poller receives it and deletes it: three requests where nothing is batched. */
const QUEUE_REQUESTS = 3;

const beside = ({ by = 'api', events = 0 }: Row): Pick<Used, 'httpRequests' | 'events' | 'queueRequests'> => ({
  httpRequests: by === 'api' ? 1 : 0,
  queueRequests: by === 'react' ? QUEUE_REQUESTS : 0,
  events,
});

const summed = (operation: string, of: Row, runs: readonly Run[]): Operation => {
  const { each = 1 } = of;
  const all = (name: keyof Run) => median(runs.map((run) => run[name]));
  const used = { steps: all('steps'), requests: all('requests'), readUnits: all('readUnits'), writeUnits: all('writeUnits'), ms: all('ms') };
  const dollars = dollarsPerThousand({ ...used, ...beside(of) });
  const { steps, requests, readUnits, writeUnits, ms } = used;
  return {
    operation,
    ...{ steps: steps / each, requests: requests / each, readUnits: readUnits / each, writeUnits: writeUnits / each },
    ...{ ms: ms / each, dollarsPerThousand: dollars / each },
  };
};

/** One DynamoDB Local for both sides: a stage that flows, and the tables of another that nothing reads but us. */
import { services } from '@echelon/contracts/services';
import { tiering } from '@echelon/contracts/tiering';
import { type ServiceModule, type Stage, startStage } from '@echelon/local-stage';
import { create as createTiering } from '../../services/tiering/src/main.ts';
import { actor } from '../journeys/cast.ts';
import { localWorld } from '../local-world.ts';
import { type Recorder, startRecorder } from './recorder.ts';
import { approvedDeal, orderOf, type Scene, setScene, someDeal } from './scene.ts';
import { byWire, copyTable, freshOf, type Send, type Steps } from './straight.ts';

export interface Ground {
  readonly scene: Scene;
  /** When tiering's reaction to a deal's order had been answered: by deal, in milliseconds as `performance.now()` gives them. */
  readonly counted: ReadonlyMap<string, number>;
  /** The tables of the stage that stands still. */
  readonly still: Stage;
  readonly wire: Send;
  /** The requests of a submission, each time with fresh ids. */
  readonly submission: () => Steps;
  /** The same of a win and of counting its order in tiering: two parts of one list of steps. */
  readonly order: () => { readonly win: Steps; readonly counting: Steps };
  stop(): Promise<void>;
}

/** Tiering as it is, with the time noted at which it was done with each event. */
const watchedTiering = (counted: Map<string, number>): ServiceModule => ({
  contract: tiering,
  create: (options) => {
    const handlers = createTiering(options);
    const react: typeof handlers.react = async (event) => {
      const answer = await handlers.react(event);
      const done = performance.now();
      for (const { body } of event.Records) {
        const { detail } = JSON.parse(body) as { detail: { aggregateId: string } };
        counted.set(detail.aggregateId, done);
      }
      return answer;
    };
    return { ...handlers, react };
  },
});

export const openGround = async (dynamodbUrl: string): Promise<Ground> => {
  const still = await startStage({ dynamodb: dynamodbUrl, delivery: { seed: 1 }, name: 'still' });
  const wire = byWire(dynamodbUrl);
  const recorder = await startRecorder(dynamodbUrl);
  const recorded = await recordedOn(recorder, still, wire);
  await recorder.stop();
  const counted = new Map<string, number>();
  const others = services.filter((contract) => contract !== tiering).map((contract): ServiceModule => ({ contract }));
  const world = await localWorld({ dynamodb: dynamodbUrl, clockMoves: false, services: [...others, watchedTiering(counted)] });
  const scene = await setScene(world);
  const stop = async () => {
    await world.close();
    await still.stop();
  };
  return { scene, counted, still, wire, ...recorded, stop };
};

/** Plays each operation once through the proxy, and leaves in the still tables what the same requests will look for. */
const recordedOn = async (recorder: Recorder, still: Stage, wire: Send): Promise<Pick<Ground, 'submission' | 'order'>> => {
  const world = await localWorld({ dynamodb: recorder.url, clockMoves: false });
  try {
    const scene = await setScene(world);
    const submission = someDeal(scene);
    const submitting = await recorder.record(() => scene.partner.system.deals.submit({ body: submission }));
    const deal = await approvedDeal(scene);
    const billing = actor(world, 'billing-system').deals;
    // One win first, so that the caller has its token.
    const first = await approvedDeal(scene);
    await billing.win({ params: { dealId: first.id }, body: orderOf(scene, first) });
    await world.stage.settle();
    const tables = (['deals', 'tiering'] as const).map((name) => [`${world.stage.tables[name]}`, `${still.tables[name]}`] as const);
    const winning = await recorder.record(
      () => billing.win({ params: { dealId: deal.id }, body: orderOf(scene, deal) }).then(world.stage.settle),
      // Others hear of a win too, each at its own table.
      tables.map(([table]) => table),
    );
    for (const [from, to] of tables) await copyTable(wire, from, to);
    const customer = submission.endCustomer.registryId?.value ?? '';
    const winningOnce = freshOf(winning, onceOnly(winning), tables);
    return {
      submission: freshOf(submitting, [customer, ...onceOnly(submitting)], tables),
      order: () => {
        const steps = winningOnce();
        const written = steps.findIndex(isWrite) + 1;
        const counted = steps.findLastIndex(isWrite) + 1;
        return { win: steps.slice(0, written), counting: steps.slice(written, counted) };
      },
    };
  } finally {
    await world.close();
  }
};

const isWrite = (step: Steps[number]): boolean => step.some(({ target }) => target.endsWith('.TransactWriteItems'));

/** What a transaction may meet only once: the ids of aggregates and causes, without what tells their kind, and its own token. */
const onceOnly = (steps: Steps): string[] => {
  const written = steps.filter(isWrite).flatMap((step) => step.map(({ body }) => body));
  const once = /(?:deal_|stand_|CAUSE#)([0-9a-z]{26})|"ClientRequestToken":"([^"]+)"/g;
  return [...new Set(written.flatMap((body) => Array.from(body.matchAll(once), ([, id, token]) => id ?? token ?? '')))];
};

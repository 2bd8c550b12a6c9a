/** The whole system in one process, from the same contracts as the infrastructure. */
import { routesOf } from '@echelon/contracts';
import { platform } from '@echelon/contracts/platform';
import { services as everyService } from '@echelon/contracts/services';
import { environmentOf, type FunctionName } from '@echelon/contracts/wiring';
import { awsEndpoint } from './aws.ts';
import { type FaultPlan, faultPlan } from './faults.ts';
import { gateway, routerOf } from './gateway.ts';
import { type Ground, openGround, type Undo } from './ground.ts';
import { openIdentity } from './identity.ts';
import { entryOf, handlersOf, type ServiceModule } from './loading.ts';
import { type Messaging, openMessaging } from './messaging.ts';
import { type OpenMeter, openMeter } from './meter.ts';
import type { Stage, StageOptions } from './options.ts';
import { deadOf } from './queues.ts';
import { type Handlers, inThread, inWorkers, type Runtime } from './runtime.ts';
import { schedule } from './schedule.ts';
import { sdkOf } from './sdk.ts';
import { OIDC } from './tokens.ts';

export type { BusEvent } from './bus.ts';
export { type Dynamo, startDynamo } from './dynamo.ts';
export { type FaultKind, type Faults, kinds as faultKinds } from './faults.ts';
export type { Create, ServiceModule } from './loading.ts';
export type { Meter, Metered } from './meter.ts';
export type { Listener, Persona, Stage, StageOptions, Stepped } from './options.ts';
export { Unavailable } from './ports.ts';
export type { QueueStatus } from './queues.ts';
export type { BadTokens } from './tokens.ts';

export const startStage = async (options: StageOptions = {}): Promise<Stage> => {
  const undo: Undo = [];
  const stop = async (): Promise<void> => {
    for (const one of undo.splice(0).reverse()) await one();
  };
  try {
    return await assemble(options, undo, stop);
  } catch (error) {
    await stop();
    throw error;
  }
};

const assemble = async (options: StageOptions, undo: Undo, stop: () => Promise<void>): Promise<Stage> => {
  const clockMoves = options.clockMoves ?? true;
  const services = options.services ?? everyService.map((contract): ServiceModule => ({ contract }));
  const modules: readonly ServiceModule[] = [...services, { contract: platform }];
  const contracts = services.map(({ contract }) => contract);
  const ground = await openGround(
    options,
    contracts.map((contract) => contract.name),
    undo,
  );
  const { name, http, aws, dynamodb, dynamodbUrl, tables } = ground;
  const messaging = openMessaging(ground, contracts, options);
  const { clients, tokens, ...identity } = await openIdentity(ground);
  aws.serve(awsEndpoint({ bus: messaging.bus, clients, sendTo: messaging.sendTo }));

  const [faults, meter] = [faultPlan(), openMeter()];
  const runtime = await loaded({
    modules,
    ground,
    options,
    faults,
    meter,
    environment: environmentsOf(ground, messaging, { ...identity, clockMoves }),
  });
  undo.push(runtime.stop);
  const invoke = (service: string, fn: FunctionName, event: object): Promise<unknown> =>
    // What a function wrote is on its table's stream by now; publishing writes nothing.
    runtime.invoke(service, fn, event).finally(() => fn !== 'publish' && messaging.wake(`stream ${service}`));

  const served = modules.map(({ contract }) => ({ service: contract.name, routes: routesOf(contract, { clockMoves }) }));
  const answer = gateway(routerOf(served, platform.name), (service, payload) => invoke(service, 'api', payload));
  http.serve((request, response) => {
    void (request.url?.startsWith(`${OIDC}/`) ? tokens.serve(request, response) : answer(request, response));
  });
  const delivery = messaging.start(invoke);
  undo.push(delivery.stop);
  const run = (service: string, sweep: string) => void invoke(service, 'sweep', { sweep }).catch(report(`sweep ${service}.${sweep}`));
  if ((options.delivery ?? 'flowing') === 'flowing') undo.push(schedule(contracts, run));

  const { step, settle } = delivery;
  const { listen, redrive, status: queues } = messaging;
  const seen = { name, url: http.url, awsUrl: aws.url, dynamodb, dynamodbUrl, tables };
  return { ...seen, ...identity, tokens, listen, invoke, step, settle, queues, redrive, faults, meter, stop };
};

const report = (what: string) => (error: unknown) => console.error(`local stage: ${what}:`, error);

interface Loading {
  readonly modules: readonly ServiceModule[];
  readonly ground: Ground;
  readonly options: StageOptions;
  readonly faults: FaultPlan;
  readonly meter: OpenMeter;
  readonly environment: (service: string) => Record<string, string>;
}

const loaded = async ({ modules, ground: { aws, dynamodbUrl, folder }, options, faults, meter, environment }: Loading): Promise<Runtime> => {
  const named = <Value>(load: (module: ServiceModule) => Value) => modules.map((module) => [module.contract.name, load(module)] as const);
  if (options.mode === 'workers') {
    const entry = (module: ServiceModule) => entryOf(module, environment(module.contract.name), dynamodbUrl, aws.url);
    return inWorkers(new Map(named(entry)), folder?.log);
  }
  const sdk = sdkOf({ awsUrl: aws.url, dynamoUrl: dynamodbUrl, faults, meterCapacity: options.meter ?? false });
  const handlers = new Map<string, Handlers>();
  for (const [name, handler] of named((module) => handlersOf(module, environment(module.contract.name), sdk))) handlers.set(name, await handler);
  return inThread(handlers, faults, meter);
};

/** What the functions of a service find in their environment. */
const environmentsOf =
  ({ name, tables }: Ground, { urlOf }: Messaging, { issuer, clockMoves }: { issuer: string; clockMoves: boolean }) =>
  (service: string): Record<string, string> => {
    const table = tables[service];
    return environmentOf({
      stage: name,
      clockMoves,
      bus: `echelon-${name}`,
      issuer,
      jwks: `${issuer}/.well-known/jwks.json`,
      identityTable: `${tables.identity}`,
      userPool: `local_${name}`,
      ...(table !== undefined && { table, deadLetters: urlOf(deadOf(service)) }),
    });
  };

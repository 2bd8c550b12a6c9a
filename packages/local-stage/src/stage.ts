/** The whole system in one process, from the same contracts as the infrastructure. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Contract, routesOf } from '@echelon/contracts';
import { PartnerId } from '@echelon/contracts/ids';
import { platform } from '@echelon/contracts/platform';
import { services as everyService } from '@echelon/contracts/services';
import { environmentOf, type FunctionName } from '@echelon/contracts/wiring';
import { claimsFor, rightsTable } from '@echelon/lambda/rights';
import { awsEndpoint } from './aws.ts';
import type { BusEvent } from './bus.ts';
import { openClients } from './clients.ts';
import { faultPlan } from './faults.ts';
import { gateway, routerOf } from './gateway.ts';
import { type Ground, openGround, type Undo } from './ground.ts';
import { entryOf, handlersOf, type ServiceModule } from './loading.ts';
import { type Messaging, openMessaging } from './messaging.ts';
import { openMeter } from './meter.ts';
import type { Stage, StageOptions } from './options.ts';
import { deadOf } from './queues.ts';
import { type Handlers, inThread, inWorkers, type Runtime } from './runtime.ts';
import { schedule } from './schedule.ts';
import { sdkOf } from './sdk.ts';
import { fetchToken, OIDC, openTokens } from './tokens.ts';

export type { BusEvent } from './bus.ts';
export { type Dynamo, startDynamo } from './dynamo.ts';
export { type FaultKind, type Faults, kinds as faultKinds } from './faults.ts';
export type { Create, ServiceModule } from './loading.ts';
export type { Meter, Metered } from './meter.ts';
export type { Listener, Persona, Stage, StageOptions, Stepped } from './options.ts';
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
  const services = options.services ?? everyService.map((contract): ServiceModule => ({ contract }));
  const modules = [...services, { contract: platform }];
  const contracts = services.map(({ contract }): Contract => contract);
  const ground = await openGround(
    options,
    contracts.map(({ name }) => name),
    undo,
  );
  const { disk, dynamodb, dynamodbUrl, tables, http, aws } = ground;

  const messaging = openMessaging(ground, contracts, options);
  const clients = openClients(disk);
  const rights = rightsTable(dynamodb, `${tables.identity}`);
  const issuer = `${http.url}${OIDC}`;
  const tokens = await openTokens({ issuer, clients, disk, claimsOf: async (clientId) => claimsFor(await rights.get(clientId)) });
  aws.server.on('request', awsEndpoint({ bus: messaging.bus, clients, sendTo: messaging.sendTo }));

  const faults = faultPlan();
  const meter = openMeter();
  const environments = environmentsOf(ground, messaging, modules, { issuer, clockMoves: options.clockMoves ?? true });
  const sdk = sdkOf({ awsUrl: aws.url, dynamoUrl: dynamodbUrl, faults, meterCapacity: options.meter ?? false });
  const runtime: Runtime =
    options.mode === 'workers'
      ? inWorkers(new Map(environments.map(([module, env]) => [module.contract.name, entryOf(module, env, dynamodbUrl, aws.url)])))
      : inThread(
          new Map(
            await Promise.all(
              environments.map(async ([module, env]): Promise<[string, Handlers]> => [module.contract.name, await handlersOf(module, env, sdk)]),
            ),
          ),
          faults,
          meter,
        );
  undo.push(runtime.stop);
  const invoke = (service: string, name: FunctionName, event: object): Promise<unknown> =>
    // What a function wrote is on its table's stream by now; publishing writes nothing.
    runtime.invoke(service, name, event).finally(() => name !== 'publish' && messaging.wake(`stream ${service}`));

  const served = modules.map(({ contract }) => ({ service: contract.name, routes: routesOf(contract, { clockMoves: options.clockMoves ?? true }) }));
  const answer = gateway(routerOf(served, platform.name), (service, payload) => invoke(service, 'api', payload));
  http.server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    void (request.url?.startsWith(`${OIDC}/`) ? tokens.serve(request, response) : answer(request, response));
  });
  const delivery = messaging.start(invoke);
  undo.push(delivery.stop);
  if (!options.delivery || options.delivery === 'flowing')
    undo.push(schedule(contracts, (service, sweep) => void invoke(service, 'sweep', { sweep }).catch(report(`sweep ${service}.${sweep}`))));

  const tokenUrl = `${issuer}/token`;
  return {
    name: ground.name,
    url: http.url,
    issuer,
    tokenUrl,
    awsUrl: aws.url,
    dynamodbUrl,
    dynamodb,
    tables,
    register: async ({ clientId, secret, role, partnerId }) => {
      clients.put({ clientId, name: clientId, secret });
      await rights.grant(clientId, { role, ...(partnerId !== undefined && { partnerId: PartnerId.parse(partnerId) }) });
    },
    token: (clientId) => fetchToken(tokenUrl, clientId, clients.find(clientId)?.secret),
    tokens,
    listen: (name, events) => {
      messaging.listen(name, events);
      return { received: () => messaging.queues.all(name).map(({ body }) => JSON.parse(body) as BusEvent) };
    },
    invoke,
    step: delivery.step,
    settle: delivery.settle,
    queues: messaging.status,
    redrive: (queue) => {
      const moved = messaging.queues.redrive(queue);
      messaging.wake(`queue ${queue}`);
      return moved;
    },
    faults,
    meter,
    stop,
  };
};

const report = (what: string) => (error: unknown) => console.error(`local stage: ${what}:`, error);

/** Each service with what its functions find in their environment. */
const environmentsOf = (
  { name, tables }: Ground,
  { urlOf }: Messaging,
  modules: readonly ServiceModule[],
  { issuer, clockMoves }: { issuer: string; clockMoves: boolean },
): [ServiceModule, Record<string, string>][] =>
  modules.map((module) => {
    const service = module.contract.name;
    const table = tables[service];
    const surroundings = {
      stage: name,
      clockMoves,
      bus: `echelon-${name}`,
      issuer,
      jwks: `${issuer}/.well-known/jwks.json`,
      identityTable: `${tables.identity}`,
      userPool: `local_${name}`,
      ...(table !== undefined && { table, deadLetters: urlOf(deadOf(service)) }),
    };
    return [module, environmentOf(surroundings)];
  });

/** From a contract and its rows to the four functions that a service deploys. */
import { type Contract, sweepRouteOf } from '@echelon/contracts';
import { apiOf, type Rows, served } from './api.ts';
import { identifyBy } from './caller.ts';
import type { Edges } from './edges.ts';
import { logOf } from './log.ts';
import { publishOf } from './publish.ts';
import { type Reactions, reactOf } from './react.ts';
import { type SweepRows, sweepOf } from './sweep.ts';

export type { Answered, Asked, Row, Rows } from './api.ts';
export type { Caller } from './caller.ts';
export { idFrom, newId } from './cause.ts';
export { listFor } from './list-for.ts';
export type { React, Reactions, Told } from './react.ts';
export type { SweepRows, Swept } from './sweep.ts';
export { throughout } from './throughout.ts';

/** A service whole: what it answers, what it reacts to, what it does by itself, and what all of it needs. */
export interface Service<C extends Contract, Deps> {
  readonly contract: C;
  readonly api: Rows<C, Deps>;
  readonly react: Reactions<C, Deps>;
  readonly sweeps: SweepRows<C, Deps>;
  readonly deps: Deps;
}

export const serve = <C extends Contract, Deps>({ contract, api, react, sweeps, deps }: Service<C, Deps>, edges: Edges) => {
  const openLog = logOf(contract.name);
  const sweep = sweepOf({ contract, rows: sweeps, deps, edges, openLog });
  const sweepRoute = edges.environment.CLOCK_MOVES === 'true' ? sweepRouteOf(contract) : undefined;
  const rows = served(contract.routes, api);
  const triggered = sweepRoute && served({ sweep: sweepRoute }, { sweep: async ({ params }) => ({ state: await sweep(params) }) });
  return {
    api: apiOf({
      service: contract.name,
      served: new Map([...rows, ...(triggered ?? [])]),
      deps,
      edges,
      identify: identifyBy(edges.environment),
      openLog,
    }),
    publish: publishOf(contract.name, edges, openLog),
    react: reactOf({ contract, reactions: react, deps, edges, openLog }),
    sweep,
  };
};

import { Instant } from '@echelon/calendar';
import type { Contract } from '@echelon/contracts';
import type { Cause } from '@echelon/decider';
import * as z from 'zod';
import { digest } from './cause.ts';
import type { Edges } from './edges.ts';
import type { OpenLog } from './log.ts';

export interface Swept {
  readonly now: Instant;
  /** The cause of what the sweep does to one aggregate. Doing it twice is caught by the command, which finds nothing due. */
  readonly causeFor: (id: string, version: number) => Cause;
  readonly timeLeft: () => number;
}
/**
 * Work over many aggregates: bounded, resumable by simply running again. Answers how many it changed, whether more are due, and
 * what failed: one that can't be done does not keep the others from being done.
 */
export type SweepRow<Deps> = (
  swept: Swept,
  deps: Deps,
) => Promise<{ readonly done: number; readonly more: boolean; readonly failed: readonly unknown[] }>;
export type SweepRows<C extends Contract, Deps> = { readonly [Name in keyof C['sweeps']]: SweepRow<Deps> };

export const SweepOrder = z.object({ sweep: z.string() });
export type SweepAnswer = { readonly done: number };
export type RunSweep = (order: z.output<typeof SweepOrder>, context?: { getRemainingTimeInMillis?: () => number }) => Promise<SweepAnswer>;

const SWEEP_MS_MAX = 50_000;
const ROUNDS_MAX = 1_000;

interface Sweeping<C extends Contract, Deps> {
  readonly contract: C;
  readonly rows: SweepRows<C, Deps>;
  readonly deps: Deps;
  readonly edges: Edges;
  readonly openLog: OpenLog;
}

export const sweepOf = <C extends Contract, Deps>({ contract, rows, deps, edges, openLog }: Sweeping<C, Deps>): RunSweep => {
  return async (order, context) => {
    const { sweep } = SweepOrder.parse(order);
    const row = Object.hasOwn(rows, sweep) ? rows[sweep] : undefined;
    if (row === undefined) throw new Error(`${contract.name} has no sweep "${sweep}"`);
    const now = (await edges.clock()).now();
    const correlationId = `sweep:${contract.name}:${sweep}:${z.encode(Instant, now)}`;
    const log = openLog('sweep', { sweep, correlationId });
    const deadline = performance.now() + Math.min(SWEEP_MS_MAX, context?.getRemainingTimeInMillis?.() ?? SWEEP_MS_MAX);
    const timeLeft = () => deadline - performance.now();
    const causeFor = (id: string, version: number): Cause => ({
      id: digest('sweep', contract.name, sweep, id, String(version)),
      hash: digest(id),
      by: { principal: `sweep:${contract.name}.${sweep}`, correlationId, causationId: correlationId },
      recordedAt: z.encode(Instant, now),
      forgettable: false,
      timeLeft,
    });
    try {
      let done = 0;
      const failed: unknown[] = [];
      for (let round = 0; round < ROUNDS_MAX && timeLeft() > 0; round++) {
        const swept = await row({ now, causeFor, timeLeft }, deps);
        done += swept.done;
        failed.push(...swept.failed);
        if (!swept.more) break;
      }
      log.note({ done, failed: failed.length });
      if (failed.length > 0) throw new AggregateError(failed, `${failed.length} could not be swept: ${failed[0]}`);
      log.close('done');
      return { done };
    } catch (error) {
      log.close('failed', error);
      throw error;
    }
  };
};

/** EventBridge Scheduler: each sweep every so often, by the wall clock. */
import type { Contract, Sweep } from '@echelon/contracts';

const unitMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

export const intervalMs = (every: Sweep['every']): number => {
  const [count = '', unit = ''] = every.split(' ');
  // The type of `every` names just these units, in singular and plural.
  return Number(count) * unitMs[unit.replace(/s$/, '') as keyof typeof unitMs];
};

/** @returns how to stop them */
export const schedule = (contracts: readonly Contract[], run: (service: string, sweep: string) => void): (() => void) => {
  const timers = contracts.flatMap(({ name, sweeps }) =>
    Object.entries(sweeps).map(([sweep, { every }]) => setInterval(() => run(name, sweep), intervalMs(every)).unref()),
  );
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
};

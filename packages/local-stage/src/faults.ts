/** What goes wrong, where and how: `deals.api#3:TransactWriteItems:after`. */

/** `before`: killed, the call never sent · `after`: killed, the call carried out · `lost`: carried out, the answer lost once (the SDK tries
 * again) · `throttle` and `conflict`: refused each time, the function lives on · `entry`: the last entry of a PutEvents is refused. */
export const kinds = ['before', 'after', 'lost', 'throttle', 'conflict', 'entry'] as const;
export type FaultKind = (typeof kinds)[number];

export interface Faults {
  /** @param fault `service.function#n:Operation:kind`, the second call of an operation `Operation/2`; `#*` for every run of the function */
  inject(fault: string): void;
  /** Every point that calls have passed since the last reset: put a kind behind one, and it is a fault. */
  points(): readonly string[];
  /** The faults that struck, in order. */
  struck(): readonly string[];
  /** Forgets faults and points, and counts invocations from one again. */
  reset(): void;
}
export interface FaultPlan extends Faults {
  nameOf(fn: string): string;
  at(point: string): FaultKind | undefined;
}

const FORM = /^(?<point>[\w-]+\.[a-z]+#(?:\d+|\*):\w+(?:\/\d+)?):(?<kind>\w+)$/;
const POINTS_MAX = 100_000;

export const faultPlan = (): FaultPlan => {
  const planned = new Map<string, FaultKind>();
  const passed = new Set<string>();
  const struck: string[] = [];
  const runs = new Map<string, number>();
  return {
    inject: (fault) => {
      const { point, kind } = FORM.exec(fault)?.groups ?? {};
      const known = kinds.find((one) => one === kind);
      if (point === undefined || known === undefined) throw new Error(`"${fault}" is no fault: service.function#n:Operation:${kinds.join('|')}`);
      planned.set(point, known);
    },
    points: () => [...passed],
    struck: () => struck,
    reset: () => {
      planned.clear();
      passed.clear();
      runs.clear();
      struck.length = 0;
    },
    nameOf: (fn) => {
      const n = (runs.get(fn) ?? 0) + 1;
      runs.set(fn, n);
      return `${fn}#${n}`;
    },
    at: (point) => {
      if (passed.size < POINTS_MAX) passed.add(point);
      const kind = planned.get(point) ?? planned.get(point.replace(/#\d+:/, '#*:'));
      if (kind !== undefined) struck.push(`${point}:${kind}`);
      return kind;
    },
  };
};

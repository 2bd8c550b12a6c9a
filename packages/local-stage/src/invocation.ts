/** One run of one function: what its calls are counted on, and what a fault ends. */
import { AsyncLocalStorage } from 'node:async_hooks';

export interface Invocation {
  /** `deals.api#3`: the third run of that function. */
  readonly name: string;
  /** Every SDK call it made, by operation. */
  readonly calls: Map<string, number>;
  /** The SDK's own id of a call → its point, so that a retry is the same call. */
  readonly points: Map<string, string>;
  inFlight: number;
  /** How many calls had to wait for the one before. */
  steps: number;
  readonly capacity: { read: number; write: number };
  ended: boolean;
  /** Rejects when the invocation is killed or out of time. */
  readonly end: Promise<never>;
  kill(why: string): void;
}

export const invocations = new AsyncLocalStorage<Invocation>();

export const invocationOf = (name: string): Invocation => {
  const { promise: end, reject } = Promise.withResolvers<never>();
  end.catch(() => {});
  const invocation: Invocation = {
    name,
    calls: new Map(),
    points: new Map(),
    inFlight: 0,
    steps: 0,
    capacity: { read: 0, write: 0 },
    ended: false,
    end,
    kill: (why) => {
      invocation.ended = true;
      reject(new Error(`${name}: ${why}`));
    },
  };
  return invocation;
};

/** The point that a call is: `deals.api#3:PutItem`, and the second of its kind `…:PutItem/2`. */
export const pointOf = ({ name, calls, points }: Invocation, operation: string, callId: string): string => {
  const known = points.get(callId);
  if (known !== undefined) return known;
  const nth = (calls.get(operation) ?? 0) + 1;
  calls.set(operation, nth);
  const point = `${name}:${operation}${nth > 1 ? `/${nth}` : ''}`;
  points.set(callId, point);
  return point;
};

/** When a request is made again, and how long is waited before: full jitter, so that callers who failed together do not come back together. */

/** Named bounds of one call, with all of its attempts. */
export interface Patience {
  readonly attemptsMax: number;
  /** The most that is waited before the second attempt; twice as much before each further one. */
  readonly backoffMs: number;
  readonly backoffMsMax: number;
  /** After so long without an answer an attempt has failed. The API answers within 10 s, its gateway within 30. */
  readonly attemptMsMax: number;
  /** Of the whole call: no attempt begins, and no wait ends, after it. */
  readonly callMsMax: number;
}

export const usualPatience = {
  attemptsMax: 6,
  backoffMs: 100,
  backoffMsMax: 5_000,
  attemptMsMax: 30_000,
  callMsMax: 60_000,
} as const satisfies Patience;

/** "Not now", said by the API or before it: the same request may succeed later. Every other answer is final. */
const passing: ReadonlySet<number> = new Set([429, 502, 503, 504]);
export const isPassing = (status: number): boolean => passing.has(status);

/** After the nth attempt: anything from no time to all of the backoff, and never before the time that the answer named. */
export const waitMs = (attempt: number, { backoffMs, backoffMsMax }: Patience, retryAfterMs = 0, random: () => number = Math.random): number =>
  retryAfterMs + random() * Math.min(backoffMsMax, backoffMs * 2 ** (attempt - 1));

/** `Retry-After`, which is seconds or a date (RFC 9110); undefined where it is neither. */
export const retryAfterMs = (header: string | null, now = Date.now()): number | undefined => {
  if (header === null) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1_000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
};

/** @throws the signal's reason, as soon as it is given */
export const pause = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPassing, pause, retryAfterMs, usualPatience, waitMs } from './patience.ts';

describe('the wait before the next attempt', () => {
  it('is anything up to the backoff, which doubles up to its bound, after the time that the answer named', () => {
    const { backoffMs, backoffMsMax, attemptsMax } = usualPatience;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: attemptsMax * 10 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.nat(60_000),
        (n, chance, named) => {
          const wait = waitMs(n, usualPatience, named, () => chance) - named;
          expect(wait).toBeGreaterThanOrEqual(0);
          expect(wait).toBeLessThanOrEqual(Math.min(backoffMsMax, backoffMs * 2 ** (n - 1)));
        },
      ),
    );
    const longest = Array.from({ length: 8 }, (_, n) => waitMs(n + 1, usualPatience, 0, () => 1));
    expect(longest).toEqual([100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
  });

  it.each([
    ['2', 2_000],
    ['0', 0],
    ['Mon, 23 Nov 2026 12:00:03 GMT', 3_000],
    ['Mon, 23 Nov 2026 11:00:00 GMT', 0],
    ['soon', undefined],
    [null, undefined],
  ])('Retry-After: %s', (header, ms) => {
    expect(retryAfterMs(header, Date.parse('2026-11-23T12:00:00Z'))).toBe(ms);
  });

  it('comes after what may pass, and after nothing else', () => {
    const statuses = [200, 201, 400, 401, 403, 404, 408, 409, 412, 413, 415, 422, 429, 500, 502, 503, 504];
    expect(statuses.filter(isPassing)).toEqual([429, 502, 503, 504]);
  });

  it('ends at once when it is called off, with the reason', async () => {
    const control = new AbortController();
    const waiting = pause(60_000, control.signal);
    control.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(pause(60_000, control.signal)).rejects.toThrow('enough');
  });
});

import type { Instant } from '@echelon/calendar';

/** Who does it, and when. */
export interface Act {
  readonly by: string;
  readonly now: Instant;
}

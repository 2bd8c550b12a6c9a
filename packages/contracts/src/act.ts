import type { Instant } from '@echelon/calendar';

/** Who does it, and when: what every command that a person or a system gives has in common. */
export interface Act {
  readonly by: string;
  readonly now: Instant;
}

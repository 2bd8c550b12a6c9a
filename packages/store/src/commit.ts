/**
 * The row that a decision leaves behind: at once the outbox that is published from, the audit trail, and the history that
 * replays to the state. Nothing is published that was not decided, and nothing decided that is not recorded.
 */
import * as z from 'zod';
import { type Item, integer, text } from './table.ts';

export { COMMIT_PREFIX } from './table.ts';

export const Commit = z.object({
  aggregateId: z.string(),
  version: z.int().positive(),
  /** Wall or stage time of the decision, RFC 3339. */
  recordedAt: z.string(),
  /** Who and on what behalf; `correlationId` and `causationId` among it. */
  by: z.record(z.string(), z.string()),
  about: z.record(z.string(), z.string()),
  events: z.array(z.object({ type: z.string(), at: z.string(), data: z.unknown() })).min(1),
  /** The aggregate's public state after it. */
  state: z.unknown(),
});
export type Commit = z.output<typeof Commit>;

export const commitOf = (item: Item): Commit =>
  Commit.parse({ aggregateId: text(item, 'pk'), version: integer(item, 'version'), ...JSON.parse(text(item, 'body')) });

/** What is heard of facts, and the daily look. What people decide is in `decisions.ts`. */
import type { Instant } from '@echelon/calendar';
import type { PartnerId, ProgramId } from '@echelon/contracts/ids';
import type { CountedActivity } from '@echelon/contracts/tiering';
import { accept, type Decision } from '@echelon/decider';
import { after, consequences } from './consequences.ts';
import { isNews } from './facts.ts';
import type { Telling } from './facts-heard.ts';
import { judgement } from './judge.ts';
import { posting } from './points.ts';
import type { StandingEvent, StandingState } from './standing.ts';
import { current, type Known } from './versions.ts';

type Decided = Decision<StandingEvent>;

export interface Heard {
  readonly programId: ProgramId;
  readonly partnerId: PartnerId;
  readonly fact: Telling;
  /** When it is heard; the fact says when it was so. */
  readonly now: Instant;
}
/** And what the ledger of points says of it so far. */
export interface KnownOfFact extends Known {
  readonly counted?: CountedActivity | undefined;
}

/** Count a fact and post its points, and see what follows. A standing opens with whatever is heard first, because events keep no order. */
export const count =
  ({ programId, partnerId, fact: telling, now }: Heard) =>
  (state: StandingState, { counted, ...known }: KnownOfFact): Decided => {
    const { versions } = known;
    const { at, fact, activity } = telling.said(versions);
    const posted = activity && posting(activity, { versions, counted });
    const said: StandingEvent[] = [
      ...(fact !== undefined && (state.status === 'none' || isNews(state.facts, fact)) ? [fact] : []),
      ...(posted ? [{ type: 'PointsCounted', at, data: posted } as const] : []),
    ];
    if (state.status !== 'none' && said.length === 0) return accept([]);
    const { versionId } = current(versions);
    const opening: StandingEvent[] = state.status === 'none' ? [{ type: 'StandingOpened', at, data: { programId, partnerId, versionId } }] : [];
    const events = [...opening, ...said];
    const entries = posted && telling.ledgerKey !== undefined ? [{ key: telling.ledgerKey, value: posted.activity }] : [];
    return accept([...events, ...consequences(after(state, events), { ...known, now, news: true })], { entries });
  };

/** The daily look at a standing; of nothing there is nothing to see. */
export const judge =
  ({ now }: { readonly now: Instant }) =>
  (state: StandingState, known: Known): Decided =>
    accept(state.status === 'none' ? [] : judgement(state, { ...known, now }));

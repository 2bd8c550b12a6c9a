/** What is heard of facts, and the daily look. What people decide is in `decisions.ts`. */
import type { Instant } from '@echelon/calendar';
import type { PartnerId, ProgramId } from '@echelon/contracts/ids';
import { accept, type Decision } from '@echelon/decider';
import { after, consequences } from './consequences.ts';
import { isNews } from './facts.ts';
import type { Telling } from './facts-heard.ts';
import { judgement } from './judge.ts';
import type { StandingEvent, StandingState } from './standing.ts';
import { current, type Versions } from './versions.ts';

type Decided = Decision<StandingEvent>;

export interface Heard {
  readonly programId: ProgramId;
  readonly partnerId: PartnerId;
  readonly fact: Telling;
  /** When it is heard; the fact says when it was so. */
  readonly now: Instant;
}

/** Count a fact, and see what follows. A standing opens with whatever is heard first, because events keep no order. */
export const count =
  ({ programId, partnerId, fact, now }: Heard) =>
  (state: StandingState, versions: Versions): Decided => {
    const said = fact(versions);
    if (state.status !== 'none' && !isNews(state.facts, said)) return accept([]);
    const { versionId } = current(versions);
    const opening: StandingEvent[] =
      state.status === 'none' ? [{ type: 'StandingOpened', at: said.at, data: { programId, partnerId, versionId } }] : [];
    const events = [...opening, said];
    return accept([...events, ...consequences(after(state, events), { versions, now })]);
  };

/** The daily look at a standing; of nothing there is nothing to see. */
export const judge =
  ({ now }: { readonly now: Instant }) =>
  (state: StandingState, versions: Versions): Decided =>
    accept(state.status === 'none' ? [] : judgement(state, { versions, now }));

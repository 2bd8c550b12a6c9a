import { type Day, dayOf, type Instant, quarterOf } from '@echelon/calendar';
import type { Order } from '@echelon/contracts/deals';
import type { DealId, PartnerId, ProgramId } from '@echelon/contracts/ids';
import type { InForce } from '@echelon/contracts/programs';
import { accept, type Decision } from '@echelon/decider';
import { baseTier } from '@echelon/program';
import { attained, isAbove } from './evaluate.ts';
import { evolve, type StandingEvent, type StandingState } from './standing.ts';

type Decided = Decision<StandingEvent>;

/** Whose standing, on the program's ladder, under the version that held when it happened; and when it is judged. */
export interface Place {
  readonly programId: ProgramId;
  readonly partnerId: PartnerId;
  readonly program: InForce;
  readonly at: Instant;
  readonly now: Instant;
}

/** A standing opens with the first thing heard of it, enrolment or order, because events keep no order. */
export const open =
  (place: Place) =>
  (state: StandingState): Decided =>
    accept(state.status === 'none' ? [opening(place)] : []);

const todayOf = ({ program, now }: Place): Day => dayOf(now, program.document.timeZone);

const opening = (place: Place): StandingEvent => {
  const { programId, partnerId, program, at } = place;
  const { versionId, document } = program;
  const data = { programId, partnerId, ladder: document.ladder.key, tier: baseTier(document).key, on: dayOf(at, document.timeZone), versionId };
  return { type: 'StandingOpened', at, data };
};

/** Count an order in the fiscal quarter of its day; who attains a higher tier by it is promoted at once. */
export const count =
  (place: Place & { readonly dealId: DealId; readonly order: Order }) =>
  (state: StandingState): Decided => {
    const { program, at, dealId, order } = place;
    const quarter = quarterOf(order.orderedOn, program.document.fiscalCalendar);
    const opened: StandingEvent[] = state.status === 'none' ? [opening(place)] : [];
    const booked: StandingEvent = { type: 'BookingCounted', at, data: { dealId, quarter, amount: order.amount } };
    const events = [...opened, booked];
    return accept([...events, ...promotion(place, events.reduce(evolve, state))]);
  };

const promotion = (place: Place, state: StandingState): StandingEvent[] => {
  if (state.status === 'none') return [];
  const { document, versionId } = place.program;
  const on = todayOf(place);
  const to = attained(document, { bookings: state.bookings, asOf: on }).key;
  if (!isAbove(document, to, state.tier)) return [];
  return [{ type: 'TierChanged', at: place.now, data: { from: state.tier, to, reason: 'attained', on, versionId } }];
};

import type { Quarter } from '@echelon/calendar';
import type { Happened } from '@echelon/contracts';
import { StandingId } from '@echelon/contracts/ids';
import type { Standing, standingEvents } from '@echelon/contracts/tiering';
import { was } from '@echelon/decider';
import { add, type Money } from '@echelon/money';

export type StandingState = { readonly status: 'none'; readonly id: StandingId } | Standing;
export type StandingEvent = Happened<typeof standingEvents>;

export const none = (id: string): StandingState => ({ status: 'none', id: StandingId.parse(id) });

export const evolve = (state: StandingState, { type, data }: StandingEvent): StandingState => {
  switch (type) {
    case 'StandingOpened': {
      const { on, ...opened } = data;
      return { status: 'official', id: state.id, ...opened, since: on, bookings: [] };
    }
    case 'BookingCounted': {
      const standing = was(state, type, 'official');
      return { ...standing, bookings: withBooking(standing.bookings, data) };
    }
    case 'TierChanged':
      return { ...was(state, type, 'official'), tier: data.to, since: data.on, versionId: data.versionId };
  }
};

type Bookings = Standing['bookings'];

/** One bucket a quarter, in order of the quarters, whatever the order of the orders. */
export const withBooking = (bookings: Bookings, { quarter, amount }: { quarter: Quarter; amount: Money }): Bookings => {
  const known = bookings.find((bucket) => bucket.quarter === quarter);
  const bucket = { quarter, amount: known ? add(known.amount, amount) : amount };
  return [...bookings.filter((other) => other !== known), bucket].toSorted((a, b) => (a.quarter < b.quarter ? -1 : 1));
};

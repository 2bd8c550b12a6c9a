import { Requirement } from '@echelon/program';

/** What the programs before asked for: so much sold in four quarters. */
export const booked = (amount: string): Requirement =>
  Requirement.parse({
    kind: 'revenue',
    measure: 'bookings',
    window: 'trailing-four-quarters',
    atLeast: { amount, currency: 'USD' },
    strictness: 'hard',
  });

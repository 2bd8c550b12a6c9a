import type { World } from '../world.ts';
import { correlation } from './correlation.ts';
import { expiry, oneDeal, race } from './one-deal.ts';

/** Every journey, by the sentence that it shows; each begins anew, with a program and partners of its own. */
export const journeys: Readonly<Record<string, (world: World) => Promise<void>>> = {
  'one deal goes all the way: applied, enrolled, submitted, approved, won, billed, and the standing moves': oneDeal,
  'of many submissions of one opportunity at once exactly one is first': race,
  'protection expires by the clock, and the next in line succeeds': expiry,
  'one correlation id leads from the order to the last consumer, and every log line has one': correlation,
};

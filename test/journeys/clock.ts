import type { Instant } from '@echelon/calendar';
import type { World } from '../world.ts';
import { actor } from './cast.ts';

/** What is lived at another time; the clock goes back to where it was, so that the next journey finds it there. */
export const clockMoved = async (world: World, now: Instant, live: () => Promise<void>): Promise<void> => {
  const { platform } = actor(world, 'operator');
  const { value: before } = await platform.clock({});
  try {
    await platform.moveClock({ body: { now } });
    await live();
  } finally {
    await platform.moveClock({ body: { now: before.now } });
  }
};

import { afterAll, beforeAll, describe, it } from 'vitest';
import { localWorld } from '../local-world.ts';
import type { World } from '../world.ts';
import { journeys } from './journeys.ts';

describe('on the local stage', () => {
  let world: World;
  beforeAll(async () => {
    world = await localWorld();
  });
  afterAll(() => world.close());

  for (const [sentence, journey] of Object.entries(journeys)) it(sentence, () => journey(world));
});

import { loadDemo } from '@echelon/demo';
import { expect, it } from 'vitest';
import { localWorld } from '../local-world.ts';
import type { Persona } from '../world.ts';
import { actor } from './cast.ts';

it('the demo tells its story once: told again, or taken up after it was cut off, it changes nothing', async () => {
  const world = await localWorld();
  try {
    // The demo knows people by the names of their roles, which are the cast's.
    const token = (who: string | { clientId: string; clientSecret: string }) => world.token(who as Persona);
    const first = await loadDemo({ url: world.url, token });
    const deals = async () => {
      const all = [];
      // Three to a page, so that the list has several.
      for await (const deal of actor(world, 'auditor').deals.list.all({ query: { programId: first.programId, limit: 3 } })) all.push(deal);
      return all;
    };
    const told = await deals();
    expect(told.map(({ status }) => status).toSorted()).toEqual(
      ['approved', 'information-requested', 'rejected', 'submitted', 'submitted', 'withdrawn', 'won'].toSorted(),
    );
    expect(await loadDemo({ url: world.url, token })).toEqual(first);
    expect(await deals()).toEqual(told);
  } finally {
    await world.close();
  }
});

import { PartnerId } from '@echelon/contracts/ids';
import { expect, it } from 'vitest';
import { newId } from './cause.ts';
import { listFor } from './list-for.ts';

const [us, them] = [newId(PartnerId, { id: 'us' }), newId(PartnerId, { id: 'them' })];
const lists = { all: () => 'all', own: (partnerId: PartnerId) => `of ${partnerId}` };

it('the vendor is shown all, or one partner’s; a partner its own, and nothing of another’s; who has no partner nothing', () => {
  const shown = (caller: Parameters<typeof listFor>[0]) => [undefined, us, them].map((named) => listFor(caller, { ...lists, named }));
  expect(shown({ sees: 'all' })).toEqual(['all', `of ${us}`, `of ${them}`]);
  expect(shown({ sees: 'own', partnerId: us })).toEqual([`of ${us}`, `of ${us}`, undefined]);
  expect(shown({ sees: 'own' })).toEqual([undefined, undefined, undefined]);
});

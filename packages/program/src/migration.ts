/** How partners come from the version that this one replaces to their place in this one. */
import { Day } from '@echelon/calendar';
import * as z from 'zod';
import type { Ladder } from './ladder.ts';
import { Key, Named } from './names.ts';

export const Migration = z
  .object({
    tiers: z.array(Named).min(1).max(100).meta({
      description: 'Tiers of the replaced version, as it called them: all of each ladder whose places the plan fills, and those that are gone.',
    }),
    moves: z
      .array(
        z
          .discriminatedUnion('by', [
            z.object({ by: z.literal('mapping'), from: Key, tier: Key.meta({ description: 'Of this document.' }) }),
            z.object({ by: z.literal('facts'), from: Key, ladder: Key.meta({ description: 'Of this document.' }) }),
          ])
          .meta({
            id: 'Move',
            description:
              '`mapping`: on the version’s first day from the tier that was earned before, whatever the facts give. `facts`: a tier that this ladder has too is ' +
              'kept, and what it asks for now may be met until the deadline; from any other to the tier whose requirements the partner meets on that day.',
          }),
      )
      .min(1)
      .max(1_000)
      .meta({ description: 'Each tier goes to exactly one place of every ladder that the plan fills.' }),
    deadline: Day.meta({
      description:
        'The last day on which partners may still come to meet what this version asks: no grace that begins under it ends before, so no review demotes for it.',
    }),
    grandfatheredUntil: Day.optional().meta({
      description:
        'The last day on which a partner has the benefits of the tiers that it held before too, as far as this document has them. Not before the deadline.',
    }),
  })
  .meta({ id: 'Migration' });
export type Migration = z.output<typeof Migration>;

/** Where a plan maps a tier of the version before, on one ladder of this one. */
export const movedTo = (
  migration: Migration | undefined,
  { tier, ladder }: { readonly tier: Key | undefined; readonly ladder: Ladder },
): Key | undefined => {
  const places = (migration?.moves ?? []).flatMap((move) => (move.by === 'mapping' && move.from === tier ? [move.tier] : []));
  return ladder.tiers.find(({ key }) => places.includes(key))?.key;
};

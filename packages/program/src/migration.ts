/** How partners come from the version that this one replaces to their place in this one. */
import { Day } from '@echelon/calendar';
import * as z from 'zod';
import { Key, Named } from './names.ts';

export const Migration = z
  .object({
    tiers: z.array(Named).min(1).max(100).meta({ description: 'All tiers of the replaced version, as it called them.' }),
    moves: z
      .array(
        z
          .discriminatedUnion('by', [
            z.object({ by: z.literal('mapping'), from: Key, tier: Key.meta({ description: 'Of this document.' }) }),
            z.object({ by: z.literal('facts'), from: Key, ladder: Key.meta({ description: 'Of this document.' }) }),
          ])
          .meta({
            id: 'Move',
            description: '`mapping`: by the tier held before. `facts`: to the tier whose requirements the partner meets, whatever it held.',
          }),
      )
      .min(1)
      .max(1_000)
      .meta({ description: 'Each tier goes to exactly one place of every ladder that the plan fills.' }),
    deadline: Day.meta({ description: 'The last day on which partners may still come to meet what is asked; the move takes place on the next.' }),
    grandfatheredUntil: Day.optional().meta({
      description: 'The last day on which a partner that came out lower keeps the benefits of where it was. Not before the deadline.',
    }),
  })
  .meta({ id: 'Migration' });
export type Migration = z.output<typeof Migration>;

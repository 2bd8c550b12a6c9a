import { Day, Quarter } from '@echelon/calendar';
import { Money } from '@echelon/money';
import { Key } from '@echelon/program';
import * as z from 'zod';
import { events } from './event.ts';
import { DealId, PartnerId, ProgramId, StandingId, VersionId } from './ids.ts';

/** Revenue by fiscal quarter: bounded buckets, so that an evaluation costs the same whatever the history. */
export const QUARTERS_MAX = 80;

export const Standing = z
  .object({
    status: z.literal('official'),
    id: StandingId,
    programId: ProgramId,
    partnerId: PartnerId,
    ladder: Key,
    tier: Key,
    since: Day,
    versionId: VersionId.meta({ description: 'The version under which the tier was last decided.' }),
    bookings: z.array(z.object({ quarter: Quarter, amount: Money })).max(QUARTERS_MAX),
  })
  .meta({ id: 'Standing' });
export type Standing = z.output<typeof Standing>;

const decidedUnder = { on: Day, versionId: VersionId };

export const standingEvents = events('tiering', Standing, {
  StandingOpened: z.object({ programId: ProgramId, partnerId: PartnerId, ladder: Key, tier: Key, ...decidedUnder }),
  BookingCounted: z.object({ dealId: DealId, quarter: Quarter, amount: Money }),
  TierChanged: z.object({ from: Key, to: Key, reason: z.enum(['attained']), ...decidedUnder }),
});

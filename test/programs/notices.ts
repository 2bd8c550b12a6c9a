/** What partners are told ahead, read from the events as the bus carries them. */
import { PartnerId } from '@echelon/contracts/ids';
import { NoticeDays } from '@echelon/program';
import * as z from 'zod';
import type { Enrolled } from './vendor.ts';

const Noticed = z.object({ partnerId: PartnerId, data: z.object({ daysBefore: NoticeDays }) });

/** How many days before, of the notices to a partner. */
export const daysBefore = (details: readonly unknown[], { partnerId }: Enrolled): readonly NoticeDays[] =>
  details
    .map((detail) => Noticed.parse(detail))
    .filter((noticed) => noticed.partnerId === partnerId)
    .map(({ data }) => data.daysBefore);

/** The ledger of points: what each activity gave, by which rule of which version; and the sums by month that requirements count. */
import { Day, Month } from '@echelon/calendar';
import { Key, POINTS_RULES_EACH_MAX, PointsCategory } from '@echelon/program';
import * as z from 'zod';
import { VersionId } from './ids.ts';

/** As the oldest of its months: four years, and what was before. */
export const POINTS_MONTHS_MAX = 48;

export const PointsEntry = z
  .object({
    category: PointsCategory,
    businessModel: Key.optional().meta({ description: 'Whose points they are; of none, where nothing is said.' }),
    points: z.int().meta({ description: 'Weighted as the version says, rounded down; 0 once the activity is taken back.' }),
    rule: z.string().meta({ description: 'JSON Pointer into the version’s document.' }),
    versionId: VersionId,
  })
  .meta({ id: 'PointsEntry', description: 'What one rule of the version that held on its day gives for an activity.' });
export type PointsEntry = z.output<typeof PointsEntry>;

/** Of one activity: no document has more rules for the same. */
export const ENTRIES_MAX = POINTS_RULES_EACH_MAX;

export const CountedActivity = z
  .object({
    kind: z.enum(['deal-approved', 'deal-won', 'measured', 'certification', 'specialization', 'engagement']),
    id: z.string().meta({ description: 'Of the deal, certification, specialization or engagement.' }),
    on: Day.meta({ description: 'The day that decides the version, and the window in which it counts.' }),
    entries: z.array(PointsEntry).max(ENTRIES_MAX),
    takenBack: z.literal(true).optional().meta({ description: 'Cancelled or revoked: it counts no more, in the month in which it stood.' }),
    version: z.int().positive().meta({ description: 'As its owner said at that version; what comes later with a lower one says nothing new.' }),
  })
  .meta({ id: 'CountedActivity', description: 'What gives points, with its entries as they stand.' });
export type CountedActivity = z.output<typeof CountedActivity>;

export const PointsSeries = z
  .object({
    businessModel: Key.optional(),
    since: Month.meta({ description: 'The month of the first sum, which holds all that was before it too; the others follow month by month.' }),
    points: z.array(z.int()).min(1).max(POINTS_MONTHS_MAX),
  })
  .meta({ id: 'PointsSeries', description: 'The points of a business model by calendar month, and so by the quarters of any version.' });
export type PointsSeries = z.output<typeof PointsSeries>;

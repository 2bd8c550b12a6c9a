/** What is missing for a tier or a track, and what closes it: by the figures that tiers are judged by. */
import { Day, Instant, Quarter, Window } from '@echelon/calendar';
import { Money } from '@echelon/money';
import { EngagementKind, Key, Label, Measure } from '@echelon/program';
import * as z from 'zod';
import { VersionId } from './ids.ts';
import { RequirementFinding } from './tiering.events.ts';

export const GapFinding = RequirementFinding.extend({
  missing: z.string().meta({ description: 'In the unit of what is needed; 0 where it is met.' }),
  until: Day.optional().meta({
    description: 'The last day on which what is held counts, where nothing more comes: enough of it, where it is met; else all of it.',
  }),
}).meta({ id: 'GapFinding' });
export type GapFinding = z.output<typeof GapFinding>;

export const PointsWay = z
  .object({
    rule: z.string().meta({ description: 'JSON Pointer into the version’s document.' }),
    name: Label,
    times: z.int().min(1).meta({ description: 'How often; of what is counted by amounts, how many of them.' }),
    amount: Money.optional().meta({ description: 'All these amounts together, in one order or report.' }),
  })
  .meta({ id: 'PointsWay', description: 'Enough of one activity to give the points alone.' });
export type PointsWay = z.output<typeof PointsWay>;

const action = {
  rule: z.string().meta({ description: 'The requirement that it closes: JSON Pointer into the version’s document.' }),
  level: z.literal('group').optional().meta({ description: 'Whoever of the group does it, it counts.' }),
  by: Day.optional().meta({
    description:
      'The last day on which all else that the tier asks for still counts, or grace lasts, where that is known; of a target that of its quarter at the latest.',
  }),
  sentence: z.string().meta({ examples: ['2 more people certified in Systems engineer by 30 June 2026'] }),
};
export const GapAction = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('certify-people'), certification: Key, people: z.int().min(1), ...action }),
    z.object({ kind: z.literal('bring-revenue'), measure: Measure, window: Window, amount: Money, ...action }),
    z.object({
      kind: z.literal('earn-points'),
      points: z.int().min(1),
      window: Window,
      businessModel: Key.optional(),
      ways: z.array(PointsWay).meta({ description: 'Each enough alone, that with the fewest repetitions first; none where none is.' }),
      ...action,
    }),
    z.object({
      kind: z.literal('take-up-model'),
      businessModel: Key.meta({ description: 'Of which points are asked, and which is not held: what is earned as it counts from then on.' }),
      points: z.int().min(1).meta({ description: 'How many are missing before what was earned as it counts.' }),
      window: Window,
      ...action,
    }),
    z.object({ kind: z.literal('engage'), engagement: EngagementKind, window: Window, times: z.int().min(1), ...action }),
    z.object({ kind: z.literal('gain-specialization'), specialization: Key, ...action }),
    z.object({ kind: z.literal('agree-target'), measure: Measure, quarter: Quarter, ...action }),
    z.object({ kind: z.literal('meet-target'), measure: Measure, quarter: Quarter, amount: Money, ...action }),
    z.object({ kind: z.literal('be-nominated'), tier: Key, among: Key.optional(), ...action }),
  ])
  .meta({ id: 'GapAction' });
export type GapAction = z.output<typeof GapAction>;

export const TierGap = z
  .object({
    tier: Key,
    name: Label,
    given: z.boolean().meta({ description: 'Do the facts give it now? Then no action is missing.' }),
    requirements: z.array(GapFinding).meta({ description: 'All that it asks for, advisory ones too; and of the tiers below what is missed.' }),
    actions: z
      .array(GapAction)
      .meta({ description: 'What closes the gap, all of it together; the nearest first: that of which the least share is missing.' }),
  })
  .meta({ id: 'TierGap' });
export type TierGap = z.output<typeof TierGap>;

export const Gap = z
  .object({
    asOf: Instant,
    on: Day.meta({ description: 'The same, as the program counts days.' }),
    versionId: VersionId,
    ladders: z.array(
      z.object({
        ladder: Key,
        name: Label.meta({ description: 'Of the ladder.' }),
        official: Key.meta({ description: 'The tier or track that is held.' }),
        projected: Key.meta({ description: 'What the facts give now.' }),
        tiers: z.array(TierGap).meta({ description: 'The official tier, where it asks for anything, and each above it; of tracks every one.' }),
      }),
    ),
  })
  .meta({ id: 'Gap' });
export type Gap = z.output<typeof Gap>;

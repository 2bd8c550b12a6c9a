/** A partner's place in one program: its terms, the tracks that it chose, and what its admission cost. */
import { Day, Instant } from '@echelon/calendar';
import { Money } from '@echelon/money';
import { Country, Key } from '@echelon/program';
import * as z from 'zod';

import { ProgramId, VersionId } from './ids.ts';
import { once } from './once.ts';

const LADDERS_MAX = 10;
const perLadder = <One extends z.ZodType>(one: One) => z.array(one).max(LADDERS_MAX);
const onTrack = { ladder: Key, track: Key };
const chosen = { ...onTrack, chosenBy: z.string(), chosenAt: Instant };

/** What a partner chose last on a ladder. Confirmed, it is a choice no longer, but its track. */
export const TrackChoice = z
  .discriminatedUnion('status', [
    z.object({ status: z.literal('chosen'), ...chosen }),
    z.object({ status: z.literal('declined'), ...chosen, declinedBy: z.string(), declinedAt: Instant, reason: z.string() }),
  ])
  .meta({ id: 'TrackChoice' });
export type TrackChoice = z.output<typeof TrackChoice>;

/** Ladders whose first day is kept, with those that were left: two changes of all ten. */
export const LADDERS_JOINED_MAX = 20;
const LadderJoined = z.object({ ladder: Key, on: Day });
export type LadderJoined = z.output<typeof LadderJoined>;
/** The first day on each ladder, once the enrolment has changed. */
export const LaddersJoined = z
  .array(LadderJoined)
  .max(LADDERS_JOINED_MAX)
  .meta({
    id: 'LaddersJoined',
    description:
      'The first day on each ladder, once the enrolment has changed, of those left too: whoever comes back to one goes on from it. Where nothing is said of a ' +
      'ladder, the day of the enrolment. What the partner did before that day does not count there.',
  });
export type LaddersJoined = z.output<typeof LaddersJoined>;

/** The twenty of a document, and those that were given up last. */
export const MODELS_HELD_MAX = 30;
const ModelHeld = z.object({ businessModel: Key, from: Day, until: Day.optional().meta({ description: 'Its last day, where it was given up.' }) });
export type ModelHeld = z.output<typeof ModelHeld>;
/** When the partner had which business model. */
export const ModelsHeld = z
  .array(ModelHeld)
  .max(MODELS_HELD_MAX)
  .meta({
    id: 'ModelsHeld',
    description:
      'When the partner had which business model, once the enrolment has changed; where nothing is said, all of them since that began. What one of ' +
      'them brings counts on the days on which it is had.',
  });

export const ConfirmedTrack = z.object({ ...onTrack, confirmedOn: Day, confirmedBy: z.string() }).meta({ id: 'ConfirmedTrack' });
export type ConfirmedTrack = z.output<typeof ConfirmedTrack>;

const charged = {
  amount: Money,
  versionId: VersionId,
  rule: z.string().meta({ description: 'What charges it: JSON Pointer into the version’s document.', examples: ['/admission/fee'] }),
  chargedBy: z.string().meta({ description: 'Who enrolled the partner.' }),
  chargedAt: Instant,
};

export const AdmissionFee = z
  .discriminatedUnion('status', [
    z.object({ status: z.literal('charged'), ...charged }),
    z.object({ status: z.literal('settled'), ...charged, settledOn: Day, reference: z.string() }),
    z.object({ status: z.literal('waived'), ...charged, waivedBy: z.string(), waivedAt: Instant, reason: z.string() }),
  ])
  .meta({ id: 'AdmissionFee', description: 'Charged once, to a partner that is new to the program.' });
export type AdmissionFee = z.output<typeof AdmissionFee>;

/** How, on what and where a partner works in a program. */
const terms = {
  businessModels: z.array(Key).min(1).max(20),
  ladders: perLadder(Key).min(1),
  territories: z
    .array(Country)
    .min(1)
    .max(300)
    .optional()
    .meta({ description: 'Countries that the partner may sell to; all, where nothing is said.' }),
  productFamilies: z
    .array(Key)
    .min(1)
    .max(200)
    .optional()
    .meta({ description: 'What the partner is authorised to sell; all, where nothing is said.' }),
};
export const EnrollmentTerms = z.object({ ...terms, businessModels: once(terms.businessModels), ladders: once(terms.ladders) });
export type EnrollmentTerms = z.output<typeof EnrollmentTerms>;

export const Enrollment = z
  .object({
    programId: ProgramId,
    ...terms,
    enrolledOn: Day,
    joined: LaddersJoined.optional(),
    modelsHeld: ModelsHeld.optional(),
    tracks: perLadder(ConfirmedTrack)
      .optional()
      .meta({ description: 'On ladders of tracks, as confirmed last. Where the partner stands since, its standing says.' }),
    trackChoices: perLadder(TrackChoice).optional().meta({ description: 'The last choice on each ladder, until it is confirmed.' }),
    admissionFee: AdmissionFee.optional(),
  })
  .meta({ id: 'Enrollment' });
export type Enrollment = z.output<typeof Enrollment>;

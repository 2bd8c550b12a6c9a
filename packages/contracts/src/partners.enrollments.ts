/** Enrolment in programs: its terms, the tracks that a partner chooses, the fee for being admitted. */
import { Day } from '@echelon/calendar';
import { Key } from '@echelon/program';
import * as z from 'zod';
import { conflict, invalid, partnerRoles, post, put } from './contract.ts';
import { EnrollmentTerms } from './enrollment.ts';
import { PartnerId, ProgramId } from './ids.ts';
import { Partner } from './partners.events.ts';
import { Reasoned, Text } from './text.ts';

const ofPartner = z.object({ partnerId: PartnerId });
const ofEnrollment = z.object({ partnerId: PartnerId, programId: ProgramId });
const ofLadder = z.object({ partnerId: PartnerId, programId: ProgramId, ladder: Key });
const notInForce = { 'program-not-in-force': conflict('No version of this program is in force today.') };
const unknownLadder = (pointer: string, place?: 'path') => ({ 'unknown-ladder': invalid('The program has no such ladder.', pointer, place) });
const unknownParts = {
  ...notInForce,
  'unknown-business-model': invalid('The program has no such business model.', '/businessModels'),
  ...unknownLadder('/ladders'),
  'unknown-product-family': invalid('The program has no such product family.', '/productFamilies'),
};
const notAtWork = { 'not-enrolled': conflict('The partner is not at work in this program: admitted, not suspended, and enrolled.') };
const unfitTracks = {
  ...notInForce,
  'not-by-choice': conflict('The tiers of this ladder are reached; only tracks are chosen.'),
  'not-on-ladder': conflict('The partner is not enrolled on this ladder.'),
  'unknown-track': invalid('The ladder has no such track.', '/track'),
};
const notChosen = { 'not-chosen': conflict('This track does not wait for a decision: it was not chosen, chosen anew, or decided.') };
const judgedByAnother = { 'same-person': conflict('Who chose a track can not decide on it.') };
const noFee = { 'no-fee': conflict('The partner was charged no admission fee in this program.') };
const notOwed = { 'not-owed': conflict('The admission fee is settled or waived already.') };
const named = Key.meta({ description: 'The track that is decided on: what was chosen in the meantime is not.' });

export const enrollmentRoutes = {
  enroll: post('/v1/partners/{partnerId}/enrollments', {
    summary: 'Enrol an admitted partner in a program. One that is new to it is charged the admission fee, where there is one.',
    roles: ['channel-manager'],
    params: ofPartner,
    body: z.object({ programId: ProgramId, ...EnrollmentTerms.shape }),
    answers: Partner,
    refuses: {
      'not-admitted': conflict('Only an admitted partner can be enrolled.'),
      'already-enrolled': conflict('The partner is enrolled in this program.'),
      'too-many-enrollments': conflict('A partner holds at most 50 enrolments.'),
      ...unknownParts,
    },
  }),
  changeEnrollment: put('/v1/partners/{partnerId}/enrollments/{programId}', {
    summary: 'Say anew in which business models, on which ladders, where and for what a partner is enrolled; what is not said is lifted.',
    roles: ['channel-manager'],
    params: ofEnrollment,
    body: EnrollmentTerms,
    answers: Partner,
    refuses: {
      'not-admitted': conflict('Only the enrolments of an admitted partner can be changed.'),
      'not-enrolled': conflict('The partner is not enrolled in this program.'),
      ...unknownParts,
    },
  }),
  chooseTrack: post('/v1/partners/{partnerId}/enrollments/{programId}/tracks', {
    summary: 'Choose a track of a ladder. A channel manager confirms it; until then the one before holds. Takes the place of a choice that waits.',
    roles: partnerRoles,
    params: ofEnrollment,
    body: z.object({ ladder: Key, track: Key }),
    answers: Partner,
    refuses: {
      ...notAtWork,
      ...unfitTracks,
      ...unknownLadder('/ladder'),
      'already-chosen': conflict('This track is chosen already, and waits for a channel manager.'),
    },
  }),
  confirmTrack: post('/v1/partners/{partnerId}/enrollments/{programId}/tracks/{ladder}/confirmation', {
    summary: 'Confirm the track that a partner chose: it is the official one from today on.',
    roles: ['channel-manager'],
    params: ofLadder,
    body: z.object({ track: named }),
    answers: Partner,
    refuses: { ...notAtWork, ...notChosen, ...judgedByAnother, ...unfitTracks, ...unknownLadder('/ladder', 'path') },
  }),
  declineTrack: post('/v1/partners/{partnerId}/enrollments/{programId}/tracks/{ladder}/decline', {
    summary: 'Decline the track that a partner chose: it stays where it is.',
    roles: ['channel-manager'],
    params: ofLadder,
    body: z.object({ track: named, reason: Text }),
    answers: Partner,
    refuses: { ...notAtWork, ...notChosen, ...judgedByAnother },
  }),
  settleAdmissionFee: post('/v1/partners/{partnerId}/enrollments/{programId}/admission-fee/settlement', {
    summary: 'Record that the admission fee was paid, whole.',
    roles: ['billing-system'],
    params: ofEnrollment,
    body: z.object({
      settledOn: Day.meta({ description: 'The day of the payment.' }),
      reference: z.string().trim().min(1).max(120).meta({ description: 'What billing knows the payment by.' }),
    }),
    answers: Partner,
    refuses: { ...noFee, ...notOwed, ...notInForce, 'not-settled-yet': invalid('A payment is recorded on its day or later.', '/settledOn') },
  }),
  waiveAdmissionFee: post('/v1/partners/{partnerId}/enrollments/{programId}/admission-fee/waiver', {
    summary: 'Waive the admission fee of a partner.',
    roles: ['program-manager'],
    params: ofEnrollment,
    body: Reasoned,
    answers: Partner,
    refuses: { ...noFee, ...notOwed, 'same-person': conflict('Who enrolled a partner can not waive its admission fee.') },
  }),
};

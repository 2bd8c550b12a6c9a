/** Engagements: what a partner did with the vendor, with evidence, judged by a channel manager. */
import * as z from 'zod';
import { conflict, everyone, get, invalid, partnerRoles, post } from './contract.ts';
import { Engagement, EngagementSubmission } from './engagements.events.ts';
import { EngagementId, PartnerId, ProgramId } from './ids.ts';
import { page, paging } from './paging.ts';
import { Reasoned } from './text.ts';

const ofEngagement = z.object({ engagementId: EngagementId });
const samePerson = conflict('Who submitted an engagement can not judge it.');
const notOpen = conflict('Only a submitted engagement can be judged.');

export const engagementRoutes = {
  submitEngagement: post('/v1/engagements', {
    summary: 'Submit a business or marketing plan, a review, a campaign, an event, a training or a customer adoption, with its evidence.',
    roles: partnerRoles,
    body: EngagementSubmission,
    answers: Engagement,
    refuses: {
      'not-enrolled': conflict('Your partner is not at work in this program: admitted, not suspended, and enrolled.'),
      'program-not-in-force': conflict('No version of this program is in force today.'),
      'not-held-yet': invalid('An engagement is submitted on its day or later.', '/heldOn'),
    },
  }),
  engagements: get('/v1/engagements', {
    summary: 'List engagements of a program, the latest first: a partner’s own, or all.',
    roles: everyone,
    query: z.object({
      programId: ProgramId,
      partnerId: PartnerId.optional().meta({ description: 'Of this partner alone.' }),
      status: z.enum(Engagement.options.map((option) => option.shape.status.value)).optional(),
      ...paging,
    }),
    answers: page(Engagement),
  }),
  engagement: get('/v1/engagements/{engagementId}', {
    summary: 'Get an engagement.',
    roles: everyone,
    params: ofEngagement,
    answers: Engagement,
  }),
  acceptEngagement: post('/v1/engagements/{engagementId}/acceptance', {
    summary: 'Accept an engagement: it counts in the quarter of its day.',
    roles: ['channel-manager'],
    params: ofEngagement,
    answers: Engagement,
    refuses: { 'not-submitted': notOpen, 'same-person': samePerson },
  }),
  declineEngagement: post('/v1/engagements/{engagementId}/decline', {
    summary: 'Decline an engagement.',
    roles: ['channel-manager'],
    params: ofEngagement,
    body: Reasoned,
    answers: Engagement,
    refuses: { 'not-submitted': notOpen, 'same-person': samePerson },
  }),
  revokeEngagement: post('/v1/engagements/{engagementId}/revocation', {
    summary: 'Take an acceptance back: it counts no more, in the quarter in which it stood.',
    roles: ['channel-manager'],
    params: ofEngagement,
    body: Reasoned,
    answers: Engagement,
    refuses: { 'not-accepted': conflict('Only an accepted engagement can be revoked.') },
  }),
} as const;

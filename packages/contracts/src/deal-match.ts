import * as z from 'zod';
import { EndCustomer } from './end-customer.ts';
import { DealId, PartnerId, VersionId } from './ids.ts';

export const MatchDecision = z.enum(['same-customer', 'different']);

export const MatchedBy = z.enum(['name', 'group', 'likeness']).meta({
  description: 'The very name, with country and city, but for capitals and punctuation; one corporate group; or names that are alike.',
});

export const MatchEvidence = z
  .object({
    of: z.enum(['registry-id', 'domain', 'group', 'name', 'country', 'city', 'product-family']),
    finding: z.enum(['same', 'alike', 'different', 'unknown']).meta({ description: '`unknown`: one of the two does not say it.' }),
  })
  .meta({ id: 'MatchEvidence', description: 'What of two customers was compared, and what was found.' });
export type MatchEvidence = z.output<typeof MatchEvidence>;

/** Two deals that may be for one customer: by what, and what a person decided. */
export const DealMatch = z
  .object({
    dealId: DealId,
    partnerId: PartnerId,
    by: MatchedBy,
    decision: MatchDecision.optional(),
    reason: z.string().optional(),
    decidedBy: z.string().optional(),
    remembered: z.literal(true).optional().meta({ description: 'It was decided of these two customers before, on another deal.' }),
  })
  .meta({ id: 'DealMatch' });
export type DealMatch = z.output<typeof DealMatch>;

/** A match as whoever decides it sees it: the two customers side by side. */
export const DealCandidate = z
  .object({
    ...DealMatch.shape,
    endCustomer: EndCustomer.optional().meta({ description: 'The other deal’s.' }),
    evidence: z.array(MatchEvidence).max(10).optional(),
    sentence: z.string().optional().meta({ description: 'What the evidence comes to.' }),
  })
  .meta({ id: 'DealCandidate' });
export type DealCandidate = z.output<typeof DealCandidate>;

/** A named account that a deal's customer may be, by its name alone. */
export const NamedLikely = z
  .object({
    name: z.string(),
    versionId: VersionId,
    rule: z.string().meta({ description: 'JSON Pointer into the version’s document.' }),
    sentence: z.string().meta({ description: 'Why it may be the customer.' }),
  })
  .meta({ id: 'NamedLikely' });
export type NamedLikely = z.output<typeof NamedLikely>;

export const MATCHES_MAX = 100;

/** What there is to look at before a deal is decided. */
export const DealMatches = z
  .object({
    dealId: DealId,
    endCustomer: EndCustomer,
    matches: z.array(DealCandidate).max(MATCHES_MAX),
    namedAccounts: z.array(NamedLikely).optional().meta({
      description: 'Named accounts of today’s version that the customer may be, by their names: the policy approves none of these, a person may.',
    }),
  })
  .meta({ id: 'DealMatches' });

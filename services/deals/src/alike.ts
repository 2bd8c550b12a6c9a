/** What a deal says of itself in the lines in which customers meet that are alike, so that who comes later can tell whether it is a match. */
import {
  type DealCandidate,
  type DealMatch,
  type DealRegistration,
  type EndCustomer,
  MatchDecision,
  MatchedBy,
  Registered,
} from '@echelon/contracts/deals';
import * as z from 'zod';
import { nameKey } from './customer.ts';
import type { Found } from './matching/candidates.ts';
import { matchTo } from './matching/match.ts';

const Says = Registered.pick({ endCustomer: true, productFamilies: true });
type Says = z.output<typeof Says>;

export const says = ({ endCustomer, productFamilies }: Says): string => JSON.stringify(z.encode(Says, { endCustomer, productFamilies }));

type Likeness = Pick<DealCandidate, 'by' | 'endCustomer' | 'evidence' | 'sentence'> & { readonly score: number };

/** Does whoever said this want what the deal wants too, for a customer that may be the same? */
export const likenessTo = (deal: Says): ((said: string | undefined) => Likeness | undefined) => {
  const match = matchTo(deal);
  return (said) => {
    if (said === undefined) return undefined;
    const other = Says.parse(JSON.parse(said));
    const { verdict, evidence, sentence, score } = match(other);
    if (verdict === 'different') return undefined;
    const by = evidence.some(({ of, finding }) => of === 'group' && finding === 'same') ? 'group' : 'likeness';
    return { by, endCustomer: other.endCustomer, evidence: [...evidence], sentence, score };
  };
};

/** What a person decided of the same two customers, on whichever deal. */
export const Remembered = z.object({ decision: MatchDecision, reason: z.string(), decidedBy: z.string(), matchedBy: MatchedBy.optional() });
export type Remembered = z.output<typeof Remembered>;

/**
 * Two customers, as they are written, whichever of them comes first. Nothing can be remembered of two that are written alike: whether
 * the next one of that name is the first of them or the second, nobody knows.
 */
export const pairOf = (one: EndCustomer, other: EndCustomer): string | undefined => {
  const pair = [nameKey(one), nameKey(other)];
  return pair[0] === pair[1] ? undefined : pair.toSorted().join(' ');
};
/** By the other deal, as far as anything was decided. */
export type Memory = ReadonlyMap<DealMatch['dealId'], Remembered>;

/** What a person decided on the deal itself stands; else what is remembered of its customers, as that is by now. */
export const asDecided =
  ({ matches = [] }: Pick<DealRegistration, 'matches'>, memory: Memory) =>
  (found: Found): Found => {
    const own = matches.find(({ dealId }) => dealId === found.dealId);
    if (own?.decision !== undefined && !own.remembered) return { ...found, ...decisionIn(own) };
    const remembered = memory.get(found.dealId);
    if (remembered === undefined || isStronger(found, remembered)) return found;
    const { matchedBy: _, ...decided } = remembered;
    return { ...found, ...decided, remembered: true };
  };

/** That they are of one corporate group is more than whoever told two names apart had seen. */
const isStronger = ({ by }: Found, { decision, matchedBy }: Remembered): boolean =>
  by === 'group' && matchedBy !== 'group' && decision === 'different';

const decisionIn = ({ decision, reason, decidedBy }: DealMatch) => ({
  ...(decision && { decision }),
  ...(reason !== undefined && { reason }),
  ...(decidedBy !== undefined && { decidedBy }),
});

/**
 * What a deal keeps of a match: whom it concerns is seen at that deal, the evidence is found anew whenever somebody looks, and the event of the
 * decision has its reason whole.
 */
export const keptOf = ({ endCustomer: _, evidence: __, sentence: ___, ...kept }: DealCandidate): DealMatch =>
  kept.reason === undefined ? kept : { ...kept, reason: Array.from(kept.reason).slice(0, REASON_KEPT_MAX).join('') };

/** Characters: a hundred matches with their reasons, in the deal and in its event, are less than an event may be. */
export const REASON_KEPT_MAX = 180;

/** What happens to a deal before anybody decides it. */
import { afterBusinessHours, businessHoursBetween } from '@echelon/calendar';
import { type DealRegistration, type DealSubmission, MATCHES_MAX } from '@echelon/contracts/deals';
import type { DealId, PartnerId } from '@echelon/contracts/ids';
import type { Asset, Partner } from '@echelon/contracts/partners';
import type { InForce } from '@echelon/contracts/programs';
import { accept, refuse } from '@echelon/decider';
import type { ProgramDocument } from '@echelon/program';
import { asDecided, keptOf, type Memory } from './alike.ts';
import { approvalBy, overdueBy, policyApproves } from './approval.ts';
import { type Act, actsForIt, type Deal, type DealEvent, type Decided, ONLY_ITS_PARTNER } from './deal.ts';
import { dealTypeOf } from './deal-type.ts';
import { domainFault, fulfillerExclusion, likelyNamed, opportunityExclusion, partnerExclusion, type Registrant, unsettled } from './exclusion.ts';
import { allOf, conflictIn, fullLine, joinAll, keysOf, type Lines, type Looking, matchesIn, placesOf, registeredWith } from './lines.ts';
import { shownOf } from './matching/candidates.ts';

/** What a submission is judged by, read beside the deal. */
export interface SubmissionFacts extends Registrant {
  readonly program: InForce | undefined;
  readonly fulfiller: Partner | undefined;
  readonly assets: readonly Asset[];
  readonly lines: Lines;
  /** Of those in its lines. */
  readonly memory: Memory;
}

type SubmitRefusal =
  | ('key-reused' | 'program-not-in-force' | 'already-registered' | 'line-full')
  | ('not-enrolled' | 'partner-suspended' | 'outside-territory' | 'not-authorised' | 'route-not-open' | 'standing-unsettled')
  | ('other-currency' | 'below-minimum' | 'unknown-product-family' | 'route-not-offered' | 'domain-not-registrable')
  | ('rfp-published' | 'vendor-engaged' | 'named-account')
  | ('fulfiller-missing' | 'fulfiller-is-partner' | 'fulfiller-not-enrolled')
  | ('not-of-record' | 'no-such-asset' | 'other-family' | 'asset-ended');

/**
 * Stand in the line of every key. Whoever is first in all of the strong ones has the priority; the others learn that there is a
 * conflict. Where nothing speaks against it, and the policy says so, the deal is approved at once.
 */
export const submit =
  ({ submission, partnerId, by, now }: Act & { readonly submission: DealSubmission; readonly partnerId: PartnerId }) =>
  (deal: Deal, facts: SubmissionFacts): Decided<SubmitRefusal> => {
    if (deal.status !== 'none') return refuse('key-reused');
    const { program, standing, lines } = facts;
    if (program === undefined) return refuse('program-not-in-force');
    const excluded =
      partnerExclusion(submission, facts, { program, now }) ??
      opportunityExclusion(submission, program) ??
      domainFault(submission) ??
      fulfillerExclusion(submission, partnerId, facts.fulfiller);
    if (excluded) return excluded;
    const { versionId, document } = program;
    const { approvalHours, offers } = document.dealRegistration;
    const typed = dealTypeOf(submission, { assets: facts.assets, partnerId, program, now });
    if ('refused' in typed) return typed;
    const { dealType } = typed;
    const { route } = submission;
    if (!offers.some((offer) => offer.route === route && offer.dealTypes.includes(dealType)))
      return refuse(
        'route-not-offered',
        `The program makes no offer for ${dealType} by route "${route}" (/dealRegistration/offers of ${versionId}).`,
      );
    const looking = lookingFor(deal.id, partnerId, submission);
    const own = registeredWith(lines, looking, now);
    if (own !== undefined) return refuse('already-registered', `It is ${own}.`);
    if (fullLine(lines, now)) return refuse('line-full');

    const [conflict, matches] = [conflictIn(lines, now), shownOf(matchesIn(lines, looking, now).map(asDecided({}, facts.memory)))];
    const dueAt = afterBusinessHours(now, approvalHours, hoursOf(document));
    const keys = keysOf(placesOf(joinAll(lines, looking, now), deal.id));
    const registered = { partnerId, by, submission, dealType, versionId, dueAt, keys };
    const submitted: DealEvent = {
      type: 'DealSubmitted',
      at: now,
      data: { ...registered, ...(conflict && { conflict }), ...(matches.length > 0 && { matches: matches.slice(0, MATCHES_MAX).map(keptOf) }) },
    };
    const clear =
      conflict === undefined &&
      matches.every(({ decision }) => decision === 'different') &&
      policyApproves(submission, document) &&
      unsettled(standing, { program, now }) === undefined &&
      likelyNamed(submission, program).length === 0;
    const approved = clear
      ? approvalBy({ route, dealType }, { standing, program }, { by: 'policy', rule: '/dealRegistration/autoApproval', now })
      : undefined;
    const claims = allOf(placesOf(joinAll(lines, { ...looking, until: approved?.data.protectedUntil }, now), deal.id));
    return accept<DealEvent>(approved ? [submitted, approved] : [submitted], { claims });
  };

/** A submission, as it is compared with those in line. */
export const lookingFor = (id: DealId, partnerId: PartnerId, { productFamilies, endCustomer }: DealSubmission): Looking => ({
  ...{ id, partnerId, productFamilies, endCustomer },
});

const hoursOf = ({ timeZone, businessHours }: ProgramDocument) => ({ zone: timeZone, ...businessHours });

/** A question stops no hours that were up before it: that they were is said first, as nothing would say it while the question is open. */
export const requestInformation =
  ({ question, by, now }: Act & { readonly question: string }) =>
  (deal: DealRegistration): Decided<'not-open'> =>
    deal.status === 'submitted'
      ? accept<DealEvent>([...overdueBy(now, deal), { type: 'DealInformationRequested', at: now, data: { question, by } }])
      : refuse('not-open', `The deal is ${deal.status}.`);

/** The hours for approval stood still since the question: what was left of them then is left now. */
export const supplyInformation =
  (act: Act & { readonly answer: string }) =>
  (deal: DealRegistration, program: InForce): Decided<'nothing-asked' | 'forbidden'> => {
    if (!actsForIt(deal, act)) return refuse('forbidden', ONLY_ITS_PARTNER);
    if (deal.status !== 'information-requested') return refuse('nothing-asked', `The deal is ${deal.status}.`);
    const { answer, by, now } = act;
    const hours = hoursOf(program.document);
    const dueAt = afterBusinessHours(now, businessHoursBetween(deal.askedAt, deal.dueAt, hours), hours);
    return accept([{ type: 'DealInformationSupplied', at: now, data: { answer, by, dueAt } }]);
  };

/** Rules of the program's own that a deal does not pass, whoever else is in line. Each refusal names its rule. */
import { type Day, dayOf, type Instant, isUpTo } from '@echelon/calendar';
import type { DealSubmission, NamedLikely } from '@echelon/contracts/deals';
import type { PartnerId } from '@echelon/contracts/ids';
import type { Partner } from '@echelon/contracts/partners';
import type { InForce } from '@echelon/contracts/programs';
import type { Standing } from '@echelon/contracts/tiering';
import { refuse } from '@echelon/decider';
import { compare, formatMoney } from '@echelon/money';
import { holdsOn, type Key, ladderFor, ladderOf, type Tier } from '@echelon/program';
import { ownDomain, registrableDomain, registryKeys } from './customer.ts';
import type { Opportunity } from './lines.ts';
import { matchTo } from './matching/match.ts';
import { isUnsettled, tierOn } from './offer.ts';
import { enrollmentIn, standsDown } from './partner.ts';

/** A sentence that ends in the place of the program's document which decided. */
const by = (rule: string, { versionId }: InForce) => `(${rule} of ${versionId})`;

export interface Registrant {
  readonly partner: Partner | undefined;
  readonly standing: Standing | undefined;
  /** The version whose benefits its standing keeps for a while. */
  readonly before?: InForce | undefined;
}

/** Nobody knows the tier of such a partner, and so not what it is offered. */
export const unsettled = (standing: Standing | undefined, { program, now }: { readonly program: InForce; readonly now: Instant }) =>
  isUnsettled(standing, program, dayOf(now, program.document.timeZone))
    ? refuse('standing-unsettled', `Tiering has not placed the partner under ${program.versionId} yet: try again within the hour.`)
    : undefined;

/** What keeps a partner from registering an opportunity, from having it approved, and from taking it over. */
export const partnerExclusion = (
  { programId, endCustomer, productFamilies, route }: Opportunity & Pick<DealSubmission, 'route'>,
  { partner, standing, before }: Registrant,
  at: { readonly program: InForce; readonly now: Instant },
) => {
  const { program, now } = at;
  const enrollment = enrollmentIn(partner, programId);
  if (enrollment === undefined) return refuse('not-enrolled');
  const down = standsDown(partner);
  if (down !== undefined) return refuse('partner-suspended', down);
  const { country } = endCustomer;
  if (enrollment.territories?.includes(country) === false)
    return refuse('outside-territory', `The partner may sell to ${enrollment.territories.join(', ')}; the end customer is in ${country}.`);
  const unauthorised = productFamilies.find((family) => enrollment.productFamilies?.includes(family) === false);
  if (unauthorised !== undefined) return refuse('not-authorised', `The partner is not authorised to sell "${unauthorised}".`);
  const { document } = program;
  const today = dayOf(now, document.timeZone);
  // Those of its enrolment, and those that a version has brought since, which its standing knows.
  const ladders = document.ladders.filter(
    ({ key }) => enrollment.ladders.includes(key) || standing?.positions.some(({ ladder }) => ladder === key) === true,
  );
  const decides = ladderFor(document, route);
  if (decides !== undefined && !ladders.includes(decides))
    return unsettled(standing, at) ?? refuse('route-not-open', `Route "${route}" is for partners on ladder "${decides.key}".`);
  const tiers = ladders.map((ladder) => tierOn(ladder, standing, today));
  const inForce = document.benefits.filter((benefit) => holdsOn(benefit, today)).map(({ key }) => key);
  const giving = [...tiers, ...tiersKept(standing, before, today)];
  const gives = (benefit: Key): boolean => inForce.includes(benefit) && giving.some(({ benefits }) => benefits.includes(benefit));
  const closed = document.productFamilies.findIndex(({ key, benefit }) => productFamilies.includes(key) && benefit !== undefined && !gives(benefit));
  if (closed === -1) return undefined;
  const held = tiers.map(({ key }) => `"${key}"`).join(' and ');
  return (
    unsettled(standing, at) ??
    refuse('not-authorised', `No tier of the partner, ${held}, gives what the family asks for ${by(`/productFamilies/${closed}/benefit`, program)}.`)
  );
};

/** Tiers of the version before, whose benefits a migration keeps until a day. */
const tiersKept = (standing: Standing | undefined, before: InForce | undefined, today: Day): readonly Tier[] => {
  const { until, held = [] } = standing?.grandfathered ?? {};
  if (before === undefined || until === undefined || !isUpTo(today, until)) return [];
  return held.flatMap(({ ladder, tier }) => ladderOf(before.document, ladder)?.tiers.filter(({ key }) => key === tier) ?? []);
};

/** What keeps an opportunity from being registered by anybody, or approved. */
export const opportunityExclusion = (submission: DealSubmission, program: InForce) => {
  const { amount, productFamilies } = submission;
  const { currency, productFamilies: families, dealRegistration } = program.document;
  if (amount.currency !== currency) return refuse('other-currency', `The program's currency is ${currency} ${by('/currency', program)}.`);
  const { minimumAmount } = dealRegistration;
  if (compare(amount, minimumAmount) < 0)
    return refuse(
      'below-minimum',
      `The minimum is ${formatMoney(minimumAmount)}; this is ${formatMoney(amount)} ${by('/dealRegistration/minimumAmount', program)}.`,
    );
  const unknown = productFamilies.find((family) => !families.some(({ key }) => key === family));
  if (unknown !== undefined)
    return refuse('unknown-product-family', `The program has no product family "${unknown}" ${by('/productFamilies', program)}.`);
  return tooLate(submission, program) ?? keptByVendor(submission, program);
};

/** What no customer can have. A domain that has become a suffix since is no key any more, and takes nothing from its deal. */
export const domainFault = ({ endCustomer: { domain } }: DealSubmission) =>
  domain !== undefined && registrableDomain(domain) === undefined
    ? refuse('domain-not-registrable', `"${domain}" is a public suffix, or below none.`)
    : undefined;

const tooLate = ({ rfpPublished, vendorEngaged }: DealSubmission, program: InForce) => {
  const said = { 'rfp-published': rfpPublished, 'vendor-engaged': vendorEngaged };
  const at = program.document.dealRegistration.exclusions.findIndex((exclusion) => said[exclusion]);
  const exclusion = program.document.dealRegistration.exclusions[at];
  return exclusion && refuse(exclusion, `It comes too late to be registered ${by(`/dealRegistration/exclusions/${at}`, program)}.`);
};

/** Whoever belongs to a named account's corporate group is one of its customers. */
const keptByVendor = ({ endCustomer }: DealSubmission, program: InForce) => {
  const registries = registryKeys(endCustomer);
  const registrable = ownDomain(endCustomer);
  const at = program.document.dealRegistration.namedAccounts.findIndex(
    ({ registryIds, domains }) =>
      registries.some((registry) => registryIds.includes(registry)) ||
      (registrable !== undefined && domains.some((one) => registrableDomain(one) === registrable)),
  );
  return at === -1
    ? undefined
    : refuse('named-account', `The vendor keeps this customer to itself ${by(`/dealRegistration/namedAccounts/${at}`, program)}.`);
};

/** Of those that may be the customer by their names alone. */
const LIKELY_NAMED_MAX = 10;

/**
 * Named accounts that the customer may be: a name refuses nobody, but where the domain was left out it is all that there is. The list says
 * of no account where it is: each is compared as one of the customer's own country.
 */
export const likelyNamed = ({ endCustomer }: Pick<DealSubmission, 'endCustomer'>, { versionId, document }: InForce): readonly NamedLikely[] => {
  const { name, country } = endCustomer;
  const match = matchTo({ endCustomer: { name, country } });
  return document.dealRegistration.namedAccounts
    .flatMap((account, at) => {
      const { verdict, sentence } = match({ endCustomer: { name: account.name, country } });
      return verdict === 'different' ? [] : [{ name: account.name, versionId, rule: `/dealRegistration/namedAccounts/${at}`, sentence }];
    })
    .slice(0, LIKELY_NAMED_MAX);
};

/** A distributor, or whoever else is named, is another partner at work in the program. */
export const fulfillerExclusion = ({ programId, route, fulfilledBy }: DealSubmission, partnerId: PartnerId, fulfiller: Partner | undefined) => {
  if (fulfilledBy === undefined) return route === 'distributor' ? refuse('fulfiller-missing') : undefined;
  if (fulfilledBy === partnerId) return refuse('fulfiller-is-partner');
  return enrollmentIn(fulfiller, programId) && standsDown(fulfiller) === undefined ? undefined : refuse('fulfiller-not-enrolled');
};

/** Are two end customers one? Same, likely or different, with the evidence for a channel manager to judge. */
import type { EndCustomer } from '@echelon/contracts/deals';
import { registryKeys, strongKeys } from '../customer.ts';
import { cityOf, isSameCity } from './cities.ts';
import { isSameName, likenessOf, reasonFor, scoreOf } from './likeness.ts';
import { type Name, nameOf } from './name.ts';

/** A customer, and what somebody wants to sell there. Without product families all are meant. */
export interface Wanted {
  readonly endCustomer: EndCustomer;
  readonly productFamilies?: readonly string[] | undefined;
}

export type Verdict = 'same' | 'likely' | 'different';
export interface Evidence {
  readonly of: 'registry-id' | 'domain' | 'group' | 'name' | 'country' | 'city' | 'product-family';
  readonly finding: 'same' | 'alike' | 'different' | 'unknown';
}
export interface Match {
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
  readonly sentence: string;
  /** Of the likely ones, to rank them by: 0 to 1.1. */
  readonly score: number;
}

/**
 * A registry id or a domain of its own decides alone. A name never does: it makes two customers of one country likely to be one. Who wants other
 * product families is no match, whoever the customer is.
 */
export const matchTo = (wanted: Wanted): ((other: Wanted) => Match) => {
  const looking = known(wanted);
  return (other) => compare(looking, known(other));
};

/** What of a customer is worked out once, however many it is compared with. */
interface Known extends Wanted {
  readonly name: Name;
  readonly city: string;
  readonly strong: readonly string[];
}
const known = ({ endCustomer, productFamilies }: Wanted): Known => {
  const { name, country, city } = endCustomer;
  return { endCustomer, productFamilies, name: nameOf(name, country), city: cityOf(city), strong: strongKeys(endCustomer) };
};

const compare = (one: Known, other: Known): Match => {
  const strong = strongEvidence(one, other);
  const families = familyEvidence(one, other);
  const group = groupEvidence(one.endCustomer, other.endCustomer);
  const isHere = isSameCity(one.city, other.city);
  const isAbroad = one.endCustomer.country !== other.endCustomer.country;
  const likeness = likenessOf(one.name, other.name);
  const reason = isAbroad ? undefined : reasonFor(likeness, isHere);
  const evidence: readonly Evidence[] = [
    ...strong,
    group,
    { of: 'name', finding: isSameName(likeness) ? 'same' : reasonFor(likeness, true) === undefined ? 'different' : 'alike' },
    { of: 'country', finding: isAbroad ? 'different' : 'same' },
    { of: 'city', finding: one.city === '' || other.city === '' ? 'unknown' : isHere ? 'same' : 'different' },
    ...families,
  ];
  const score = scoreOf(likeness, isHere);
  const answer = (verdict: Verdict, sentence: string): Match => ({ verdict, evidence, sentence, score });

  if (families.some(({ finding }) => finding === 'different')) return answer('different', 'They want no product family in common.');
  const decisive = strong.find(({ finding }) => finding === 'same');
  if (decisive) return answer('same', SAME[decisive.of === 'domain' ? 'domain' : 'registry-id']);
  if (group.finding === 'same') return answer('likely', 'They belong to one corporate group.');
  if (isAbroad) return answer('different', 'They are of two countries, and have neither registry id nor domain in common.');
  if (reason === undefined) return answer('different', 'Their names are not enough alike.');
  // Daughters are registered apart, and called after their mothers. Establishments have ids of their own, and bear one name.
  const isRegisteredApart = strong.some(({ of, finding }) => of === 'registry-id' && finding === 'different');
  if (isRegisteredApart && !isSameName(likeness)) return answer('different', 'Their names are alike, and each has a registry id of its own.');
  return answer('likely', reason);
};

const SAME = { 'registry-id': 'They have the same registry id.', domain: 'They have the same web domain.' } as const;

const strongEvidence = (one: Known, other: Known): readonly Evidence[] => {
  const [id, idOther] = [one.endCustomer.registryId, other.endCustomer.registryId];
  const [domain, domainOther] = [domainOf(one), domainOf(other)];
  const isComparable = id !== undefined && idOther !== undefined && id.scheme === idOther.scheme;
  return [
    { of: 'registry-id', finding: isComparable ? (id.value === idOther.value ? 'same' : 'different') : 'unknown' },
    { of: 'domain', finding: domain === undefined || domainOther === undefined ? 'unknown' : domain === domainOther ? 'same' : 'different' },
  ];
};

/** Whoever names a group is of it, and so is the parent, whose own id it is. */
const groupEvidence = (one: EndCustomer, other: EndCustomer): Evidence => {
  const [groups, others] = [registryKeys(one), registryKeys(other)];
  if (one.corporateGroup === undefined && other.corporateGroup === undefined) return { of: 'group', finding: 'unknown' };
  if (groups.some((key) => others.includes(key))) return { of: 'group', finding: 'same' };
  return { of: 'group', finding: one.corporateGroup && other.corporateGroup ? 'different' : 'unknown' };
};

/** The one that is its own: no mail provider's, no page host's, no public suffix. */
const domainOf = ({ strong }: Known): string | undefined => strong.find((key) => key.startsWith('domain:'));

const familyEvidence = (one: Known, other: Known): readonly Evidence[] => {
  if (one.productFamilies === undefined || other.productFamilies === undefined) return [];
  const families = new Set(other.productFamilies);
  return [{ of: 'product-family', finding: one.productFamilies.some((family) => families.has(family)) ? 'same' : 'different' }];
};

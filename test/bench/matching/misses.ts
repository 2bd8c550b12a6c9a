/** Why a right candidate was not shown, as far as a machine can tell. */
import { candidateKeys } from '../../../services/deals/src/matching/keys.ts';
import { likenessOf } from '../../../services/deals/src/matching/likeness.ts';
import { matchTo } from '../../../services/deals/src/matching/match.ts';
import { nameOf } from '../../../services/deals/src/matching/name.ts';
import { wordsOf } from '../../../services/deals/src/matching/normalise.ts';
import type { Query } from './companies.ts';

export const kindOfMiss = ({ customer, right }: Query, pool: ReadonlySet<string>): string => {
  if (!pool.has(right.id)) return 'not in the pool';
  const other = right.customer;
  if (customer.country !== other.country) return 'another country';
  if (matchTo({ endCustomer: customer })({ endCustomer: other }).verdict === 'likely') {
    const keys = new Set(candidateKeys(other));
    return candidateKeys(customer).some((key) => keys.has(key)) ? 'alike, but another far more so' : 'alike, under no key in common';
  }
  const likeness = likenessOf(nameOf(customer.name, customer.country), nameOf(other.name, other.country));
  if (likeness.isOtherNumber) return 'another number';
  if (likeness.isAcronym) return 'initials, and another city';
  const words = new Set(wordsOf(other.name));
  if (!wordsOf(customer.name).some((word) => words.has(word))) return 'no word in common: renamed, translated, or initials of parts of words';
  return likeness.more >= 0.95 ? 'one word of a longer name, and another city' : 'too few words in common: renamed in part';
};

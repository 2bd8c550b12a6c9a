/** By what two end customers, each written in its own way, are known to be one: registry id, registrable web domain, name. */
import type { EndCustomer, RegistryId } from '@echelon/contracts/deals';
import { getDomain, getDomainWithoutSuffix } from 'tldts';
import { nameOf } from './matching/name.ts';
import { LETTERS_MAX } from './matching/normalise.ts';
import { useOf } from './shared-domains.ts';

/** What of a domain somebody registered, by the public-suffix list; nothing where it is a suffix itself: `co.uk`, `github.io`. */
export const registrableDomain = (domain: string): string | undefined => getDomain(domain, { allowPrivateDomains: true }) ?? undefined;

export const registryKey = ({ scheme, value }: RegistryId): string => `${scheme}:${value}`;

/** Each decides alone. */
export const strongKeys = (customer: EndCustomer): readonly string[] => {
  const { registryId } = customer;
  const domain = ownDomain(customer);
  return [...(registryId ? [registryKey(registryId)] : []), ...(domain === undefined ? [] : [`domain:${domain}`])];
};

/** One that others share, of a host or a mail provider, is that provider's own all the same: Sky is known by sky.com, and none of its subscribers. */
export const ownDomain = (customer: EndCustomer): string | undefined => {
  const { domain } = customer;
  const registrable = domain === undefined ? undefined : registrableDomain(domain);
  if (domain === undefined || registrable === undefined) return undefined;
  const use = useOf(domain);
  return use === 'own' || (use === 'shared' && isNamedAs(registrable, customer)) ? registrable : undefined;
};

/** "Telstra Corporation Ltd" at telstra.com: nothing but the domain's name, legal forms and words that many names have. */
const isNamedAs = (registrable: string, { name, country }: EndCustomer): boolean => {
  const { words, told } = nameOf(name, country);
  const own = words.slice(0, told);
  const label = getDomainWithoutSuffix(registrable)?.replaceAll('-', '');
  return [own, own.filter(({ kind }) => kind === 'distinctive')].some((some) => some.map(({ text }) => text).join('') === label);
};

const letters = (text: string): string => {
  const written = text.normalize('NFKC').toLowerCase();
  const counted = written.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim();
  // Of what has no letter each character counts: else all such names were one.
  return Array.from(counted === '' ? written.trim() : counted)
    .slice(0, LETTERS_MAX)
    .join('');
};

/** Homonyms exist: it decides nothing, and goes to a person. */
export const nameKey = ({ name, country, city = '' }: EndCustomer): string => `name:${letters(name)}|${country}|${letters(city)}`;

export const isSameCustomer = (one: EndCustomer, other: EndCustomer): boolean =>
  nameKey(one) === nameKey(other) || strongKeys(one).some((key) => strongKeys(other).includes(key));

/** The registry ids by which its corporate group is known: its ultimate parent's, and its own, for it may be that parent itself. */
export const registryKeys = ({ registryId, corporateGroup }: EndCustomer): readonly string[] => [
  ...new Set([registryId, corporateGroup].flatMap((id) => (id ? [registryKey(id)] : []))),
];

/** Under which a customer and the others of its corporate group are found: two of one group have one of them in common. */
export const groupKeys = (customer: EndCustomer): readonly string[] => [
  ...new Set([...strongKeys(customer), ...registryKeys(customer), nameKey(customer)]),
];

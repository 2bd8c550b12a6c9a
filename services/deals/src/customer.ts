/** By what two end customers, each written in its own way, are known to be one: registry id, registrable web domain, name. */
import type { EndCustomer, RegistryId } from '@echelon/contracts/deals';
import mailProviders from 'email-providers/all.json' with { type: 'json' };
import { getDomain } from 'tldts';

/** Give their customers a page under their own domain, and stand neither on the public-suffix list nor among mail providers. */
const PAGE_HOSTS = ['godaddysites.com', 'squarespace.com', 'weebly.com', 'wordpress.com'];
/** Domains that say nothing of who uses them. */
const shared: ReadonlySet<string> = new Set([...mailProviders, ...PAGE_HOSTS]);

/** What of a domain somebody registered, by the public-suffix list; nothing where it is a suffix itself: `co.uk`, `github.io`. */
export const registrableDomain = (domain: string): string | undefined => getDomain(domain, { allowPrivateDomains: true }) ?? undefined;

export const registryKey = ({ scheme, value }: RegistryId): string => `${scheme}:${value}`;

/** Each decides alone. */
export const strongKeys = ({ registryId, domain }: EndCustomer): readonly string[] => {
  const registrable = domain === undefined ? undefined : registrableDomain(domain);
  return [
    ...(registryId ? [registryKey(registryId)] : []),
    ...(registrable !== undefined && !shared.has(registrable) ? [`domain:${registrable}`] : []),
  ];
};

/** Characters of a name or city that count; compatibility forms may be many times as long as what was written. */
const LETTERS_MAX = 200;
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

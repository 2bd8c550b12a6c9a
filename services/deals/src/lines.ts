/**
 * The lines that a deal stands in, one per key of its opportunity. Those of strong keys decide who comes first; those of the
 * customer's name, and those in which customers meet that are alike, decide nothing, and show a person who may want the same.
 */
import { Instant } from '@echelon/calendar';
import type { DealConflict, DealSubmission, LineKeys, Order, Registered } from '@echelon/contracts/deals';
import type { DealId, PartnerId, ProgramId } from '@echelon/contracts/ids';
import { type Claim, type Claimant, holder, holdUntil, isFull, join, leave, live } from '@echelon/decider';
import * as z from 'zod';
import { likenessTo, says } from './alike.ts';
import { nameKey, registryKeys, strongKeys } from './customer.ts';
import type { Found } from './matching/candidates.ts';
import { candidateKeys, UNDER_KEY_MAX } from './matching/keys.ts';

export type Opportunity = Pick<DealSubmission, 'programId' | 'endCustomer' | 'productFamilies'>;
interface Of<Part> {
  readonly strong: readonly Part[];
  readonly names: readonly Part[];
  readonly alike?: readonly Part[] | undefined;
}
export type Lines = Of<Claim>;

/**
 * Each key claims by itself, for each product family, so that two submissions meet which overlap in any of them. In the lines of
 * customers that are alike all families stand together, and each says which it is for: a person looks at few.
 */
export const opportunityKeys = ({ programId, endCustomer, productFamilies }: Opportunity): LineKeys => {
  const perFamily = (keys: readonly string[]) =>
    [...new Set(productFamilies)].toSorted().flatMap((family) => keys.map((key) => `${programId}#${family}#${key}`));
  const groups = registryKeys(endCustomer).map((key) => `${programId}#group#${key}`);
  const alike = [...groups, ...candidateKeys(endCustomer).map((key) => `${programId}#alike#${key}`)];
  return { strong: perFamily(strongKeys(endCustomer)), names: perFamily([nameKey(endCustomer)]), ...(alike.length > 0 && { alike }) };
};

/**
 * The keys that a deal has claimed, and beside them those by which its customer is known now: what shared domains, suffixes and
 * names are is brought up to date, and its places stay where they were taken.
 */
export const keysNow = ({ keys, ...deal }: Opportunity & { readonly keys: LineKeys }): LineKeys => {
  const now = opportunityKeys(deal);
  const both = (name: keyof LineKeys) => [...new Set([...(keys[name] ?? []), ...(now[name] ?? [])])];
  return { strong: both('strong'), names: both('names'), alike: both('alike') };
};

/** A line's key, as people say it: `domain:acme.example for "storage"`. */
export const spoken = (key: string): string => {
  const [, family, ...rest] = key.split('#');
  return `${rest.join('#')} for "${family}"`;
};

/** An order wins one deal of a program: its number, which is its fulfiller's, is claimed as an opportunity is. */
export const orderKey = (programId: ProgramId, { fulfilledBy, orderNumber }: Pick<Order, 'fulfilledBy' | 'orderNumber'>): string =>
  `order#${programId}#${fulfilledBy}#${orderNumber}`;

export const keysOf = ({ strong, names, alike = [] }: Lines): LineKeys => {
  const keys = (lines: readonly Claim[]) => lines.map(({ key }) => key);
  return { strong: keys(strong), names: keys(names), ...(alike.length > 0 && { alike: keys(alike) }) };
};

export const allOf = <Part>({ strong, names, alike = [] }: Of<Part>): readonly Part[] => [...strong, ...names, ...alike];

export const textOf = (at: Instant): string => z.encode(Instant, at);

/** Who stands in a line of deals is a deal, on behalf of a partner. */
const dealBehind = ({ id, by }: Claimant) => ({ dealId: id as DealId, partnerId: by as PartnerId });

/** Those who hold a strong key now, as evidence for channel managers. */
export const conflictIn = ({ strong }: Lines, now: Instant): DealConflict | undefined => {
  const evidence = strong.flatMap((claim) => {
    const first = holder(claim, textOf(now));
    return first ? [{ key: claim.key, ...dealBehind(first) }] : [];
  });
  return evidence.length > 0 ? { evidence } : undefined;
};

/** The first line of a strong key that the deal does not hold, and who does. */
export const heldByAnother = ({ strong }: Lines, id: DealId, now: Instant): { readonly key: string; readonly by: string } | undefined => {
  const held = strong.map((claim) => ({ key: claim.key, by: holder(claim, textOf(now))?.id ?? 'nobody' }));
  return held.find(({ by }) => by !== id);
};

/**
 * Did somebody find, by a later time than one's own, that the deal's protection had ended? Who joins then forgets its place, and who is
 * approved then is protected behind it.
 */
export const isPassedBy = (lines: Lines, id: DealId): boolean => {
  const behind = ({ line }: Claim) => line.slice(line.findIndex((one) => one.id === id) + 1);
  return (
    allOf(lines).some(({ line }) => line.every((one) => one.id !== id)) ||
    lines.strong.some((claim) => behind(claim).some(({ until }) => until !== undefined))
  );
};

/** The deal with which the partner stands in one of these lines already, another than this. */
export const standsIn = (
  lines: readonly Claim[],
  { id, partnerId }: { readonly id: DealId; readonly partnerId: PartnerId },
  now: Instant,
): string | undefined => lines.flatMap((claim) => live(claim, textOf(now))).find((one) => one.by === partnerId && one.id !== id)?.id;

/** The first line that takes nobody more, of those that a deal can't do without. */
export const fullLine = ({ strong, names }: Lines, now: Instant): Claim | undefined =>
  [...strong, ...names].find((claim) => isFull(claim, textOf(now)));

/** A deal, as it is compared with those in line. */
export type Looking = Pick<Registered, 'id' | 'partnerId' | 'productFamilies' | 'endCustomer'>;

/**
 * The deal with which the partner has registered this customer already. A name alone decides nothing: of one name a customer is another where each has
 * a registry id, or a domain, and they differ, as far as the other stands in a line in which it says who it is.
 */
export const registeredWith = (lines: Lines, deal: Looking, now: Instant): string | undefined => {
  const { strong, names, alike = [] } = lines;
  const said = new Map(alike.flatMap((claim) => live(claim, textOf(now)).map(({ id, says }) => [id, says])));
  const likenessOf = likenessTo(deal);
  const isOther = ({ id, by }: Claimant): boolean =>
    by === deal.partnerId &&
    likenessOf(said.get(id))?.evidence?.some(({ of, finding }) => (of === 'registry-id' || of === 'domain') && finding === 'different') === true;
  const notOther = (claim: Claim): Claim => ({ ...claim, line: claim.line.filter((one) => !isOther(one)) });
  return standsIn([...strong, ...names.map(notOther)], deal, now);
};

/**
 * Who may want the same: those before it in a line of its name, and of other partners those in a line of customers that are alike. Whom it
 * meets in a line of a strong key too is no match but decided by that line. All of them, as many as the lines hold: a deal is approved past none.
 */
export const matchesIn = ({ strong, names, alike = [] }: Lines, deal: Looking, now: Instant): readonly Found[] => {
  const met = new Set(strong.flatMap((claim) => live(claim, textOf(now)).map((one) => one.id)));
  const before = (claim: Claim): readonly Claimant[] => {
    const line = live(claim, textOf(now));
    const place = line.findIndex((one) => one.id === deal.id);
    return (place === -1 ? line : line.slice(0, place)).filter((one) => !met.has(one.id));
  };
  // One may stand in several lines of those that are alike, and is compared once.
  const others = new Map(alike.flatMap(before).flatMap((one) => (one.by === deal.partnerId ? [] : [[one.id, one] as const])));
  const likenessOf = likenessTo(deal);
  const found = Array.from(others.values()).flatMap((one): Found[] => {
    const likeness = likenessOf(one.says);
    return likeness ? [{ ...dealBehind(one), ...likeness }] : [];
  });
  const matches = new Map(found.map((match) => [match.dealId, match]));
  for (const one of names.flatMap(before).map(dealBehind)) matches.set(one.dealId, { ...matches.get(one.dealId), ...one, by: 'name' });
  return [...matches.values()];
};

const change = ({ strong, names, alike = [] }: Lines, own: (claim: Claim) => Claim, ofAlike: (claim: Claim) => Claim): Lines => ({
  ...{ strong: strong.map(own), names: names.map(own) },
  ...(alike.length > 0 && { alike: alike.map(ofAlike) }),
});

/**
 * Behind all in each line. To those whose customers are alike it says what it is for; where that line is full nobody is refused, and
 * who takes no place in it is not seen by the next.
 */
export const joinAll = (lines: Lines, { id, partnerId, until, ...deal }: Looking & { readonly until?: Instant | undefined }, now: Instant): Lines => {
  const at = textOf(now);
  const place = { id, by: partnerId, ...(until && { until: textOf(until) }) };
  return change(
    lines,
    (claim) => join(claim, place, at),
    (claim) => (live(claim, at).length >= UNDER_KEY_MAX ? claim : join(claim, { ...place, says: says(deal) }, at)),
  );
};

/** In the lines of its present keys, which it has not claimed yet, it comes last. */
export const standingNow = (lines: Lines, deal: Looking & { readonly keys: LineKeys }, now: Instant): Lines => {
  const claimed = new Set(allOf(deal.keys));
  const joined = new Map(allOf(joinAll(lines, deal, now)).map((claim) => [claim.key, claim]));
  const placed = (claim: Claim): Claim => (claimed.has(claim.key) ? claim : (joined.get(claim.key) ?? claim));
  return change(lines, placed, placed);
};

/** Those in which it stands. */
export const placesOf = ({ strong, names, alike = [] }: Lines, id: DealId): Lines => {
  const stands = ({ line }: Claim): boolean => line.some((one) => one.id === id);
  return { strong: strong.filter(stands), names: names.filter(stands), alike: alike.filter(stands) };
};

export const leaveAll = (lines: Lines, id: DealId): readonly Claim[] => allOf(placesOf(lines, id)).map((claim) => leave(claim, id));
export const holdAllUntil = (lines: Lines, id: DealId, until: Instant): readonly Claim[] =>
  allOf(placesOf(lines, id)).map((claim) => holdUntil(claim, id, textOf(until)));
/** The places stay, and are another partner's from now on. */
export const handAllTo = (lines: Lines, id: DealId, to: PartnerId): readonly Claim[] =>
  allOf(placesOf(lines, id)).map((claim) => ({ ...claim, line: claim.line.map((one) => (one.id === id ? { ...one, by: to } : one)) }));

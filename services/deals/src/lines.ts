/**
 * The lines that a deal stands in, one per key of its opportunity. Those of strong keys decide who comes first; those of the
 * customer's name decide nothing, and show a person who may want the same.
 */
import { Instant } from '@echelon/calendar';
import { type DealConflict, type DealMatch, type DealSubmission, type LineKeys, MATCHES_MAX, type Order } from '@echelon/contracts/deals';
import type { DealId, PartnerId, ProgramId } from '@echelon/contracts/ids';
import { type Claim, type Claimant, holder, holdUntil, isFull, join, leave, live } from '@echelon/decider';
import * as z from 'zod';
import { nameKey, strongKeys } from './customer.ts';

export type Opportunity = Pick<DealSubmission, 'programId' | 'endCustomer' | 'productFamilies'>;
interface Of<Part> {
  readonly strong: readonly Part[];
  readonly names: readonly Part[];
}
export type Lines = Of<Claim>;

/** Each key claims by itself, for each product family, so that two submissions meet which overlap in any of them. */
export const opportunityKeys = ({ programId, endCustomer, productFamilies }: Opportunity): LineKeys => {
  const perFamily = (keys: readonly string[]) =>
    [...new Set(productFamilies)].toSorted().flatMap((family) => keys.map((key) => `${programId}#${family}#${key}`));
  return { strong: perFamily(strongKeys(endCustomer)), names: perFamily([nameKey(endCustomer)]) };
};

/**
 * The keys that a deal has claimed, and beside them those by which its customer is known now: what shared domains, suffixes and
 * names are is brought up to date, and its places stay where they were taken.
 */
export const keysNow = ({ keys, ...deal }: Opportunity & { readonly keys: LineKeys }): LineKeys => {
  const now = opportunityKeys(deal);
  return { strong: [...new Set([...keys.strong, ...now.strong])], names: [...new Set([...keys.names, ...now.names])] };
};

/** An order wins one deal of a program: its number, which is its fulfiller's, is claimed as an opportunity is. */
export const orderKey = (programId: ProgramId, { fulfilledBy, orderNumber }: Pick<Order, 'fulfilledBy' | 'orderNumber'>): string =>
  `order#${programId}#${fulfilledBy}#${orderNumber}`;

export const keysOf = ({ strong, names }: Lines): LineKeys => ({ strong: strong.map(({ key }) => key), names: names.map(({ key }) => key) });

export const allOf = <Part>({ strong, names }: Of<Part>): readonly Part[] => [...strong, ...names];

export const textOf = (at: Instant): string => z.encode(Instant, at);

/** Who stands in a line of deals is a deal, on behalf of a partner. */
const standing = ({ id, by }: Claimant) => ({ dealId: id as DealId, partnerId: by as PartnerId });

/** Those who hold a strong key now, as evidence for channel managers. */
export const conflictIn = ({ strong }: Lines, now: Instant): DealConflict | undefined => {
  const evidence = strong.flatMap((claim) => {
    const first = holder(claim, textOf(now));
    return first ? [{ key: claim.key, ...standing(first) }] : [];
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

/** Does the partner stand in one of these lines already, with another deal than this? */
export const standsIn = (lines: readonly Claim[], { id, partnerId }: { readonly id: DealId; readonly partnerId: PartnerId }, now: Instant): boolean =>
  lines.some((claim) => live(claim, textOf(now)).some((one) => one.by === partnerId && one.id !== id));

/** The first line that takes nobody more. */
export const fullLine = (lines: Lines, now: Instant): Claim | undefined => allOf(lines).find((claim) => isFull(claim, textOf(now)));

/** Who may want the same: those before it in a line of its name. Whom it meets in a line of a strong key too is no match but decided by that line. */
export const matchesIn = ({ strong, names }: Lines, { id }: { readonly id: DealId }, now: Instant): readonly DealMatch[] => {
  const met = new Set(strong.flatMap((claim) => live(claim, textOf(now)).map((one) => one.id)));
  const before = names.flatMap((claim) => {
    const line = live(claim, textOf(now));
    const place = line.findIndex((one) => one.id === id);
    return place === -1 ? line : line.slice(0, place);
  });
  const others = new Map(before.filter((one) => !met.has(one.id)).map((one) => [one.id, one]));
  return Array.from(others.values(), (one) => ({ ...standing(one), by: 'name' as const })).slice(0, MATCHES_MAX);
};

export const joinAll = (
  lines: Lines,
  claimant: Omit<Claimant, 'until'> & { readonly until?: Instant | undefined },
  now: Instant,
): readonly Claim[] => {
  const { until, ...one } = claimant;
  return allOf(lines).map((claim) => join(claim, { ...one, ...(until && { until: textOf(until) }) }, textOf(now)));
};
/** In the lines of its present keys, which it has not claimed yet, it comes last. */
export const standingNow = (
  { strong, names }: Lines,
  { id, partnerId, keys }: { readonly id: DealId; readonly partnerId: PartnerId; readonly keys: LineKeys },
  now: Instant,
): Lines => {
  const claimed = new Set(allOf(keys));
  const placed = (claim: Claim): Claim => (claimed.has(claim.key) ? claim : join(claim, { id, by: partnerId }, textOf(now)));
  return { strong: strong.map(placed), names: names.map(placed) };
};

export const leaveAll = (lines: Lines, id: DealId): readonly Claim[] =>
  allOf(lines)
    .filter(({ line }) => line.some((one) => one.id === id))
    .map((claim) => leave(claim, id));
export const holdAllUntil = (lines: Lines, id: DealId, until: Instant): readonly Claim[] =>
  allOf(lines).map((claim) => holdUntil(claim, id, textOf(until)));
/** The places stay, and are another partner's from now on. */
export const handAllTo = (lines: Lines, id: DealId, to: PartnerId): readonly Claim[] =>
  allOf(lines).map((claim) => ({ ...claim, line: claim.line.map((one) => (one.id === id ? { ...one, by: to } : one)) }));

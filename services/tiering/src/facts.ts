/** Facts as netted sums and as last said, so that their order and their repetition make no difference; and bounded. */
import { type Day, isUpTo, type Month } from '@echelon/calendar';
import type { Happened } from '@echelon/contracts';
import {
  CERTIFICATIONS_HELD_MAX,
  type EngagementBucket,
  type Facts,
  MONTHS_MAX,
  NOMINATIONS_MAX,
  QUARTERS_MAX,
  REASON_KEPT_MAX,
  type RevenueBucket,
  SPECIALIZATIONS_HELD_MAX,
  type standingEvents,
  type Target,
} from '@echelon/contracts/tiering';
import { add } from '@echelon/money';

export const factEvents = [
  'EnrollmentCounted',
  'RevenueCounted',
  'CertificationCounted',
  'SpecializationCounted',
  'EngagementCounted',
  'TargetProposed',
  'TargetAgreed',
  'PartnerNominated',
  'NominationEnded',
] as const satisfies readonly (keyof typeof standingEvents)[];
export type FactEvent = Extract<Happened<typeof standingEvents>, { type: (typeof factEvents)[number] }>;

export const noFacts: Facts = { revenue: [], certifications: [], specializations: [], engagements: [], targets: [], nominations: [] };

export const withFact = (facts: Facts, { type, data }: FactEvent): Facts => {
  switch (type) {
    case 'EnrollmentCounted':
      return { ...facts, enrollment: data.fact };
    case 'RevenueCounted':
      return { ...facts, revenue: added(facts.revenue, data.bucket, revenue) };
    case 'CertificationCounted':
      return { ...facts, certifications: asLastSaid(facts.certifications, data.fact, CERTIFICATIONS_HELD_MAX) };
    case 'SpecializationCounted':
      return { ...facts, specializations: asLastSaid(facts.specializations, data.fact, SPECIALIZATIONS_HELD_MAX) };
    case 'EngagementCounted':
      return { ...facts, engagements: added(facts.engagements, data.bucket, engagements) };
    case 'TargetProposed':
      return { ...facts, targets: withTarget(facts.targets, data.target) };
    case 'TargetAgreed':
      return { ...facts, targets: facts.targets.map((target) => (isFor(data)(target) ? { ...target, agreed: true } : target)) };
    case 'PartnerNominated':
      return { ...facts, nominations: [...facts.nominations, kept(data.nomination)].slice(-NOMINATIONS_MAX) };
    case 'NominationEnded': {
      const ends = (one: Facts['nominations'][number]): boolean => one.tier === data.tier && isUpTo(data.until, one.until);
      return { ...facts, nominations: facts.nominations.map((one) => (ends(one) ? { ...one, until: data.until } : one)) };
    }
  }
};

/** With the beginning of its reason: the event that says it has it whole. */
export const kept = <Decided extends { readonly reason: string }>(decided: Decided): Decided => ({
  ...decided,
  reason: decided.reason.slice(0, REASON_KEPT_MAX),
});

/** Does it say anything new? Of what is kept as last said, an event of a lower version comes late. */
export const isNews = (facts: Facts, { type, data }: FactEvent): boolean => {
  const known = (held: readonly { readonly id: string; readonly version: number }[], id: string): number =>
    held.find((fact) => fact.id === id)?.version ?? 0;
  switch (type) {
    case 'EnrollmentCounted':
      return data.fact.version > (facts.enrollment?.version ?? 0);
    case 'CertificationCounted':
      return data.fact.version > known(facts.certifications, data.fact.id);
    case 'SpecializationCounted':
      return data.fact.version > known(facts.specializations, data.fact.id);
    default:
      return true;
  }
};

/** How buckets of a kind are told apart, added up, and found to hold nothing any more. */
interface Netting<Bucket> {
  readonly kind: (bucket: Bucket) => string;
  readonly plus: (a: Bucket, b: Bucket) => Bucket;
  readonly isEmpty: (bucket: Bucket) => boolean;
}
const revenue: Netting<RevenueBucket> = {
  kind: ({ measure, amount }) => `${measure} ${amount.currency}`,
  plus: (a, b) => ({ ...a, amount: add<RevenueBucket['amount']['currency']>(a.amount, b.amount), orders: a.orders + b.orders }),
  isEmpty: ({ amount, orders }) => amount.amount === 0n && orders === 0,
};
const engagements: Netting<EngagementBucket> = {
  kind: ({ engagement }) => engagement,
  plus: (a, b) => ({ ...a, count: a.count + b.count }),
  isEmpty: ({ count }) => count === 0,
};

/**
 * One bucket per kind and month, in order. Beyond the bound the oldest months of a kind become one, in which a lifetime's sum
 * stays whole: 60 months are five years, and every other window is a year.
 */
const added = <Bucket extends { readonly month: Month }>(buckets: readonly Bucket[], bucket: Bucket, netting: Netting<Bucket>): Bucket[] => {
  const { kind, plus, isEmpty } = netting;
  const others = buckets.filter((other) => kind(other) !== kind(bucket));
  const own = buckets.filter((other) => kind(other) === kind(bucket));
  const same = own.find(({ month }) => month === bucket.month);
  const merged = [...own.filter((other) => other !== same), same ? plus(same, bucket) : bucket]
    .filter((one) => !isEmpty(one))
    .toSorted((a, b) => (a.month < b.month ? -1 : 1));
  const [oldest, second, ...rest] = merged;
  const bounded = oldest && second && merged.length > MONTHS_MAX ? [plus(second, oldest), ...rest] : merged;
  return [...others, ...bounded].toSorted((a, b) => (`${a.month} ${kind(a)}` < `${b.month} ${kind(b)}` ? -1 : 1));
};

interface Held {
  readonly id: string;
  readonly until: Day;
}
const asLastSaid = <Fact extends Held>(facts: readonly Fact[], fact: Fact, max: number): Fact[] => {
  const known = [...facts.filter(({ id }) => id !== fact.id), fact];
  // Of more than can be kept, what ends first goes first.
  const bounded = known.length > max ? known.toSorted((a, b) => (isUpTo(a.until, b.until) ? 1 : -1)).slice(0, max) : known;
  return bounded.toSorted((a, b) => (a.id < b.id ? -1 : 1));
};

/** Without what ended before a day. */
export const lasting = (facts: Facts, since: Day): Facts => {
  const { certifications, specializations, nominations } = facts;
  const lasts = ({ until }: { readonly until: Day }): boolean => isUpTo(since, until);
  return {
    ...facts,
    certifications: certifications.filter(lasts),
    specializations: specializations.filter(lasts),
    nominations: nominations.filter(lasts),
  };
};

type TargetOf = Pick<Target, 'measure' | 'quarter'>;
export const isFor =
  ({ measure, quarter }: TargetOf) =>
  (target: TargetOf): boolean =>
    target.measure === measure && target.quarter === quarter;

/** One per measure and quarter; of each measure the newest quarters that are kept. */
const withTarget = (targets: readonly Target[], target: Target): Target[] => {
  const others = targets.filter((other) => !isFor(target)(other));
  const own = [...others.filter(({ measure }) => measure === target.measure), target].toSorted((a, b) => (a.quarter < b.quarter ? -1 : 1));
  return [...others.filter(({ measure }) => measure !== target.measure), ...own.slice(-QUARTERS_MAX)];
};

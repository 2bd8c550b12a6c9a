/** Facts as netted sums and as last said, so that their order and their repetition make no difference; and bounded. */
import { type Day, isUpTo, type Month, monthOf } from '@echelon/calendar';
import type { Happened } from '@echelon/contracts';
import {
  CERTIFICATIONS_HELD_MAX,
  ENGAGEMENT_MONTHS_MAX,
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
  TRACKS_MAX,
} from '@echelon/contracts/tiering';
import { add } from '@echelon/money';
import { withPoints } from './points.ts';

export const factEvents = [
  'EnrollmentCounted',
  'RevenueCounted',
  'CertificationCounted',
  'SpecializationCounted',
  'EngagementCounted',
  'PointsCounted',
  'TrackCounted',
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
      return { ...facts, certifications: asLastSaid(facts.certifications, data.fact, { max: CERTIFICATIONS_HELD_MAX, kind: certificationOf }) };
    case 'SpecializationCounted':
      return { ...facts, specializations: asLastSaid(facts.specializations, data.fact, { max: SPECIALIZATIONS_HELD_MAX, kind: specializationOf }) };
    case 'EngagementCounted':
      return { ...facts, engagements: added(facts.engagements, data.bucket, engagements) };
    case 'PointsCounted': {
      const { points: before, ...others } = facts;
      const points = withPoints(before, monthOf(data.activity.on), data.change);
      return points.length > 0 ? { ...others, points } : others;
    }
    case 'TrackCounted':
      return { ...facts, tracks: [...(facts.tracks ?? []).filter(({ ladder }) => ladder !== data.fact.ladder), data.fact].slice(-TRACKS_MAX) };
    case 'TargetProposed':
      return { ...facts, targets: withTarget(facts.targets, data.target) };
    case 'TargetAgreed':
      return { ...facts, targets: facts.targets.map((target) => (isFor(data)(target) ? { ...target, agreed: true } : target)) };
    case 'PartnerNominated':
      return { ...facts, nominations: lastingLongest([...facts.nominations, kept(data.nomination)], NOMINATIONS_MAX) };
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
    case 'TrackCounted':
      return data.fact.version > (facts.tracks?.find(({ ladder }) => ladder === data.fact.ladder)?.version ?? 0);
    default:
      return true;
  }
};

/** How buckets of a kind are told apart, added up, and found to hold nothing any more. */
interface Netting<Bucket> {
  readonly kind: (bucket: Bucket) => string;
  readonly plus: (a: Bucket, b: Bucket) => Bucket;
  readonly isEmpty: (bucket: Bucket) => boolean;
  readonly monthsMax: number;
}
const revenue: Netting<RevenueBucket> = {
  kind: ({ measure, amount }) => `${measure} ${amount.currency}`,
  plus: (a, b) => ({ ...a, amount: add<RevenueBucket['amount']['currency']>(a.amount, b.amount), orders: a.orders + b.orders }),
  isEmpty: ({ amount, orders }) => amount.amount === 0n && orders === 0,
  monthsMax: MONTHS_MAX,
};
const engagements: Netting<EngagementBucket> = {
  kind: ({ engagement }) => engagement,
  plus: (a, b) => ({ ...a, count: a.count + b.count }),
  isEmpty: ({ count }) => count === 0,
  monthsMax: ENGAGEMENT_MONTHS_MAX,
};

/**
 * One bucket per kind and month, in order. Beyond the bound the oldest months of a kind become one, in which a lifetime's sum
 * stays whole: every other window is a year.
 */
const added = <Bucket extends { readonly month: Month }>(buckets: readonly Bucket[], bucket: Bucket, netting: Netting<Bucket>): Bucket[] => {
  const { kind, plus, isEmpty } = netting;
  const same = buckets.find((other) => kind(other) === kind(bucket) && other.month === bucket.month);
  const merged = [...buckets.filter((other) => other !== same), same ? plus(same, bucket) : bucket].filter((one) => !isEmpty(one));
  return Array.from(Map.groupBy(merged, kind).values(), (own) => bounded(own, netting))
    .flat()
    .toSorted((a, b) => (`${a.month} ${kind(a)}` < `${b.month} ${kind(b)}` ? -1 : 1));
};

const bounded = <Bucket extends { readonly month: Month }>(own: readonly Bucket[], { plus, monthsMax }: Netting<Bucket>): readonly Bucket[] => {
  if (own.length <= monthsMax) return own;
  const [first, ...later] = own.toSorted((a, b) => (a.month < b.month ? -1 : 1));
  if (first === undefined) return own;
  const older = later.slice(0, own.length - monthsMax);
  return [older.reduce((all, one) => plus(one, all), first), ...later.slice(older.length)];
};

interface Held {
  readonly id: string;
  readonly until: Day;
}
const certificationOf = ({ certification }: Facts['certifications'][number]): string => certification;
const specializationOf = ({ specialization }: Facts['specializations'][number]): string => specialization;

/** Of more than can be kept, one of the kind that there is most of goes first, that which ends first: so one more of it takes none of another. */
const asLastSaid = <Fact extends Held>(
  facts: readonly Fact[],
  fact: Fact,
  { max, kind }: { readonly max: number; readonly kind: (fact: Fact) => string },
): Fact[] => {
  const known = [...facts.filter(({ id }) => id !== fact.id), fact];
  if (known.length <= max) return inOrder(known);
  const [most = []] = Array.from(Map.groupBy(known, kind).values()).toSorted((a, b) => b.length - a.length);
  const rest = lastingLongest(most, most.length - 1);
  return inOrder(known.filter((one) => !most.includes(one) || rest.includes(one)));
};
const inOrder = <Fact extends Held>(facts: readonly Fact[]): Fact[] => facts.toSorted((a, b) => (a.id < b.id ? -1 : 1));

/** As many as are kept, in their order: without those that end first. */
const lastingLongest = <Lasting extends { readonly until: Day }>(all: readonly Lasting[], max: number): Lasting[] => {
  if (all.length <= max) return [...all];
  const longest = all.toSorted((a, b) => (isUpTo(a.until, b.until) ? 1 : -1)).slice(0, max);
  return all.filter((one) => longest.includes(one));
};

/** What was chosen on a ladder before a review of it: what that settled holds. */
export const reviewedTrack = (facts: Facts, ladder: string): Facts => ({
  ...facts,
  ...(facts.tracks && { tracks: facts.tracks.map((one) => (one.ladder === ladder ? { ...one, reviewed: true as const } : one)) }),
});

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

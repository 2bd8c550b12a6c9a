/**
 * The ledger of points: what an activity gives by the rules of the version that held on its day, posted once, and the sums by month that
 * requirements count. So a version changes what is to come, and nothing that was earned.
 */
import { type Day, type Month, monthsUntil, plusMonths } from '@echelon/calendar';
import {
  type CountedActivity,
  ENTRIES_MAX,
  type Facts,
  POINTS_MONTHS_MAX,
  POINTS_SERIES_MAX,
  type PointsEntry,
  type PointsSeries,
} from '@echelon/contracts/tiering';
import { type Money, TRILLION } from '@echelon/money';
import type { DealType, EngagementKind, Key, PointsRule, ProgramDocument } from '@echelon/program';
import { type Versions, versionOn } from './versions.ts';

/** What a partner did that may give points, as its owner said at that version. */
export type Activity = Pick<CountedActivity, 'id' | 'on' | 'version'> & { readonly takenBack?: boolean } & Done;
export type Done =
  | { readonly kind: 'deal-approved'; readonly dealType: DealType }
  | { readonly kind: 'deal-won'; readonly dealType: DealType; readonly amount: Money }
  | { readonly kind: 'measured'; readonly measure: 'sell-through' | 'consumption'; readonly amount: Money }
  | { readonly kind: 'certification'; readonly certification: Key }
  | { readonly kind: 'specialization'; readonly specialization: Key }
  | { readonly kind: 'engagement'; readonly engagement: EngagementKind };

/** How the points of a month change, by business model. */
export type PointsChange = { readonly businessModel?: Key | undefined; readonly points: number }[];

/**
 * The activity as it now stands in the ledger, and how that changes the sums; undefined where it was said before, or no rule is for it. One that gives
 * nothing as it stands is kept too: what was said of it earlier, and is heard later, gives nothing either.
 */
export const posting = (
  activity: Activity,
  { versions, counted }: { readonly versions: Versions; readonly counted?: CountedActivity | undefined },
): { readonly activity: CountedActivity; readonly change: PointsChange } | undefined => {
  if (counted && counted.version >= activity.version) return undefined;
  const { kind, id, version, takenBack = false } = activity;
  // A version in another time zone may say another day by now: it stays where it stood.
  const { on = activity.on } = counted ?? {};
  const entries = entriesOf({ ...activity, on }, versions);
  if (counted === undefined && !versionOn(versions, on).document.pointsRules.some((rule) => isFor(rule.activity, activity))) return undefined;
  const standing: CountedActivity = { kind, id, on, entries, version, ...(takenBack && { takenBack }) };
  return { activity: standing, change: difference(entries, counted?.entries ?? []) };
};

const entriesOf = (activity: Activity, versions: Versions): PointsEntry[] => {
  const { document, versionId } = versionOn(versions, activity.on);
  return pointsFor(activity, document)
    .map(({ at, rule: { category, businessModel }, points }): PointsEntry => {
      const model = businessModel === undefined ? {} : { businessModel };
      return { category, ...model, points: activity.takenBack ? 0 : points, rule: `/pointsRules/${at}`, versionId };
    })
    .slice(0, ENTRIES_MAX);
};

/** What each rule of a document gives for something done, where it gives any. */
export const pointsFor = (done: Done, document: ProgramDocument) =>
  document.pointsRules.flatMap((rule, at) => {
    const times = timesOf(rule.activity, done);
    return times === 0n ? [] : [{ rule, at, points: Number((BigInt(rule.points) * times * weightOf(rule, document)) / TRILLION) }];
  });

/** In trillionths: 1, unless the rule's business model weighs its category otherwise. */
export const weightOf = ({ businessModel, category }: PointsRule, { businessModels }: ProgramDocument): bigint =>
  businessModels.find(({ key }) => key === businessModel)?.weights?.find((one) => one.category === category)?.weight.trillionths ?? TRILLION;

/** Is a rule for such an activity, whatever it gives for it? */
const isFor = (asked: PointsRule['activity'], done: Done): boolean => {
  switch (asked.kind) {
    case 'deal-approved':
      return done.kind === 'deal-approved' && isOfType(asked, done);
    case 'deal-won':
      return done.kind === 'deal-won' && isOfType(asked, done);
    case 'measured':
      return done.kind === 'measured' && done.measure === asked.measure;
    case 'certification':
      return done.kind === 'certification' && done.certification === asked.certification;
    case 'specialization':
      return done.kind === 'specialization' && done.specialization === asked.specialization;
    case 'engagement':
      return done.kind === 'engagement' && done.engagement === asked.engagement;
  }
};

const isOfType = ({ dealTypes }: { readonly dealTypes?: readonly DealType[] | undefined }, { dealType }: { readonly dealType: DealType }): boolean =>
  dealTypes === undefined || dealTypes.includes(dealType);

/** How often an activity gives a rule's points: once, or for each whole amount; never, where the rule is for others. */
const timesOf = (asked: PointsRule['activity'], done: Done): bigint => {
  if (!isFor(asked, done)) return 0n;
  return 'per' in asked && asked.per !== undefined && 'amount' in done ? wholeAmounts(done.amount, asked.per) : 1n;
};

/** An amount in another currency than the rule's has no number of whole amounts of it. */
const wholeAmounts = (amount: Money, per: Money): bigint => (amount.currency === per.currency ? amount.amount / per.amount : 0n);

const difference = (now: readonly PointsEntry[], before: readonly PointsEntry[]): PointsChange => {
  const models = new Map<Key | undefined, number>();
  for (const { businessModel, points } of now) models.set(businessModel, (models.get(businessModel) ?? 0) + points);
  for (const { businessModel, points } of before) models.set(businessModel, (models.get(businessModel) ?? 0) - points);
  return Array.from(models, ([businessModel, points]) => ({ ...(businessModel !== undefined && { businessModel }), points })).filter(
    ({ points }) => points !== 0,
  );
};

/** Where an activity stands in the ledger: by its day, so that the ledger is listed by days. */
export const ledgerKey = (on: Day, kind: CountedActivity['kind'], id: string): string => `${on}#${kind}#${id}`;

/** The sums with what has changed in a month. Of more business models than any version has, those are forgotten of which nothing was heard for longest. */
export const withPoints = (series: Facts['points'], month: Month, change: PointsChange): PointsSeries[] => {
  const all = change.reduce<readonly PointsSeries[]>((before, { businessModel, points }) => {
    const own = before.find((one) => one.businessModel === businessModel);
    const sums = added(own ?? { since: month, points: [] }, month, points);
    const others = before.filter((one) => one !== own);
    return sums ? [...others, { ...(businessModel !== undefined && { businessModel }), ...sums }] : others;
  }, series ?? []);
  const kept = all.length > POINTS_SERIES_MAX ? all.toSorted((a, b) => (lastOf(a) > lastOf(b) ? -1 : 1)).slice(0, POINTS_SERIES_MAX) : all;
  return kept.toSorted((a, b) => ((a.businessModel ?? '') < (b.businessModel ?? '') ? -1 : 1));
};

type Sums = Pick<PointsSeries, 'since' | 'points'>;
const lastOf = ({ since, points }: Sums): Month => plusMonths(since, points.length - 1);
const zeros = (count: number): number[] => Array.from({ length: Math.max(0, count) }, () => 0);

/** From the first month that has points to the last; those beyond the bound are one with the oldest that is kept, so that a lifetime’s sum stays whole. */
const added = ({ since, points }: Sums, month: Month, by: number): Sums | undefined => {
  const at = monthsUntil(since, month);
  const first = at < 0 ? month : since;
  const sums = [...zeros(-at), ...points, ...zeros(at + 1 - points.length)];
  sums[Math.max(0, at)] = (sums[Math.max(0, at)] ?? 0) + by;
  const [from, to] = [sums.findIndex((sum) => sum !== 0), sums.findLastIndex((sum) => sum !== 0)];
  if (from === -1) return undefined;
  const start = Math.max(from, to + 1 - POINTS_MONTHS_MAX);
  const older = sums.slice(from, start).reduce((total, sum) => total + sum, 0);
  const [oldest = 0, ...later] = sums.slice(start, to + 1);
  return { since: plusMonths(first, start), points: [oldest + older, ...later] };
};

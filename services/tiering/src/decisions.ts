/** What people decide about a standing: reviews, overrides, nominations, targets. */
import { addDays, type Day, earlier, isUpTo, plusQuarters, type Quarter, quarterEnd, quarterOf } from '@echelon/calendar';
import type { Act } from '@echelon/contracts';
import { type Position, type Standing, TARGET_QUARTERS_AHEAD_MAX, type Target } from '@echelon/contracts/tiering';
import { accept, type Decision, refuse } from '@echelon/decider';
import { compare, formatMoney, type Money } from '@echelon/money';
import { type Key, type Ladder, ladderOf, type Measure, type Requirement } from '@echelon/program';
import { after, consequences, type Look } from './consequences.ts';
import { courseOf } from './course.ts';
import { rankOf } from './evaluate.ts';
import { isFor } from './facts.ts';
import { judgement } from './judge.ts';
import { nextReview } from './places.ts';
import type { StandingEvent } from './standing.ts';
import { current, type Known, todayIn, type Versions } from './versions.ts';

type Decided<Reason extends string> = Decision<StandingEvent, Reason>;

/** The events, and what follows from them at once. */
const decided = (standing: Standing, events: readonly StandingEvent[], look: Look) =>
  accept([...events, ...consequences(after(standing, events), { ...look, news: true })]);

/** What has come by itself, and nobody has looked at yet, comes before what a person decides. */
const lookedAt = (before: Standing, look: Look): { readonly due: readonly StandingEvent[]; readonly standing: Standing } => {
  const due = consequences(before, look);
  return { due, standing: after(before, due) };
};

const placeOn = (standing: Standing, versions: Versions, key: Key): { readonly position: Position; readonly ladder: Ladder } | undefined => {
  const position = standing.positions.find(({ ladder }) => ladder === key);
  const ladder = ladderOf(current(versions).document, key);
  return position && ladder && { position, ladder };
};

/** Sign off the open review as it stands today. Nothing but this demotes, and no further than the review proposes. */
export const signOff =
  ({ ladder: key, tier, reason, by, now }: Act & { readonly ladder: Key; readonly tier: Key; readonly reason?: string | undefined }) =>
  (before: Standing, known: Known): Decided<'not-on-ladder' | 'no-open-review' | 'unknown-tier' | 'reason-missing' | 'demotion-not-due'> => {
    const look = { ...known, now };
    const judged = judgement(before, look);
    const standing = after(before, judged);
    const place = placeOn(standing, known.versions, key);
    if (place === undefined) return refuse('not-on-ladder');
    const { position, ladder } = place;
    if (position.review === undefined) return refuse('no-open-review', `The next one is due on ${position.reviewOn}.`);
    const { proposed } = position.review;
    if (rankOf(ladder, tier) === -1) return refuse('unknown-tier', `Ladder "${key}" has no tier "${tier}".`);
    if (tier !== proposed && reason === undefined) return refuse('reason-missing', `The review proposes "${proposed}".`);
    const { versionId, document } = current(known.versions);
    const on = todayIn(known.versions, now);
    const earned = courseOf(position, standing.facts, { ...known, today: on })?.earned;
    if (rankOf(ladder, tier) < Math.min(rankOf(ladder, proposed), rankOf(ladder, earned)))
      return refuse('demotion-not-due', `"${earned}" is earned, and the review proposes "${proposed}".`);
    const nextOn = nextReview(ladder, document, on);
    const outcome = { ladder: key, proposed, outcome: tier, nextOn, by, on, versionId, ...(reason !== undefined && { reason }) };
    const events: StandingEvent[] = [...judged, { type: 'TierReviewSignedOff', at: now, data: outcome }];
    return decided(before, events, { ...look, decided: { ladder: key, reason: 'review' } });
  };

type OverrideRefusal = 'not-on-ladder' | 'unknown-tier' | 'end-past' | 'already-overridden';

/** Another official tier than the facts give, from today until a last day. */
export const override =
  ({ ladder: key, tier, until, reason, by, now }: Act & { readonly ladder: Key; readonly tier: Key; readonly until: Day; readonly reason: string }) =>
  (before: Standing, known: Known): Decided<OverrideRefusal> => {
    const look = { ...known, now };
    const { due, standing } = lookedAt(before, look);
    const place = placeOn(standing, known.versions, key);
    if (place === undefined) return refuse('not-on-ladder');
    const today = todayIn(known.versions, now);
    if (rankOf(place.ladder, tier) === -1) return refuse('unknown-tier', `Ladder "${key}" has no tier "${tier}".`);
    if (!isUpTo(today, until)) return refuse('end-past', `Today is ${today}.`);
    const { override: other } = place.position;
    if (other) return refuse('already-overridden', `"${other.tier}" is set until ${other.until}.`);
    const set = { tier, from: today, until, reason, setBy: by, setAt: now };
    return decided(before, [...due, { type: 'OverrideSet', at: now, data: { ladder: key, override: set } }], look);
  };

export const liftOverride =
  ({ ladder, by, now }: Act & { readonly ladder: Key }) =>
  (before: Standing, known: Known): Decided<'not-overridden'> => {
    const look = { ...known, now };
    const { due, standing } = lookedAt(before, look);
    if (!standing.positions.some((position) => position.ladder === ladder && position.override)) return refuse('not-overridden');
    const today = todayIn(known.versions, now);
    const lifted: StandingEvent = { type: 'OverrideEnded', at: now, data: { ladder, reason: 'lifted', by, on: today } };
    return decided(before, [...due, lifted], { ...look, decided: { ladder, reason: 'override-ended' } });
  };

export const nominate =
  ({ tier, until, reason, by, now }: Act & { readonly tier: Key; readonly until: Day; readonly reason: string }) =>
  (before: Standing, known: Known): Decided<'unknown-tier' | 'not-by-nomination' | 'end-past' | 'not-among' | 'already-nominated'> => {
    const look = { ...known, now };
    const { due, standing } = lookedAt(before, look);
    const today = todayIn(known.versions, now);
    const { ladders } = current(known.versions).document;
    const asked = ladders.flatMap(({ tiers }) => tiers).find(({ key }) => key === tier)?.requirements;
    if (asked === undefined) return refuse('unknown-tier', `The program has no tier "${tier}".`);
    if (!asked.some(({ kind }) => kind === 'nomination')) return refuse('not-by-nomination', `"${tier}" asks for none.`);
    if (!isUpTo(today, until)) return refuse('end-past', `Today is ${today}.`);
    const missing = amongOf(asked).find((among) => !holdsTier(standing, ladders, among));
    if (missing !== undefined) return refuse('not-among', `Partners that hold "${missing}" are nominated for "${tier}".`);
    // One that was ended today, or ends today anyway, may be followed by a longer one.
    const other = standing.facts.nominations.find((one) => one.tier === tier && isUpTo(earlier(until, addDays(today, 1)), one.until));
    if (other) return refuse('already-nominated', `Until ${other.until}.`);
    const nomination = { tier, from: today, until, reason, nominatedBy: by };
    return decided(before, [...due, { type: 'PartnerNominated', at: now, data: { nomination } }], look);
  };

/** The tiers among whose partners one is nominated; what is advisory decides nothing. */
const amongOf = (asked: readonly Requirement[]): readonly Key[] =>
  asked.flatMap((one) => (one.kind === 'nomination' && one.strictness === 'hard' && one.among !== undefined ? [one.among] : []));

/** Does the partner hold a tier, or one above it? Of tracks, that one: they are not climbed. */
const holdsTier = ({ positions }: Standing, ladders: readonly Ladder[], tier: Key): boolean =>
  ladders.some((ladder) => {
    const held = rankOf(ladder, positions.find((position) => position.ladder === ladder.key)?.tier);
    const asked = rankOf(ladder, tier);
    return asked !== -1 && (ladder.promotion === 'by-choice' ? held === asked : held >= asked);
  });

export const endNomination =
  ({ tier, reason, by, now }: Act & { readonly tier: Key; readonly reason: string }) =>
  (standing: Standing, known: Known): Decided<'not-nominated'> => {
    const today = todayIn(known.versions, now);
    if (!standing.facts.nominations.some((one) => one.tier === tier && !isUpTo(one.until, today))) return refuse('not-nominated');
    return decided(standing, [{ type: 'NominationEnded', at: now, data: { tier, until: today, reason, by } }], { ...known, now });
  };

interface TargetTerms {
  readonly measure: Measure;
  readonly quarter: Quarter;
  readonly amount: Money;
  readonly side: Target['proposedBy'];
}

/** Either side proposes, and may answer a proposal by another one; it counts once the other has agreed. */
export const proposeTarget =
  ({ measure, quarter, amount, side, by, now }: Act & TargetTerms) =>
  (standing: Standing, known: Known): Decided<'other-currency' | 'quarter-out-of-range' | 'already-agreed'> => {
    const { currency, fiscalCalendar } = current(known.versions).document;
    const first = quarterOf(todayIn(known.versions, now), fiscalCalendar);
    const last = plusQuarters(first, TARGET_QUARTERS_AHEAD_MAX);
    if (amount.currency !== currency) return refuse('other-currency', `The program's currency is ${currency}.`);
    if (quarter < first || quarter > last) return refuse('quarter-out-of-range', `From ${first} to ${last}.`);
    const before = standing.facts.targets.find(isFor({ measure, quarter }));
    if (before?.agreed) return refuse('already-agreed', `It is ${formatMoney(before.amount)}.`);
    const target = { measure, quarter, amount, proposedBy: side, agreed: false };
    return decided(standing, [{ type: 'TargetProposed', at: now, data: { target, by } }], { ...known, now });
  };

/** Whoever agrees names the amount, so that nobody agrees to what they have not seen; and while the quarter lasts, so that nobody waits and sees. */
export const agreeTarget =
  ({ measure, quarter, amount, side, by, now }: Act & TargetTerms) =>
  (standing: Standing, known: Known): Decided<'nothing-proposed' | 'quarter-out-of-range' | 'own-proposal' | 'other-amount'> => {
    const { fiscalCalendar } = current(known.versions).document;
    const target = standing.facts.targets.find(isFor({ measure, quarter }));
    if (target === undefined || target.agreed) return refuse('nothing-proposed');
    if (quarter < quarterOf(todayIn(known.versions, now), fiscalCalendar))
      return refuse('quarter-out-of-range', `Its last day was ${quarterEnd(quarter, fiscalCalendar)}.`);
    if (target.proposedBy === side) return refuse('own-proposal');
    if (target.amount.currency !== amount.currency || compare<Money['currency']>(target.amount, amount) !== 0)
      return refuse('other-amount', `${formatMoney(target.amount)} is proposed.`);
    return decided(standing, [{ type: 'TargetAgreed', at: now, data: { measure, quarter, by } }], { ...known, now });
  };

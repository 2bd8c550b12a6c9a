/** What people decide about a standing: reviews, overrides, nominations, targets. */
import { type Day, isUpTo, plusQuarters, type Quarter, quarterEnd, quarterOf } from '@echelon/calendar';
import type { Act } from '@echelon/contracts';
import { type Position, type Standing, TARGET_QUARTERS_AHEAD_MAX, type Target } from '@echelon/contracts/tiering';
import { accept, type Decision, refuse } from '@echelon/decider';
import { compare, formatMoney, type Money } from '@echelon/money';
import { type Key, type Ladder, ladderOf, type Measure } from '@echelon/program';
import { after, consequences, type Look, nextReview } from './consequences.ts';
import { courseOf } from './course.ts';
import { rankOf } from './evaluate.ts';
import { isFor } from './facts.ts';
import { judgement } from './judge.ts';
import type { StandingEvent } from './standing.ts';
import { current, todayIn, type Versions } from './versions.ts';

type Decided<Reason extends string> = Decision<StandingEvent, Reason>;

/** The events, and what follows from them at once. */
const decided = (standing: Standing, events: readonly StandingEvent[], look: Look) =>
  accept([...events, ...consequences(after(standing, events), look)]);

const placeOn = (standing: Standing, versions: Versions, key: Key): { readonly position: Position; readonly ladder: Ladder } | undefined => {
  const position = standing.positions.find(({ ladder }) => ladder === key);
  const ladder = ladderOf(current(versions).document, key);
  return position && ladder && { position, ladder };
};

/** Sign off the open review as it stands today. Nothing but this demotes, and no further than the review proposes. */
export const signOff =
  ({ ladder: key, tier, reason, by, now }: Act & { readonly ladder: Key; readonly tier: Key; readonly reason?: string | undefined }) =>
  (before: Standing, versions: Versions): Decided<'not-on-ladder' | 'no-open-review' | 'unknown-tier' | 'reason-missing' | 'demotion-not-due'> => {
    const look = { versions, now };
    const judged = judgement(before, look);
    const standing = after(before, judged);
    const place = placeOn(standing, versions, key);
    if (place === undefined) return refuse('not-on-ladder');
    const { position, ladder } = place;
    if (position.review === undefined) return refuse('no-open-review', `The next one is due on ${position.reviewOn}.`);
    const { proposed } = position.review;
    if (rankOf(ladder, tier) === -1) return refuse('unknown-tier', `Ladder "${key}" has no tier "${tier}".`);
    if (tier !== proposed && reason === undefined) return refuse('reason-missing', `The review proposes "${proposed}".`);
    const { versionId, document } = current(versions);
    const on = todayIn(versions, now);
    const earned = courseOf(position, standing.facts, { versions, today: on })?.earned;
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
  (standing: Standing, versions: Versions): Decided<OverrideRefusal> => {
    const place = placeOn(standing, versions, key);
    if (place === undefined) return refuse('not-on-ladder');
    const today = todayIn(versions, now);
    if (rankOf(place.ladder, tier) === -1) return refuse('unknown-tier', `Ladder "${key}" has no tier "${tier}".`);
    if (!isUpTo(today, until)) return refuse('end-past', `Today is ${today}.`);
    const { override: before } = place.position;
    if (before && isUpTo(today, before.until)) return refuse('already-overridden', `"${before.tier}" is set until ${before.until}.`);
    const set = { tier, from: today, until, reason, setBy: by, setAt: now };
    return decided(standing, [{ type: 'OverrideSet', at: now, data: { ladder: key, override: set } }], { versions, now });
  };

export const liftOverride =
  ({ ladder, by, now }: Act & { readonly ladder: Key }) =>
  (standing: Standing, versions: Versions): Decided<'not-overridden'> => {
    const today = todayIn(versions, now);
    const found = standing.positions.find((position) => position.ladder === ladder)?.override;
    if (found === undefined || !isUpTo(today, found.until)) return refuse('not-overridden');
    const lifted: StandingEvent = { type: 'OverrideEnded', at: now, data: { ladder, reason: 'lifted', by, on: today } };
    return decided(standing, [lifted], { versions, now, decided: { ladder, reason: 'override-ended' } });
  };

export const nominate =
  ({ tier, until, reason, by, now }: Act & { readonly tier: Key; readonly until: Day; readonly reason: string }) =>
  (standing: Standing, versions: Versions): Decided<'unknown-tier' | 'end-past' | 'already-nominated'> => {
    const today = todayIn(versions, now);
    const known = current(versions).document.ladders.some((ladder) => rankOf(ladder, tier) !== -1);
    if (!known) return refuse('unknown-tier', `The program has no tier "${tier}".`);
    if (!isUpTo(today, until)) return refuse('end-past', `Today is ${today}.`);
    const before = standing.facts.nominations.find((one) => one.tier === tier && isUpTo(today, one.until));
    if (before) return refuse('already-nominated', `Until ${before.until}.`);
    const nomination = { tier, from: today, until, reason, nominatedBy: by };
    return decided(standing, [{ type: 'PartnerNominated', at: now, data: { nomination } }], { versions, now });
  };

export const endNomination =
  ({ tier, reason, by, now }: Act & { readonly tier: Key; readonly reason: string }) =>
  (standing: Standing, versions: Versions): Decided<'not-nominated'> => {
    const today = todayIn(versions, now);
    if (!standing.facts.nominations.some((one) => one.tier === tier && !isUpTo(one.until, today))) return refuse('not-nominated');
    return decided(standing, [{ type: 'NominationEnded', at: now, data: { tier, until: today, reason, by } }], { versions, now });
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
  (standing: Standing, versions: Versions): Decided<'other-currency' | 'quarter-out-of-range' | 'already-agreed'> => {
    const { currency, fiscalCalendar } = current(versions).document;
    const first = quarterOf(todayIn(versions, now), fiscalCalendar);
    const last = plusQuarters(first, TARGET_QUARTERS_AHEAD_MAX);
    if (amount.currency !== currency) return refuse('other-currency', `The program's currency is ${currency}.`);
    if (quarter < first || quarter > last) return refuse('quarter-out-of-range', `From ${first} to ${last}.`);
    const before = standing.facts.targets.find(isFor({ measure, quarter }));
    if (before?.agreed) return refuse('already-agreed', `It is ${formatMoney(before.amount)}.`);
    const target = { measure, quarter, amount, proposedBy: side, agreed: false };
    return decided(standing, [{ type: 'TargetProposed', at: now, data: { target, by } }], { versions, now });
  };

/** Whoever agrees names the amount, so that nobody agrees to what they have not seen; and while the quarter lasts, so that nobody waits and sees. */
export const agreeTarget =
  ({ measure, quarter, amount, side, by, now }: Act & TargetTerms) =>
  (standing: Standing, versions: Versions): Decided<'nothing-proposed' | 'quarter-out-of-range' | 'own-proposal' | 'other-amount'> => {
    const { fiscalCalendar } = current(versions).document;
    const target = standing.facts.targets.find(isFor({ measure, quarter }));
    if (target === undefined || target.agreed) return refuse('nothing-proposed');
    if (quarter < quarterOf(todayIn(versions, now), fiscalCalendar))
      return refuse('quarter-out-of-range', `Its last day was ${quarterEnd(quarter, fiscalCalendar)}.`);
    if (target.proposedBy === side) return refuse('own-proposal');
    if (target.amount.currency !== amount.currency || compare<Money['currency']>(target.amount, amount) !== 0)
      return refuse('other-amount', `${formatMoney(target.amount)} is proposed.`);
    return decided(standing, [{ type: 'TargetAgreed', at: now, data: { measure, quarter, by } }], { versions, now });
  };

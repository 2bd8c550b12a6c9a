/** What is held for a time, certification or specialization: how it is granted, when something of it is due and what, how it ends. */
import { addDays, type Day, dayOf, endOfDay, type Instant, isBefore, isIn, startOfDay, type TimeZone } from '@echelon/calendar';
import type { Act } from '@echelon/contracts';
import type { ProgramId } from '@echelon/contracts/ids';
import { accept, type Decision, refuse } from '@echelon/decider';
import { NOTICE_DAYS, type NoticeDays } from '@echelon/program';

export interface Held {
  readonly from: Day;
  /** Its last day. */
  readonly until: Day;
  readonly timeZone: TimeZone;
  readonly noticed?: NoticeDays | undefined;
  readonly ended?: 'expired' | 'revoked' | undefined;
}

export interface Grant<Id extends string> extends Act {
  readonly id: Id;
  readonly programId: ProgramId;
  readonly from: Day;
  /** Its last day; as the document says, unless told. */
  readonly until?: Day | undefined;
}

/** Of a version in force: for how long it holds, and in which days. */
export interface Terms {
  readonly validDays: number;
  readonly timeZone: TimeZone;
}

/** How far ahead of today something may begin to be held: beyond a year it is a mistake; illustrative. */
export const DAYS_AHEAD_MAX = 366;

/** @param same what is or was held of the same: a second word for all of its days would count twice what it gives, and renew nothing */
export const granted = <Id extends string>(
  { id, programId, from, until, now }: Grant<Id>,
  { validDays, timeZone }: Terms,
  same: readonly (Held & { readonly programId: ProgramId })[],
) => {
  const term = { id, programId, from, until: until ?? lastDay(from, validDays), timeZone };
  if (isBefore(term.until, from)) return refuse('ends-before-it-starts', `It starts on ${from}.`);
  const latest = addDays(dayOf(now, timeZone), DAYS_AHEAD_MAX);
  if (isBefore(latest, from)) return refuse('starts-too-late', `By ${latest} at the latest.`);
  const held = same.find((one) => one.programId === programId && isIn(from, { from: one.from, to: one.until }) && !isBefore(one.until, term.until));
  return held ? refuse('already-held', `From ${held.from} to ${held.until}.`) : term;
};

/** The last day of what is held from a day on: that day counts. */
export const lastDay = (from: Day, validDays: number): Day => addDays(from, validDays - 1);

/** When the next notice or the end itself is due; nothing is once the end is recorded. */
export const dueAt = ({ until, timeZone, noticed, ended }: Held): Instant | undefined => {
  if (ended !== undefined) return undefined;
  const next = NOTICE_DAYS.find((days) => noticed === undefined || days < noticed);
  return next === undefined ? endOfDay(until, timeZone) : startOfDay(addDays(until, -next), timeZone);
};

export const earliest = (instants: readonly (Instant | undefined)[]): Instant | undefined =>
  instants.reduce((first, one) => (first === undefined || (one !== undefined && isBefore(one, first)) ? one : first), undefined);

export type Due = { readonly kind: 'expired'; readonly at: Instant } | { readonly kind: 'noticed'; readonly daysBefore: NoticeDays };

/** What is due by now: the end, dated when it came; else the latest notice that applies, where it was not given yet. */
export const dueOf = (held: Held, now: Instant): Due | undefined => {
  if (held.ended !== undefined) return undefined;
  const end = endOfDay(held.until, held.timeZone);
  if (!isBefore(now, end)) return { kind: 'expired', at: end };
  const daysBefore = NOTICE_DAYS.findLast((days) => !isBefore(now, startOfDay(addDays(held.until, -days), held.timeZone)));
  const isNew = daysBefore !== undefined && (held.noticed === undefined || daysBefore < held.noticed);
  return isNew ? { kind: 'noticed', daysBefore } : undefined;
};

/** Ended before its time: counted through that day, and no longer; yesterday, unless told. Undefined where it ends by then anyway. */
export const revoked = <One extends Held>(held: One, now: Instant, until = addDays(dayOf(now, held.timeZone), -1)): One | undefined =>
  isBefore(until, held.until) ? { ...held, until, ended: 'revoked' } : undefined;

export interface Revocation extends Act {
  readonly reason: string;
  readonly until?: Day | undefined;
}

/** Ends one of what is held, by the event that carries it whole. */
export const revoke = <One extends Held, Event>(
  held: One | undefined,
  { now, until }: Pick<Revocation, 'now' | 'until'>,
  event: (ended: One) => Event,
): Decision<Event, 'not-found' | 'already-ended'> => {
  if (held === undefined) return refuse('not-found');
  const ended = revoked(held, now, until);
  return ended === undefined ? refuse('already-ended', `Its last day is ${held.until}.`) : accept([event(ended)]);
};

/** As which events it is told what is due of what is held. */
export interface Telling<One, Event> {
  readonly expired: (one: One, at: Instant) => Event;
  readonly noticed: (one: One, daysBefore: NoticeDays) => Event;
}

/** What is due of each by now: a notice, or its end. */
export const tell = <One extends Held, Event>(all: readonly One[], now: Instant, { expired, noticed }: Telling<One, Event>): Decision<Event> =>
  accept(
    all.flatMap((one): Event[] => {
      const due = dueOf(one, now);
      if (due === undefined) return [];
      return due.kind === 'expired' ? [expired({ ...one, ended: due.kind }, due.at)] : [noticed({ ...one, noticed: due.daysBefore }, due.daysBefore)];
    }),
  );

/** In its place, where one of its key has one; else at the end. */
export const placed = <One>(all: readonly One[], one: One, key: (one: One) => string): One[] =>
  all.some((other) => key(other) === key(one)) ? all.map((other) => (key(other) === key(one) ? one : other)) : [...all, one];

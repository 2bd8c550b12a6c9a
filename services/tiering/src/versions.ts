/** The versions that have held so far, and which days each of them judges. */
import { addDays, type Day, dayOf, earlier, type Instant, isUpTo, later } from '@echelon/calendar';
import type { InForce } from '@echelon/contracts/programs';
import type { Group } from './group.ts';

export interface Version extends InForce {
  /** The first day on which it held. */
  readonly from: Day;
}
/** In order of their days, the first one at least; the last holds now. */
export type Versions = readonly [Version, ...Version[]];

/** What a standing is judged by, beside its own facts. */
export interface Known {
  readonly versions: Versions;
  /** The others of its group, where a version asks for something of the group. */
  readonly group?: Group | undefined;
}

export const current = (versions: Versions): Version => versions[versions.length - 1] ?? versions[0];

/** The version that held on a day; before all of them, the first. */
export const versionOn = (versions: Versions, on: Day): Version => versions.findLast(({ from }) => isUpTo(from, on)) ?? versions[0];

/** Those that have held by a day; before all of them, the first. */
export const versionsUntil = ([first, ...later]: Versions, on: Day): Versions => [first, ...later.filter(({ from }) => isUpTo(from, on))];

/** Today, where the program is. */
export const todayIn = (versions: Versions, now: Instant): Day => dayOf(now, current(versions).document.timeZone);

/** What each version judges of the days from one to another, both included. */
export const spans = (versions: Versions, from: Day, to: Day) =>
  versions.flatMap((version, at) => {
    const next = versions[at + 1];
    const span = { ...version, from: later(version.from, from), to: next ? earlier(addDays(next.from, -1), to) : to };
    return isUpTo(span.from, span.to) ? [span] : [];
  });

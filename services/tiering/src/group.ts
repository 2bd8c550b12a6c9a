/** A group: a parent and its national subsidiaries, as far as a requirement is measured over all of them. */
import { type Day, isUpTo } from '@echelon/calendar';
import type { PartnerId } from '@echelon/contracts/ids';
import type { Facts } from '@echelon/contracts/tiering';
import { holdsOn } from '@echelon/program';

/** From its first day, to its last where it has ended; both included. */
export interface Spell {
  readonly from?: Day | undefined;
  readonly until?: Day | undefined;
}
/** Another partner of the same group: its facts as they stand, and the days on which it belongs to the group with this one. */
export interface Member {
  readonly facts: Facts;
  readonly spells: readonly Spell[];
}
export type Group = readonly Member[];

/** The facts of the others in the group on a day. */
export const othersOn = (group: Group | undefined, on: Day): readonly Facts[] =>
  (group ?? []).filter(({ spells }) => spells.some((spell) => holdsOn(spell, on))).map(({ facts }) => facts);

/** Of whose subsidiary a partner has become, from which day on; of nobody's, where no parent is named. In order of what was said. */
export interface Grouping {
  readonly from: Day;
  readonly parentId?: PartnerId | undefined;
}

/** When a partner was this parent's: from the day on which that was said, to the day before another was. */
export const spellsUnder = (parentId: PartnerId, groupings: readonly Grouping[]): readonly Spell[] =>
  groupings.flatMap((grouping, at) => {
    if (grouping.parentId !== parentId) return [];
    const next = groupings[at + 1];
    return [{ from: grouping.from, ...(next && { until: next.from.subtract({ days: 1 }) }) }];
  });

/** The days on which both are so; a spell without a bound goes on. */
export const common = (some: readonly Spell[], others: readonly Spell[]): readonly Spell[] =>
  some.flatMap((a) =>
    others.flatMap((b) => {
      const from = lastOf(a.from, b.from);
      const until = firstOf(a.until, b.until);
      return from && until && !isUpTo(from, until) ? [] : [{ from, until }];
    }),
  );
const lastOf = (a: Day | undefined, b: Day | undefined): Day | undefined => (a && b ? (isUpTo(a, b) ? b : a) : (a ?? b));
const firstOf = (a: Day | undefined, b: Day | undefined): Day | undefined => (a && b ? (isUpTo(a, b) ? a : b) : (a ?? b));

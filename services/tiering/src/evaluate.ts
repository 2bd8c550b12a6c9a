/** What tier the facts give: pure, and the same every time. */
import { type Day, type FiscalCalendar, quartersIn } from '@echelon/calendar';
import type { Standing } from '@echelon/contracts/tiering';
import { compare, sum } from '@echelon/money';
import { baseTier, type ProgramDocument, type Requirement, type Tier } from '@echelon/program';

export interface Facts {
  readonly bookings: Standing['bookings'];
  readonly asOf: Day;
}

/** The highest tier of which every hard requirement is met, and with it those of all tiers below. */
export const attained = (document: ProgramDocument, facts: Facts): Tier => {
  const missed = document.ladder.tiers.findIndex(
    (tier) => !tier.requirements.every((one) => one.strictness === 'advisory' || isMet(one, document.fiscalCalendar, facts)),
  );
  return document.ladder.tiers[missed === -1 ? document.ladder.tiers.length - 1 : missed - 1] ?? baseTier(document);
};

const isMet = ({ window, atLeast }: Requirement, calendar: FiscalCalendar, { bookings, asOf }: Facts): boolean => {
  const quarters = quartersIn(window, asOf, calendar);
  const counted = bookings.filter(({ quarter }) => quarters === 'all' || quarters.includes(quarter)).map(({ amount }) => amount);
  return compare(sum(atLeast.currency, counted), atLeast) >= 0;
};

/** Is the first tier above the second on the document's ladder? A tier that the ladder has no more stands below all. */
export const isAbove = ({ ladder }: ProgramDocument, tier: string, than: string): boolean => rank(ladder.tiers, tier) > rank(ladder.tiers, than);

const rank = (tiers: readonly Tier[], tier: string): number => tiers.findIndex(({ key }) => key === tier);

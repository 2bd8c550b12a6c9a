/** A partner's life on a ladder, made up: it sells, its people pass examinations, and each year a review is signed off. */
import { addDays, dayOf, monthOf, systemClock } from '@echelon/calendar';
import { Standing } from '@echelon/contracts/tiering';
import { money } from '@echelon/money';
import type { ProgramDocument } from '@echelon/program';
import * as z from 'zod';
import { signOff } from '../../services/tiering/src/decisions.ts';
import type { Telling } from '../../services/tiering/src/facts-heard.ts';
import { document as example } from '../given.ts';
import { facts, life, noon, version, zone } from '../standing.ts';

const QUARTERS = 40;
const PEOPLE = 100;
const VALID_DAYS = 730;
/** Examinations are spread over two years. */
const EXAMINED_EVERY_DAYS = 7;
const CENTS_AN_ORDER = 1_000_000n;
const ladder = 'reseller';

export interface Lived {
  readonly orders: number;
  readonly people: number;
}

/**
 * Orders fall into quarters evenly, each in one month of its quarter, and are told as one sum, because a bucket is the same however many made it,
 * which the laws of standings show.
 */
export const lived = ({ orders, people }: Lived, document: ProgramDocument = example) => {
  const today = dayOf(systemClock.now(), zone);
  const enrolledOn = today.subtract({ months: 3 * (QUARTERS - 1) });
  const only = version(1, String(enrolledOn), document);
  const partner = life(only);
  const inQuarter = (quarter: number) => Math.floor((orders * (quarter + 1)) / QUARTERS) - Math.floor((orders * quarter) / QUARTERS);
  const booked = (on: typeof today, count: number): Telling => {
    const amount = money(CENTS_AN_ORDER * BigInt(count), 'USD');
    const bucket = { measure: 'bookings', month: monthOf(on), amount, orders: count } as const;
    const activity = { kind: 'deal-won', id: `orders-${on}`, on, version: 1, dealType: 'expansion', amount } as const;
    return { said: () => ({ at: noon(on), fact: { type: 'RevenueCounted', at: noon(on), data: { bucket } }, activity }) };
  };

  let certifications = 0;
  const examinations = Array.from({ length: people }, (_, person) => addDays(enrolledOn, (person * EXAMINED_EVERY_DAYS) % VALID_DAYS));
  const passed = (until: typeof today): Telling[] =>
    examinations.flatMap((from, person) => {
      if (from.until(until).sign <= 0) return [];
      examinations[person] = addDays(from, VALID_DAYS);
      certifications += 1;
      return [facts.certified(certifications, { from, until: addDays(from, VALID_DAYS - 1), person })];
    });

  partner.hear(enrolledOn, facts.enrolled(enrolledOn));
  for (let quarter = 0; quarter < QUARTERS; quarter++) {
    const on = enrolledOn.add({ months: 3 * quarter });
    const next = quarter === QUARTERS - 1 ? addDays(today, 1) : enrolledOn.add({ months: 3 * (quarter + 1) });
    const count = inQuarter(quarter);
    partner.hear(on, ...(count > 0 ? [booked(on, count)] : []), ...passed(next));
    partner.judge(on);
    const { review } = partner.position(ladder);
    if (review) partner.decide(on, (act) => signOff({ ladder, tier: review.proposed, ...act }));
  }
  return { standing: partner.standing(), versions: [only] as const, now: noon(today), today };
};

let once: { readonly written: z.input<typeof Standing> } | undefined;

/** Ten orders a week and a hundred certified people for ten years; worked out once. */
export const tenYears = () => {
  once ??= { written: z.encode(Standing, lived({ orders: 5_200, people: PEOPLE }).standing) };
  return once;
};

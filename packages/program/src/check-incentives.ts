/** Figures that the parts about money can't mean. */
import { compare, formatMoney } from '@echelon/money';
import { gapsIn } from './dated.ts';
import type { ProgramDocument } from './document.ts';
import type { Finding, Found } from './finding.ts';
import { isPlain, partsOf } from './parts.ts';

export const incentiveFindings = (document: ProgramDocument): Finding[] => [...negative(document), ...stepsClimb(document), ...spendMeets(document)];

/** Nothing in these parts is ever less than nothing: neither money nor a price. */
const negative = ({ admission, mdf, rebates, sellerRewards, upfrontMargin, serviceProviders }: ProgramDocument): Finding[] =>
  [...partsOf({ admission, mdf, rebates, sellerRewards, upfrontMargin, serviceProviders })].flatMap(({ pointer, part }) =>
    isPlain(part) && 'currency' in part && isLessThanNothing(part.amount) ? [{ pointer: `${pointer}/amount`, message: 'is negative' }] : [],
  );

const isLessThanNothing = (amount: unknown): boolean =>
  typeof amount === 'bigint' ? amount < 0n : isPlain(amount) && typeof amount.trillionths === 'bigint' && amount.trillionths < 0n;

const stepsClimb = ({ rebates }: ProgramDocument): Finding[] =>
  (rebates?.schemes ?? []).flatMap(({ pays }, scheme) =>
    pays.method !== 'fixed-on-target'
      ? []
      : pays.steps
          .slice(1)
          .flatMap(({ atLeastShare }, at) =>
            atLeastShare.trillionths > (pays.steps[at]?.atLeastShare.trillionths ?? 0n)
              ? []
              : [{ pointer: `/rebates/schemes/${scheme}/pays/steps/${at + 1}/atLeastShare`, message: 'is not above the step before it' }],
          ),
  );

/** What is charged at the least is no more than what is charged at the most. */
const spendMeets = ({ serviceProviders }: ProgramDocument): Finding[] =>
  (serviceProviders?.consumption?.rateCards ?? []).flatMap(({ charges }, card) =>
    charges.flatMap(({ minimumSpend: least, maximumSpend: most }, at) =>
      least && most && least.currency === most.currency && compare(least, most) > 0
        ? [
            {
              pointer: `/serviceProviders/consumption/rateCards/${card}/charges/${at}/minimumSpend`,
              message: `${formatMoney(least)} at the least is above ${formatMoney(most)} at the most`,
            },
          ]
        : [],
    ),
  );

/** A meter that no rate card charges, at all or on some days on which it runs, costs nothing then: it may be meant. */
export const unchargedMeters = ({ serviceProviders }: ProgramDocument): Found[] => {
  const { meters = [], rateCards = [], ...whole } = serviceProviders?.consumption ?? {};
  return meters.flatMap(({ key }, at) => {
    const cards = rateCards.filter(({ charges }) => charges.some(({ meter }) => meter === key));
    return gapsIn(whole, cards).map(({ from, until }): Found => {
      const days = cards.length === 0 ? '' : [from && ` from ${from}`, until && ` until ${until}`].filter(Boolean).join('');
      return {
        severity: 'reported',
        pointer: `/serviceProviders/consumption/meters/${at}`,
        message: `no rate card charges "${key}"${days}: its usage costs nothing`,
      };
    });
  });
};

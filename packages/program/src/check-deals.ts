import { isNegative } from '@echelon/money';
import { DealType, ladderFor, type ProgramDocument, Route } from './document.ts';
import { isShare } from './figures.ts';
import type { Finding } from './finding.ts';

export const dealFindings = (document: ProgramDocument): Finding[] => [...offersMeet(document), ...figures(document)];

/** Each offer is for a tier of the ladder that decides its route; each such tier has one offer for each deal type that the route has. */
const offersMeet = (document: ProgramDocument): Finding[] => {
  const place = '/dealRegistration/offers';
  const { offers } = document.dealRegistration;
  const astray = offers.flatMap(({ tier, route }, at) => {
    const owner = document.ladders.find(({ tiers }) => tiers.some(({ key }) => key === tier));
    return owner === undefined || owner === ladderFor(document, route)
      ? []
      : [{ pointer: `${place}/${at}/tier`, message: `the ladder that decides route "${route}" has no tier "${tier}"` }];
  });
  const uneven = Route.options.flatMap((route) => {
    const ofRoute = offers.filter((offer) => offer.route === route);
    const types = DealType.options.filter((type) => ofRoute.some(({ dealTypes }) => dealTypes.includes(type)));
    return (ladderFor(document, route)?.tiers ?? []).flatMap(({ key }) => {
      const made = (type: DealType): number => ofRoute.filter(({ tier, dealTypes }) => tier === key && dealTypes.includes(type)).length;
      const [none, several] = [types.filter((type) => made(type) === 0), types.filter((type) => made(type) > 1)];
      return [
        ...(none.length > 0 ? [{ pointer: place, message: `tier "${key}" has no offer for ${none.join(', ')} by route "${route}"` }] : []),
        ...(several.length > 0
          ? [{ pointer: place, message: `tier "${key}" has several offers for ${several.join(', ')} by route "${route}"` }]
          : []),
      ];
    });
  });
  return [...astray, ...uneven];
};

/** Figures that a schema takes and a program can't mean. */
const figures = ({ dealRegistration: { minimumAmount, autoApproval, runnerUpShare, accountTeamCredit, offers } }: ProgramDocument): Finding[] => {
  const place = '/dealRegistration';
  const amounts = { minimumAmount, 'autoApproval/amountMax': autoApproval?.amountMax };
  const shares = [
    { pointer: `${place}/runnerUpShare`, share: runnerUpShare },
    { pointer: `${place}/accountTeamCredit`, share: accountTeamCredit },
    ...offers.flatMap(({ discount, margin }, at) => [
      { pointer: `${place}/offers/${at}/discount`, share: discount },
      { pointer: `${place}/offers/${at}/margin`, share: margin },
    ]),
  ];
  return [
    ...Object.entries(amounts).flatMap(([name, amount]) =>
      amount && isNegative(amount) ? [{ pointer: `${place}/${name}/amount`, message: 'is negative' }] : [],
    ),
    ...shares.filter(({ share }) => !isShare(share)).map(({ pointer }) => ({ pointer, message: 'is not between 0 and 1' })),
  ];
};

/** Hours for approval are looked for within a year of business hours at the most. */
const WEEKS_MAX = 52;

export const businessHoursFindings = ({
  businessHours: { days, opens, closes },
  dealRegistration: { approvalHours },
}: ProgramDocument): Finding[] => {
  const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const weekly = days.length * (minutesOf(closes) - minutesOf(opens));
  return approvalHours * 60 > weekly * WEEKS_MAX
    ? [
        {
          pointer: '/dealRegistration/approvalHours',
          message: `${approvalHours} hours do not go by within a year of ${Math.floor(weekly / 60)} h ${weekly % 60} min of business a week`,
        },
      ]
    : [];
};

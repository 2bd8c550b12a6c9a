import { certified, deal, engaged, leaves, subsidiaryOf, targeted, track } from './acts.ts';
import type { Story } from './story.ts';

const resale = { businessModels: ['resale'], ladders: ['track'] };
/** In each fiscal year anew, whenever that begins. */
const plans = [engaged('business-plan', 'Business plan'), engaged('marketing-plan', 'Marketing plan')] as const;
const review = engaged('quarterly-business-review', 'Quarterly business review');
const campaign = engaged('campaign', 'Campaign for better meeting rooms');

export const logitech: Story = {
  document: 'logitech-partner-connect-2023',
  shows: 'Aare Kommunikation AG',
  partners: [
    {
      // A Principal of a single country.
      legalName: 'Limmat Arbeitswelten AG',
      country: 'CH',
      city: 'Zurich',
      ...resale,
      year: [
        [1, targeted(100), deal('nestle', 140, 'won'), ...plans, review, campaign],
        [2, certified('sales-specialist', ['femi', 'grace', 'hugo', 'ines'])],
        [3, track('track', 'principal')],
        [4, targeted(100), deal('roche', 160, 'won'), ...plans, campaign],
        [5, deal('hilti', 30, 'lost')],
        [7, targeted(100), deal('migros', 125, 'won'), ...plans, review],
        [10, targeted(100), deal('swisscom', 180, 'won'), ...plans, review, campaign],
        [12, certified('sales-specialist', ['ada'], 22), deal('siemens', 95, 'approved')],
        [13, targeted(100), ...plans],
      ],
    },
    {
      legalName: 'Limmat Arbeitswelten GmbH',
      country: 'DE',
      city: 'Freiburg',
      ...resale,
      year: [
        [1, subsidiaryOf('Limmat Arbeitswelten AG')],
        [7, deal('basf', 40, 'approved')],
        [13, track('track', 'elite', 'chosen')],
      ],
    },
    {
      legalName: 'Copper Kettle Collaboration Inc',
      country: 'US',
      city: 'Seattle',
      ...resale,
      year: [
        [2, certified('sales-specialist', ['femi', 'grace']), ...plans, review, campaign],
        [3, track('track', 'elite')],
        [5, deal('nordstrom', 65, 'won'), ...plans],
        [8, targeted(80), deal('starbucks', 55, 'won'), ...plans, review, campaign],
        [11, ...plans, deal('costco', 45, 'cancelled')],
        [12, certified('sales-specialist', ['femi', 'grace'])],
        [13, ...plans, deal('adobe', 70, 'asked')],
      ],
    },
    {
      legalName: 'Aare Kommunikation AG',
      country: 'CH',
      city: 'Bern',
      ...resale,
      // Elite by its own choice; its people have not renewed their certification: in grace.
      reviewIsLeftOpen: true,
      year: [
        [2, certified('sales-specialist', ['femi', 'grace'], -12), ...plans, review, campaign],
        [3, track('track', 'elite')],
        [6, deal('airbus', 35, 'won'), ...plans],
        [9, ...plans, review, campaign, deal('hilti', 25, 'rejected')],
        [12, ...plans],
        [13, ...plans, deal('siemens', 90, 'submitted')],
      ],
    },
    {
      legalName: 'Blue Door Office Systems Ltd',
      country: 'GB',
      city: 'Leeds',
      ...resale,
      year: [
        [4, deal('allianz', 15, 'won')],
        [9, deal('mattel', 12, 'withdrawn')],
        [13, deal('nike', 18, 'submitted')],
      ],
    },
    {
      legalName: 'Paper Lantern Office Inc',
      country: 'US',
      city: 'Akron',
      ...resale,
      year: [
        [9, deal('wayfair', 20, 'approved')],
        [10, leaves],
      ],
    },
    // Joined, and has done nothing since.
    { legalName: 'Slow River Supplies LLC', country: 'US', city: 'Toledo', ...resale, year: [] },
  ],
};

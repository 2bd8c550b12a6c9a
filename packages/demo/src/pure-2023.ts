import { certified, deal, engaged, leaves, subsidiaryOf } from './acts.ts';
import type { Story } from './story.ts';

const resale = { businessModels: ['resale'], ladders: ['tier'] };

export const pure2023: Story = {
  document: 'pure-2023',
  shows: 'Copperline Networks LLC',
  partners: [
    {
      legalName: 'Summit Ridge Technology Inc',
      country: 'US',
      city: 'Salt Lake City',
      ...resale,
      year: [
        [1, certified('accreditation', ['femi', 'grace', 'hugo', 'ines'])],
        [2, certified('certification', ['ada', 'ben', 'chiara', 'dev'])],
        [4, deal('adobe', 480, 'won'), engaged('business-plan', 'Business plan')],
        [7, deal('nordstrom', 220, 'won', { family: 'evergreen' }), deal('costco', 140, 'lost')],
        [10, deal('starbucks', 350, 'won', { family: 'flashblade' }), certified('certification', ['elena'], 12)],
        [12, deal('paccar', 260, 'approved')],
      ],
    },
    {
      legalName: 'Summit Ridge Technology GmbH',
      country: 'DE',
      city: 'Munich',
      ...resale,
      year: [
        [1, subsidiaryOf('Summit Ridge Technology Inc')],
        [3, certified('accreditation', ['femi'])],
        [8, deal('siemens', 190, 'won')],
        [13, deal('allianz', 300, 'submitted')],
      ],
    },
    {
      legalName: 'Copperline Networks LLC',
      country: 'US',
      city: 'Phoenix',
      ...resale,
      year: [
        [2, certified('accreditation', ['femi', 'grace', 'hugo'])],
        [5, certified('certification', ['ada', 'ben']), deal('mattel', 120, 'won')],
        [7, deal('nike', 75, 'approved')],
        [11, deal('hershey', 95, 'cancelled'), deal('garmin', 60, 'withdrawn')],
        [13, deal('paccar', 250, 'submitted'), deal('delta', 180, 'asked')],
      ],
    },
    {
      legalName: 'Northgate Integration Inc',
      country: 'US',
      city: 'Minneapolis',
      ...resale,
      // Was Elite by four engineers; two have not renewed: in grace.
      reviewIsLeftOpen: true,
      year: [
        [1, certified('accreditation', ['femi', 'grace', 'hugo', 'ines']), certified('certification', ['ada', 'ben'])],
        [2, certified('certification', ['chiara', 'dev'], -15)],
        [6, deal('target', 410, 'won')],
        [9, deal('ecolab', 130, 'rejected')],
        [13, deal('deltaByName', 175, 'submitted')],
      ],
    },
    {
      legalName: 'Juniper Hill Computing Inc',
      country: 'US',
      city: 'Reno',
      ...resale,
      year: [
        [9, deal('fedex', 85, 'approved')],
        [10, leaves],
      ],
    },
    // Joined, and has done nothing since.
    { legalName: 'Stillwater Data Inc', country: 'US', city: 'Stillwater', ...resale, year: [] },
  ],
};

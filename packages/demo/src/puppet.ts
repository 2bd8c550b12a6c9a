import { certified, deal, leaves, subsidiaryOf } from './acts.ts';
import type { Story } from './story.ts';

const ladders = ['category', 'pricing'];
const services = { businessModels: ['resale', 'services'], ladders };
const resale = { businessModels: ['resale'], ladders };

export const puppet: Story = {
  document: 'puppet',
  shows: 'Bluebonnet Technology LLC',
  partners: [
    {
      legalName: 'Lakeside Systems Inc',
      country: 'US',
      city: 'Chicago',
      ...services,
      year: [
        [1, certified('service-delivery', ['ada']), deal('caterpillar', 120, 'won')],
        [5, deal('abbott', 45, 'won'), deal('ecolab', 30, 'lost')],
        [8, certified('service-delivery', ['ben'], 20), deal('hershey', 60, 'won', { family: 'services' })],
        [11, certified('service-delivery', ['ada']), deal('deere', 80, 'won')],
        [12, deal('target', 55, 'approved')],
      ],
    },
    {
      legalName: 'Bluebonnet Technology LLC',
      country: 'US',
      city: 'Austin',
      ...resale,
      year: [
        [2, deal('wholeFoods', 18, 'won')],
        [6, deal('garmin', 40, 'withdrawn')],
        [7, deal('delta', 35, 'approved')],
        [10, deal('nucor', 12, 'won')],
        [13, deal('target', 50, 'submitted'), deal('nike', 25, 'asked')],
      ],
    },
    {
      legalName: 'Harbor Point Solutions Inc',
      country: 'US',
      city: 'Boston',
      ...resale,
      year: [
        [4, deal('stateStreet', 90, 'won')],
        [9, deal('wayfair', 33, 'rejected'), deal('mattel', 28, 'cancelled')],
        [11, deal('progressive', 70, 'won')],
        [13, deal('fedex', 65, 'submitted')],
      ],
    },
    {
      legalName: 'Harbor Point Solutions Canada ULC',
      country: 'CA',
      city: 'Vancouver',
      ...resale,
      year: [
        [1, subsidiaryOf('Harbor Point Solutions Inc')],
        [10, deal('lululemon', 22, 'won')],
      ],
    },
    {
      legalName: 'Cedar Ridge Consulting Inc',
      country: 'US',
      city: 'Portland',
      ...services,
      // Its one certification has lapsed: in grace, and no review takes the category away before that is over.
      reviewIsLeftOpen: true,
      year: [
        [2, certified('service-delivery', ['chiara'], -20)],
        [6, deal('starbucks', 75, 'won')],
      ],
    },
    {
      legalName: 'Old Mill Computing Inc',
      country: 'US',
      city: 'Omaha',
      ...resale,
      year: [
        [9, deal('paccar', 26, 'approved')],
        [10, leaves],
      ],
    },
    // Joined, and has done nothing since.
    { legalName: 'Fallow Field Systems Inc', country: 'US', city: 'Boise', ...resale, year: [] },
  ],
};

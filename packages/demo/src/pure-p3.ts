import { certified, deal, engaged, installed, leaves, subsidiaryOf } from './acts.ts';
import type { Story } from './story.ts';

const traditional = { businessModels: ['traditional'], ladders: ['partner'] };
const serviceProvider = { businessModels: ['service-provider'], ladders: ['service-provider'], route: 'service-provider' as const };

export const pureP3: Story = {
  document: 'pure-p3',
  shows: 'Tidewater Hosting LLC',
  partners: [
    {
      legalName: 'Ironbridge Data LLC',
      country: 'US',
      city: 'Denver',
      ...traditional,
      year: [
        [1, certified('sales', ['femi', 'grace']), certified('architect', ['ada', 'ben'])],
        [3, deal('garmin', 310, 'won')],
        [4, installed('garmin', 'FA-20417', 'flasharray'), engaged('business-plan', 'Business plan')],
        [7, deal('ecolab', 150, 'lost'), deal('nucor', 95, 'cancelled')],
        [10, deal('delta', 420, 'won', { family: 'flashblade' }), certified('architect', ['chiara'], 25)],
        [11, installed('delta', 'FB-00951', 'flashblade')],
        [12, deal('target', 260, 'approved')],
      ],
    },
    {
      legalName: 'Ironbridge Data Canada ULC',
      country: 'CA',
      city: 'Toronto',
      ...traditional,
      year: [
        [1, subsidiaryOf('Ironbridge Data LLC')],
        [6, deal('telus', 180, 'won')],
        [13, deal('lululemon', 85, 'submitted')],
      ],
    },
    {
      legalName: 'Saltmarsh Storage Inc',
      country: 'US',
      city: 'Charleston',
      ...traditional,
      // One of its two architects has not renewed: in grace.
      reviewIsLeftOpen: true,
      year: [
        [2, certified('sales', ['femi', 'grace']), certified('architect', ['ada'])],
        [3, certified('architect', ['ben'], -20)],
        [5, deal('fedex', 240, 'won')],
        [9, deal('hershey', 110, 'withdrawn'), deal('wayfair', 75, 'rejected')],
        [13, deal('target', 250, 'submitted')],
      ],
    },
    {
      legalName: 'Quarry Cloud Inc',
      country: 'US',
      city: 'Ashburn',
      ...serviceProvider,
      year: [
        [2, certified('architect', ['ada', 'ben', 'chiara', 'dev'])],
        [5, deal('progressive', 1_150, 'won')],
        [8, deal('costco', 1_300, 'won')],
        [9, installed('costco', 'FA-31188', 'flasharray')],
        [13, deal('adobe', 900, 'asked')],
      ],
    },
    {
      legalName: 'Tidewater Hosting LLC',
      country: 'US',
      city: 'Norfolk',
      ...serviceProvider,
      year: [
        [3, certified('architect', ['ada', 'ben'])],
        [6, deal('mattel', 380, 'won')],
        [7, deal('nike', 90, 'approved')],
        [10, deal('abbott', 240, 'won')],
        [12, certified('architect', ['elena'])],
      ],
    },
    {
      legalName: 'Brightwell Managed Services Inc',
      country: 'US',
      city: 'Columbus',
      ...serviceProvider,
      year: [
        [8, deal('nordstrom', 130, 'won')],
        [13, deal('paccar', 210, 'submitted')],
      ],
    },
    {
      legalName: 'Millstone Computing Inc',
      country: 'US',
      city: 'Omaha',
      ...traditional,
      year: [
        [9, deal('deere', 160, 'approved')],
        [10, leaves],
      ],
    },
    // Admission is vetted, and who shows no activity is removed: joined, and has done nothing since.
    { legalName: 'Dormer Systems Inc', country: 'US', city: 'Tulsa', ...traditional, year: [] },
  ],
};

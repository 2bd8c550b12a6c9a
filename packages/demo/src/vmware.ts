import { certified, deal, engaged, feeSettled, feeWaived, leaves, nominated, specialized, subsidiaryOf } from './acts.ts';
import type { Story } from './story.ts';

const ladders = ['tier'];
const reseller = { businessModels: ['solution-reseller'], ladders };

export const vmware: Story = {
  document: 'vmware-partner-connect-2022',
  shows: 'Pinecrest Solutions LLC',
  partners: [
    {
      legalName: 'Meridian Cloud Group Inc',
      country: 'US',
      city: 'Dallas',
      businessModels: ['solution-reseller', 'cloud-solution-provider'],
      ladders,
      year: [
        [1, feeSettled],
        [5, certified('technical', ['ada', 'ben', 'chiara', 'dev']), certified('customer-success', ['elena'])],
        [6, deal('delta', 1_600, 'won'), specialized('partner-led-customer-success', 'collaborate')],
        [7, deal('fedex', 900, 'won'), engaged('campaign', 'Multi-cloud campaign')],
        [9, nominated('pinnacle'), engaged('customer-adoption', 'FedEx: the first hundred applications')],
        [12, deal('costco', 700, 'approved')],
      ],
    },
    {
      legalName: 'Meridian Cloud Group GmbH',
      country: 'DE',
      city: 'Frankfurt',
      businessModels: ['cloud-solution-provider'],
      ladders,
      year: [
        [1, subsidiaryOf('Meridian Cloud Group Inc'), feeWaived],
        [7, certified('technical', ['ada']), engaged('customer-adoption', 'Move of a data centre')],
        [10, deal('basf', 150, 'won')],
      ],
    },
    {
      legalName: 'Granite Peak Consulting Inc',
      country: 'US',
      city: 'Boise',
      businessModels: ['solution-services', 'solution-reseller'],
      ladders,
      year: [
        [1, feeSettled],
        [5, certified('technical', ['ada', 'ben', 'chiara', 'dev'])],
        [6, deal('progressive', 2_100, 'won', { helped: ['Pinecrest Solutions LLC', 'strategy'] })],
        [8, deal('nordstrom', 700, 'won', { family: 'workspace' }), deal('mattel', 90, 'lost')],
        [10, certified('technical', ['elena'], 18)],
        [13, deal('adobe', 350, 'asked')],
      ],
    },
    {
      legalName: 'Harvest Lane Technologies LLC',
      country: 'US',
      city: 'Raleigh',
      businessModels: ['solution-builder'],
      ladders,
      // Was Advanced by two engineers; one has not renewed: in grace.
      reviewIsLeftOpen: true,
      year: [
        [1, feeSettled],
        [5, certified('technical', ['ada'])],
        [6, certified('technical', ['ben'], -10), deal('nucor', 700, 'won')],
        [7, deal('wayfair', 260, 'won', { family: 'modern-apps' }), deal('garmin', 80, 'approved')],
        [11, deal('hershey', 60, 'withdrawn'), deal('nike', 75, 'cancelled')],
      ],
    },
    {
      legalName: 'Stonebrook Systems Inc',
      country: 'US',
      city: 'Albany',
      ...reseller,
      year: [
        [1, feeSettled],
        [5, certified('technical', ['ada', 'ben'])],
        [6, deal('stateStreet', 850, 'won'), engaged('campaign', 'Anywhere workspace, by invitation')],
        [10, deal('abbott', 200, 'won')],
        [13, deal('costco', 650, 'submitted')],
      ],
    },
    {
      legalName: 'Pinecrest Solutions LLC',
      country: 'US',
      city: 'Madison',
      ...reseller,
      year: [
        [1, feeSettled],
        [6, certified('technical', ['ada']), deal('deere', 510, 'won')],
        [9, engaged('campaign', 'Breakfast with architects'), deal('ecolab', 50, 'rejected')],
        [13, deal('caterpillar', 480, 'submitted'), engaged('campaign', 'Winter webinars', 'submitted')],
      ],
    },
    // Its admission fee is still owed.
    { legalName: 'Willow Creek IT Inc', country: 'US', city: 'Fargo', ...reseller, year: [[11, deal('starbucks', 20, 'won')]] },
    {
      legalName: 'Elm Street Networks Inc',
      country: 'US',
      city: 'Dayton',
      ...reseller,
      year: [
        [9, deal('paccar', 70, 'approved')],
        [10, leaves],
      ],
    },
    // Joined, and has done nothing since.
    { legalName: 'Quiet Harbor Systems Inc', country: 'US', city: 'Duluth', ...reseller, year: [] },
  ],
};

/** Real companies, as they are known; what they order in the demo is illustrative. */
import type { EndCustomer } from '@echelon/contracts/deals';

const inTheUs = (name: string, city: string, domain: string): EndCustomer => ({ name, country: 'US', city, domain });

export const customers = {
  abbott: inTheUs('Abbott Laboratories', 'Abbott Park', 'abbott.com'),
  adobe: inTheUs('Adobe Inc.', 'San Jose', 'adobe.com'),
  airbus: { name: 'Airbus SE', country: 'NL', city: 'Leiden', domain: 'airbus.com' },
  allianz: { name: 'Allianz SE', country: 'DE', city: 'Munich', domain: 'allianz.com' },
  basf: { name: 'BASF SE', country: 'DE', city: 'Ludwigshafen', domain: 'basf.com' },
  caterpillar: inTheUs('Caterpillar Inc.', 'Irving', 'caterpillar.com'),
  costco: inTheUs('Costco Wholesale Corporation', 'Issaquah', 'costco.com'),
  deere: inTheUs('Deere & Company', 'Moline', 'deere.com'),
  delta: inTheUs('Delta Air Lines, Inc.', 'Atlanta', 'delta.com'),
  /** The same, as another partner writes it: a channel manager has to decide. */
  deltaByName: { name: 'DELTA AIRLINES INC', country: 'US', city: 'ATLANTA' },
  ecolab: inTheUs('Ecolab Inc.', 'Saint Paul', 'ecolab.com'),
  fedex: inTheUs('FedEx Corporation', 'Memphis', 'fedex.com'),
  garmin: inTheUs('Garmin International, Inc.', 'Olathe', 'garmin.com'),
  hilti: { name: 'Hilti AG', country: 'LI', city: 'Schaan', domain: 'hilti.com' },
  hershey: inTheUs('The Hershey Company', 'Hershey', 'thehersheycompany.com'),
  lululemon: { name: 'lululemon athletica inc.', country: 'CA', city: 'Vancouver', domain: 'lululemon.com' },
  mattel: inTheUs('Mattel, Inc.', 'El Segundo', 'mattel.com'),
  migros: { name: 'Migros-Genossenschafts-Bund', country: 'CH', city: 'Zurich', domain: 'migros.ch' },
  nestle: { name: 'Nestlé S.A.', country: 'CH', city: 'Vevey', domain: 'nestle.com' },
  nike: inTheUs('NIKE, Inc.', 'Beaverton', 'nike.com'),
  nordstrom: inTheUs('Nordstrom, Inc.', 'Seattle', 'nordstrom.com'),
  nucor: inTheUs('Nucor Corporation', 'Charlotte', 'nucor.com'),
  paccar: inTheUs('PACCAR Inc', 'Bellevue', 'paccar.com'),
  progressive: inTheUs('The Progressive Corporation', 'Mayfield', 'progressive.com'),
  roche: { name: 'Roche Holding AG', country: 'CH', city: 'Basel', domain: 'roche.com' },
  siemens: { name: 'Siemens AG', country: 'DE', city: 'Munich', domain: 'siemens.com' },
  starbucks: inTheUs('Starbucks Corporation', 'Seattle', 'starbucks.com'),
  stateStreet: inTheUs('State Street Corporation', 'Boston', 'statestreet.com'),
  swisscom: { name: 'Swisscom AG', country: 'CH', city: 'Ittigen', domain: 'swisscom.ch' },
  target: inTheUs('Target Corporation', 'Minneapolis', 'target.com'),
  telus: { name: 'TELUS Corporation', country: 'CA', city: 'Vancouver', domain: 'telus.com' },
  wayfair: inTheUs('Wayfair Inc.', 'Boston', 'wayfair.com'),
  wholeFoods: inTheUs('Whole Foods Market, Inc.', 'Austin', 'wholefoodsmarket.com'),
} as const satisfies Readonly<Record<string, EndCustomer>>;
export type CustomerName = keyof typeof customers;

import type { Ladder, ProgramDocument, Requirement } from '@echelon/program';
import { documents } from '@echelon/program/documents';
import { booked } from '../booked.ts';

const tier = (key: string, requirements: Requirement[]) => ({ key, name: key, requirements, benefits: [] });

/** What Puppet replaced: Corporate, Gold and Platinum, by what was sold. The source names the levels; the figures are illustrative. */
const levels: Ladder = {
  key: 'level',
  name: 'Levels',
  routes: [],
  tiers: [tier('corporate', []), tier('gold', [booked('100000.00')]), tier('platinum', [booked('250000.00')])],
  promotion: 'on-attainment',
  review: { every: 'fiscal-year', graceDays: 90 },
};

const { migration: _, ...puppet } = documents.puppet;
/** Nobody's benefit but the new categories' lets a product be sold. */
const enterprise = puppet.productFamilies.filter(({ benefit }) => benefit === undefined);

export const before: ProgramDocument = {
  ...puppet,
  name: 'Puppet, as it was before',
  productFamilies: enterprise,
  ladders: [levels, ...puppet.ladders.filter(({ key }) => key === 'pricing')],
  illustrative: [...puppet.illustrative.filter((pointer) => !/^\/(ladders|migration)/.test(pointer)), '/ladders'],
};

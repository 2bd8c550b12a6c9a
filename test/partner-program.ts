/** The example program, and of each thing that it leaves out and partners deals with one: tracks, an admission fee, ways to a specialization. */
import type { InForce } from '@echelon/contracts/programs';
import type { Ladder, ProgramDocument, Requirement } from '@echelon/program';
import { document as example, usd, versionId } from './given.ts';

const businessPlans = (atLeast: number): Requirement => ({
  kind: 'engagement',
  engagement: 'business-plan',
  window: 'fiscal-year',
  atLeast,
  strictness: 'hard',
});
const tracks: Ladder = {
  key: 'engagement',
  name: 'Engagement',
  routes: [],
  tiers: ['premier', 'select', 'principal'].map((key, plans) => ({
    key,
    name: key,
    requirements: plans === 0 ? [] : [businessPlans(plans)],
    benefits: [],
  })),
  promotion: 'by-choice',
  review: { every: 'fiscal-year', graceDays: 90 },
};

const ways = [
  { key: 'own-package', name: 'With a package of its own', certifications: [{ certification: 'sales-professional', people: 1 }] },
  { key: 'resold', name: 'By selling the vendor’s', certifications: [] },
];

export const document: ProgramDocument = {
  ...example,
  admission: { fee: usd(500) },
  ladders: [...example.ladders, tracks],
  specializations: example.specializations.map((one) => ({ ...one, ways })),
};
export const inForce: InForce = { versionId: versionId(1), document };

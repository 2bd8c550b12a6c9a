import type { ProgramDocument } from '@echelon/program';
import { documents } from '@echelon/program/documents';

const { upfrontMargin: _, ...later } = documents['pure-2023'];

/** What the later program replaced: margin as the customer is invoiced, and Pure Rewards for net new logos alone. */
export const before: ProgramDocument = {
  ...later,
  name: 'Pure Storage Partner Program, as it was before',
  benefits: later.benefits.filter(({ key }) => key !== 'upfront-margin'),
  ladders: later.ladders.map((ladder) => ({
    ...ladder,
    tiers: ladder.tiers.map((tier) => ({ ...tier, benefits: tier.benefits.filter((key) => key !== 'upfront-margin') })),
  })),
  sellerRewards: (later.sellerRewards ?? []).filter(({ dealTypes }) => dealTypes.includes('net-new-logo')),
  illustrative: later.illustrative.filter((pointer) => !/^\/(benefits\/[56]|sellerRewards\/[23]|upfrontMargin)/.test(pointer)).concat('/benefits/5'),
};

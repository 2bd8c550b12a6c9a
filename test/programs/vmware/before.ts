import type { Ladder, ProgramDocument, Requirement } from '@echelon/program';
import { documents } from '@echelon/program/documents';
import { booked } from '../booked.ts';

const { migration: _, admission: __, ...vmware } = documents['vmware-partner-connect-2022'];

const asked: Readonly<Record<string, Requirement[]>> = {
  community: [],
  select: [booked('100000.00')],
  advanced: [booked('500000.00')],
  principal: [booked('1500000.00')],
};

/** Four tiers, by what was sold. The source names them, of the program that it replaced too; the figures are illustrative. */
const ladders: Ladder[] = vmware.ladders.map((ladder) => ({
  ...ladder,
  tiers: ladder.tiers.flatMap((tier) => {
    const requirements = asked[tier.key];
    return requirements ? [{ ...tier, requirements }] : [];
  }),
}));

export const before: ProgramDocument = {
  ...vmware,
  name: 'VMware Partner Connect, as it was before',
  ladders,
  pointsRules: [],
  dealRegistration: { ...vmware.dealRegistration, offers: vmware.dealRegistration.offers.filter(({ tier }) => asked[tier]) },
  illustrative: [...vmware.illustrative.filter((pointer) => !/^\/(ladders|migration|admission)/.test(pointer)), '/ladders'],
};

import type { PartnerProgram } from '@echelon/contracts/programs';
import type { Caller } from '@echelon/lambda';

/** Drafts are the vendor's: partners see the versions that hold or will. */
export const programFor =
  ({ sees }: Caller) =>
  (program: PartnerProgram): PartnerProgram =>
    sees === 'all' ? program : { ...program, versions: program.versions.filter(({ status }) => status === 'active') };

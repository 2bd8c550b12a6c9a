import type { Role } from '@echelon/contracts';

/** Who can be there from the start: somebody for each thing that a vendor's people, and an applicant, do. The secret is the client's id. */
export const people = [
  { clientId: 'partner-admin', role: 'partner-admin', does: 'applies to become a partner' },
  {
    clientId: 'channel-manager',
    role: 'channel-manager',
    does: 'vets, admits and enrols partners, decides on deals, judges engagements, confirms tracks, signs off reviews',
  },
  { clientId: 'program-manager', role: 'program-manager', does: 'drafts programs and puts them in force, nominates, waives fees' },
  { clientId: 'second-program-manager', role: 'program-manager', does: 'approves what the first one drafted' },
  { clientId: 'billing-system', role: 'billing-system', does: 'reports orders and fees that were paid, registers what is installed' },
  { clientId: 'finance', role: 'finance', does: 'reads' },
  { clientId: 'auditor', role: 'auditor', does: 'reads' },
  { clientId: 'operator', role: 'operator', does: 'moves the clock of business time, runs sweeps' },
] as const satisfies readonly { readonly clientId: string; readonly role: Role; readonly does: string }[];

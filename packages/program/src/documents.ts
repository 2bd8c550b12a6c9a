/** The program documents that ship. Each says which of its values no published source gives. */
import logitech from '../documents/logitech-partner-connect-2023.json' with { type: 'json' };
import puppet from '../documents/puppet.json' with { type: 'json' };
import pureLater from '../documents/pure-2023.json' with { type: 'json' };
import pureP3 from '../documents/pure-p3.json' with { type: 'json' };
import resellerExample from '../documents/reseller-example.json' with { type: 'json' };
import vmware from '../documents/vmware-partner-connect-2022.json' with { type: 'json' };
import { ProgramDocument } from './document.ts';

export const documents = {
  /** Traditional partners, and service providers on three levels, who are billed by consumption from a day on. */
  'pure-p3': ProgramDocument.parse(pureP3),
  /** Elite and Preferred, by certification; margin upfront and rewards for existing accounts, each from a day on. */
  'pure-2023': ProgramDocument.parse(pureLater),
  /** Points over the whole life of a customer, in four business models, up to Pinnacle. */
  'vmware-partner-connect-2022': ProgramDocument.parse(vmware),
  /** Tracks that a partner chooses: Premier, Elite, Principal; LEAP rewards growth. */
  'logitech-partner-connect-2023': ProgramDocument.parse(logitech),
  /** Two categories, by certification: Authorized Reseller and Solution Provider. */
  puppet: ProgramDocument.parse(puppet),
  /** Not any vendor's: what the first journeys run. */
  'reseller-example': ProgramDocument.parse(resellerExample),
} as const;

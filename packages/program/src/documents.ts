/** The program documents that ship. Each says which of its values no published source gives. */
import puppet from '../documents/puppet.json' with { type: 'json' };
import resellerExample from '../documents/reseller-example.json' with { type: 'json' };
import { ProgramDocument } from './document.ts';

export const documents = {
  /** Two categories, by certification: Authorized Reseller and Solution Provider. */
  puppet: ProgramDocument.parse(puppet),
  /** Not any vendor's: what the demo and the first journeys run. */
  'reseller-example': ProgramDocument.parse(resellerExample),
} as const;

/** The program documents that ship. Each says which of its values no published source gives. */
import resellerExample from '../documents/reseller-example.json' with { type: 'json' };
import { ProgramDocument } from './document.ts';

export const documents = {
  /** Not any vendor's: what the demo and the first journeys run. */
  'reseller-example': ProgramDocument.parse(resellerExample),
} as const;

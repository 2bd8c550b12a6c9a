import type { Day } from '@echelon/calendar';
import { holdsOn } from './dated.ts';
import type { ProgramDocument } from './document.ts';
import { leftOver } from './left-over.ts';
import { isDated } from './parts.ts';
import { referencesIn } from './references.ts';

/**
 * The document as it holds on a day: whatever is dated and does not hold is left out, and no list names it. Rules are cited by
 * their place in the document itself, never in this.
 */
export const inForceOn = (document: ProgramDocument, on: Day): ProgramDocument => {
  const isHeld = (part: unknown): boolean => !isDated(part) || holdsOn(part, on);
  const gone = new Set(referencesIn(document).flatMap(({ pointer, named, isListed }) => (isListed && !isHeld(named) ? pointer : [])));
  return leftOver(document, (part, pointer) => isHeld(part) && !gone.has(pointer));
};

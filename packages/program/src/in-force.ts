import type { Day } from '@echelon/calendar';
import { holdsOn } from './dated.ts';
import type { ProgramDocument } from './document.ts';
import { isDated, isPlain } from './parts.ts';
import { referencesIn } from './references.ts';

/**
 * The document as it holds on a day: whatever is dated and does not hold is left out, and no list names it. What is illustrative
 * is pointed at where it now stands. Rules are cited by their place in the document itself, never in this.
 */
export const inForceOn = (document: ProgramDocument, on: Day): ProgramDocument => {
  const isHeld = (part: unknown): boolean => !isDated(part) || holdsOn(part, on);
  const gone = new Set(referencesIn(document).flatMap(({ pointer, named, isListed }) => (isListed && !isHeld(named) ? pointer : [])));
  const places = new Map<string, string>();
  const isLeft = (part: unknown, pointer: string): boolean => isHeld(part) && !gone.has(pointer);
  // Leaving out optional parts, and elements of lists that may be empty, changes no type.
  const held = leftOver(document, { isLeft, from: '', to: '', places }) as ProgramDocument;
  return { ...held, illustrative: document.illustrative.flatMap((pointer) => places.get(pointer) ?? []) };
};

interface Walk {
  readonly isLeft: (part: unknown, pointer: string) => boolean;
  readonly from: string;
  readonly to: string;
  /** Where each part that is left stood, and where it stands now. */
  readonly places: Map<string, string>;
}

const leftOver = (part: unknown, { isLeft, from, to, places }: Walk): unknown => {
  places.set(from, to);
  const inner = (name: string | number, place: string | number): Walk => ({ isLeft, from: `${from}/${name}`, to: `${to}/${place}`, places });
  if (Array.isArray(part))
    return [...part.entries()].filter(([at, value]) => isLeft(value, `${from}/${at}`)).map(([at, value], place) => leftOver(value, inner(at, place)));
  if (!isPlain(part)) return part;
  return Object.fromEntries(
    Object.entries(part)
      .filter(([name, value]) => isLeft(value, `${from}/${name}`))
      .map(([name, value]) => [name, leftOver(value, inner(name, name))]),
  );
};

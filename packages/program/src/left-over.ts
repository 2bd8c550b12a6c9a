import type { ProgramDocument } from './document.ts';
import { isPlain } from './parts.ts';

type IsLeft = (part: unknown, pointer: string) => boolean;

/**
 * A document without some optional parts and elements of lists that may be empty. What is illustrative is pointed at where it now
 * stands.
 */
export const leftOver = (document: ProgramDocument, isLeft: IsLeft): ProgramDocument => {
  const places = new Map<string, string>();
  // Leaving out optional parts, and elements of lists that may be empty, changes no type.
  const left = walked(document, { isLeft, from: '', to: '', places }) as ProgramDocument;
  return { ...left, illustrative: document.illustrative.flatMap((pointer) => places.get(pointer) ?? []) };
};

interface Walk {
  readonly isLeft: IsLeft;
  readonly from: string;
  readonly to: string;
  /** Where each part that is left stood, and where it stands now. */
  readonly places: Map<string, string>;
}

const walked = (part: unknown, { isLeft, from, to, places }: Walk): unknown => {
  places.set(from, to);
  const inner = (name: string | number, place: string | number): Walk => ({ isLeft, from: `${from}/${name}`, to: `${to}/${place}`, places });
  if (Array.isArray(part))
    return [...part.entries()].filter(([at, value]) => isLeft(value, `${from}/${at}`)).map(([at, value], place) => walked(value, inner(at, place)));
  if (!isPlain(part)) return part;
  return Object.fromEntries(
    Object.entries(part)
      .filter(([name, value]) => isLeft(value, `${from}/${name}`))
      .map(([name, value]) => [name, walked(value, inner(name, name))]),
  );
};

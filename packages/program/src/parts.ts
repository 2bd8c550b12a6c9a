import { Temporal } from '@echelon/calendar';
import type { Dates } from './dated.ts';

/** Every part of a document, the document first, each with its JSON Pointer. A few thousand of them at 200 KB. */
export function* partsOf(part: unknown, pointer = ''): Generator<{ readonly pointer: string; readonly part: unknown }> {
  yield { pointer, part };
  const inner = Array.isArray(part) ? [...part.entries()] : isPlain(part) ? Object.entries(part) : [];
  for (const [name, value] of inner) yield* partsOf(value, `${pointer}/${name}`);
}

/** Where a part stands, whatever its place in the lists that it stands in: a `*` for each. */
export const placeOf = (pointer: string): string => pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*');

/** Days are objects too, and have nothing in them. */
export const isPlain = (part: unknown): part is Readonly<Record<string, unknown>> =>
  typeof part === 'object' && part !== null && Object.getPrototypeOf(part) === Object.prototype;

/** A part is dated where a day stands under `from` or `until`; everything else holds as long as its version. */
export const isDated = (part: unknown): part is Dates => isPlain(part) && [part.from, part.until].some((date) => date instanceof Temporal.PlainDate);

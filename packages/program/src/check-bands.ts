import { compareDecimals, decimalText, type Quantity } from '@echelon/money';
import type { ProgramDocument } from './document.ts';
import type { Bounds } from './figures.ts';
import type { Finding } from './finding.ts';
import { isPlain, partsOf } from './parts.ts';

/** Wherever there are bands: each begins where the one before it ends, and the last has no end; so that whatever is reached lies in one. */
export const bandFindings = (document: ProgramDocument): Finding[] =>
  [...partsOf(document)].flatMap(({ pointer, part }) => (areBands(part) ? inOrder(pointer, part) : []));

const areBands = (part: unknown): part is readonly Bounds[] =>
  Array.isArray(part) && part.length > 0 && part.every((one) => isPlain(one) && 'above' in one);

const inOrder = (place: string, bands: readonly Bounds[]): Finding[] => [
  ...bands.flatMap(({ above, upTo }, at): Finding[] => {
    const isLast = at === bands.length - 1;
    const here = decimalText(above);
    if (upTo === undefined)
      return isLast ? [] : [{ pointer: `${place}/${at}`, message: `has no upper bound, and is not the last: it overlaps all bands after it` }];
    const end = { pointer: `${place}/${at}/upTo`, text: decimalText(upTo) };
    if (compareDecimals(upTo, above) <= 0)
      return [{ pointer: end.pointer, message: `ends at ${end.text}, and begins only above ${here}: nothing lies in it` }];
    return isLast ? [{ pointer: end.pointer, message: `the last band ends at ${end.text}: what is above it lies in no band` }] : [];
  }),
  ...bands.slice(1).flatMap(({ above }, at) => meets(`${place}/${at + 1}/above`, above, bands[at]?.upTo)),
  ...startsAtZero(place, bands),
];

const meets = (pointer: string, above: Quantity, before: Quantity | undefined): Finding[] => {
  if (before === undefined) return [];
  const [begins, ends] = [decimalText(above), decimalText(before)];
  switch (compareDecimals(above, before)) {
    case 0:
      return [];
    case 1:
      return [{ pointer, message: `begins above ${begins}, and the band before it ends at ${ends}: what is between them lies in no band` }];
    case -1:
      return [{ pointer, message: `begins above ${begins}, and the band before it ends at ${ends}: what is between them lies in both` }];
  }
};

/** A rebate may begin only where something is reached; a price or a discount is asked for from the first unit on. */
const startsAtZero = (place: string, [first]: readonly Bounds[]): Finding[] =>
  first === undefined || first.above.trillionths === 0n || place.startsWith('/rebates/')
    ? []
    : [{ pointer: `${place}/0/above`, message: `the first band begins above ${decimalText(first.above)}: what is up to it lies in no band` }];

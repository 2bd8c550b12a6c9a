/** For tests: the documents that ship, altered at places of their wire form that a test chooses, or that nobody does. */
import * as fc from 'fast-check';
import * as z from 'zod';
import { ProgramDocument } from './document.ts';
import { documents } from './documents.ts';
import { partsOf } from './parts.ts';

export type Shipped = keyof typeof documents;
type Json = { [name: string]: unknown };

/** By JSON Pointers; `undefined` takes a part away, and a place behind the last of a list adds to it. */
export type Alterations = Readonly<Record<string, unknown>>;

export const alteredWire = (which: Shipped, alterations: Alterations): unknown => {
  const wire = JSON.parse(JSON.stringify(z.encode(ProgramDocument, documents[which]))) as Json;
  for (const [pointer, value] of Object.entries(alterations)) {
    const names = pointer.slice(1).split('/');
    const last = names.pop() ?? '';
    const owner = names.reduce<Json>((part, name) => part[name] as Json, wire);
    if (value === undefined) delete owner[last];
    else owner[last] = value;
  }
  return JSON.parse(JSON.stringify(wire), (_, part) => (Array.isArray(part) ? part.filter((one) => one !== null) : part));
};

export const altered = (which: Shipped, alterations: Alterations): ProgramDocument => ProgramDocument.parse(alteredWire(which, alterations));

/** What a field might be changed to: a number or a day that is near, a name from elsewhere, nothing at all. */
const values = fc.oneof(
  fc.constantFrom<unknown>(undefined, '0', '1', '0.5', '2', '5000000', '2027-02-01', '2027-08-01', '2028-01-31', 'hard', 'advisory', 'reported', []),
  fc.integer({ min: 0, max: 40 }),
);

const alteredAnyhow = (which: Shipped): fc.Arbitrary<unknown> => {
  const places = [...partsOf(alteredWire(which, {}))].filter(({ pointer }) => pointer !== '' && !pointer.startsWith('/illustrative'));
  const place = fc.constantFrom(...places);
  const change = fc.tuple(
    place,
    fc.oneof(
      values,
      place.map(({ part }) => part),
    ),
  );
  return fc.array(change, { maxLength: 3 }).map((changes) => {
    // Changes at a place that an earlier one took away come to nothing.
    const apart = changes.filter(([{ pointer }], at) => !changes.slice(0, at).some(([earlier]) => pointer.startsWith(`${earlier.pointer}/`)));
    return alteredWire(which, { '/illustrative': [], ...Object.fromEntries(apart.map(([{ pointer }, value]) => [pointer, value])) });
  });
};

/** The wire form of some document that ships after a few changes, each at a random place: to a value of the list, or of another place. */
export const anyWire: fc.Arbitrary<unknown> = fc.oneof(...(Object.keys(documents) as Shipped[]).map(alteredAnyhow));

/** The wire form of some document that ships, where parts that may be dated are, on random days. */
export const anyDates: fc.Arbitrary<unknown> = fc.constantFrom(...(Object.keys(documents) as Shipped[])).chain((which) => {
  const places = [...partsOf(alteredWire(which, {}))].filter(({ pointer }) => MAY_BE_DATED.test(pointer)).map(({ pointer }) => pointer);
  const dates = fc.constantFrom('2026-07-01', '2027-02-01', '2027-08-01', '2028-12-31');
  const date = fc.tuple(fc.constantFrom(...places), fc.constantFrom('from', 'until'), dates);
  return fc
    .array(date, { maxLength: 4 })
    .map((given) => alteredWire(which, Object.fromEntries(given.map(([place, bound, text]) => [`${place}/${bound}`, text]))));
});

const MAY_BE_DATED =
  /^\/(benefits\/\d+|sellerRewards\/\d+|rebates\/schemes\/\d+|upfrontMargin\/rates\/\d+|serviceProviders\/consumption(\/rateCards\/\d+)?)$/;

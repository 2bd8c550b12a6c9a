/** A document that passes its checks can be run: whatever it says, nothing that reads it fails. */
import { addDays, day } from '@echelon/calendar';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { anyDates, anyWire } from './arbitraries.ts';
import { check, refused } from './check.ts';
import { baseTier, DealType, ladderFor, offeringFor, ProgramDocument, Route } from './document.ts';
import { inForceOn } from './in-force.ts';

const RUNS = 400;
const days = fc.integer({ min: 0, max: 1_000 }).map((after) => addDays(day('2026-06-01'), after));

it('checking a document that can be read never throws, and what passes runs', { timeout: 60_000 }, () => {
  const seen = { read: 0, passed: 0 };
  fc.assert(
    fc.property(fc.oneof(anyWire, anyDates), days, (wire, on) => {
      const { data: document } = ProgramDocument.safeParse(wire);
      if (document === undefined) return;
      seen.read += 1;
      if (refused(check(document)).length > 0) return;
      seen.passed += 1;
      const held = inForceOn(document, on);
      expect(ProgramDocument.parse(z.encode(ProgramDocument, held))).toEqual(held);
      expect(refused(check(held))).toEqual([]);
      for (const ladder of held.ladders) expect(baseTier(ladder).requirements.filter(isHard)).toEqual([]);
      for (const route of Route.options) for (const type of DealType.options) sells(held, route, type);
    }),
    { numRuns: RUNS, seed: 7 },
  );
  // A law of documents that all fail would say nothing.
  expect(seen.read).toBeGreaterThan(RUNS / 4);
  expect(seen.passed).toBeGreaterThan(RUNS / 8);
});

const isHard = ({ strictness }: { readonly strictness: string }): boolean => strictness === 'hard';

/** By a route that sells a deal type at all, every tier that decides it has its offer. */
const sells = (document: ProgramDocument, route: Route, dealType: DealType): void => {
  if (!document.dealRegistration.offers.some((offer) => offer.route === route && offer.dealTypes.includes(dealType))) return;
  const tiers = ladderFor(document, route)?.tiers ?? [];
  expect(tiers.length).toBeGreaterThan(0);
  for (const { key } of tiers) expect(offeringFor(document, { tier: key, route, dealType })).toBeDefined();
};

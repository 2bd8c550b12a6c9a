import { day } from '@echelon/calendar';
import { expect, it } from 'vitest';
import { facts, life, reseller, version, withLadders } from '../../../test/standing.ts';
import { benefitsOn } from './views.ts';

it('a benefit is in force from its first day to its last, where the document says so', () => {
  const start = day('2026-01-05');
  const [first, second] = withLadders(reseller).benefits;
  const dated = {
    ...withLadders(reseller),
    benefits: withLadders(reseller).benefits.map((one) =>
      one.key === first?.key ? { ...one, from: day('2026-03-01'), until: day('2026-05-31') } : one,
    ),
  };
  const given = { ...reseller, tiers: reseller.tiers.map((tier) => ({ ...tier, benefits: [first, second].flatMap((one) => one?.key ?? []) })) };
  const partner = life(version(1, '2025-01-01', { ...dated, ladders: [given] }));
  partner.hear(start, facts.enrolled(start));
  const inForce = (on: string): number => benefitsOn(day(on), { ...partner.known(day(on)), standing: partner.standing() }).benefits.length;
  expect([inForce('2026-02-28'), inForce('2026-03-01'), inForce('2026-05-31'), inForce('2026-06-01')]).toEqual([1, 2, 2, 1]);
});

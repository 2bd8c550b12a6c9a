/** What is asked of a group: the parent and its national subsidiaries, on the days on which they belong together. */
import { type Day, day } from '@echelon/calendar';
import type { Facts } from '@echelon/contracts/tiering';
import type { Requirement } from '@echelon/program';
import { describe, expect, it } from 'vitest';
import { partnerId, usd } from '../../../test/given.ts';
import { changed, facts, type Life, life, noon, told, version } from '../../../test/standing.ts';
import { gapOf } from './gap.ts';
import { common, type Grouping, type Member, type Spell, spellsUnder } from './group.ts';

const [start, today] = [day('2026-01-05'), day('2026-06-15')];
const ofGroup = { level: 'group', strictness: 'hard' } as const;
const engineers: Requirement = { kind: 'certified-people', certification: 'systems-engineer', atLeast: 3, ...ofGroup };
const revenue: Requirement = { kind: 'revenue', measure: 'bookings', window: 'lifetime', atLeast: usd(1_000), ...ofGroup };
const document = (...second: readonly Requirement[]) =>
  changed((one) => ({ ...one, tiers: one.tiers.map((tier, rank) => ({ ...tier, requirements: rank === 1 ? [...second] : tier.requirements })) }));
const spell = { from: start, until: day('2026-12-31') };

const factsOf = (...heard: Parameters<Life['hear']>[1][]): Facts => {
  const other = life(version(1, '2025-01-01'));
  other.hear(today, ...heard);
  return other.standing().facts;
};
const subsidiary = (spells: readonly Spell[], ...heard: Parameters<Life['hear']>[1][]): Member => ({ facts: factsOf(...heard), spells });

describe('a requirement at the level of the group', () => {
  it('is measured over its partners; one of the partner’s own level is not', () => {
    const one = life(version(1, '2025-01-01', document(engineers, revenue)));
    one.join([
      subsidiary([{}], facts.certified(2, spell), facts.booked(start, 600)),
      subsidiary([{ from: start }], facts.certified(3, spell), facts.booked(start, 300)),
    ]);
    one.hear(today, facts.enrolled(start), facts.certified(1, spell), facts.booked(start, 99));
    expect(one.position()).toMatchObject({ tier: 'authorized' });
    const gap = gapOf(one.standing(), { ...one.known(today), now: noon(today) }).ladders[0]?.tiers[0];
    expect(gap).toMatchObject({
      requirements: [
        { met: true, until: day('2026-12-31') },
        { have: '999.00', missing: '1.00' },
      ],
      actions: [{ level: 'group', sentence: '1.00 USD more of bookings in the group by 31 December 2026' }],
    });
    expect(told(one.hear(today, facts.booked(today, 1)))).toContain('authorized → preferred: attained');
    const alone = life(version(1, '2025-01-01', document(engineers, revenue)));
    alone.hear(today, facts.enrolled(start), facts.certified(1, spell), facts.booked(start, 1_000));
    expect(alone.position().tier).toBe('authorized');
  });

  it('is asked beside what is asked of the partner itself: what others do is not the partner’s', () => {
    const own: Requirement = { kind: 'certified-people', certification: 'systems-engineer', atLeast: 2, strictness: 'hard' };
    const told = (...heard: Parameters<Life['hear']>[1][]) => {
      const one = life(version(1, '2025-01-01', document(own, { ...engineers, atLeast: 5 })));
      one.join([subsidiary([{}], facts.enrolled(start), ...heard)]);
      one.hear(today, facts.enrolled(start));
      return gapOf(one.standing(), { ...one.known(today), now: noon(today) }).ladders[0]?.tiers[0]?.actions.map(({ sentence }) => sentence);
    };
    const people = (n: number) => Array.from({ length: n }, (_, at) => facts.certified(at + 10, spell));
    expect(told()).toEqual(['2 more people certified in Systems Engineer', '5 more people certified in Systems Engineer in the group']);
    // Of the group no more is missing than the partner itself is to do.
    expect(told(...people(3))).toEqual(['2 more people certified in Systems Engineer by 31 December 2026']);
    expect(told(...people(5))).toEqual(['2 more people certified in Systems Engineer by 31 December 2026']);
  });

  it('counts the days together: what was reached then stays until a review, and falls short from the day after the last', () => {
    const one = life(version(1, '2025-01-01', document(revenue)));
    one.join([subsidiary([{ from: start, until: day('2026-03-31') }], facts.booked(start, 1_000))]);
    one.hear(start, facts.enrolled(start));
    expect(one.position().tier).toBe('preferred');
    expect(told(one.judge(today))).toEqual(expect.arrayContaining(['AttainmentChanged', 'GracePeriodBegun']));
    expect(one.position()).toMatchObject({ tier: 'preferred', attained: 'authorized', grace: { since: day('2026-04-01') } });
  });
});

describe('a group', () => {
  const [ours, theirs] = [partnerId(1), partnerId(2)];
  const said = (from: string, parentId?: typeof ours): Grouping => ({ from: day(from), parentId });
  const written = (spells: readonly Spell[]) => spells.map(({ from, until }) => [from, until].map((on: Day | undefined) => on?.toString()));

  it('is a parent’s from the day on which that was said, to the day before another was', () => {
    const groupings = [said('2026-01-05', ours), said('2026-03-01', theirs), said('2026-05-01'), said('2026-07-01', ours)];
    expect(written(spellsUnder(ours, groupings))).toEqual([
      ['2026-01-05', '2026-02-28'],
      ['2026-07-01', undefined],
    ]);
    expect(written(spellsUnder(theirs, groupings))).toEqual([['2026-03-01', '2026-04-30']]);
  });

  it('holds two subsidiaries together on the days on which both are in it', () => {
    const [one, other] = [spellsUnder(ours, [said('2026-01-05', ours), said('2026-03-01')]), spellsUnder(ours, [said('2026-02-01', ours)])];
    expect(written(common(one, other))).toEqual([['2026-02-01', '2026-02-28']]);
    expect(written(common([{}], other))).toEqual([['2026-02-01', undefined]]);
    expect(common(one, spellsUnder(ours, [said('2026-04-01', ours)]))).toEqual([]);
  });
});

import { day } from '@echelon/calendar';
import type { PartnerId, StandingId } from '@echelon/contracts/ids';
import { SUBSIDIARIES_MAX } from '@echelon/contracts/partners';
import type { Requirement } from '@echelon/program';
import { expect, it } from 'vitest';
import { partnerId, programId } from '../../../test/given.ts';
import { changed, facts, life, noon, version } from '../../../test/standing.ts';
import { type Reading, standingId, withGroup } from './reads.ts';

const ofGroup: Requirement = { kind: 'certified-people', certification: 'systems-engineer', atLeast: 1, level: 'group', strictness: 'hard' };
const held = version(
  1,
  '2025-01-01',
  changed((one) => ({ ...one, tiers: one.tiers.map((tier, rank) => ({ ...tier, requirements: rank > 0 ? [ofGroup] : [] })) })),
);
const ours = partnerId(1);
const theirs = Array.from({ length: 4 * SUBSIDIARIES_MAX }, (_, n) => partnerId(n + 2));
const [former, present] = [theirs.slice(0, -SUBSIDIARIES_MAX), theirs.slice(-SUBSIDIARIES_MAX)];
const someone = life(held);
someone.hear(day('2025-02-01'), facts.enrolled(day('2025-02-01')));

it('of a group that many have left, those are read that are in it, and those that left last', async () => {
  const read: StandingId[] = [];
  // The first of them left first.
  const leftOn = (partner: PartnerId) => day('2025-03-01').add({ days: former.indexOf(partner) });
  const nothing = async (): Promise<never> => {
    throw new Error('a group does not ask for it');
  };
  const reading: Omit<Reading, 'programs'> = {
    groups: {
      learn: nothing,
      saidOf: async (of) => {
        if (of === ours) return [];
        const joined = { version: 1, at: noon(day('2025-02-01')), parentId: ours };
        return present.includes(of) ? [joined] : [joined, { version: 2, at: noon(leftOn(of)), parentId: undefined }];
      },
      subsidiariesOf: async (of) => (of === ours ? theirs : []),
    },
    standings: {
      ...{ record: nothing, asOf: nothing, history: nothing, decide: nothing },
      find: async (id) => {
        read.push(id);
        return { state: someone.standing(), version: 1 };
      },
    },
  };
  const { group = [] } = await withGroup({ programId: programId(1), partnerId: ours }, [held], reading);
  const expected = [...present, ...former.slice(-SUBSIDIARIES_MAX)].map((partner) => standingId({ programId: programId(1), partnerId: partner }));
  expect(new Set(read)).toEqual(new Set(expected));
  expect(group).toHaveLength(2 * SUBSIDIARIES_MAX);
});

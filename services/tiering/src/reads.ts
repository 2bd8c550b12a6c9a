/** What a standing is judged by, read for a decision or an answer: the versions, and its group where one of them asks for it. */
import { dayOf, type Instant } from '@echelon/calendar';
import { type PartnerId, type ProgramId, StandingId } from '@echelon/contracts/ids';
import { SUBSIDIARIES_MAX } from '@echelon/contracts/partners';
import type { Standing } from '@echelon/contracts/tiering';
import { idFrom } from '@echelon/lambda';
import type { ProgramBook } from '@echelon/lambda/program-book';
import type { Repository } from '@echelon/store';
import { common, type Group, type Grouping, type Member, type Spell, spellsUnder } from './group.ts';
import type { StandingEvent, StandingState } from './standing.ts';
import type { Groups } from './store.ts';
import { current, type Known, type Versions } from './versions.ts';

export interface Reading {
  readonly standings: Repository<StandingState, StandingEvent>;
  readonly programs: ProgramBook;
  readonly groups: Groups;
}
export interface Concerned {
  readonly programId: ProgramId;
  readonly partnerId: PartnerId;
}

/** One standing per partner and program, found without asking anything. */
export const standingId = ({ programId, partnerId }: Concerned): StandingId => idFrom(StandingId, programId, partnerId);

/** Partners of a group that are read: as many as are in it at once, and as many that have left. Of more, those that left first are not. */
const GROUP_MEMBERS_MAX = 2 * SUBSIDIARIES_MAX;
/** Nobody is asked who looks: these decide for the vendor. */
const everything = { principal: 'service:tiering', sees: 'all' } as const;

export const knownOf = async (concerned: Concerned, now: Instant, reading: Reading): Promise<Known> =>
  withGroup(concerned, await reading.programs.history(concerned.programId, now), reading);

/** @param asOf the group as it stood at a time, where it is asked for a day gone by */
export const withGroup = async (
  concerned: Concerned,
  versions: Versions,
  { standings, groups }: Omit<Reading, 'programs'>,
  asOf?: string,
): Promise<Known> => {
  if (!asksForGroup(versions)) return { versions };
  const load = async (id: StandingId): Promise<Standing | undefined> => {
    if (asOf !== undefined) return standings.asOf(id, asOf);
    const found = await standings.find(id, everything);
    return 'refused' in found ? undefined : found.state;
  };
  return { versions, group: await groupOf(concerned, { versions, groups, load }) };
};

export const asksForGroup = (versions: Versions): boolean =>
  versions.some(({ document }) =>
    document.ladders.some(({ tiers }) => tiers.some(({ requirements }) => requirements.some((one) => 'level' in one && one.level === 'group'))),
  );

interface Grouped {
  readonly versions: Versions;
  readonly groups: Groups;
  readonly load: (id: StandingId) => Promise<Standing | undefined>;
}
/** A partner as a parent, and as each parent’s subsidiary that it has been. */
const groupOf = async ({ programId, partnerId }: Concerned, { versions, groups, load }: Grouped): Promise<Group> => {
  const { timeZone } = current(versions).document;
  const groupings = async (of: PartnerId): Promise<readonly Grouping[]> =>
    (await groups.saidOf(of)).map(({ at, parentId }) => ({ from: dayOf(at, timeZone), parentId }));
  const own = await groupings(partnerId);
  const parents = [...new Set([partnerId, ...own.flatMap(({ parentId }) => parentId ?? [])])];
  const under = (parentId: PartnerId, member: PartnerId, said: readonly Grouping[]): readonly Spell[] =>
    parentId === member ? [{}] : spellsUnder(parentId, said);
  const others = await Promise.all(
    parents.map(async (parentId) => {
      const members = [parentId, ...(await groups.subsidiariesOf(parentId))].filter((member) => member !== partnerId);
      const spells = under(parentId, partnerId, own);
      return Promise.all(members.map(async (member) => ({ member, spells: common(spells, under(parentId, member, await groupings(member))) })));
    }),
  );
  const together = Array.from(
    Map.groupBy(others.flat(), ({ member }) => member),
    ([member, all]) => ({ member, spells: all.flatMap((one) => one.spells) }),
  ).filter(({ spells }) => spells.length > 0);
  const read = together.toSorted((a, b) => (lastOf(a) > lastOf(b) ? -1 : 1)).slice(0, GROUP_MEMBERS_MAX);
  const found = await Promise.all(
    read.map(async ({ member, spells }): Promise<readonly Member[]> => {
      const standing = await load(standingId({ programId, partnerId: member }));
      return standing ? [{ facts: standing.facts, spells }] : [];
    }),
  );
  return found.flat();
};

/** The last day together, as text; of those that still are, one after all of them. */
const lastOf = ({ spells }: Pick<Member, 'spells'>): string =>
  spells
    .map(({ until }) => until?.toString() ?? 'still')
    .toSorted()
    .at(-1) ?? '';

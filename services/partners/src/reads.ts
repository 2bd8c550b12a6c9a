/** What rows read beside the state, for a command to judge by. */
import type { Instant } from '@echelon/calendar';
import type { PartnerId, ProgramId } from '@echelon/contracts/ids';
import { PAGE_MAX } from '@echelon/contracts/paging';
import type { Person } from '@echelon/contracts/partners';
import type { Caller } from '@echelon/lambda';
import type { Deps } from './deps.ts';
import type { EnrollFacts } from './partner/admission.ts';
import { type GroupFacts, groupKey, type Lines } from './partner/group.ts';
import type { PartnerState } from './partner/partner.ts';
import { lists } from './store.ts';

/** Who merely applied for a partner sees it, and is not thereby one of its people. */
export const actsFor = ({ sees, partnerId }: Caller, named: PartnerId): boolean => sees === 'all' || partnerId === named;

/** When a program began is asked only where that decides: of one with an admission fee. */
export const readProgram = async (programId: ProgramId, now: Instant, { programs }: Pick<Deps, 'programs'>): Promise<EnrollFacts> => {
  const program = await programs.at(programId, now);
  return { program, begunAt: program?.document.admission && (await programs.begunAt(programId)) };
};

const readLines = async (partnerIds: readonly (PartnerId | undefined)[], { claims }: Pick<Deps, 'claims'>): Promise<Lines> => ({
  lines: await claims.read([...new Set(partnerIds.flatMap((id) => (id === undefined ? [] : [groupKey(id)])))]),
});

export const readOwnGroup = async (loading: Promise<PartnerState>, deps: Pick<Deps, 'claims'>): Promise<Lines> => {
  const state = await loading;
  return readLines([state.id, 'parentId' in state ? state.parentId : undefined], deps);
};

/** The lines first: whatever befalls the parent once they are read changes its line as well, and the commit is refused. */
export const readGroup = async (
  loading: Promise<PartnerState>,
  { parentId, caller }: { readonly parentId: PartnerId | undefined; readonly caller: Caller },
  { partners, claims }: Pick<Deps, 'claims' | 'partners'>,
): Promise<GroupFacts> => {
  const state = await loading;
  const lines = await readLines([state.id, 'parentId' in state ? state.parentId : undefined, parentId], { claims });
  const found = parentId === undefined ? undefined : await partners.find(parentId, caller);
  return { ...lines, parent: found === undefined || 'refused' in found ? undefined : found.state };
};

/** 20 × 100 people: more than any partner has certified. Who has more is judged by none of them, as a part would come to too few. */
const PEOPLE_PAGES_MAX = 20;

export const peopleOf = async (partnerId: PartnerId, { listPeople }: Pick<Deps, 'listPeople'>): Promise<readonly Person[]> => {
  const people: Person[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < PEOPLE_PAGES_MAX; pages++) {
    const { items, next } = await listPeople({ ...lists.people(partnerId), limit: PAGE_MAX, cursor });
    people.push(...items.map(({ state }) => state));
    if (next === undefined) return people;
    cursor = next;
  }
  throw new Error(`${partnerId} has more than ${PEOPLE_PAGES_MAX * PAGE_MAX} people`);
};

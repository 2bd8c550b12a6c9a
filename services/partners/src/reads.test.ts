import { day } from '@echelon/calendar';
import { PersonId } from '@echelon/contracts/ids';
import { PAGE_MAX } from '@echelon/contracts/paging';
import type { Person } from '@echelon/contracts/partners';
import { describe, expect, it } from 'vitest';
import { partnerId } from '../../../test/given.ts';
import { peopleOf } from './reads.ts';

const id = PersonId.parse(`prsn_${'0'.repeat(26)}`);
const state: Person = { status: 'employed', id, partnerId: partnerId(1), roles: [], employedFrom: day('2026-01-05'), certifications: [] };

/** A list of so many whole pages, the cursor of each its number. */
const listing =
  (pages: number) =>
  async ({ cursor = '1' }: { readonly cursor?: string | undefined }) => {
    const items = Array.from({ length: PAGE_MAX }, () => ({ state, version: 1 }));
    return { items, ...(Number(cursor) < pages && { next: String(Number(cursor) + 1) }) };
  };

describe('the people of a partner', () => {
  it('are all of them, page by page', async () => {
    expect(await peopleOf(partnerId(1), { listPeople: listing(3) })).toHaveLength(3 * PAGE_MAX);
    expect(await peopleOf(partnerId(1), { listPeople: listing(20) })).toHaveLength(2_000);
  });

  it('are never a part of them: beyond the bound it fails', async () => {
    await expect(peopleOf(partnerId(1), { listPeople: listing(21) })).rejects.toThrow('more than 2000 people');
  });
});

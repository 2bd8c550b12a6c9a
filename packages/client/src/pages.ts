import type { Page } from '@echelon/contracts/paging';

export type ListPage = Page<unknown>;

/** More pages than any list of a stage has; a server that never ends is not waited for. */
export const PAGES_MAX = 100_000;

/** The items of all pages, each page asked for when the one before is used up. A page may be empty and still not be the last. */
export async function* everyItem<Item>(pageAfter: (cursor: string | undefined) => Promise<Page<Item>>): AsyncGenerator<Item, void, undefined> {
  let cursor: string | undefined;
  for (let pages = 0; pages < PAGES_MAX; pages++) {
    const { items, next } = await pageAfter(cursor);
    yield* items;
    if (next === undefined) return;
    if (next === cursor) throw new Error(`the list does not go on: its page after "${cursor}" names itself as the next`);
    cursor = next;
  }
  throw new Error(`the list has more than ${PAGES_MAX} pages`);
}

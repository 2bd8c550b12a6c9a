import * as z from 'zod';

export const PAGE_MAX = 100;
export const PAGE_DEFAULT = 25;

/** The query of every list: an opaque cursor, as the page before gave it, and how many are wanted at the most. */
export const paging = {
  cursor: z.string().max(2_000).optional().meta({ description: 'As `next` of the page before gave it.' }),
  limit: z
    .codec(z.string().regex(/^[1-9]\d{0,3}$/), z.int().max(PAGE_MAX), { decode: Number, encode: String })
    .optional()
    .meta({ description: `How many at the most, up to ${PAGE_MAX}; ${PAGE_DEFAULT} unless told.` }),
};

/** One page; `next` is absent on the last. A page may hold fewer than `limit` and still have a `next`. */
export const page = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), next: z.string().optional() });
/** Whether a route answers by pages: it takes a cursor, and answers items. */
export const isPaged = ({ query, answers }: { readonly query?: z.ZodObject; readonly answers: z.ZodType }): boolean =>
  query !== undefined && 'cursor' in query.shape && answers instanceof z.ZodObject && 'items' in answers.shape;

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string | undefined;
}

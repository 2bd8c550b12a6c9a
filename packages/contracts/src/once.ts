import type * as z from 'zod';

/** Of a request alone: what was kept with a name twice is still read. */
export const once = <List extends z.ZodType<readonly string[]>>(list: List): List =>
  list.refine((names) => new Set(names).size === names.length, 'names each once');

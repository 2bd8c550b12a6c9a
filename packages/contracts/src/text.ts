import * as z from 'zod';

export const TEXT_MAX = 2_000;
/** What a person writes for others to read: a reason, an answer. */
export const Text = z.string().trim().min(1).max(TEXT_MAX);

/** What is done with a reason alone. */
export const Reasoned = z.object({ reason: Text });

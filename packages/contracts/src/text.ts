import * as z from 'zod';

/** A letter, a digit or a sign; and none of those that are shown as nothing, nor the blank of Braille, which Unicode counts among them. */
const VISIBLE = /(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{P}\p{S}]/u;

/** What a person can read, by rules that no schema of others' could tell: their patterns know nothing of Unicode. */
const readable = (lengthMax: number, controls: RegExp) =>
  z
    .string()
    .trim()
    .min(1, { abort: true })
    .max(lengthMax)
    .refine((text) => VISIBLE.test(text), 'has a character that can be seen')
    .refine((text) => !controls.test(text), 'has no control characters');

/** In one line. */
export const nameUpTo = (lengthMax: number) => readable(lengthMax, /\p{Cc}/u);

export const TEXT_MAX = 2_000;
/** What a person writes for others to read, in lines: a reason, an answer. */
export const Text = readable(TEXT_MAX, /(?![\t\n\r])\p{Cc}/u);

/** What is done with a reason alone. */
export const Reasoned = z.object({ reason: Text });

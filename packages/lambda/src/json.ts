/** JSON as it is taken from others: every name once (I-JSON, RFC 7493), and nested no deeper than anybody writes. */
import type { Fault } from '@echelon/contracts';
import { pointerOf } from './decode.ts';

/** The deepest of the documents that ship has 10. */
const NESTED_MAX = 50;

export type Parsed = { readonly json: unknown } | { readonly malformed: string } | { readonly faults: readonly Fault[] };

export const parseJson = (text: string): Parsed => {
  try {
    const json: unknown = JSON.parse(text);
    return nested(text) ?? { json };
  } catch {
    // What JSON.parse says of it cites it, and sentences are logged.
    return { malformed: 'It is not JSON.' };
  }
};

/** Whole strings, and what JSON is built of: numbers, true, false and null tell nothing here. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/** An object with its names so far and the last of them, or an array and its place. */
type Open = { readonly names: Set<string>; at: string } | { readonly names?: never; at: number };

/** JSON.parse would take the last of two parts of one name, and say nothing of the first. */
const nested = (text: string): Exclude<Parsed, { json: unknown }> | undefined => {
  const open: Open[] = [];
  let before = '';
  for (const [token] of text.matchAll(TOKEN)) {
    const around = open.at(-1);
    if (token === '{') open.push({ names: new Set(), at: '' });
    else if (token === '[') open.push({ at: 0 });
    else if (token === '}' || token === ']') open.pop();
    else if (token === ',' && around?.names === undefined && around) around.at += 1;
    else if (token.startsWith('"') && around?.names && before !== ':') {
      around.at = String(JSON.parse(token));
      if (around.names.has(around.at)) return { faults: [{ in: 'body', pointer: pointerOf(open.map(({ at }) => at)), message: 'Stands twice.' }] };
      around.names.add(around.at);
    }
    if (open.length > NESTED_MAX) return { malformed: `It is nested deeper than ${NESTED_MAX}.` };
    before = token;
  }
  return undefined;
};

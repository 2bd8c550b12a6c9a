/** What is different between two documents on the wire, place by place. */
import { isPlain } from './parts.ts';

/** Where it stands in the later document; what is gone, where it stood in the earlier one. */
export type Change =
  | { readonly change: 'added'; readonly pointer: string; readonly after: unknown }
  | { readonly change: 'removed'; readonly pointer: string; readonly before: unknown }
  | { readonly change: 'changed'; readonly pointer: string; readonly before: unknown; readonly after: unknown };

interface Place {
  readonly before: string;
  readonly after: string;
}

export const changesBetween = (before: unknown, after: unknown, at: Place = { before: '', after: '' }): Change[] => {
  const [one, other] = [membersOf(before, after), membersOf(after, before)];
  if (one === undefined || other === undefined)
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ change: 'changed', pointer: at.after, before, after }];
  return [
    ...moved(before, after, at),
    ...[...one].flatMap(([name, { place, value }]): Change[] => {
      const now = other.get(name);
      const was = `${at.before}/${place}`;
      return now === undefined
        ? [{ change: 'removed', pointer: was, before: value }]
        : changesBetween(value, now.value, { before: was, after: `${at.after}/${now.place}` });
    }),
    ...[...other].flatMap(([name, { place, value }]): Change[] =>
      one.has(name) ? [] : [{ change: 'added', pointer: `${at.after}/${place}`, after: value }],
    ),
  ];
};

/** Parts that stand in another order than before: of tiers it is their rank. A list of mere names has none. */
const moved = (before: unknown, after: unknown, at: Place): Change[] => {
  const [was, is] = [before, after].map((list) => (Array.isArray(list) ? list.filter(isKeyed).map(({ key }) => key) : []));
  if (was === undefined || is === undefined) return [];
  const kept = was.filter((key) => is.includes(key));
  return kept.join() === is.filter((key) => was.includes(key)).join() ? [] : [{ change: 'changed', pointer: at.after, before: was, after: is }];
};

interface Member {
  readonly place: string | number;
  readonly value: unknown;
}

/**
 * Parts that have a key are the same part wherever they stand in their list, and so are keys themselves; others are by their place.
 * Undefined: it has no parts to tell apart.
 */
const membersOf = (part: unknown, other: unknown): Map<string, Member> | undefined => {
  if (isPlain(part) && isPlain(other)) return new Map(Object.entries(part).map(([name, value]) => [name, { place: name, value }]));
  if (!Array.isArray(part) || !Array.isArray(other)) return undefined;
  const all = [...part, ...other].map(nameOf);
  const isNamed = all.every((name) => name !== undefined) && [part, other].every((list) => new Set(list.map(nameOf)).size === list.length);
  return new Map(part.map((value, place) => [(isNamed ? nameOf(value) : undefined) ?? `${place}`, { place, value }]));
};

const nameOf = (part: unknown): string | undefined => (typeof part === 'string' ? part : isKeyed(part) ? `key ${part.key}` : undefined);

const isKeyed = (part: unknown): part is { readonly key: string } => isPlain(part) && typeof part.key === 'string';

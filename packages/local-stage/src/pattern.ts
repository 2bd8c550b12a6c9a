/** Lambda's filter language, as far as the contracts use it: nested fields, and of each leaf one of several literals or prefixes. */
export type Pattern = { readonly [field: string]: Pattern | readonly (string | { readonly prefix: string })[] };

export const matches = (pattern: Pattern, value: unknown): boolean =>
  Object.entries(pattern).every(([field, wanted]) => {
    const found = typeof value === 'object' && value !== null ? Reflect.get(value, field) : undefined;
    if (!Array.isArray(wanted)) return matches(wanted as Pattern, found);
    return wanted.some((one) => (typeof one === 'string' ? found === one : typeof found === 'string' && found.startsWith(one.prefix)));
  });

/** One thing to see to, and the place: a JSON Pointer into the document. */
export interface Finding {
  readonly pointer: string;
  readonly message: string;
}

/** `refused`: the document can't be run as it is. `reported`: it can, and whoever approves it should know. */
export type Severity = 'refused' | 'reported';
export interface Found extends Finding {
  readonly severity: Severity;
}

export const uniqueKeys = (parts: readonly { readonly pointer: string; readonly key: string }[]): Finding[] =>
  parts.flatMap(({ pointer, key }, at) => (parts.findIndex((part) => part.key === key) < at ? [{ pointer, message: `"${key}" stands twice` }] : []));

export const keyed = (place: string, parts: readonly { readonly key: string }[]) =>
  parts.map(({ key }, at) => ({ pointer: `${place}/${at}/key`, key }));

/** References that name nothing. */
export const dangling = (
  what: string,
  known: readonly { readonly key: string }[],
  named: readonly { pointer: string; key: string | undefined }[],
): Finding[] =>
  named.flatMap(({ pointer, key }) =>
    key === undefined || known.some((part) => part.key === key) ? [] : [{ pointer, message: `the document has no ${what} "${key}"` }],
  );

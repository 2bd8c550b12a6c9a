import * as z from 'zod';

/** One thing wrong in what was sent, and where: a JSON pointer into body, query, path or headers. */
export const Fault = z.object({
  in: z.enum(['body', 'query', 'path', 'header']),
  pointer: z.string().meta({ description: 'JSON Pointer (RFC 6901).', examples: ['/amount/currency'] }),
  message: z.string(),
});
export type Fault = z.output<typeof Fault>;

/** RFC 9457. `code` is stable and for machines, `detail` is a sentence for people. */
export const Problem = z
  .object({
    type: z.string().meta({ description: 'A reference that names the kind of problem.' }),
    title: z.string().meta({ description: 'The code in words.' }),
    status: z.int().meta({ description: "The answer's own." }),
    code: z.string().meta({ description: 'Stable, and for machines: each route lists its own.' }),
    detail: z.string().meta({ description: 'A sentence for people.' }),
    instance: z.string().meta({ description: 'This occurrence: the correlation id that is in every log line of it.' }),
    faults: z.array(Fault).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.output<typeof Problem>;

/** A refusal as a caller reads it; `instance` names this one occurrence. */
export const problemOf = (code: string, { status, sentence }: Refusal, instance: string): Problem => ({
  type: `/openapi.json#${code}`,
  title: code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' '),
  status,
  code,
  detail: sentence,
  instance: `urn:echelon:${instance}`,
});

/** A refusal's status and its sentence in the documentation: the only table from reason to status. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 404 | 409 | 412 | 413 | 415 | 422 | 429 | 500 | 503;
  readonly sentence: string;
  /** What of the request it is about, where it is always the same. */
  readonly about?: Pick<Fault, 'in' | 'pointer'>;
}
/** Refused by a rule, or in conflict with what is there. */
export const conflict = (sentence: string) => ({ status: 409, sentence }) as const satisfies Refusal;
/** Well-formed, but not valid, and where: a JSON Pointer into the body unless told. Where several places may be at fault the row says which. */
export const invalid = (sentence: string, pointer?: string, place: Fault['in'] = 'body') =>
  ({ status: 422, sentence, ...(pointer !== undefined && { about: { in: place, pointer } }) }) as const satisfies Refusal;
/** Not there, or not yours: no caller can tell which. */
export const absent = (sentence = 'There is nothing here that you may see.') => ({ status: 404, sentence }) as const satisfies Refusal;

/** What any route may answer, whatever it does. */
export const commonRefusals = {
  'malformed-json': { status: 400, sentence: 'The body can not be read.' },
  'idempotency-key-missing': { status: 400, sentence: 'Every write carries an Idempotency-Key header of 1 to 128 visible characters.' },
  'if-match-malformed': { status: 400, sentence: 'If-Match carries one strong ETag as this API gave it, such as "3".' },
  unauthenticated: { status: 401, sentence: 'A valid bearer token is needed.' },
  forbidden: { status: 403, sentence: 'The role of this token does not allow this.' },
  'not-found': absent(),
  'key-reused': { status: 409, sentence: 'This Idempotency-Key was used for another request.' },
  stale: { status: 412, sentence: 'The resource has changed since the version in If-Match.' },
  'too-large': { status: 413, sentence: 'The body, or the record that it leads to, is larger than this API takes.' },
  'unsupported-media-type': { status: 415, sentence: 'Bodies are application/json in UTF-8.' },
  invalid: { status: 422, sentence: 'What was sent is well-formed but not valid; each fault says where and why.' },
  'too-many-requests': { status: 429, sentence: 'Too many requests; try again later.' },
  internal: { status: 500, sentence: 'Something failed here. Nothing was decided, or it will be answered on a retry with the same key.' },
  busy: { status: 503, sentence: 'Too many writers at once. Nothing was decided; try again with the same key.' },
} as const satisfies Record<string, Refusal>;
export type CommonRefusal = keyof typeof commonRefusals;

/** How a call can fail: the API said no, or nobody answered. Either way a write's key says how to ask again. */
import { Problem } from '@echelon/contracts';

/** What came back, whole. */
export interface Answer extends Pick<Response, 'ok' | 'status' | 'statusText' | 'headers'> {
  readonly text: string;
}

/** A refusal or failure, as the API said it: `problem.code` is stable. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly problem: Problem;
  /** Of a write: with it the same call can be made again, even by another process. */
  readonly key: string | undefined;
  constructor(problem: Problem, key?: string) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`);
    this.problem = problem;
    this.key = key;
  }
}

/** No answer came, so a write may have been decided or not: asked again with the same key it is decided once. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
  readonly key: string | undefined;
  constructor(url: string, cause: unknown, key?: string) {
    super(`no answer from ${url}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.key = key;
  }
}

/** What a proxy or the gateway says by itself is no problem+json: it becomes one, so that callers know one kind of refusal. */
export const problemIn = ({ status, statusText, text }: Answer): Problem => {
  const parsed = Problem.safeParse(jsonIn(text));
  if (parsed.success) return parsed.data;
  return {
    type: 'about:blank',
    title: statusText,
    status,
    code: `http-${status}`,
    detail: text.slice(0, DETAIL_LENGTH_MAX),
    instance: 'urn:echelon:unknown',
  };
};
const DETAIL_LENGTH_MAX = 500;

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

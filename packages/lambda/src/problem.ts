import { type CommonRefusal, commonRefusals, type Fault, type Problem, problemOf, type Refusal } from '@echelon/contracts';
import type { APIGatewayProxyStructuredResultV2 as Response } from 'aws-lambda';

/** A refusal on its way to the caller: the stack's own or a row's. */
export interface Said {
  readonly code: string;
  readonly because?: string | undefined;
  readonly faults?: readonly Fault[];
}

/** Seconds after which a caller that met contention may come back. */
const RETRY_AFTER_SECONDS = 1;

export const problem = (said: Said, refuses: Readonly<Record<string, Refusal>> | undefined, instance: string): Response => {
  const code = said.code in commonRefusals || (refuses !== undefined && said.code in refuses) ? said.code : 'internal';
  // `in` has just shown that one of the two tables has the row.
  const refusal: Refusal = refuses?.[code] ?? commonRefusals[code as CommonRefusal];
  const { status, sentence, about } = refusal;
  const { because, faults = about && [{ ...about, message: because ?? sentence }] } = said;
  const body: Problem = {
    ...problemOf(code, refusal, instance),
    ...(because !== undefined && { detail: because }),
    ...(faults && { faults: [...faults] }),
  };
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(status === 401 && { 'www-authenticate': 'Bearer' }),
      ...(status === 503 && { 'retry-after': String(RETRY_AFTER_SECONDS) }),
    },
    body: JSON.stringify(body),
  };
};

/**
 * List prices in US dollars, us-east-1, without free tiers or discounts. Sources, as found on 2026-11-23:
 * - DynamoDB on demand: $0.625 per million write units, $0.125 per million read units, AWS's price list since 2024-11-01
 *   (aws.amazon.com/dynamodb/pricing/on-demand; the halving and both figures are confirmed by airbyte.com's pricing page of 2025-07-21).
 *   Reading a stream by a Lambda trigger is free.
 * - Lambda on arm64: $0.20 per million requests, $0.0000133334 per GB-second (aws.amazon.com/lambda/pricing; both confirmed by an
 *   independent table that quotes it). Lambda's list is not dated.
 * - API Gateway HTTP API $1.00 per million requests (first 300 million a month, 512 KB each), EventBridge $1.00 per million custom
 *   events (64 KB each), SQS standard $0.40 per million requests (64 KB each): as known from AWS's pages, NOT verified from here.
 * Left out: storage, log ingestion, X-Ray traces, point-in-time recovery, data transfer, Cognito tokens.
 */
const MILLION = 1_000_000;
const perMillion = {
  writeUnit: 0.625,
  readUnit: 0.125,
  lambdaRequest: 0.2,
  httpRequest: 1,
  event: 1,
  queueRequest: 0.4,
} as const;
const GB_SECOND = 0.000_013_333_4;
/** infra/function.ts: MEMORY_MB */
const MEMORY_GB = 1;

export interface Used {
  readonly readUnits: number;
  readonly writeUnits: number;
  /** How long the function ran here: on this machine, against DynamoDB Local, taken for what it would be billed there. */
  readonly ms: number;
  readonly httpRequests?: number;
  readonly events?: number;
  readonly queueRequests?: number;
}

export const dollarsPerThousand = ({ readUnits, writeUnits, ms, httpRequests = 0, events = 0, queueRequests = 0 }: Used): number => {
  const counted =
    readUnits * perMillion.readUnit +
    writeUnits * perMillion.writeUnit +
    perMillion.lambdaRequest +
    httpRequests * perMillion.httpRequest +
    events * perMillion.event +
    queueRequests * perMillion.queueRequest;
  return 1_000 * (counted / MILLION + (Math.ceil(ms) / 1_000) * MEMORY_GB * GB_SECOND);
};

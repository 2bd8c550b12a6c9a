/** The one way out of every function in one-thread mode: each SDK call is routed, counted, and where a fault is planned, fails. */
import { Agent } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { local } from './dynamo.ts';
import type { FaultKind, FaultPlan } from './faults.ts';
import { type Invocation, invocations, pointOf } from './invocation.ts';
import { consumed } from './meter.ts';

type Request = Parameters<NodeHttpHandler['handle']>[0];
type Handled = Awaited<ReturnType<NodeHttpHandler['handle']>>;
type Options = Parameters<NodeHttpHandler['handle']>[1];

/** Header by which the request handler tells our own AWS endpoint to refuse the last entry of a PutEvents. */
export const FAILS_ENTRY = 'x-stage-fails-entry';
const SOCKETS_MAX = 256;
const DYNAMO = 'DynamoDB_20120810.';

export interface Exits {
  readonly awsUrl: string;
  readonly dynamoUrl: string;
  readonly faults: FaultPlan;
  readonly meterCapacity: boolean;
}

export const sdkOf = (exits: Exits) => ({ ...local, endpoint: exits.awsUrl, requestHandler: new Exit(exits) });

const never = <T>(): Promise<T> => new Promise(() => {});

class Exit extends NodeHttpHandler {
  readonly #exits: Exits;
  readonly #dynamo: URL;
  constructor(exits: Exits) {
    super({ httpAgent: new Agent({ keepAlive: true, maxSockets: SOCKETS_MAX }) });
    this.#exits = exits;
    this.#dynamo = new URL(exits.dynamoUrl);
  }

  override async handle(request: Request, options?: Options): Promise<Handled> {
    const target = request.headers['x-amz-target'] ?? '';
    const operation = target.slice(target.indexOf('.') + 1);
    const dynamo = target.startsWith(DYNAMO);
    if (dynamo) Object.assign(request, { hostname: this.#dynamo.hostname, port: Number(this.#dynamo.port) });
    const invocation = invocations.getStore();
    const send = () => (dynamo && this.#exits.meterCapacity ? this.#metered(operation, request, options) : super.handle(request, options));
    if (invocation === undefined) return send();
    if (invocation.ended) return never();
    const callId = request.headers['amz-sdk-invocation-id'] ?? '';
    const retry = invocation.points.has(callId);
    const point = pointOf(invocation, operation, callId);
    if (invocation.inFlight++ === 0) invocation.steps++;
    try {
      const handled = await suffer({ kind: this.#exits.faults.at(point), retry, invocation, request, send });
      return invocation.ended ? never() : handled;
    } finally {
      invocation.inFlight--;
    }
  }

  async #metered(operation: string, request: Request, options?: Options): Promise<Handled> {
    const input: unknown = jsonIn(request);
    const asking = JSON.stringify({ ...(input as object), ReturnConsumedCapacity: 'TOTAL' });
    Object.assign(request, { body: asking, headers: { ...request.headers, 'content-length': String(Buffer.byteLength(asking)) } });
    const { response } = await super.handle(request, options);
    const body = await buffer(response.body);
    const { capacity } = invocations.getStore() ?? {};
    const units = response.statusCode === 200 ? consumed(operation, input, JSON.parse(body.toString())) : { read: 0, write: 0 };
    if (capacity) Object.assign(capacity, { read: capacity.read + units.read, write: capacity.write + units.write });
    return { response: Object.assign(response, { body: Readable.from([body]) }) };
  }
}

/** The SDK hands over text or its UTF-8. */
const jsonIn = ({ body }: Request): unknown => JSON.parse(body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body));

interface Call {
  readonly kind: FaultKind | undefined;
  readonly retry: boolean;
  readonly invocation: Invocation;
  readonly request: Request;
  readonly send: () => Promise<Handled>;
}

const suffer = async ({ kind, retry, invocation, request, send }: Call): Promise<Handled> => {
  switch (kind) {
    case undefined:
      return send();
    case 'before':
      invocation.kill('killed before a call');
      return never();
    case 'after':
      await send();
      invocation.kill('killed after a call');
      return never();
    case 'lost': {
      const handled = await send();
      if (retry) return handled;
      throw Object.assign(new Error('the answer was lost'), { code: 'ECONNRESET', name: 'TimeoutError' });
    }
    case 'throttle':
      return refusal('ThrottlingException', 'Rate exceeded');
    case 'conflict':
      return conflict(request);
    case 'entry':
      request.headers[FAILS_ENTRY] = '1';
      return send();
  }
};

/** The first item of the transaction met another transaction; AWS names a reason for every item. */
const conflict = (request: Request): Handled => {
  const { TransactItems = [] } = jsonIn(request) as { readonly TransactItems?: readonly unknown[] };
  const CancellationReasons = TransactItems.map((_, at) =>
    at === 0 ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' } : { Code: 'None' },
  );
  const codes = CancellationReasons.map(({ Code }) => Code).join(', ');
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  return refusal('TransactionCanceledException', message, { CancellationReasons });
};

const refusal = (name: string, message: string, more: object = {}): Handled => {
  const body = Buffer.from(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message, ...more }));
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'content-length': String(body.length), 'x-amzn-requestid': 'fault' };
  // The SDK takes a response by its shape, not by its class.
  return { response: { statusCode: 400, headers, body: Readable.from([body]) } } as unknown as Handled;
};

/** A proxy before DynamoDB Local that writes down what passes, so that the same requests can be sent straight afterwards. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** One request as it was sent. */
export interface Recorded {
  /** `DynamoDB_20120810.GetItem` */
  readonly target: string;
  readonly body: string;
  /** Units of reads that found nothing: AWS counts one for each key of a BatchGetItem, a half for a Query, DynamoDB Local none. */
  uncounted: number;
}
/** What was under way together is one step; a step began when nothing was. */
export type Steps = readonly (readonly Recorded[])[];

export interface Recorder {
  readonly url: string;
  /** What the tables were asked while the work ran, or those alone that are named; the streams' readers are left out. */
  record(work: () => Promise<unknown>, tables?: readonly string[]): Promise<Steps>;
  stop(): Promise<void>;
}

const TABLES = 'DynamoDB_20120810.';

export const startRecorder = async (dynamodbUrl: string): Promise<Recorder> => {
  let steps: Recorded[][] | undefined;
  let named: readonly string[] | undefined;
  let inFlight = 0;

  const pass = async (asked: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const target = String(asked.headers['x-amz-target'] ?? '');
    const body = await buffer(asked);
    const recorded: Recorded = { target, body: body.toString(), uncounted: 0 };
    const counts = target.startsWith(TABLES) && (named?.some((table) => recorded.body.includes(`"${table}"`)) ?? true);
    if (counts && inFlight++ === 0) steps?.push([]);
    if (counts) steps?.at(-1)?.push(recorded);
    const onward = request(dynamodbUrl, { method: asked.method, path: asked.url, headers: asked.headers }, async (answered) => {
      const content = await buffer(answered);
      if (counts) inFlight--;
      recorded.uncounted = uncountedIn(recorded, content.toString());
      answer.writeHead(answered.statusCode ?? 500, answered.headers).end(content);
    });
    onward.on('error', (error) => answer.destroy(error));
    onward.end(body);
  };

  const server = createServer((asked, answer) => void pass(asked, answer));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    record: async (work, tables) => {
      const recorded: Recorded[][] = [];
      [steps, named] = [recorded, tables];
      try {
        await work();
      } finally {
        [steps, named] = [undefined, undefined];
      }
      return recorded;
    },
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
};

const uncountedIn = ({ target, body }: Recorded, answered: string): number => {
  if (target === `${TABLES}BatchGetItem`) {
    const { RequestItems } = JSON.parse(body) as { RequestItems: Record<string, { Keys: unknown[] }> };
    const { Responses = {} } = JSON.parse(answered) as { Responses?: Record<string, unknown[]> };
    return Object.entries(RequestItems).reduce((sum, [table, { Keys }]) => sum + Keys.length - (Responses[table]?.length ?? 0), 0);
  }
  return target === `${TABLES}Query` && (JSON.parse(answered) as { ScannedCount?: number }).ScannedCount === 0 ? 0.5 : 0;
};

/** The stage's own AWS endpoint: the few operations that functions call beside DynamoDB, in AWS's JSON protocol. */
import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Bus, Entry } from './bus.ts';
import type { Clients, OAuthClient } from './clients.ts';
import { FAILS_ENTRY } from './sdk.ts';

export interface AwsParts {
  readonly bus: Bus;
  readonly clients: Clients;
  /** @returns the message id, or undefined where there is no such queue */
  readonly sendTo: (queueUrl: string, body: string, reason?: string) => string | undefined;
}

/** EventBridge's bounds on one PutEvents. */
const ENTRIES_MAX = 10;
const ENTRY_BYTES_MAX = 262_144;
const PAGE_MAX = 60;

class Refusal extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

interface Input {
  readonly Entries?: readonly Entry[];
  readonly QueueUrl?: string;
  readonly MessageBody?: string;
  readonly MessageAttributes?: Readonly<Record<string, { readonly StringValue?: string }>>;
  readonly UserPoolId?: string;
  readonly ClientName?: string;
  readonly ClientId?: string;
  readonly GenerateSecret?: boolean;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}
type Operation = (input: Input, request: IncomingMessage) => object;

export const awsEndpoint = (parts: AwsParts) => {
  const operations = operationsOf(parts);
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const target = String(request.headers['x-amz-target'] ?? '');
    const sent = await buffer(request);
    const answer = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() });
      response.end(JSON.stringify(body));
    };
    try {
      const operation = operations.get(target);
      if (operation === undefined)
        throw new Refusal('UnknownOperationException', `The local stage does not know ${target || 'a request without x-amz-target'}.`);
      answer(200, operation(JSON.parse(sent.toString() || '{}') as Input, request));
    } catch (error) {
      const known = error instanceof Refusal;
      answer(known ? 400 : 500, { __type: known ? error.name : 'InternalFailure', message: error instanceof Error ? error.message : String(error) });
    }
  };
};

const operationsOf = ({ bus, clients, sendTo }: AwsParts): ReadonlyMap<string, Operation> =>
  new Map<string, Operation>([
    ['AWSEvents.PutEvents', ({ Entries = [] }, request) => putEvents(bus, Entries, FAILS_ENTRY in request.headers)],
    [
      'AmazonSQS.SendMessage',
      ({ QueueUrl = '', MessageBody = '', MessageAttributes = {} }) => {
        const MessageId = sendTo(QueueUrl, MessageBody, MessageAttributes.reason?.StringValue);
        if (MessageId === undefined) throw new Refusal('com.amazonaws.sqs#QueueDoesNotExist', 'The specified queue does not exist.');
        return { MessageId, MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex') };
      },
    ],
    [
      `${COGNITO}.CreateUserPoolClient`,
      ({ UserPoolId = '', ClientName = '', GenerateSecret = false }) => ({
        UserPoolClient: described(clients.create(ClientName, GenerateSecret), UserPoolId),
      }),
    ],
    [
      `${COGNITO}.DescribeUserPoolClient`,
      ({ UserPoolId = '', ClientId = '' }) => {
        const client = clients.find(ClientId);
        if (client === undefined) throw new Refusal('ResourceNotFoundException', `User pool client ${ClientId} does not exist.`);
        return { UserPoolClient: described(client, UserPoolId) };
      },
    ],
    [
      `${COGNITO}.ListUserPoolClients`,
      ({ UserPoolId = '', MaxResults = PAGE_MAX, NextToken = '' }) => {
        const page = clients.page(NextToken, MaxResults);
        const last = page.length === MaxResults ? page.at(-1)?.clientId : undefined;
        return {
          UserPoolClients: page.map(({ clientId, name }) => ({ ClientId: clientId, ClientName: name, UserPoolId })),
          ...(last && { NextToken: last }),
        };
      },
    ],
  ]);

const COGNITO = 'AWSCognitoIdentityProviderService';

const described = ({ clientId, secret, name }: OAuthClient, UserPoolId: string): object => ({
  UserPoolId,
  ClientId: clientId,
  ClientName: name,
  ...(secret !== undefined && { ClientSecret: secret }),
});

/** Each entry is answered by itself: a call that succeeds can carry entries that failed. */
const putEvents = (bus: Bus, entries: readonly Entry[], lastFails: boolean): object => {
  if (entries.length === 0 || entries.length > ENTRIES_MAX)
    throw new Refusal('ValidationException', `A PutEvents takes 1 to ${ENTRIES_MAX} entries.`);
  if (entries.reduce((sum, entry) => sum + bytesOf(entry), 0) > ENTRY_BYTES_MAX)
    throw new Refusal('ValidationException', 'Total size of the entries in the request is over the limit.');
  const Entries = entries.map((entry, at) =>
    lastFails && at === entries.length - 1 ? { ErrorCode: 'InternalFailure', ErrorMessage: 'A planned fault.' } : bus.put(entry),
  );
  return { FailedEntryCount: Entries.filter((entry) => 'ErrorCode' in entry).length, Entries };
};

/** As EventBridge counts: 14 bytes for the time, and the UTF-8 of the rest. */
const bytesOf = ({ Source = '', DetailType = '', Detail = '', Time }: Entry): number =>
  (Time === undefined ? 0 : 14) + Buffer.byteLength(Source + DetailType + Detail);

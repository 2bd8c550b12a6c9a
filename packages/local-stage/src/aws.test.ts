/** The AWS endpoint and the token endpoint, by the real SDK and real verification. */
import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  DescribeUserPoolClientCommand,
  ListUserPoolClientsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { EventBridgeClient, ListRulesCommand, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { local } from './dynamo.ts';
import type { Stage } from './stage.ts';
import { startStage } from './stage.ts';
import { orderEvents, shop } from './toy/shop.ts';

let stage: Stage;
let bridge: EventBridgeClient;
beforeAll(async () => {
  stage = await startStage({ services: shop });
  bridge = new EventBridgeClient({ ...local, endpoint: stage.awsUrl });
}, 30_000);
afterAll(() => stage.stop());

const entry = (Detail: string, DetailType = 'OrderSeen') => ({
  Source: 'echelon.orders',
  DetailType,
  Detail,
  EventBusName: 'bus',
  Time: new Date(1_000),
});

test('PutEvents answers each entry by itself, so that a call that succeeds can carry entries that failed.', async () => {
  const billing = stage.listen('billing', [orderEvents.OrderSeen]);
  const answer = await bridge.send(new PutEventsCommand({ Entries: [entry('{"n":1}'), entry('{'), entry('{"n":2}')] }));
  expect(answer.FailedEntryCount).toBe(1);
  expect(answer.Entries?.map(({ EventId, ErrorCode }) => ErrorCode ?? typeof EventId)).toEqual(['string', 'MalformedDetail', 'string']);
  expect(billing.received().map(({ detail, time }) => [detail, time])).toEqual([
    [{ n: 1 }, '1970-01-01T00:00:01Z'],
    [{ n: 2 }, '1970-01-01T00:00:01Z'],
  ]);
});

test('PutEvents refuses a request of more than ten entries, or of more than 256 KB, whole.', async () => {
  await expect(bridge.send(new PutEventsCommand({ Entries: Array.from({ length: 11 }, () => entry('{}')) }))).rejects.toThrow('1 to 10 entries');
  const half = entry(JSON.stringify('x'.repeat(140_000)));
  await expect(bridge.send(new PutEventsCommand({ Entries: [half, half] }))).rejects.toThrow('over the limit');
});

test('SendMessage puts a message with its reason on a dead-letter queue, and knows no queue that no contract made.', async () => {
  const sqs = new SQSClient({ ...local, endpoint: stage.awsUrl });
  const send = (queue: string) =>
    sqs.send(
      new SendMessageCommand({
        QueueUrl: `${stage.awsUrl}/000000000000/echelon-${stage.name}-${queue}`,
        MessageBody: 'body',
        MessageAttributes: { reason: { DataType: 'String', StringValue: 'why' } },
      }),
    );
  await send('stock-dead');
  expect(stage.queues().find(({ name }) => name === 'stock')?.dead).toEqual([{ reason: 'why', body: 'body' }]);
  await expect(send('nothing')).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
});

test('User pool clients are created with a secret, described, listed by pages, and get tokens.', async () => {
  const pool = new CognitoIdentityProviderClient({ ...local, endpoint: stage.awsUrl });
  const UserPoolId = 'local_pool';
  const names = ['one', 'two', 'three'];
  for (const ClientName of names) await pool.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName, GenerateSecret: true }));
  const listed: (string | undefined)[] = [];
  let NextToken: string | undefined;
  let id: string | undefined;
  for (let pages = 0; pages < 5; pages++) {
    const page = await pool.send(new ListUserPoolClientsCommand({ UserPoolId, MaxResults: 2, ...(NextToken && { NextToken }) }));
    for (const { ClientId, ClientName } of page.UserPoolClients ?? []) {
      listed.push(ClientName);
      id = ClientId;
    }
    NextToken = page.NextToken;
    if (NextToken === undefined) break;
  }
  expect(listed.sort()).toEqual(names.sort());
  const { UserPoolClient } = await pool.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId: id }));
  expect(UserPoolClient).toMatchObject({ UserPoolId, ClientId: id, ClientSecret: expect.stringMatching(/^.{40,}$/) });
  expect(decodeJwt(await stage.token(String(id)))).toMatchObject({ client_id: id, token_use: 'access' });
  await expect(pool.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId: 'none' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('An operation that is not imitated is answered with UnknownOperationException.', async () => {
  await expect(bridge.send(new ListRulesCommand({}))).rejects.toMatchObject({
    name: 'UnknownOperationException',
    message: expect.stringContaining('ListRules'),
  });
});

test('A client gets an RS256 access token for an hour by client credentials, with the claims of the token trigger.', async () => {
  const partnerId = `ptnr_${'0'.repeat(26)}`;
  await stage.register({ clientId: 'crm', secret: 'se:c/ret', role: 'partner-system', partnerId });
  const keys = createRemoteJWKSet(new URL(`${stage.issuer}/.well-known/jwks.json`));
  const { payload, protectedHeader } = await jwtVerify(await stage.token('crm'), keys, { issuer: stage.issuer });
  expect(protectedHeader.alg).toBe('RS256');
  expect(payload).toMatchObject({
    client_id: 'crm',
    sub: 'crm',
    token_use: 'access',
    'echelon:role': 'partner-system',
    'echelon:partner': partnerId,
  });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3_600);
  const wrong = await fetch(stage.tokenUrl, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('crm:wrong')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  expect(wrong.status).toBe(401);
});

test('tokens that must be refused are refused, and for the right reason', async () => {
  const keys = createRemoteJWKSet(new URL(`${stage.issuer}/.well-known/jwks.json`));
  const verify = (token: string) => jwtVerify(token, keys, { issuer: stage.issuer });
  await expect(verify(await stage.tokens.expired('crm'))).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' });
  await expect(verify(await stage.tokens.foreign('crm'))).rejects.toMatchObject({ code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
  expect((await verify(await stage.tokens.claiming('crm', { token_use: 'id' }))).payload.token_use).toBe('id');
});

/** Two services as small as services can be, to show the stage by: `orders` takes orders, `stock` counts them, each once. */
import { DynamoDBClient, GetItemCommand, TransactWriteItemsCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { events, get, post, service } from '@echelon/contracts';
import type { APIGatewayProxyEventV2, Context, DynamoDBBatchResponse, DynamoDBStreamEvent, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import type { ServiceModule } from '../loading.ts';

export const orderEvents = events('orders', z.unknown(), { OrderPlaced: z.object({ sku: z.string() }), OrderSeen: z.object({}) });
const orderId = z.object({ orderId: z.string() });

export const orders = service('orders', {
  summary: 'Takes orders.',
  routes: {
    place: post('/v1/orders/{orderId}', { summary: 'Place an order.', roles: 'public', params: orderId, answers: z.unknown() }),
    get: get('/v1/orders/{orderId}', { summary: 'Get an order.', roles: 'public', params: orderId, answers: z.unknown() }),
    latest: get('/v1/orders/latest', { summary: 'Get the latest.', roles: 'public', answers: z.unknown() }),
  },
  events: orderEvents,
});

export const stock = service('stock', {
  summary: 'Counts what was ordered.',
  routes: {
    count: get('/v1/stock/{sku}', {
      summary: 'How many were ordered.',
      roles: 'public',
      params: z.object({ sku: z.string() }),
      answers: z.unknown(),
    }),
  },
  reacts: [orderEvents.OrderPlaced],
  sweeps: { count: { every: '1 hour', summary: 'Counts sweeps.' } },
});

type Options = { readonly env: Readonly<Record<string, string | undefined>>; readonly sdk?: object };
type Payload = APIGatewayProxyEventV2;
const json = (statusCode: number, body: unknown) => ({ statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const text = (S: string) => ({ S });

export const createOrders = ({ env: { TABLE: TableName }, sdk = {} }: Options) => {
  const dynamo = new DynamoDBClient(sdk);
  const bridge = new EventBridgeClient(sdk);
  return {
    api: async (event: Payload, context: Context) => {
      const id = event.pathParameters?.orderId ?? '';
      if (event.requestContext.http.method === 'GET') return json(200, { event, remaining: context.getRemainingTimeInMillis() });
      const body = text(JSON.stringify({ id, sku: id.split('-')[0] }));
      const condition = { ConditionExpression: 'attribute_not_exists(pk)' };
      const TransactItems = ['STATE', 'COMMIT#1'].map((sk) => ({ Put: { TableName, Item: { pk: text(id), sk: text(sk), body }, ...condition } }));
      return dynamo.send(new TransactWriteItemsCommand({ TransactItems })).then(
        () => json(201, { id }),
        (error: Error) => json(error.name === 'TransactionCanceledException' ? 409 : 503, { name: error.name, message: error.message }),
      );
    },
    publish: async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
      for (const { dynamodb } of Records) {
        const Entries = [{ Source: 'echelon.orders', DetailType: 'OrderPlaced', Detail: dynamodb?.NewImage?.body?.S ?? '', EventBusName: 'bus' }];
        const { FailedEntryCount } = await bridge.send(new PutEventsCommand({ Entries }));
        if (FailedEntryCount) return { batchItemFailures: [{ itemIdentifier: dynamodb?.SequenceNumber ?? '' }] };
      }
      return { batchItemFailures: [] };
    },
  };
};

/** Orders of `poison` fail each time, of `cursed` are buried, of `flaky` fail the first time. */
export const createStock = ({ env: { TABLE: TableName, DEAD_LETTERS: QueueUrl }, sdk = {} }: Options) => {
  const dynamo = new DynamoDBClient(sdk);
  const queues = new SQSClient(sdk);
  const reactTo = async (body: string, receives: number): Promise<void> => {
    const { id, sku } = JSON.parse(body).detail as { id: string; sku: string };
    if (sku === 'poison' || (sku === 'flaky' && receives === 1)) throw new Error(sku);
    if (sku === 'cursed' && receives < 3) {
      const MessageAttributes = { reason: { DataType: 'String', StringValue: 'It is cursed.' } };
      return void (await queues.send(new SendMessageCommand({ QueueUrl, MessageBody: body, MessageAttributes })));
    }
    const seen = { Put: { TableName, Item: { pk: text(id), sk: text('SEEN') }, ConditionExpression: 'attribute_not_exists(pk)' } };
    const counted = {
      Update: {
        TableName,
        Key: { pk: text(sku), sk: text('COUNT') },
        UpdateExpression: 'ADD n :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
      },
    };
    await dynamo.send(new TransactWriteItemsCommand({ TransactItems: [seen, counted] })).catch((error: Error) => {
      if (!/ConditionalCheckFailed/.test(error.message)) throw error;
    });
  };
  return {
    api: async (event: Payload) => {
      const { Item } = await dynamo.send(new GetItemCommand({ TableName, Key: { pk: text(event.pathParameters?.sku ?? ''), sk: text('COUNT') } }));
      return { n: Number(Item?.n?.N ?? 0) };
    },
    react: async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
      const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
      for (const { body, messageId, attributes } of Records)
        await reactTo(body, Number(attributes.ApproximateReceiveCount)).catch(() => batchItemFailures.push({ itemIdentifier: messageId }));
      return { batchItemFailures };
    },
    sweep: async () => {
      const Key = { pk: text('sweeps'), sk: text('COUNT') };
      await dynamo.send(new UpdateItemCommand({ TableName, Key, UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } } }));
    },
  };
};

export const shop: readonly ServiceModule[] = [
  { contract: orders, create: createOrders, entry: new URL('./orders.lambda.ts', import.meta.url) },
  { contract: stock, create: createStock, entry: new URL('./stock.lambda.ts', import.meta.url) },
];

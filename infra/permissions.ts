/** What functions may, statement by statement: actions by name, resources without wildcards wherever AWS can do without. */
import { tableShape } from '@echelon/contracts/wiring';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';

const allow = (actions: readonly string[], resources: readonly string[]): PolicyStatement =>
  new PolicyStatement({ actions: [...actions], resources: [...resources] });

/**
 * All that the store does, which a test compares. No scan, and no delete: what was decided stays, and only DynamoDB's own clock
 * forgets old causes. A transaction needs no right of its own, only those of its parts.
 */
export const usesTable = ({ tableArn }: ITableV2): PolicyStatement[] => [
  allow(['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'].map(dynamodb), [tableArn]),
  allow([dynamodb('Query')], [tableArn, ...tableShape.indexes.map((index) => `${tableArn}/index/${index}`)]),
];
const dynamodb = (action: string): string => `dynamodb:${action}`;

export const sendsEvents = ({ eventBusArn }: IEventBus): PolicyStatement => allow(['events:PutEvents'], [eventBusArn]);
export const sendsTo = ({ queueArn }: IQueue): PolicyStatement => allow(['sqs:SendMessage'], [queueArn]);
export const invokes = ({ functionArn }: IFunction): PolicyStatement => allow(['lambda:InvokeFunction'], [functionArn]);
/** Lambda writes there in the function's name, and first asks whether the bucket is there. */
export const keepsFailures = ({ bucketArn }: IBucket): PolicyStatement[] => [
  allow(['s3:PutObject'], [`${bucketArn}/*`]),
  allow(['s3:ListBucket'], [bucketArn]),
];

/** The identity table holds the rights of clients and the stage's clock: each function reaches the rows of its own kind. */
const rows = (keys: string, actions: readonly string[], { tableArn }: ITableV2): PolicyStatement => {
  const statement = allow(actions.map(dynamodb), [tableArn]);
  statement.addCondition('ForAllValues:StringLike', { 'dynamodb:LeadingKeys': [keys] });
  return statement;
};
export const readsClock = (identity: ITableV2): PolicyStatement => rows('CLOCK', ['GetItem'], identity);
export const movesClock = (identity: ITableV2): PolicyStatement => rows('CLOCK', ['UpdateItem'], identity);
export const readsRights = (identity: ITableV2): PolicyStatement => rows('RIGHTS#*', ['GetItem'], identity);
export const writesRights = (identity: ITableV2): PolicyStatement => rows('RIGHTS#*', ['PutItem'], identity);

export const registersClients = ({ userPoolArn }: { readonly userPoolArn: string }): PolicyStatement =>
  allow(['cognito-idp:CreateUserPoolClient', 'cognito-idp:DescribeUserPoolClient'], [userPoolArn]);

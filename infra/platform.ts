/** What all services stand on: the bus, who may, the one HTTP API, and where trouble is told. */
import { createRequire } from 'node:module';
import { routesOf } from '@echelon/contracts';
import { platform as contract } from '@echelon/contracts/platform';
import { environmentOf, type Surroundings } from '@echelon/contracts/wiring';
import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { EventBus, Match } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { alarms, apiFailing, failing } from './alarms.ts';
import { functionIn } from './function.ts';
import { Gateway } from './gateway.ts';
import { Identity, type Place } from './identity.ts';
import { movesClock, readsClock } from './permissions.ts';
import { outputs, type Stage, stackName } from './stages.ts';

/** What failed is looked at within a quarter, or not at all; the commits it came from stay. */
const FAILURES_DAYS = 90;

/** What draws the docs pages is one file of a package that the platform's room depends on; it runs in browsers, not in the function. */
const docsRenderer = createRequire(new URL('../packages/lambda/package.json', import.meta.url)).resolve('redoc/bundles/redoc.standalone.js');

export type PlatformProps = StackProps & Place;

export class Platform extends Stack {
  readonly alarmTopic: Topic;
  readonly bus: EventBus;
  /** Where Lambda puts commits that could not be published within their time. */
  readonly failures: Bucket;
  /** How other stacks import its ARN, by which cdk-nag calls it. */
  readonly failuresExport: string;
  readonly identity: Identity;
  readonly gateway: Gateway;
  readonly surroundings: Surroundings;

  constructor(scope: Construct, { stage, endpoint, ...props }: PlatformProps) {
    super(scope, stackName(stage, contract.name), props);
    const place: Place = { stage, ...(endpoint !== undefined && { endpoint }) };
    this.alarmTopic = alarmTopicIn(this, stage);
    this.bus = busIn(this, stage);
    this.failures = failuresIn(this);
    this.failuresExport = this.resolve(this.exportValue(this.failures.bucketArn))['Fn::ImportValue'];
    this.identity = new Identity(this, 'Identity', place);
    this.gateway = new Gateway(this, 'Gateway', place);

    const { pool, table, issuer, jwks } = this.identity;
    this.surroundings = {
      stage: stage.name,
      clockMoves: stage.clockMoves,
      bus: this.bus.eventBusName,
      issuer,
      identityTable: table.tableName,
      userPool: pool.userPoolId,
      ...(jwks !== undefined && { jwks }),
    };
    const api = functionIn(this, stage, {
      room: contract.name,
      name: 'api',
      entry: 'packages/lambda/src/platform.lambda.ts',
      seconds: 10,
      environment: environmentOf(this.surroundings),
      may: stage.clockMoves ? [readsClock(table), movesClock(table)] : [],
      beside: { 'renderer.js': docsRenderer },
    });
    this.gateway.serve(this, api, routesOf(contract, stage));
    this.gateway.serveRest(api);

    alarms(this, stage, { room: contract.name, topic: this.alarmTopic }, [
      apiFailing(this.gateway.stage, stage),
      failing('tokens can not be issued', this.identity.token),
      failing("the API's own description crashes or runs out of time", api),
    ]);
    outputs(this, {
      Url: this.gateway.url,
      TokenUrl: this.identity.tokenUrl,
      UserPool: pool.userPoolId,
      IdentityTable: table.tableName,
      Alarms: this.alarmTopic.topicArn,
    });
  }
}

/** A policy of its own, as `enforceSSL` makes one, takes the place of the one that lets every topic's account in: alarms need a door by name. */
const alarmTopicIn = (stack: Stack, stage: Stage): Topic => {
  const topic = new Topic(stack, 'Alarms', { displayName: `Echelon ${stage.name}`, enforceSSL: true });
  topic.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': stack.account } } }));
  return topic;
};

const busIn = (stack: Stack, stage: Stage): EventBus => {
  const bus = new EventBus(stack, 'Bus', { eventBusName: `echelon-${stage.name}`, description: 'What has happened in Echelon.' });
  // The emulator has no archives.
  if (!stage.emulated)
    bus.archive('Archive', {
      description: 'Every event of ours.',
      eventPattern: { source: Match.prefix('echelon.') },
      retention: Duration.days(stage.archiveDays),
    });
  return bus;
};

/** Buckets outlive every stack, for a bucket that isn't empty stops a destroy; their contents end by themselves. */
const failuresIn = (stack: Stack): Bucket => {
  const closed = {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.RETAIN,
    lifecycleRules: [{ expiration: Duration.days(FAILURES_DAYS) }],
  } satisfies BucketProps;
  const serverAccessLogsBucket = new Bucket(stack, 'AccessLogs', closed);
  return new Bucket(stack, 'Failures', { ...closed, serverAccessLogsBucket });
};

/** A service's stack, from its contract: table, functions, routes, stream, queue, rules, schedules, alarms. */
import { type Contract, type EventContract, routesOf, sourceOf } from '@echelon/contracts';
import { commitsOnly, environmentOf, type FunctionName, functionsOf, publishing, queueing, tableShape } from '@echelon/contracts/wiring';
import { Duration, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { alarms, answersFailing, failing, givenUp, publishLate, reactLate, type Trouble } from './alarms.ts';
import { functionIn } from './function.ts';
import { invokes, keepsFailures, readsClock, sendsEvents, sendsTo, usesTable } from './permissions.ts';
import type { Platform } from './platform.ts';
import { outputs, type Stage, stackName } from './stages.ts';
import { tableIn, text } from './table.ts';

/** What a function may beside its own table, its queue and the bus. */
export type Beyond = Partial<Record<FunctionName, (platform: Platform) => PolicyStatement[]>>;

export interface ServiceProps extends StackProps {
  readonly contract: Contract;
  readonly platform: Platform;
  readonly stage: Stage;
  readonly beyond?: Beyond;
}

/** The gateway waits 30 s for an answer. A sweep ends by itself after 50 s. */
const seconds = { api: 29, publish: 60, react: queueing.functionSeconds, sweep: 60 } as const satisfies Record<FunctionName, number>;

export class Service extends Stack {
  readonly #of: Required<Omit<ServiceProps, keyof StackProps>>;
  readonly #table;
  readonly #troubles: Trouble[] = [];

  constructor(scope: Construct, { contract, platform, stage, beyond = {}, ...props }: ServiceProps) {
    super(scope, stackName(stage, contract.name), props);
    this.#of = { contract, platform, stage, beyond };
    this.#table = tableIn(this, stage, {
      dynamoStream: StreamViewType[tableShape.stream],
      timeToLiveAttribute: tableShape.timeToLive,
      globalSecondaryIndexes: tableShape.indexes.map((name) => ({ indexName: name, partitionKey: text(`${name}pk`), sortKey: text(`${name}sk`) })),
    });
    const build = { api: this.#api, publish: this.#publish, react: this.#react, sweep: this.#sweep };
    for (const name of functionsOf(contract)) build[name].call(this);
    alarms(this, stage, { room: contract.name, topic: platform.alarmTopic }, this.#troubles);
    outputs(this, { Table: this.#table.tableName });
  }

  #api(): void {
    const { contract, platform, stage } = this.#of;
    const api = this.#function('api', usesTable(this.#table));
    platform.gateway.serve(this, api, routesOf(contract, stage));
    this.#troubles.push(answersFailing(this, api, stage), failing('the API crashes or runs out of time', api));
  }

  /** One shard's commits go one after the other, and stay where they are until they are sent; what can't be sent in a day is kept. */
  #publish(): void {
    const { platform } = this.#of;
    const publish = this.#function('publish', [sendsEvents(platform.bus), ...keepsFailures(platform.failures)]);
    Validations.of(publish.role ?? publish).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::${platform.failuresExport}/*]`,
      reason: 'Lambda names the objects itself; the bucket is for nothing else, and the function may not read in it.',
    });
    publish.addEventSource(
      new DynamoEventSource(this.#table, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: publishing.batchSize,
        parallelizationFactor: 1,
        filters: [{ pattern: JSON.stringify(commitsOnly) }],
        reportBatchItemFailures: true,
        bisectBatchOnError: true,
        maxRecordAge: Duration.hours(publishing.maximumRecordAgeHours),
        // CDK's own S3 destination would let the function read and delete in the bucket as well.
        onFailure: { bind: () => ({ destination: platform.failures.bucketArn }) },
      }),
    );
    this.#troubles.push(publishLate(publish, this.#of.stage), failing('publishing crashes or runs out of time', publish));
  }

  #react(): void {
    const { contract, platform, stage } = this.#of;
    const deadLetters = new Queue(this, 'DeadLetters', { retentionPeriod: Duration.days(queueing.retentionDays), enforceSSL: true });
    const queue = new Queue(this, 'Queue', {
      visibilityTimeout: Duration.seconds(stage.visibilitySeconds),
      retentionPeriod: Duration.days(queueing.retentionDays),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: queueing.receivesMaxBySqs },
      enforceSSL: true,
    });
    const react = this.#function('react', [...usesTable(this.#table), sendsTo(deadLetters)], { deadLetters: deadLetters.queueUrl });
    react.addEventSource(new SqsEventSource(queue, { batchSize: queueing.batchSize, reportBatchItemFailures: true }));
    for (const [service, events] of bySource(contract.reacts))
      new Rule(this, `Events of ${service}`, {
        eventBus: platform.bus,
        eventPattern: { source: [sourceOf(service)], detailType: events.map(({ name }) => name) },
        targets: [new SqsQueue(queue, { deadLetterQueue: deadLetters })],
      });
    outputs(this, { Queue: queue.queueUrl, DeadLetters: deadLetters.queueUrl });
    this.#troubles.push(reactLate(queue, stage), givenUp(deadLetters), failing('processing events crashes or runs out of time', react));
  }

  #sweep(): void {
    const sweep = this.#function('sweep', usesTable(this.#table));
    const ours = { conditions: { StringEquals: { 'aws:SourceAccount': this.account } } };
    const role = new Role(this, 'Scheduler role', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com', ours) });
    role.addToPolicy(invokes(sweep));
    for (const [name, { every, summary }] of Object.entries(this.#of.contract.sweeps))
      new Schedule(this, `Sweep ${name}`, {
        description: summary,
        schedule: ScheduleExpression.expression(`rate(${every})`),
        // The next run takes up whatever this one leaves, so there is nothing to retry. CDK's own target would allow every version.
        target: {
          bind: () => ({
            arn: sweep.functionArn,
            role,
            input: ScheduleTargetInput.fromObject({ sweep: name }),
            retryPolicy: { maximumRetryAttempts: 0 },
          }),
        },
      });
    this.#troubles.push(failing('a sweep fails', sweep));
  }

  #function(name: FunctionName, may: readonly PolicyStatement[], more: { readonly deadLetters?: string } = {}): NodejsFunction {
    const { contract, platform, stage, beyond } = this.#of;
    const timed = stage.clockMoves && name !== 'publish' ? [readsClock(platform.identity.table)] : [];
    return functionIn(this, stage, {
      room: contract.name,
      name,
      entry: `services/${contract.name}/src/lambda.ts`,
      seconds: seconds[name],
      environment: environmentOf({ ...platform.surroundings, table: this.#table.tableName, ...more }),
      may: [...may, ...timed, ...(beyond[name]?.(platform) ?? [])],
    });
  }
}

/** One rule per source: with all in one, an event of the same name from another service would come along. */
const bySource = (events: readonly EventContract[]): ReadonlyMap<string, readonly EventContract[]> => Map.groupBy(events, ({ service }) => service);

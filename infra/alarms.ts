import { Duration, Stack } from 'aws-cdk-lib';
import type { HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { Alarm, ComparisonOperator, type IMetric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Stage } from './stages.ts';

export interface Trouble {
  /** A sentence that tells an operator what is wrong, not which metric it was. */
  readonly sentence: string;
  readonly metric: IMetric;
  /** It goes off from here. */
  readonly from: number;
}

const period = Duration.minutes(5);
const sum = { period, statistic: Stats.SUM };
const highest = { period, statistic: Stats.MAXIMUM };
const minutes = (count: number): string => (count === 1 ? '1 minute' : `${count} minutes`);

export const failing = (sentence: string, by: IFunction): Trouble => ({ sentence, metric: by.metricErrors(sum), from: 1 });

export const apiFailing = (stage: HttpStage, { alarms: { failuresMax } }: Stage): Trouble => ({
  sentence: 'the API fails for callers, or asks them to come back later',
  metric: stage.metricServerError(sum),
  from: failuresMax,
});

/** Handlers catch what goes wrong and answer 500, which Lambda counts as success: the count is taken from their log lines. */
export const answersFailing = (
  scope: Construct,
  api: IFunction & { readonly logGroup: ILogGroup },
  { name, alarms: { failuresMax } }: Stage,
): Trouble => {
  const filter = new MetricFilter(scope, 'Failed answers', {
    logGroup: api.logGroup,
    filterPattern: FilterPattern.numberValue('$.status', '=', 500),
    metricNamespace: `Echelon/${name}`,
    metricName: `${Stack.of(scope).stackName} failed answers`,
  });
  return { sentence: 'the API fails for callers', metric: filter.metric(sum), from: failuresMax };
};

export const publishLate = (publish: IFunction, { alarms: { publishMinutes } }: Stage): Trouble => ({
  sentence: `events wait longer than ${minutes(publishMinutes)} to be published`,
  metric: publish.metric('IteratorAge', highest),
  from: Duration.minutes(publishMinutes).toMilliseconds(),
});

export const reactLate = (queue: IQueue, { alarms: { processMinutes } }: Stage): Trouble => ({
  sentence: `events wait longer than ${minutes(processMinutes)} to be processed`,
  metric: queue.metricApproximateAgeOfOldestMessage(highest),
  from: Duration.minutes(processMinutes).toSeconds(),
});

export const givenUp = (deadLetters: IQueue): Trouble => ({
  sentence: 'an event could not be processed and waits in the dead-letter queue',
  metric: deadLetters.metricApproximateNumberOfMessagesVisible(highest),
  from: 1,
});

/** Silence is good news: a metric without data means that nothing happened. */
export const alarms = (scope: Construct, stage: Stage, { room, topic }: { room: string; topic: ITopic }, troubles: readonly Trouble[]): void => {
  for (const { sentence, metric, from } of troubles) {
    const alarm = new Alarm(scope, sentence, {
      alarmName: `${stage.name} / ${room}: ${sentence}`,
      metric,
      threshold: from,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(topic));
  }
};

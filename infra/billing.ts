/** Stands in for the vendor's billing where there is no vendor: a queue that hears of every deal won. */
import { sourceOf } from '@echelon/contracts';
import { dealEvents } from '@echelon/contracts/deals';
import { Stack, type StackProps } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Platform } from './platform.ts';
import { outputs, type Stage, stackName } from './stages.ts';

export class Billing extends Stack {
  constructor(scope: Construct, { stage, platform, ...props }: StackProps & { readonly stage: Stage; readonly platform: Platform }) {
    super(scope, stackName(stage, 'billing'), props);
    const deadLetterQueue = new Queue(this, 'DeadLetters', { enforceSSL: true });
    const queue = new Queue(this, 'Queue', { enforceSSL: true, deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount: 10 } });
    const { service, name } = dealEvents.DealWon;
    new Rule(this, 'Deals won', {
      eventBus: platform.bus,
      eventPattern: { source: [sourceOf(service)], detailType: [name] },
      targets: [new SqsQueue(queue, { deadLetterQueue })],
    });
    outputs(this, { Queue: queue.queueUrl });
  }
}

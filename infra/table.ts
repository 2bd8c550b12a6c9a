import { tableShape } from '@echelon/contracts/wiring';
import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, TableEncryptionV2, type TablePropsV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { Stage } from './stages.ts';

export const text = (name: string) => ({ name, type: AttributeType.STRING });

/** A table as all of ours are kept: paid by use, restorable to any second of the last 35 days, encrypted. */
export const tableIn = (scope: Construct, stage: Stage, more: Omit<TablePropsV2, 'partitionKey'> = {}): TableV2 =>
  new TableV2(scope, 'Table', {
    partitionKey: text(tableShape.partitionKey),
    sortKey: text(tableShape.sortKey),
    billing: Billing.onDemand(),
    encryption: TableEncryptionV2.awsManagedKey(),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: stage.deletionProtected,
    removalPolicy: stage.dataOutlivesStack ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    ...more,
  });

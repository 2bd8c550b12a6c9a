/** Who may: people and machines, the rights of machines, and the trigger that writes both into tokens. */
import { roles } from '@echelon/contracts';
import { Aws, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { FeaturePlan, LambdaVersion, Mfa, ResourceServerScope, StringAttribute, UserPool, UserPoolOperation } from 'aws-cdk-lib/aws-cognito';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { functionIn } from './function.ts';
import { readsRights } from './permissions.ts';
import { type Stage, stackName } from './stages.ts';
import { tableIn } from './table.ts';

export interface Place {
  readonly stage: Stage;
  /** Of the AWS-compatible endpoint, in the stage that is emulated. */
  readonly endpoint?: string;
}

export class Identity extends Construct {
  readonly table: TableV2;
  readonly token: IFunction;
  readonly pool: UserPool;
  readonly issuer: string;
  readonly tokenUrl: string;
  /** Where the issuer's keys are, if not at the issuer's well-known place. */
  readonly jwks?: string;

  constructor(scope: Construct, id: string, { stage, endpoint }: Place) {
    super(scope, id);
    this.table = tableIn(this, stage);
    // It runs before there are tokens, and the pool can't be named by its own trigger: so less than other functions are told.
    this.token = functionIn(Stack.of(this), stage, {
      room: 'platform',
      name: 'token',
      entry: 'packages/lambda/src/token.lambda.ts',
      seconds: 5,
      environment: { STAGE: stage.name, IDENTITY_TABLE: this.table.tableName },
      may: [readsRights(this.table)],
    });
    this.pool = poolIn(this, stage);
    this.pool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, this.token, LambdaVersion.V3_0);
    // People are of one or more groups; systems have their rights in the table.
    for (const groupName of roles.filter((role) => !role.endsWith('-system'))) this.pool.addGroup(groupName, { groupName });
    // A machine's token needs a scope; what it may do follows from its rights, never from a scope.
    const scopes = [new ResourceServerScope({ scopeName: 'api', scopeDescription: 'Call the API.' })];
    this.pool.addResourceServer('Api', { identifier: 'echelon', scopes });
    // Prefixes are unique over all of a region's accounts.
    const domain = this.pool.addDomain('Domain', { cognitoDomain: { domainPrefix: `${stackName(stage, 'id')}-${Aws.ACCOUNT_ID}` } });

    this.issuer = `https://cognito-idp.${Aws.REGION}.amazonaws.com/${this.pool.userPoolId}`;
    this.tokenUrl = `${endpoint ?? domain.baseUrl()}/oauth2/token`;
    if (endpoint !== undefined) this.jwks = `${endpoint}/${this.pool.userPoolId}/.well-known/jwks.json`;
  }
}

const poolIn = (scope: Construct, stage: Stage): UserPool => {
  const pool = new UserPool(scope, 'Pool', {
    // The least plan whose trigger also shapes the tokens of machines.
    featurePlan: FeaturePlan.ESSENTIALS,
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    // Which partner a person belongs to: an app client for people must not let them write it.
    customAttributes: { partner: new StringAttribute({ mutable: true, maxLen: 64 }) },
    mfa: Mfa.REQUIRED,
    mfaSecondFactor: { otp: true, sms: false },
    passwordPolicy: {
      minLength: 12,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(3),
    },
    deletionProtection: stage.deletionProtected,
    removalPolicy: stage.dataOutlivesStack ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  Validations.of(pool).acknowledge({
    id: 'AwsSolutions::AwsSolutions-COG8',
    reason:
      'The Plus plan watches sign-ins of people for stolen passwords, which a second factor makes useless; nearly all our callers are machines, which it does not watch.',
  });
  return pool;
};

/** The one HTTP API: every service hangs its routes into it; what nobody serves is answered too. */
import { type Endpoint, routeKey } from '@echelon/contracts';
import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpRoute, HttpRouteKey, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Place } from './identity.ts';

/** One line per request, also of those that reach no function. Addresses of callers are personal data and stay out. */
const accessLogLine = {
  requestId: '$context.requestId',
  at: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  ms: '$context.responseLatency',
  bytes: '$context.responseLength',
  error: '$context.integrationErrorMessage',
};

export class Gateway extends Construct {
  readonly api: HttpApi;
  readonly stage: HttpStage;
  readonly url: string;

  constructor(scope: Construct, id: string, { stage, endpoint }: Place) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', { apiName: `echelon-${stage.name}`, createDefaultStage: false });
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/echelon/${stage.name}/platform/access`,
      retention: stage.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: stage.requests.perSecond, burstLimit: stage.requests.burst },
      accessLogSettings: { destination: new LogGroupLogDestination(logGroup), format: AccessLogFormat.custom(JSON.stringify(accessLogLine)) },
    });
    this.url = endpoint === undefined ? this.api.apiEndpoint : `${endpoint}/_aws/execute-api/${this.api.apiId}/$default`;
  }

  /** Routes of one function share an integration and a permission: a permission each overflows the function's policy near 30 routes. */
  serve(scope: Construct, by: IFunction, routes: readonly Endpoint[]): void {
    const integration = new HttpLambdaIntegration('Integration', by, { scopePermissionToRoute: false });
    for (const route of routes) {
      const made = new HttpRoute(scope, routeKey(route), {
        httpApi: this.api,
        integration,
        routeKey: HttpRouteKey.with(route.path, HttpMethod[route.method]),
      });
      Validations.of(made).acknowledge({
        id: APIG4,
        reason: route.roles === 'public' ? 'The contract says that this route is public.' : verifiedInside,
      });
    }
  }

  /** Every other path, so that "no such route" is problem+json as well. Its ARN has a part less than those of routes with a method. */
  serveRest(by: IFunction): void {
    const integration = new HttpLambdaIntegration('RestIntegration', by);
    const made = new HttpRoute(this, 'Rest', { httpApi: this.api, integration, routeKey: HttpRouteKey.DEFAULT });
    Validations.of(made).acknowledge({ id: APIG4, reason: 'It answers "not found", to anybody, and does nothing else.' });
  }
}

const APIG4 = 'AwsSolutions::AwsSolutions-APIG4';
const verifiedInside =
  "The function verifies the token itself: machine clients number hundreds, which an authorizer's audience list can not hold, and so every 401 is problem+json. A test generated from the contracts tries every route without a token and as every role.";

import { globSync, readFileSync } from 'node:fs';
import { routeKey, routesOf } from '@echelon/contracts';
import { platform } from '@echelon/contracts/platform';
import { services } from '@echelon/contracts/services';
import { commitsOnly, functionsOf } from '@echelon/contracts/wiring';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import { echelon } from './app.ts';
import { stackName, stages } from './stages.ts';

/** Without bundling: what is asserted here is what surrounds the code. */
const appOf = (stage: (typeof stages)[keyof typeof stages]): App => {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  echelon(app, stage, { CDK_DEFAULT_ACCOUNT: '111111111111', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' });
  return app;
};
const templatesOf = (stage: (typeof stages)[keyof typeof stages]): ReadonlyMap<string, Template> => {
  const app = appOf(stage);
  return new Map([...services, platform].map(({ name }) => [name, Template.fromStack(app.node.findChild(stackName(stage, name)) as Stack)]));
};

type Resource = { readonly Properties: Readonly<Record<string, unknown>> };
const find = (template: Template | undefined, type: string): Resource[] => Object.values(template?.findResources(type) ?? {}) as Resource[];
const routesIn = (template: Template | undefined): string[] =>
  find(template, 'AWS::ApiGatewayV2::Route').map(({ Properties }) => String(Properties.RouteKey));
const environments = (templates: ReadonlyMap<string, Template>) =>
  [...templates.values()].flatMap((template) =>
    find(template, 'AWS::Lambda::Function').map(
      ({ Properties }) => (Properties.Environment as { Variables?: Record<string, unknown> } | undefined)?.Variables ?? {},
    ),
  );

const lasting = [stages.dev, stages.staging, stages.prod] as const;
const templates = new Map(lasting.map((stage) => [stage.name, templatesOf(stage)]));
const of = (stage: 'dev' | 'staging' | 'prod') => templates.get(stage) ?? new Map<string, Template>();

describe.each(lasting.map((stage) => [stage.name, stage] as const))('stage %s', (name, stage) => {
  it('passes cdk-nag, and its findings would fail it', () => {
    expect(() => appOf(stage).synth({ force: true })).not.toThrow();
    const app = appOf(stage);
    new Bucket(new Stack(app, 'Planted'), 'Open');
    expect(() => app.synth({ force: true })).toThrow(/validation/i);
  });

  it.each([...services, platform].map((contract) => [contract.name, contract] as const))(
    '%s has every route of its contract, and one permission for all',
    (room, contract) => {
      const template = of(name).get(room);
      const wanted = routesOf(contract, stage).map(routeKey);
      expect(
        routesIn(template)
          .filter((key) => key !== '$default')
          .toSorted(),
      ).toEqual(wanted.toSorted());
      const permissions = find(template, 'AWS::Lambda::Permission').filter(({ Properties }) => Properties.Principal === 'apigateway.amazonaws.com');
      expect(permissions.length).toBe(room === 'platform' ? 2 : 1);
    },
  );

  it.each(services.map((contract) => [contract.name, contract] as const))(
    '%s has the functions, rules, queue and dead letters that its contract has work for',
    (room, contract) => {
      const template = of(name).get(room);
      expect(
        find(template, 'AWS::Lambda::Function')
          .map(({ Properties }) => String(Properties.Handler).replace('index.', ''))
          .toSorted(),
      ).toEqual(functionsOf(contract).toSorted());
      const heard = find(template, 'AWS::Events::Rule').flatMap(({ Properties }) => {
        const { source, 'detail-type': types } = Properties.EventPattern as { source: string[]; 'detail-type': string[] };
        return types.map((type) => `${source[0]} ${type}`);
      });
      expect(heard.toSorted()).toEqual(contract.reacts.map((event) => `echelon.${event.service} ${event.name}`).toSorted());
      expect(find(template, 'AWS::SQS::Queue').length).toBe(contract.reacts.length > 0 ? 2 : 0);
      expect(find(template, 'AWS::Scheduler::Schedule').length).toBe(Object.keys(contract.sweeps).length);
    },
  );

  it.each(services.map(({ name: room }) => [room]))(
    '%s publishes new commits only, from where it stopped, for a day, and keeps what it could not',
    (room) => {
      of(name)
        .get(room)
        ?.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
          FilterCriteria: { Filters: [{ Pattern: JSON.stringify(commitsOnly) }] },
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          BisectBatchOnFunctionError: true,
          MaximumRecordAgeInSeconds: 86_400,
          ParallelizationFactor: 1,
          DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
        });
    },
  );

  it.each(services.map(({ name: room }) => [room]))('%s keeps its table: encrypted, recoverable to any point in time, with a stream', (room) => {
    of(name)
      .get(room)
      ?.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
        StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
        SSESpecification: { SSEEnabled: true },
        Replicas: [
          Match.objectLike({
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
            DeletionProtectionEnabled: stage.deletionProtected,
          }),
        ],
      });
  });

  it('has alarms whose names are sentences, for each service', () => {
    for (const { name: room } of services) {
      const names = find(of(name).get(room), 'AWS::CloudWatch::Alarm').map(({ Properties }) => String(Properties.AlarmName));
      expect(names.length).toBeGreaterThanOrEqual(3);
      for (const sentence of names) expect(sentence).toMatch(/^\S.*\b\w+\b.*\b\w+\b.*\b\w+\b/);
      expect(names.some((sentence) => /dead.letter/i.test(sentence))).toBe(
        functionsOf(services.find((one) => one.name === room) ?? services[0]).includes('react'),
      );
    }
  });

  it('gives no function a wildcard where a name will do', () => {
    const statements = [...of(name).values()].flatMap((template) =>
      find(template, 'AWS::IAM::Policy').flatMap(
        ({ Properties }) => (Properties.PolicyDocument as { Statement: { Action: string | string[]; Resource: unknown }[] }).Statement,
      ),
    );
    const wide = statements.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action);
    expect([...new Set(wide)].toSorted()).toEqual(['xray:PutTelemetryRecords', 'xray:PutTraceSegments']);
    expect(statements.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
  });
});

/** The emulator enforces no permission: what the code asks for and what it may are compared here, or first meet in AWS. */
describe('permissions', () => {
  const source = ['packages/store/src', 'services/*/src']
    .flatMap((folder) => globSync(`${folder}/**/*.ts`))
    .filter((file) => !/[.]test[.]ts$|[/]toy[/]/.test(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const asked = (pattern: RegExp): string[] => [...new Set(Array.from(source.matchAll(pattern), ([, name = '']) => name))];

  const statements = (stage: 'dev' | 'prod', room: string, role: string): Statement[] =>
    find(of(stage).get(room), 'AWS::IAM::Policy')
      .filter(({ Properties }) => JSON.stringify(Properties.Roles).includes(`"${role}role`))
      .flatMap(({ Properties }) => (Properties.PolicyDocument as { Statement: Statement[] }).Statement);
  const onTables = (all: readonly Statement[]): Statement[] =>
    all.filter(({ Action }) => [Action].flat().some((action) => /^dynamodb:(?!.*Stream|GetRecords|GetShard)/.test(action)));
  const actions = (all: readonly Statement[]): string[] => [...new Set(all.flatMap(({ Action }) => Action))].toSorted();

  it('on its table a service may just what the store asks of it', () => {
    const commands = asked(/new (\w+)Command\(/g).filter((name) => /Item|Query|Scan/.test(name) && !name.startsWith('Transact'));
    const parts = asked(/\b(Put|Update|Delete|ConditionCheck): \{/g).map((part) =>
      `${part}${part === 'ConditionCheck' ? '' : 'Item'}`.replace('ConditionCheck', 'ConditionCheckItem'),
    );
    const wanted = [...new Set([...commands, ...parts])].map((name) => `dynamodb:${name}`).toSorted();
    expect(wanted).toContain('dynamodb:PutItem');
    for (const { name: room } of services) expect(actions(onTables(statements('prod', room, 'api')))).toEqual(wanted);
  });

  it('every function reaches its own table, and of the identity table the rows of its kind', () => {
    for (const stage of ['dev', 'prod'] as const)
      for (const contract of services)
        for (const name of functionsOf(contract)) {
          const reached = onTables(statements(stage, contract.name, name));
          expect(reached.length > 0).toBe(name !== 'publish');
          for (const { Resource, Condition } of reached) {
            const foreign = JSON.stringify(Resource).includes('Fn::ImportValue');
            if (foreign) expect(JSON.stringify(Condition)).toMatch(/LeadingKeys":\["(CLOCK|RIGHTS#\*)"/);
            else expect(JSON.stringify(Resource)).toMatch(/^(\[?\{"Fn::(GetAtt|Join)":.*"Table\w+".*)$/);
          }
        }
  });

  it('partners alone registers clients and writes their rights, with just the calls it makes', () => {
    const wanted = asked(/new (\w+UserPoolClients?)Command\(/g).map((name) => `cognito-idp:${name}`);
    expect(wanted.length).toBeGreaterThan(0);
    for (const contract of services)
      for (const name of functionsOf(contract)) {
        const all = statements('prod', contract.name, name);
        const [registers, writes] = [contract.name === 'partners' && name === 'api', contract.name === 'partners' && name === 'react'];
        expect(actions(all).filter((action) => action.startsWith('cognito'))).toEqual(registers ? wanted.toSorted() : []);
        expect(JSON.stringify(all).includes('RIGHTS#*')).toBe(writes);
      }
  });

  it('CloudWatch may tell its alarms to the topic', () => {
    of('prod')
      .get('platform')
      ?.hasResourceProperties('AWS::SNS::TopicPolicy', {
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({ Effect: 'Allow', Action: 'sns:Publish', Principal: { Service: 'cloudwatch.amazonaws.com' } }),
          ]),
        },
      });
  });
});

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

describe('the clock', () => {
  it('moves in dev alone: elsewhere neither its route nor a sweep’s exists, and no function is told that it does', () => {
    const clockRoutes = (stage: 'dev' | 'staging' | 'prod') =>
      [...of(stage).values()]
        .flatMap(routesIn)
        .filter((key) => /clock|sweeps/.test(key))
        .toSorted();
    const swept = services.filter(({ sweeps }) => Object.keys(sweeps).length > 0).map(({ name }) => `POST /v1/sweeps/${name}/{sweep}`);
    expect(swept.length).toBeGreaterThan(1);
    expect(clockRoutes('dev')).toEqual(['GET /v1/clock', ...swept.toSorted(), 'PUT /v1/clock']);
    for (const stage of ['staging', 'prod'] as const) {
      expect(clockRoutes(stage)).toEqual([]);
      expect(environments(of(stage)).filter((variables) => variables.CLOCK_MOVES === 'true')).toEqual([]);
    }
    expect(environments(of('dev')).filter((variables) => variables.CLOCK_MOVES === 'true').length).toBeGreaterThan(0);
  });
});

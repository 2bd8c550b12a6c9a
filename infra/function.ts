/** A Lambda function as all of ours are: one bundle per entry, a role of its own, a log group that an operator finds by name. */
import { Duration, RemovalPolicy, type Stack, Validations } from 'aws-cdk-lib';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Stage } from './stages.ts';

const root = new URL('..', import.meta.url).pathname;

export interface FunctionSpec {
  readonly room: string;
  /** The export of the entry that is called. */
  readonly name: string;
  /** From the repository's root. */
  readonly entry: string;
  readonly seconds: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly may: readonly PolicyStatement[];
  /** Files that lie beside the bundle, by their names there. */
  readonly beside?: Readonly<Record<string, string>>;
}

export const logGroupName = (stage: Stage, { room, name }: Pick<FunctionSpec, 'room' | 'name'>): string => `/echelon/${stage.name}/${room}/${name}`;

/** Lambda gives CPU by memory, one whole at 1,769 MB: a good half of one, so that a cold start stays short. */
const MEMORY_MB = 1_024;

export const functionIn = (stack: Stack, stage: Stage, spec: FunctionSpec): NodejsFunction => {
  const { room, name, entry, seconds, environment, may, beside } = spec;
  // Log groups go with their stack: what was decided stands in the commits, and a name that stays behind blocks the next deploy.
  const logGroup = new LogGroup(stack, `${name} logs`, {
    logGroupName: logGroupName(stage, spec),
    retention: stage.logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(stack, `${name} role`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: `${room} ${name}: what it may`,
  });
  Validations.of(role).acknowledge({
    id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
    reason: 'X-Ray knows no resources: its two write actions take "*" only.',
  });
  logGroup.grantWrite(role);
  for (const statement of may) role.addToPolicy(statement);
  return new NodejsFunction(stack, name, {
    description: `Echelon ${room}: ${name}`,
    entry: root + entry,
    handler: name,
    projectRoot: root,
    depsLockFilePath: `${root}pnpm-lock.yaml`,
    role,
    logGroup,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    memorySize: MEMORY_MB,
    timeout: Duration.seconds(seconds),
    tracing: Tracing.ACTIVE,
    environment: { NODE_OPTIONS: '--enable-source-maps', ...environment },
    // The SDK is bundled too: the version that was tested is the one that runs. ESM is a third smaller than CommonJS; what in it
    // still calls `require` finds one.
    bundling: {
      format: OutputFormat.ESM,
      target: 'node24',
      minify: true,
      sourceMap: true,
      sourcesContent: false,
      mainFields: ['module', 'main'],
      externalModules: [],
      ...(beside && { commandHooks: { beforeBundling: none, beforeInstall: none, afterBundling: (_, folder) => copies(beside, folder) } }),
      banner: "import{createRequire as __require}from'node:module';const require=__require(import.meta.url);",
    },
  });
};

const none = (): string[] => [];
const copies = (files: Readonly<Record<string, string>>, folder: string): string[] =>
  Object.entries(files).map(([name, file]) => `cp "${file}" "${folder}/${name}"`);
